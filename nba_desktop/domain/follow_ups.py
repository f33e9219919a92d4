"""What is promised to the customer for later: a day with a response or a concern, and the confirmation in text form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from nba_desktop.contract.codes import ClosingForm, ConsentChannel, Duty, FollowUpKind, ResponseCode
from nba_desktop.contract.day import DayResponse
from nba_desktop.contract.events import ConcernSolved, ConfirmationRequested, FollowUpPlanned
from nba_desktop.contract.recommendation import Recommendation
from nba_desktop.domain.actions import decision_id_of
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import ConfirmationEntry, FollowUpDraft, FollowUpEntry
from nba_desktop.domain.pen import Pen, Step, one_line
from nba_desktop.domain.receipts import Receipt
from nba_desktop.domain.responses import cancelled, respond, responded, retract, struck

KINDS: Final = {
    ResponseCode.INTEREST_INFO: FollowUpKind.SEND_INFORMATION,
    ResponseCode.INTEREST_CALLBACK: FollowUpKind.CALLBACK,
    ResponseCode.INTEREST_SPECIALIST: FollowUpKind.SPECIALIST,
    ResponseCode.THINKING: FollowUpKind.CALLBACK,
}
"""The codes with which a day may be promised, and for what."""

NEED_DATE: Final = frozenset({ResponseCode.INTEREST_CALLBACK})
"""The codes that say nothing without a day."""

CONFIRMED_BY: Final = (ConsentChannel.EMAIL, ConsentChannel.SMS, ConsentChannel.POST)
"""How a confirmation in text form can reach the customer."""

_ACCEPTED: Final = frozenset({ResponseCode.ACCEPTED_DONE, ResponseCode.ACCEPTED_PENDING})
_WORDS: Final = 200


def begin(contact: ContactState, code: ResponseCode | None) -> ContactState:
    """Ask for the day: of a response, or with None of the concern; the same again puts the question away.

    What was typed for it and not recorded is where it begins, else what stands promised already, so that only what is
    changed becomes another. It is seen at once: what would lie over it is closed, and keeps what was ticked in it.
    """
    draft = contact.follow_up_draft
    if draft is not None and draft.code is code:
        return replace(contact, follow_up_draft=None)
    if code is None:
        begun = _draft_of(FollowUpKind.CONCERN, None, for_concern(contact))
    elif code in KINDS and contact.action is not None:
        promised = [one for one in _for_action(contact, contact.action.action_id) if one.kind is KINDS[code]]
        begun = _draft_of(KINDS[code], code, promised)
        # The day that is being asked for belongs to this action, whatever a next answer ranks first.
        contact = replace(contact, action_picked=True)
    else:
        return contact
    begun = next((typed for of, typed in contact.follow_ups_typed if _is_of(contact, of, typed, begun)), begun)
    consent = replace(contact.consent, open=False)
    return replace(contact, follow_up_draft=begun, open_group=None, wish=None, question=None, consent=consent)


def worded(contact: ContactState, words: str) -> ContactState:
    """Keep the customer's words about the day."""
    draft = contact.follow_up_draft
    line = one_line(words, _WORDS)
    return contact if draft is None else _typed(contact, replace(draft, words=line))


def timed(contact: ContactState, at_time: time | None) -> ContactState:
    """Keep the time of day that the customer named."""
    draft = contact.follow_up_draft
    return contact if draft is None else _typed(contact, replace(draft, at_time=at_time))


def _typed(contact: ContactState, draft: FollowUpDraft) -> ContactState:
    """Keep what was typed until it is recorded, whatever closes the question before."""
    of = contact.action_id if draft.code is not None else None
    return replace(contact, follow_up_draft=draft, follow_ups_typed=(*_others(contact, draft), (of, draft)))


def _recorded(contact: ContactState, draft: FollowUpDraft) -> ContactState:
    return replace(contact, follow_up_draft=None, follow_ups_typed=_others(contact, draft))


