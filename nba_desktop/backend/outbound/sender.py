"""Hand over what waits for an endpoint: in order for each customer, once more for whatever was not acknowledged."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from nba_desktop.backend.errors import StoreError
from nba_desktop.backend.outbound.envelope import MEDIA_TYPE, as_json
from nba_desktop.backend.outbound.policy import Answer, GiveUp, Pause, Said, Tried, TryAgain, after_failure
from nba_desktop.backend.outbound.records import Delivery, DeliveryState, Endpoint
from nba_desktop.backend.outbound.signing import signed_headers
from nba_desktop.backend.outbound.troubles import Troubles
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.contract.base import new_id

LEASE: Final = timedelta(seconds=60)
"""So long after a process ended without a word nobody else hands over in its place."""
_LEAST_LEFT: Final = timedelta(seconds=20)
"""Longer than one request may take: what is sent is sent while nobody else may."""
_AT_A_TIME: Final = 20

_log = logging.getLogger(__name__)


class Post(Protocol):
    """Sends a request."""

    def __call__(self, url: str, headers: Mapping[str, str], body: bytes, /) -> Answer:
        """Send a body and return what came back."""


@dataclass(frozen=True, slots=True)
class _Sent:
    delivery: Delivery
    answer: Answer
    at: datetime
    recovers: bool
    """Whether it shows that the endpoint takes again what it did not take."""


class Sender:
    """Works endpoints off, each in one thread at a time and by one process at a time.

    An event counts as handed over when the endpoint answered 2xx and that is on disk; what was sent and not kept as
    handed over is sent again, under the same id. `chance` is called for a number in [0, 1).
    """

    def __init__(self, store: Store, post: Post, clock: Callable[[], datetime], chance: Callable[[], float]) -> None:
        self._store = store
        self._post = post
        self._clock = clock
        self._chance = chance
        self._me: UUID = new_id()
        self._stopping = threading.Event()
        self._pauses: dict[str, Pause] = {}
        self._troubles = Troubles()

    def with_work(self) -> Sequence[str]:
        """Return the endpoints for which something is due and that are not left alone for a while."""
        now = self._clock()
        with self._store.read() as unit:
            found = unit.outbound.with_work(now)
        return [name for name in found if not self._pauses.get(name, Pause()).holds(now)]

    def work_off(self, name: str) -> None:
        """Send what is due at an endpoint until nothing is, the endpoint does not work, or `stop` is called."""
        while not self._stopping.is_set():
            lease_until = self._clock() + LEASE
            with self._store.write() as unit:
                if not unit.outbound.claim(name, self._me, self._clock(), lease_until):
                    return
                endpoint = next(one for one in unit.outbound.endpoints() if one.name == name)
                due = unit.outbound.due(name, self._clock(), _AT_A_TIME)
            sent = self._send(endpoint, due, lease_until)
            with self._store.write() as unit:
                if any(one.recovers for one in sent):
                    # Before those of this turn that failed get a later moment of their own.
                    unit.outbound.hurry(name, self._clock())
                for one in sent:
                    self._keep(unit, endpoint, one)
                received = any(one.answer.said is Said.RECEIVED for one in sent)
                if received and self._troubles.refuses(name) and not unit.outbound.has_failed(name):
                    self._troubles.are_over(name)
                goes_on = bool(sent) and not self._pauses[name].holds(self._clock())
                if not goes_on:
                    unit.outbound.release(name, self._me)
            if not goes_on:
                return

    def stop(self) -> None:
        """Let no further request begin."""
        self._stopping.set()

    def _send(self, endpoint: Endpoint, due: Sequence[Delivery], lease_until: datetime) -> list[_Sent]:
        """Send one after the other, up to the first that shows that the endpoint does not work."""
        sent: list[_Sent] = []
        for delivery in due:
            now = self._clock()
            if self._stopping.is_set() or lease_until - now < _LEAST_LEFT:
                break
            body = as_json(delivery.event, endpoint.source).encode()
            headers = signed_headers(endpoint.secret, str(delivery.event.event_id), now, body)
            answer = self._post(endpoint.url, {"Content-Type": MEDIA_TYPE, **headers}, body)
            pause = self._pauses.get(endpoint.name, Pause())
            sent.append(_Sent(delivery, answer, self._clock(), _recovers(delivery, answer, pause)))
            self._pauses[endpoint.name] = pause.after(answer, self._clock(), self._chance())
            self._troubles.heard(endpoint.name, answer)
            if answer.said in (Said.AWAY, Said.GONE):
                break
        return sent

    def _keep(self, unit: Unit, endpoint: Endpoint, sent: _Sent) -> None:
        delivery, answer, at = sent.delivery, sent.answer, sent.at
        name, position = endpoint.name, delivery.event.position
        if answer.said is Said.RECEIVED:
            unit.outbound.settle(name, position, DeliveryState.DELIVERED, at, delivery.attempts + 1, "")
            return
        if answer.said is Said.GONE:
            unit.outbound.set_disabled(name, at)
            _log.error("the endpoint %s wants nothing any more (HTTP 410): `outbound enable` lets it go on", name)
        tried = Tried(delivery.attempts, delivery.first_tried_at)
        match after_failure(tried, answer, at, endpoint.give_up_days, self._chance()):
            case TryAgain(again, Tried(attempts, first_at)):
                unit.outbound.try_again(name, position, again, attempts, first_at or at, answer.words)
            case GiveUp(attempts):
                unit.outbound.settle(name, position, DeliveryState.DEAD, at, attempts, answer.words)
                _log.error(
                    "a result was not taken by the endpoint %s in %d attempts (%s): `outbound dead` shows it, "
                    "`outbound replay` sends it again",
                    name,
                    attempts,
                    answer.words,
                )


def _recovers(delivery: Delivery, answer: Answer, pause: Pause) -> bool:
    # One failure before says nothing: a single result that the receiver fails at would hurry itself with each other.
    return answer.said is Said.RECEIVED and (delivery.attempts > 0 or pause.failures > 1)


class Senders:
    """Gives each endpoint that something is due for a thread, so that a slow one keeps no other waiting."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._threads: dict[str, threading.Thread] = {}

    def turn(self) -> None:
        """Begin with every endpoint that has work and is not worked off already; raise `StoreError`."""
        self._threads = {name: one for name, one in self._threads.items() if one.is_alive()}
        for name in self._sender.with_work():
            if name not in self._threads:
                # A daemon: a receiver that does not answer must not keep the program from its end.
                thread = threading.Thread(target=self._work_off, args=(name,), name=f"outbound-{name}", daemon=True)
                self._threads[name] = thread
                thread.start()

    def end(self, wait_s: float) -> None:
        """Let no request begin any more, and wait for those that have begun; what is not kept is sent again."""
        self._sender.stop()
        for thread in self._threads.values():
            thread.join(wait_s)

    def _work_off(self, name: str) -> None:
        try:
            self._sender.work_off(name)
        except StoreError as error:
            # What was sent and not kept is sent again by the next turn.
            _log.warning("results for the endpoint %s wait: %s", name, error)
