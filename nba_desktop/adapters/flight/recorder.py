"""The flight recorder: what the telephone system sent and what the panel made of it, masked before it is written."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from queue import Full, Queue
from typing import Any, Final, Literal

from nba_desktop.adapters.cipher_db import key_for
from nba_desktop.adapters.cti.event_json import event_values, link_values
from nba_desktop.adapters.flight.masking import REMOVED, Masking
from nba_desktop.adapters.flight.raw import RAW_FORMS, Cutter
from nba_desktop.adapters.flight.ring import EncryptedRing, Record, Ring
from nba_desktop.domain.call import START_UP_GRACE, Calls, Interaction
from nba_desktop.domain.call_event import CallEvent, LinkState

_log = logging.getLogger(__name__)

FOLDER: Final = "flight-recorder"
"""The recorder's folder in the user's data folder."""

_KEY_FILE: Final = "key"
_MASKS: Final = "flight recorder, masks"
_LONGEST_QUEUE: Final = 5_000
_BATCH: Final = 500
_CLOSE_S: Final = 3.0
_OVERHEARD_SHARE: Final = 0.75

Verdict = Literal["changed", "unchanged", "repeated", "too_old", "queue_filtered"]
_Work = Callable[[], list[tuple[str, Record]]]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the state machine made of one neutral event: the interactions it changed, each with `was` and `now`."""

    at: datetime
    event: dict[str, Any]
    verdict: Verdict
    calls: list[dict[str, Any]]


class FlightRecorder:
    """Takes bytes and decisions in any one thread, at the price of a queue; a thread of its own masks and writes.

    Three quarters of `limit` bytes are for what was heard, the rest for what was decided, which is less and lasts
    longer. With a `key` of 32 bytes what is written is encrypted. What cannot be written is counted and told in the
    next record, never waited for. A folder that cannot be used switches the recorder off and is logged: no call
    depends on it.
    """

    def __init__(
        self,
        folder: Path,
        limit: int,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        key: bytes | None = None,
    ) -> None:
        self._now = now
        self._queue: Queue[_Work | threading.Event | None] = Queue(_LONGEST_QUEUE)
        self._missed = 0
        self._next = time.time_ns()
        self._cutters: dict[tuple[str, str], Cutter] = {}
        self.failed = False
        heard = int(limit * _OVERHEARD_SHARE)
        try:
            limits = {"heard": heard, "decided": limit - heard}
            self._rings: dict[str, Ring | EncryptedRing] = {
                name: Ring(folder, name, most) if key is None else EncryptedRing(folder, name, most, key)
                for name, most in limits.items()
            }
            self._masking = Masking(_masking_key(folder, key))
        except OSError as error:
            self._fail(error)
            return
        self._thread = threading.Thread(target=self._run, name="flight-recorder", daemon=True)
        self._thread.start()

    def started(self, **how: Any) -> None:
        """Note that a panel began to listen; `how` says for whom, in JSON values."""
        at = self._now()
        self._put(lambda: [self._record("decided", "start", at, how)])

    def received(self, source: str, kind: str, data: bytes) -> None:
        """Note bytes as they came from a source of a kind of `RAW_FORMS`; of any other kind only that they came."""
        at = self._now()
        self._put(lambda: self._heard(source, kind, data, at))

    def link_changed(self, link: LinkState) -> None:
        """Note how the line to the telephone system is."""
        at = self._now()

        def work() -> list[tuple[str, Record]]:
            # A new connection begins with a new message.
            for key in [key for key in self._cutters if key[0] == link.source]:
                del self._cutters[key]
            return [self._record("decided", "link", at, link_values(link))]

        self._put(work)

    def dropped(self, source: str, code: str) -> None:
        """Note that input could not be read."""
        at = self._now()
        self._put(lambda: [self._record("decided", "dropped", at, {"source": source, "code": code})])

    def decided(self, event: CallEvent, before: Calls, after: Calls) -> None:
        """Note what the state machine made of an event."""
        at = self._now()
        self._put(lambda: [self._decision(event, verdict(event, before, after), changes(before, after), at)])

    def filtered(self, event: CallEvent) -> None:
        """Note that an event was not given to the state machine: its queue is not one of the settings'."""
        at = self._now()
        self._put(lambda: [self._decision(event, "queue_filtered", [], at)])

    def flush(self) -> None:
        """Wait until everything noted so far is written; for tests and the end of a program."""
        if not self.failed:
            done = threading.Event()
            self._queue.put(done)
            done.wait(_CLOSE_S)

    def close(self) -> None:
        """Write what is still to be written, for a few seconds at most, and stop."""
        if not self.failed:
            with contextlib.suppress(Full):
                self._queue.put(None, timeout=_CLOSE_S)
            self._thread.join(_CLOSE_S)

    def _put(self, work: _Work) -> None:
        if self.failed:
            return
        try:
            self._queue.put_nowait(work)
        except Full:
            self._missed += 1

    def _run(self) -> None:
        try:
            running = True
            while running:
                running = self._write_batch()
            for ring in self._rings.values():
                ring.close()
        except OSError as error:
            self._fail(error)

    def _write_batch(self) -> bool:
        works = [self._queue.get()]
        while len(works) < _BATCH and not self._queue.empty():
            works.append(self._queue.get_nowait())
        made: dict[str, list[Record]] = {}
        waiting: list[threading.Event] = []
        for work in works:
            if isinstance(work, threading.Event):
                waiting.append(work)
            elif work is not None:
                for ring, record in work():
                    made.setdefault(ring, []).append(record)
        missed, self._missed = self._missed, 0
        if missed:
            ring, record = self._record("decided", "missed", self._now(), {"count": missed})
            made.setdefault(ring, []).append(record)
        for ring, records in made.items():
            self._rings[ring].append(records)
        for one in waiting:
            one.set()
        return None not in works

    def _heard(self, source: str, kind: str, data: bytes, at: datetime) -> list[tuple[str, Record]]:
        form = RAW_FORMS.get(kind)
        if form is None:
            texts = [REMOVED]
        else:
            if (source, kind) not in self._cutters:
                self._cutters[source, kind] = form.cutter()
            texts = [form.masked(self._masking, one) for one in self._cutters[source, kind].feed(data)]
        return [self._record("heard", "heard", at, {"source": source, "type": kind, "text": one}) for one in texts]

    def _decision(
        self, event: CallEvent, decided: Verdict, changes: list[dict[str, Any]], at: datetime
    ) -> tuple[str, Record]:
        values = {"event": self._masking.event(event_values(event)), "verdict": decided, "calls": changes}
        return self._record("decided", "decision", at, values)

    def _record(self, ring: str, kind: str, at: datetime, values: dict[str, Any]) -> tuple[str, Record]:
        self._next += 1
        return ring, {"n": self._next, "at": at.isoformat(), "kind": kind, **values}

    def _fail(self, error: OSError) -> None:
        self.failed = True
        _log.info("the flight recorder is off: %s", error.strerror)


