"""How the outbox is emptied: what goes next, and what each answer means for what was sent.

An entry leaves the outbox only on its own verdict. Whatever else comes back – nothing, an error, a verdict that lacks
the entry – means that it was not received, and it is sent again; the event's id keeps that from counting twice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from uuid import UUID

from nba_desktop.contract.codes import ProblemCode
from nba_desktop.contract.events import MAX_BATCH, BatchVerdict
from nba_desktop.domain.errors import BackendFault, BackendRefusal, FailureCode, PanelError

FIRST_WAIT_S: Final = 1.0
LONGEST_WAIT_S: Final = 60.0
LONGEST_RETRY_AFTER_S: Final = 900.0
_TOKEN_REFUSED: Final = frozenset({FailureCode.UNAUTHORISED, FailureCode.FORBIDDEN})


class EntryState(StrEnum):
    """Waiting to be sent, or refused for good and kept for a look."""

    PENDING = "pending"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored event; `position` is the order in which the entries were put, `why` the reason of a parked one."""

    event_id: UUID
    contact_id: UUID
    position: int
    json: str
    state: EntryState = EntryState.PENDING
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """What the sender remembers between two requests. Times are monotonic seconds, so no clock change matters.

    `failures` counts those in a row, `limit` is the size of the next batch, `paused` the reason why nothing is sent
    now; with `UNAUTHORISED` and `FORBIDDEN` until somebody resumes, with any other until `retry_at`.
    """

    failures: int = 0
    retry_at: float = 0.0
    limit: int = MAX_BATCH
    paused: FailureCode | None = None

    @property
    def needs_token(self) -> bool:
        """Whether waiting a little does not help: the token does not count, or may not do this."""
        return self.paused in _TOKEN_REFUSED

    def resumed(self) -> Sending:
        """Forget pause and wait: there is a new token, or the backend was just reached."""
        return replace(self, failures=0, retry_at=0.0, paused=None)

    def tried_again(self) -> Sending:
        """Send once more in spite of the pause, whose reason holds until there is an answer."""
        return replace(self, failures=0, retry_at=0.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a request came to: ids with a receipt, ids refused for good with the reason; the others stay pending."""

    sending: Sending
    accepted: tuple[UUID, ...] = ()
    parked: tuple[tuple[UUID, str], ...] = ()


def next_batch(entries: Iterable[Entry], sending: Sending, now: float) -> tuple[Entry, ...]:
    """The entries to send now, oldest first; empty while sending is paused or nothing is pending.

    With one request in flight at a time, the order of `position` is the order within every contact too.
    """
    if now < sending.retry_at:
        return ()
    pending = sorted((e for e in entries if e.state is EntryState.PENDING), key=lambda e: e.position)
    return tuple(pending[: sending.limit])


def on_verdict(sending: Sending, batch: tuple[Entry, ...], verdict: BatchVerdict, now: float, chance: float) -> Outcome:
    """Read the verdicts; an entry without one, or with two that contradict each other, was not received.

    `chance` is a random number in [0, 1) that spreads the back-off of many panels.
    """
    received = {v.event_id for v in verdict.verdicts if v.verdict in ("accepted", "duplicate")}
    refused = {
        v.event_id: v.problem.code.value if v.problem else "refused" for v in verdict.verdicts if v.verdict == "refused"
    }
    ids = [entry.event_id for entry in batch]
    accepted = tuple(i for i in ids if i in received and i not in refused)
    parked = tuple((i, refused[i]) for i in ids if i in refused and i not in received)
    if len(accepted) + len(parked) < len(batch):
        return Outcome(_backed_off(sending, FailureCode.NOT_OUR_BACKEND, now, chance), accepted, parked)
    return Outcome(_advanced(sending), accepted, parked)


def on_failure(sending: Sending, batch: tuple[Entry, ...], error: PanelError, now: float, chance: float) -> Outcome:
    """Decide after a request without verdicts: pause, split, park the one that is left, or try again later.

    A 401 pauses all, and so does the backend's own 403, which is about who sends and not about what: nothing may
    overtake what waits. Any other refusal halves the batch until one entry is alone, and parks that one. Everything
    else is tried again after a back-off with jitter, or after the backend's own Retry-After if that is longer.
    """
    if error.code is FailureCode.UNAUTHORISED:
        return Outcome(replace(sending, paused=FailureCode.UNAUTHORISED, retry_at=math.inf))
    if isinstance(error, BackendRefusal) and error.problem and error.problem.code is ProblemCode.FORBIDDEN:
        return Outcome(replace(sending, paused=FailureCode.FORBIDDEN, retry_at=math.inf))
    if isinstance(error, BackendRefusal):
        if len(batch) > 1:
            return Outcome(replace(sending, failures=0, retry_at=0.0, paused=None, limit=len(batch) // 2))
        why = error.problem.code.value if error.problem else f"http_{error.status}"
        return Outcome(_advanced(sending), parked=tuple((entry.event_id, why) for entry in batch))
    at_least = error.retry_after_s if isinstance(error, BackendFault) else None
    return Outcome(_backed_off(sending, error.code, now, chance, at_least or 0.0))


def _advanced(sending: Sending) -> Sending:
    return Sending(limit=min(MAX_BATCH, sending.limit * 2))


def _backed_off(sending: Sending, code: FailureCode, now: float, chance: float, at_least: float = 0.0) -> Sending:
    doubled = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(sending.failures, 16))
    wait = max(doubled * (0.5 + chance / 2), min(at_least, LONGEST_RETRY_AFTER_S))
    return replace(sending, failures=sending.failures + 1, retry_at=now + wait, paused=code)
