"""What became of an action in the call: one response at a time, each taken back by a counter-entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from nba_desktop.contract.codes import (
    NOT_ADDRESSED_CODES,
    RESPONSE_GROUPS,
    ResponseCode,
    ResponseGroup,
)
from nba_desktop.contract.events import (
    FollowUpCancelled,
    ResponseRecorded,
    ResponseRetracted,
)
from nba_desktop.domain.actions import addressed_by_answer, decision_id_of
from nba_desktop.domain.contact import ContactState, Phase
from nba_desktop.domain.entries import FollowUpEntry, ResponseEntry
from nba_desktop.domain.pen import Pen, Step, one_line
from nba_desktop.domain.receipts import Receipt

_LONGEST_NOTE: Final = 500


def codes_of(contact: ContactState, group: ResponseGroup) -> tuple[ResponseCode, ...]:
    """The codes a group offers now: those of the chosen action, or without one why nothing was addressed.

    That holds without backend and before authentication too, once the call was answered.
    """
    action = contact.action
    if action is None:
        answered = contact.phase is not Phase.RINGING
        return RESPONSE_GROUPS[group] if answered and group is ResponseGroup.NOT_ADDRESSED else ()
    return tuple(code for code in RESPONSE_GROUPS[group] if code in action.responses)


def respond(contact: ContactState, now: datetime, code: ResponseCode, note: str = "") -> Step:
    """Record a response to the chosen action; an earlier one to the same action is taken back first.

    What was promised with the earlier one is taken back too. `note` is one optional line. The same again is nothing.

    In the wrap-up, with nothing addressed, the reason for that is the call's and not the chosen action's.
    """
    action = contact.action
    if contact.phase is Phase.WRAP_UP and not contact.addressed and code in NOT_ADDRESSED_CODES:
        action = None
    if action is None and code not in NOT_ADDRESSED_CODES:
        return Step(contact)
    action_id = action.action_id if action else None
    standing = tuple(entry for entry in contact.live_responses if entry.action_id == action_id)
    if any(entry.code is code and one_line(note, _LONGEST_NOTE) in ("", entry.note) for entry in standing):
        return Step(replace(contact, open_group=None, follow_up_draft=None))
    pen = Pen(contact, now)
    if action is not None and code not in NOT_ADDRESSED_CODES:
        contact = addressed_by_answer(pen, contact, action)
    for earlier in standing:
        contact = _retracted(pen, contact, earlier.event_id)
    contact = responded(pen, contact, action_id, code, note)
    return pen.step(replace(contact, open_group=None, follow_up_draft=None))


def retract(contact: ContactState, now: datetime, event_id: UUID) -> Step:
    """Take a response back by a counter-entry; what only it said to be raised with the customer was not."""
    entry = next((one for one in contact.live_responses if one.event_id == event_id), None)
    if entry is None:
        return Step(contact)
    pen = Pen(contact, now)
    contact = _retracted(pen, contact, event_id)
    if entry.action_id in contact.only_answered:
        contact = replace(contact, addressed=contact.addressed - {entry.action_id})
    return pen.step(contact)


def note_response(contact: ContactState, now: datetime, event_id: UUID, note: str) -> Step:
    """Give a recorded response its one line: the same response is recorded anew with it, in place of the one before."""
    line = one_line(note, _LONGEST_NOTE)
    entry = next((one for one in contact.live_responses if one.event_id == event_id), None)
    if entry is None or entry.note == line:
        return Step(contact)
    pen = Pen(contact, now)
    contact = struck(pen, contact, event_id)
    return pen.step(responded(pen, contact, entry.action_id, entry.code, line, entry.decision_id))


def responded(
    pen: Pen,
    contact: ContactState,
    action_id: str | None,
    code: ResponseCode,
    note: str = "",
    decision_id: UUID | None = None,
) -> ContactState:
    """Write a response down; without a `decision_id` it is the one that its action is of."""
    head, line = pen.head(), one_line(note, _LONGEST_NOTE)
    if decision_id is None and action_id is not None:
        decision_id = decision_id_of(contact, action_id)
    pen.events.append(ResponseRecorded(**head, decision_id=decision_id, action_id=action_id, code=code, note=line))
    entry = ResponseEntry(head["event_id"], action_id, code, pen.now, Receipt.STORED, False, line, decision_id)
    return replace(contact, responses=(*contact.responses, entry))


def cancelled(pen: Pen, contact: ContactState, promised: FollowUpEntry) -> ContactState:
    """Write down that a promise is taken back."""
    pen.events.append(FollowUpCancelled(**pen.head(), cancels=promised.event_id))
    entries = tuple(replace(e, cancelled=True) if e.event_id == promised.event_id else e for e in contact.follow_ups)
    return replace(contact, follow_ups=entries)


def _retracted(pen: Pen, contact: ContactState, event_id: UUID) -> ContactState:
    """The contact without a response, and without what was promised with it."""
    action_id = next(entry.action_id for entry in contact.responses if entry.event_id == event_id)
    for promised in contact.live_follow_ups:
        if action_id is not None and promised.action_id == action_id:
            contact = cancelled(pen, contact, promised)
    return struck(pen, contact, event_id)


def struck(pen: Pen, contact: ContactState, event_id: UUID) -> ContactState:
    """Write down that a response is taken back, and nothing else with it."""
    pen.events.append(ResponseRetracted(**pen.head(), retracts=event_id))
    entries = tuple(replace(e, retracted=True) if e.event_id == event_id else e for e in contact.responses)
    return replace(contact, responses=entries)