def _others(contact: ContactState, draft: FollowUpDraft) -> tuple[tuple[str | None, FollowUpDraft], ...]:
    return tuple(one for one in contact.follow_ups_typed if not _is_of(contact, *one, draft))


def _is_of(contact: ContactState, of: str | None, typed: FollowUpDraft, draft: FollowUpDraft) -> bool:
    """Whether something was typed for the same question: a response's belongs to its action."""
    return typed.code is draft.code and (draft.code is None or of == contact.action_id)


def plan(contact: ContactState, now: datetime, due: date) -> Step:
    """Record the promise, and with it the response or the concern's outcome; an earlier one is taken back."""
    draft = contact.follow_up_draft
    if draft is None:
        return Step(contact)
    if draft.code is None:
        return _plan_for_concern(contact, now, draft, due)
    action = contact.action
    if action is None:
        return Step(contact)
    answered = any(e.action_id == action.action_id and e.code is draft.code for e in contact.live_responses)
    standing = _for_action(contact, action.action_id)
    if answered and _stands(standing, draft, due):
        return Step(_recorded(contact, draft))
    told = Step(contact) if answered else respond(contact, now, draft.code)
    contact, pen = told.contact, Pen(told.contact, now)
    pen.events += told.events
    for earlier in _for_action(contact, action.action_id):
        contact = cancelled(pen, contact, earlier)
    return pen.step(_promised(pen, contact, draft, due, action=action))


def cancel(contact: ContactState, now: datetime, event_id: UUID) -> Step:
    """Take a promise back; a response that says nothing without it goes too, a concern is then not solved."""
    entry = next((one for one in contact.live_follow_ups if one.event_id == event_id), None)
    if entry is None:
        return Step(contact)
    for response in contact.live_responses:
        if entry.action_id is not None and response.action_id == entry.action_id and response.code in NEED_DATE:
            return retract(contact, now, response.event_id)
    pen = Pen(contact, now)
    contact = cancelled(pen, contact, entry)
    if entry.kind is FollowUpKind.CONCERN and entry.concern == contact.concern and contact.solved is False:
        pen.events.append(ConcernSolved(**pen.head(), concern=contact.concern, solved=False))
    return pen.step(contact)


def correct(contact: ContactState, now: datetime, event_id: UUID, code: ResponseCode) -> Step:
    """Replace a response by another code for the same action; what that one does not promise is taken back with it."""
    entry = next((one for one in contact.live_responses if one.event_id == event_id), None)
    if entry is None or entry.code is code:
        return Step(contact)
    pen = Pen(contact, now)
    for promised in contact.live_follow_ups:
        with_it = entry.action_id is not None and promised.action_id == entry.action_id
        if with_it and not stays_with(promised.kind, code):
            contact = cancelled(pen, contact, promised)
    contact = struck(pen, contact, event_id)
    return pen.step(responded(pen, contact, entry.action_id, code, decision_id=entry.decision_id))


def stays_with(kind: FollowUpKind, code: ResponseCode) -> bool:
    """Whether what was promised for a day is promised by this code too."""
    return KINDS.get(code) is kind


def codes_to_choose(response: DayResponse) -> tuple[ResponseCode, ...]:
    """What a response of the day is or may become; what says nothing without a day needs one that stands already."""
    standing = {one.kind for one in response.follow_ups}
    return tuple(
        code for code in response.codes if code is response.code or code not in NEED_DATE or KINDS[code] in standing
    )


def needs_confirmation(action: Recommendation) -> bool:
    """Whether the law wants in text form what is agreed on this action."""
    return action.closing_form is ClosingForm.TEXT_FORM or Duty.CONFIRMATION_DURABLE_MEDIUM in action.duties


