"""One leg of the agent: its states and how an event moves it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from nba_desktop.domain.call_event import CallEvent, CallEventType, EndCause


class LegState(StrEnum):
    """The states of one leg, in rank order but for ACTIVE ⇄ HELD."""

    NEW = "new"
    RINGING = "ringing"
    ACTIVE = "active"
    HELD = "held"
    ENDED = "ended"


_RANK: Final = {
    LegState.NEW: 0,
    LegState.RINGING: 1,
    LegState.ACTIVE: 2,
    LegState.HELD: 2,
    LegState.ENDED: 3,
}
TARGET: Final = {
    CallEventType.RINGING: LegState.RINGING,
    CallEventType.ANSWERED: LegState.ACTIVE,
    CallEventType.HELD: LegState.HELD,
    CallEventType.RESUMED: LegState.ACTIVE,
    CallEventType.JOINED: LegState.ACTIVE,
    CallEventType.TRANSFERRED: LegState.ENDED,
    CallEventType.ENDED: LegState.ENDED,
}
TALKING: Final = (LegState.ACTIVE, LegState.HELD)


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg of the agent in an interaction; `seq` and `at` order its holding and resuming."""

    leg_id: str
    state: LegState
    device: str | None = None
    cause: EndCause | None = None
    seq: int | None = None
    at: datetime | None = None


def next_leg(leg: Leg | None, event: CallEvent) -> Leg:
    """Return the leg after an event whose type is in `TARGET`.

    The rank never falls; ACTIVE ⇄ HELD is the only way back, ordered by the source's sequence or else by time.
    """
    target = TARGET[event.type]
    if leg is None:
        cause = _cause(None, event) if target is LegState.ENDED else None
        return Leg(event.leg_id, target, event.device, cause, event.source_seq, event.occurred_at)
    rises = _RANK[target] > _RANK[leg.state]
    turns = (
        event.type in (CallEventType.HELD, CallEventType.RESUMED)
        and leg.state in TALKING
        and target is not leg.state
        and _is_later(event, leg)
    )
    if not rises and not turns:
        return leg if leg.device is not None else replace(leg, device=event.device)
    return replace(
        leg,
        state=target,
        device=leg.device or event.device,
        cause=_cause(leg, event) if target is LegState.ENDED else None,
        seq=event.source_seq,
        at=event.occurred_at,
    )


def _is_later(event: CallEvent, leg: Leg) -> bool:
    if event.source_seq is not None and leg.seq is not None:
        return event.source_seq > leg.seq
    return leg.at is None or event.occurred_at >= leg.at


def _cause(leg: Leg | None, event: CallEvent) -> EndCause:
    if event.type is CallEventType.TRANSFERRED:
        return "transferred"
    if event.cause is not None:
        return event.cause
    if leg is None:
        return "unknown"
    return "normal" if leg.state in TALKING else "missed"
