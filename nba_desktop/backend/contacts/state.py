"""What the events of a contact come to: a pure fold, right in whatever order the events arrived."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from nba_desktop.contract.codes import AuthLevel, CallFlag, Speaker
from nba_desktop.contract.events import (
    AnyEvent,
    CallerAuthenticated,
    CallFlagged,
    ConcernChosen,
    ConcernSolved,
    ContactEnded,
    ContactNoteWritten,
    SecurityItemCorrected,
    SecurityItemFailed,
    SpeakerNamed,
)


@dataclass(frozen=True, slots=True)
class ConcernState:
    """One concern of a contact; `solved` is None while it is being talked about, `code` where it was never named."""

    code: str | None
    solved: bool | None = None


@dataclass(frozen=True, slots=True)
class ContactState:
    """A contact so far; `customer_id` is who the agent settled on, checked only at level `authenticated`.

    `concerns` end with the present one. `named_speaker` was said to speak for the customer `speaks_for`. With
    `vouching_over` somebody without authority has spoken: whoever was authenticated before him is to be asked anew.
    `failed_items` are the customer who was asked, and the item that was answered wrongly.
    """

    auth_level: AuthLevel = AuthLevel.NONE
    customer_id: str | None = None
    named_speaker: Speaker = Speaker.CUSTOMER
    speaks_for: str | None = None
    vouching_over: bool = False
    failed_items: frozenset[tuple[str, str]] = frozenset()
    flags: frozenset[CallFlag] = frozenset()
    flags_taken_back: frozenset[CallFlag] = frozenset()
    concerns: tuple[ConcernState, ...] = ()
    note: str = ""
    ended_at: datetime | None = None
    end_cause: str | None = None
    duration_s: int | None = None

    @property
    def authenticated_customer(self) -> str | None:
        """The customer whose identity was checked, or None."""
        return self.customer_id if self.auth_level is AuthLevel.AUTHENTICATED else None

    @property
    def speaker(self) -> Speaker:
        """Who speaks for the customer; what was said of another one is not said of him."""
        return self.named_speaker if self.customer_id in (None, self.speaks_for) else Speaker.CUSTOMER

    @property
    def concern(self) -> str | None:
        """The concern being talked about, or talked about last."""
        return self.concerns[-1].code if self.concerns else None

    @property
    def concern_solved(self) -> bool | None:
        """Whether all concerns are solved: not if any is not, not known while one is open."""
        if any(one.solved is False for one in self.concerns):
            return False
        return True if self.concerns and all(one.solved for one in self.concerns) else None

    @property
    def concern_left(self) -> ConcernState | None:
        """The concern to go on with: the last one that is not solved, else the last one."""
        left = [one for one in self.concerns if not one.solved] or self.concerns
        return left[-1] if left else None

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
        case CallerAuthenticated():
            return _settled(state, event)
        case SecurityItemFailed():
            return replace(state, failed_items=state.failed_items | {(event.customer_id, event.item)})
        case SecurityItemCorrected():
            return replace(state, failed_items=state.failed_items - {(event.customer_id, event.item)})
        case SpeakerNamed():
            return _spoken_by(state, event)
        case CallFlagged():
            return _flagged(state, event)
        case ConcernChosen():
            return replace(state, concerns=_with_concern(state.concerns, event.concern))
        case ConcernSolved():
            return replace(state, concerns=_marked(state, event))
        case ContactNoteWritten():
            return replace(state, note=event.text)
        case ContactEnded():
            return replace(state, ended_at=event.at, end_cause=event.cause, duration_s=event.duration_s)
        case _:
            return state


def _settled(state: ContactState, event: CallerAuthenticated) -> ContactState:
    customer_id = None if event.level is AuthLevel.NONE else event.customer_id
    failed = state.failed_items.union((event.customer_id, item) for item in event.items_failed)
    after = replace(state, auth_level=event.level, customer_id=customer_id, failed_items=failed)
    return masked(after) if after.speaker is Speaker.UNAUTHORISED else after


def _spoken_by(state: ContactState, event: SpeakerNamed) -> ContactState:
    after = replace(state, named_speaker=event.speaker, speaks_for=event.customer_id)
    if event.speaker is not Speaker.UNAUTHORISED:
        return after
    return replace(masked(after), vouching_over=True)


def _flagged(state: ContactState, event: CallFlagged) -> ContactState:
    flag = {event.flag}
    if event.on:
        return replace(state, flags=state.flags | flag, flags_taken_back=state.flags_taken_back - flag)
    return replace(state, flags=state.flags - flag, flags_taken_back=state.flags_taken_back | flag)


def masked(state: ContactState) -> ContactState:
    """The contact of somebody who may not speak for the customer: identified at most."""
    return replace(state, auth_level=AuthLevel.IDENTIFIED) if state.authenticated_customer is not None else state


def _with_concern(concerns: tuple[ConcernState, ...], code: str) -> tuple[ConcernState, ...]:
    """Turn to a concern: one that is still open gives way to it, one with an outcome stays before it."""
    kept = concerns if not concerns or concerns[-1].solved is not None else concerns[:-1]
    return (*(one for one in kept if one.code != code), ConcernState(code))


def _marked(state: ContactState, event: ConcernSolved) -> tuple[ConcernState, ...]:
    """Say of the present concern, or of the named one, what became of it."""
    solved = event.solved and not event.follow_up
    code = event.concern or state.concern
    if any(one.code == code for one in state.concerns):
        return tuple(replace(one, solved=solved) if one.code == code else one for one in state.concerns)
    if code is None:
        return (*state.concerns, ConcernState(code, solved))
    # A concern that had an outcome before it had a name has its name now.
    before = (one for one in _with_concern(state.concerns, code)[:-1] if one.code is not None)
    return (*before, ConcernState(code, solved))