def confirmation_due(contact: ContactState, action: Recommendation) -> bool:
    """Whether the customer accepted and nobody has asked yet for the confirmation to be sent."""
    accepted = any(e.action_id == action.action_id and e.code in _ACCEPTED for e in contact.live_responses)
    asked = any(entry.action_id == action.action_id for entry in contact.confirmations)
    return accepted and not asked and needs_confirmation(action)


def request_confirmation(contact: ContactState, now: datetime, channel: ConsentChannel) -> Step:
    """Record that the customer is to get his confirmation in text form, once for an action that he accepted."""
    action = contact.action
    if action is None or channel not in CONFIRMED_BY or not confirmation_due(contact, action):
        return Step(contact)
    pen = Pen(contact, now)
    head = pen.head()
    pen.events.append(
        ConfirmationRequested(
            **head,
            decision_id=decision_id_of(contact, action.action_id),
            action_id=action.action_id,
            channel=channel,
        )
    )
    entry = ConfirmationEntry(head["event_id"], action.action_id, channel, Receipt.STORED)
    return pen.step(replace(contact, confirmations=(*contact.confirmations, entry)))


def for_concern(contact: ContactState) -> tuple[FollowUpEntry, ...]:
    """What stands promised for the concern being talked about."""
    return tuple(
        one for one in contact.live_follow_ups if one.kind is FollowUpKind.CONCERN and one.concern == contact.concern
    )


def named(pen: Pen, contact: ContactState, concern: str) -> ContactState:
    """Promise for the concern by its name what was promised before it had one."""
    for unnamed in for_concern(contact):
        contact = cancelled(pen, contact, unnamed)
        draft = _draft_of(unnamed.kind, None, [unnamed])
        contact = _promised(pen, contact, draft, unnamed.due, concern=concern)
    return contact


def _for_action(contact: ContactState, action_id: str) -> tuple[FollowUpEntry, ...]:
    return tuple(one for one in contact.live_follow_ups if one.action_id == action_id)


def _draft_of(kind: FollowUpKind, code: ResponseCode | None, promised: Sequence[FollowUpEntry]) -> FollowUpDraft:
    if not promised:
        return FollowUpDraft(kind, code)
    return FollowUpDraft(kind, code, promised[-1].words, promised[-1].at_time)


def _stands(promised: Sequence[FollowUpEntry], draft: FollowUpDraft, due: date) -> bool:
    """Whether this very promise stands already."""
    wanted = (draft.kind, due, draft.at_time, draft.words)
    return [(one.kind, one.due, one.at_time, one.words) for one in promised] == [wanted]


def _plan_for_concern(contact: ContactState, now: datetime, draft: FollowUpDraft, due: date) -> Step:
    standing = for_concern(contact)
    if _stands(standing, draft, due):
        return Step(_recorded(contact, draft))
    pen = Pen(contact, now)
    # What was said to be solved stays so: a promise beside it takes nothing back.
    if not contact.solved:
        pen.events.append(ConcernSolved(**pen.head(), concern=contact.concern, solved=False, follow_up=True))
        contact = replace(contact, solved=False, solved_at=now)
    for earlier in standing:
        contact = cancelled(pen, contact, earlier)
    return pen.step(_promised(pen, contact, draft, due, concern=contact.concern))


def _promised(
    pen: Pen,
    contact: ContactState,
    draft: FollowUpDraft,
    due: date,
    action: Recommendation | None = None,
    concern: str | None = None,
) -> ContactState:
    head = pen.head()
    action_id = action.action_id if action else None
    pen.events.append(
        FollowUpPlanned(
            **head,
            kind=draft.kind,
            due=due,
            at_time=draft.at_time,
            words=draft.words,
            concern=concern,
            decision_id=decision_id_of(contact, action.action_id) if action else None,
            action_id=action_id,
        )
    )
    entry = FollowUpEntry(
        head["event_id"], draft.kind, due, Receipt.STORED, draft.at_time, draft.words, concern, action_id
    )
    return _recorded(replace(contact, follow_ups=(*contact.follow_ups, entry)), draft)