def verdict(event: CallEvent, before: Calls, after: Calls) -> Verdict:
    """Say why the calls are what they are after an event."""
    if after is not before and after.interactions != before.interactions:
        return "changed"
    if event.event_id and event.event_id in before.seen:
        return "repeated"
    if before.since is not None and event.leg_id:
        # As the state machine: under a clock that was set back, nothing that is heard now is too old.
        since = min(before.since, event.received_at)
        if event.occurred_at < since - START_UP_GRACE:
            return "too_old"
    return "unchanged"


def changes(before: Calls, after: Calls) -> list[dict[str, Any]]:
    """Return what became different between two states of the calls, in JSON values without what is empty."""
    return [
        _change(before.find(one.interaction_id), one)
        for one in after.interactions
        if before.find(one.interaction_id) != one
    ]


def _change(was: Interaction | None, now: Interaction) -> dict[str, Any]:
    values = {
        "id": now.interaction_id,
        "conversation": now.conversation_id,
        "was": None if was is None else was.state.value,
        "now": now.state.value,
        "held": now.held,
        "conference": now.conference,
        "unconfirmed": now.unconfirmed,
        "consult_of": now.consult_of,
        "cause": now.cause,
        "legs": [[leg.leg_id, leg.state.value, leg.cause] for leg in now.legs],
    }
    return {key: value for key, value in values.items() if value not in (None, False)}


def _masking_key(folder: Path, key: bytes | None) -> bytes:
    """The secret the numbers are masked with; made once for each user."""
    path = folder / _KEY_FILE
    if key is not None:
        # In plain it would tell which masked number is whose.
        path.unlink(missing_ok=True)
        return key_for(key, _MASKS)
    try:
        kept = path.read_bytes()
    except FileNotFoundError:
        kept = b""
    if len(kept) == 32:
        return kept
    kept = secrets.token_bytes(32)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    try:
        os.write(descriptor, kept)
    finally:
        os.close(descriptor)
    return kept
