"""What the events of a contact come to: a pure fold, right in whatever order the events arrived."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from nba_desktop.contract.codes import AuthLevel
from nba_desktop.contract.events import (
    AnyEvent,
    CallerAuthenticated,
    ConcernChosen,
    ConcernSolved,
    ContactEnded,
    ContactNoteWritten,
)


@dataclass(frozen=True, slots=True)
class ContactState:
    """A contact so far; `customer_id` is who the agent settled on, checked only at level `authenticated`."""

    auth_level: AuthLevel = AuthLevel.NONE
    customer_id: str | None = None
    concern: str | None = None
    concern_solved: bool | None = None
    note: str = ""
    ended_at: datetime | None = None
    end_cause: str | None = None
    duration_s: int | None = None

    @property
    def authenticated_customer(self) -> str | None:
        """The customer whose identity was checked, or None."""
        return self.customer_id if self.auth_level is AuthLevel.AUTHENTICATED else None

    def columns(self) -> dict[str, object]:
        """The state as plain values by name."""
        return {
            "auth_level": self.auth_level.value,
            "customer_id": self.customer_id,
            "concern": self.concern,
            "concern_solved": self.concern_solved,
            "note": self.note,
            "ended_at": self.ended_at,
            "end_cause": self.end_cause,
            "duration_s": self.duration_s,
        }


def state_of(events: Iterable[AnyEvent]) -> ContactState:
    """Fold events, given by their `seq`, into the state after the last of them."""
    state = ContactState()
    for event in events:
        state = _after(state, event)
    return state


def _after(state: ContactState, event: AnyEvent) -> ContactState:
    match event:
        case CallerAuthenticated(level=AuthLevel.NONE):
            return replace(state, auth_level=AuthLevel.NONE, customer_id=None)
        case CallerAuthenticated():
            return replace(state, auth_level=event.level, customer_id=event.customer_id)
        case ConcernChosen():
            return replace(state, concern=event.concern, concern_solved=None)
        case ConcernSolved():
            return replace(state, concern=event.concern or state.concern, concern_solved=event.solved)
        case ContactNoteWritten():
            return replace(state, note=event.text)
        case ContactEnded():
            return replace(state, ended_at=event.at, end_cause=event.cause, duration_s=event.duration_s)
        case _:
            return state
