"""What the agent does in a contact: each command gives the next contact and the events that record it.

The events are put into the outbox before the next contact is shown; when that fails, the contact stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from nba_desktop.contract.base import Language, new_id
from nba_desktop.contract.codes import (
    NOT_ADDRESSED_CODES,
    RESPONSE_GROUPS,
    AuthLevel,
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    ConsentState,
    ResponseCode,
    ResponseGroup,
)
from nba_desktop.contract.consent import ConsentStatus, ConsentWording
from nba_desktop.contract.events import (
    ActionAddressed,
    ActionsShown,
    AnyEvent,
    CallerAuthenticated,
    CallerNumber,
    ConcernChosen,
    ConcernSolved,
    ConsentRecorded,
    ContactEnded,
    ContactNoteWritten,
    ContactStarted,
    ObjectionRaised,
    ResponseRecorded,
    ResponseRetracted,
)
from nba_desktop.contract.recommendation import Recommendation
from nba_desktop.domain.call_by_hand import ONE_WAY
from nba_desktop.domain.guide import GuideRun
from nba_desktop.domain.panel import ConsentAnswer, ConsentDraft, ContactState, NoteState, Phase, ResponseEntry
from nba_desktop.domain.receipts import Receipt

_CONSENT_EVENTS = {
    ConsentAnswer.YES: ConsentEventType.GRANTED,
    ConsentAnswer.NO: ConsentEventType.REFUSED,
    ConsentAnswer.NOT_ASKED: ConsentEventType.NOT_ASKED,
}
_NEEDS_CONFIRMATION = frozenset({ConsentChannel.EMAIL, ConsentChannel.SMS})


@dataclass(frozen=True, slots=True)
class Step:
    """The next contact, and the events that must be on the disk before it is shown."""

    contact: ContactState
    events: tuple[AnyEvent, ...] = ()


class _Head(TypedDict):
    event_id: UUID
    contact_id: UUID
    seq: int
    at: datetime


class _Pen:
    """Numbers the events of one contact as they are written."""

    def __init__(self, contact: ContactState, now: datetime) -> None:
        self.contact = contact
        self.now = now
        self.seq = contact.seq
        self.events: list[AnyEvent] = []

    def head(self) -> _Head:
        self.seq += 1
        return {"event_id": new_id(), "contact_id": self.contact.contact_id, "seq": self.seq, "at": self.now}

    def step(self, contact: ContactState) -> Step:
        return Step(replace(contact, seq=self.seq, failure=None), tuple(self.events))


def start(contact: ContactState, now: datetime, language: Language) -> Step:
    """Open the contact: the one event the backend answers with the whole view."""
    interaction, pen = contact.interaction, _Pen(contact, now)
    other = interaction.other
    pen.events.append(
        ContactStarted(
            **pen.head(),
            direction="outbound" if interaction.direction == "outbound" else "inbound",
            number=CallerNumber(raw=other.raw[:64], e164=other.e164, presentation=other.presentation),
            queue=interaction.queue[:64] if interaction.queue else None,
            # A softphone counts its calls from 1: its ids say nothing of another agent's calls.
            source="" if interaction.source in ONE_WAY else interaction.source[:64],
            interaction_id=(interaction.conversation_id or interaction.interaction_id)[:128],
            ivr_path=interaction.attached.ivr_path[:128] if interaction.attached.ivr_path else None,
            ivr_level=interaction.attached.auth_level,
            customer_no=interaction.attached.customer_no[:64] if interaction.attached.customer_no else None,
            language=language,
            waiting=interaction.waiting,
        )
    )
    return pen.step(contact)


def end(contact: ContactState, now: datetime) -> Step:
    """Close the telephone side of the contact; the wrap-up may still record."""
    interaction, pen = contact.interaction, _Pen(contact, now)
    ended = interaction.ended_at or now
    talked = (ended - interaction.answered_at).total_seconds() if interaction.answered_at else 0.0
    pen.events.append(
        ContactEnded(**pen.head(), cause=interaction.cause or "unknown", duration_s=max(0, round(talked)))
    )
    return pen.step(contact)


def attach_customer(contact: ContactState, now: datetime, customer_id: str) -> Step:
    """Bind a customer whom the agent found by search; he is identified, not yet authenticated."""
    pen = _Pen(contact, now)
    pen.events.append(CallerAuthenticated(**pen.head(), customer_id=customer_id, level=AuthLevel.IDENTIFIED))
    return pen.step(replace(contact, chosen_customer=customer_id, items_passed=frozenset()))


def confirm_caller(contact: ContactState, now: datetime) -> Step:
    """Authenticate the candidate with the security items that were ticked; nothing happens without a candidate."""
    candidate = contact.candidate
    if candidate is None:
        return Step(contact)
    pen = _Pen(contact, now)
    passed = tuple(item.code for item in candidate.security_items if item.code in contact.items_passed)
    vouched_by = contact.view.identification.vouched_by if contact.view and contact.vouched_for else None
    pen.events.append(
        CallerAuthenticated(
            **pen.head(),
            customer_id=candidate.customer_id,
            level=AuthLevel.AUTHENTICATED,
            items_passed=passed,
            vouched_by=vouched_by,
        )
    )
    return pen.step(replace(contact, chosen_customer=candidate.customer_id))


def choose_concern(contact: ContactState, now: datetime, concern: str) -> Step:
    """Name the concern; a new concern is not solved yet."""
    pen = _Pen(contact, now)
    pen.events.append(ConcernChosen(**pen.head(), concern=concern))
    return pen.step(replace(contact, concern=concern, solved=None, solved_at=None))


def mark_solved(contact: ContactState, now: datetime, solved: bool) -> Step:
    """Say that the concern is solved, or that it is not."""
    pen = _Pen(contact, now)
    pen.events.append(ConcernSolved(**pen.head(), concern=contact.concern, solved=solved))
    return pen.step(replace(contact, solved=solved, solved_at=now))


def show_decision(contact: ContactState, now: datetime, decision_id: UUID) -> Step:
    """Record once that a decision's actions were painted."""
    view = contact.view
    if view is None or view.decision.decision_id != decision_id or decision_id in contact.shown:
        return Step(contact)
    if not view.decision.recommendations:
        return Step(contact)
    pen = _Pen(contact, now)
    ids = tuple(r.action_id for r in view.decision.recommendations)
    pen.events.append(ActionsShown(**pen.head(), decision_id=decision_id, action_ids=ids))
    return pen.step(replace(contact, shown=contact.shown | {decision_id}))


def say_bridge(contact: ContactState, now: datetime) -> Step:
    """Mark the chosen action as raised with the customer; a second click only opens the mark again on screen."""
    action = contact.action
    if action is None:
        return Step(contact)
    pen = _Pen(contact, now)
    contact = _addressed(pen, contact, action)
    run = contact.guide
    return pen.step(with_guide(contact, replace(run, bridge_said=True)))


def raise_objection(contact: ContactState, now: datetime, objection_id: str) -> Step:
    """Record an objection once; whoever objects was addressed."""
    action = contact.action
    if action is None or (action.action_id, objection_id) in contact.raised:
        return Step(contact)
    pen = _Pen(contact, now)
    contact = _addressed(pen, contact, action)
    pen.events.append(
        ObjectionRaised(
            **pen.head(), decision_id=_decision_id(contact), action_id=action.action_id, objection_id=objection_id
        )
    )
    return pen.step(replace(contact, raised=contact.raised | {(action.action_id, objection_id)}))


def codes_of(contact: ContactState, group: ResponseGroup) -> tuple[ResponseCode, ...]:
    """The codes a group offers now: those of the chosen action, or without one why nothing was addressed.

    That holds without backend and before authentication too, once the call was answered.
    """
    action = contact.action
    if action is None:
        answered = contact.phase is not Phase.RINGING
        return RESPONSE_GROUPS[group] if answered and group is ResponseGroup.NOT_ADDRESSED else ()
    return tuple(code for code in RESPONSE_GROUPS[group] if code in action.responses)


def respond(contact: ContactState, now: datetime, code: ResponseCode) -> Step:
    """Record a response to the chosen action; an earlier one to the same action is taken back first.

    In the wrap-up, with nothing addressed, the reason for that is the call's and not the chosen action's.
    """
    action = contact.action
    if contact.phase is Phase.WRAP_UP and not contact.addressed and code in NOT_ADDRESSED_CODES:
        action = None
    if action is None and code not in NOT_ADDRESSED_CODES:
        return Step(contact)
    pen = _Pen(contact, now)
    if action is not None and code not in NOT_ADDRESSED_CODES:
        contact = _addressed(pen, contact, action)
    action_id = action.action_id if action else None
    for earlier in contact.live_responses:
        if earlier.action_id == action_id:
            contact = _retracted(pen, contact, earlier.event_id)
    contact = _responded(pen, contact, action_id, code)
    return pen.step(replace(contact, open_group=None))


def retract(contact: ContactState, now: datetime, event_id: UUID) -> Step:
    """Take a response back by a counter-entry."""
    pen = _Pen(contact, now)
    if any(entry.event_id == event_id for entry in contact.live_responses):
        contact = _retracted(pen, contact, event_id)
    return pen.step(contact)


def write_note(contact: ContactState, now: datetime, text: str) -> Step:
    """Record the contact's one-line note; an unchanged note is not recorded again."""
    line = " ".join(text.split())[:500]
    if line == contact.note.text:
        return Step(contact)
    pen = _Pen(contact, now)
    head = pen.head()
    pen.events.append(ContactNoteWritten(**head, text=line))
    return pen.step(replace(contact, note=NoteState(line, head["event_id"], Receipt.STORED)))


def wording_for(contact: ContactState, purpose: ConsentPurpose, channel: ConsentChannel) -> ConsentWording | None:
    """The current wording of one purpose and channel, in the customer's language."""
    consents = contact.view.consents if contact.view else None
    for wording in consents.wordings if consents else ():
        if wording.purpose is purpose and channel in wording.channels:
            return wording
    return None


def save_consents(contact: ContactState, now: datetime) -> Step:
    """Record every answer of the drawer with the wording it was asked with."""
    if not contact.consent.may_save:
        return Step(contact)
    pen, draft = _Pen(contact, now), contact.consent
    for purpose, channel, answer in draft.answers:
        contact = _consented(pen, contact, purpose, channel, _CONSENT_EVENTS[answer], answer)
    cleared = replace(contact.consent, answers=(), read_aloud=False, customer_words="")
    return pen.step(replace(contact, consent=cleared))


def withdraw_consent(contact: ContactState, now: datetime) -> Step:
    """Record the withdrawal that was asked for; needs no reason and takes effect at once."""
    asked = contact.consent.withdrawal_asked
    if asked is None:
        return Step(contact)
    pen = _Pen(contact, now)
    contact = _consented(pen, contact, *asked, ConsentEventType.WITHDRAWN, ConsentAnswer.NO)
    return pen.step(replace(contact, consent=replace(contact.consent, withdrawal_asked=None)))


def object_to_advertising(contact: ContactState, now: datetime) -> Step:
    """Record the confirmed marketing objection; it overrides every consent, in all channels."""
    if not contact.consent.objection_asked:
        return Step(contact)
    pen = _Pen(contact, now)
    contact = _consented(
        pen, contact, ConsentPurpose.ADV_OWN, ConsentChannel.ANY, ConsentEventType.OBJECTED, ConsentAnswer.NO
    )
    return pen.step(replace(contact, consent=replace(contact.consent, objection_asked=False)))


def finish_wrap_up(contact: ContactState, now: datetime) -> Step:
    """Close the contact; a note that is typed is recorded, an addressed action without a code gets its code."""
    noted = write_note(contact, now, contact.note.draft) if contact.note.draft.strip() else Step(contact)
    contact, pen = noted.contact, _Pen(noted.contact, now)
    pen.events += noted.events
    for action_id in contact.without_code:
        contact = _responded(pen, contact, action_id, ResponseCode.NO_CODE)
    return pen.step(contact)


def leave(contact: ContactState, now: datetime) -> Step:
    """End the contact and close it in one: nothing comes after it."""
    ended = end(contact, now)
    closed = finish_wrap_up(ended.contact, now)
    return Step(closed.contact, (*ended.events, *closed.events))


def with_guide(contact: ContactState, run: GuideRun) -> ContactState:
    """The contact with the chosen action's guide run replaced."""
    others = tuple(entry for entry in contact.guides if entry[0] != contact.action_id)
    if contact.action_id is None:
        return contact
    return replace(contact, guides=(*others, (contact.action_id, run)))


def _decision_id(contact: ContactState) -> UUID:
    assert contact.view is not None  # an action exists only in a view
    return contact.view.decision.decision_id


def _addressed(pen: _Pen, contact: ContactState, action: Recommendation) -> ContactState:
    if action.action_id in contact.addressed:
        return contact
    pen.events.append(ActionAddressed(**pen.head(), decision_id=_decision_id(contact), action_id=action.action_id))
    return replace(contact, addressed=contact.addressed | {action.action_id})


def _responded(pen: _Pen, contact: ContactState, action_id: str | None, code: ResponseCode) -> ContactState:
    head = pen.head()
    decision_id = contact.view.decision.decision_id if contact.view and action_id else None
    pen.events.append(ResponseRecorded(**head, decision_id=decision_id, action_id=action_id, code=code))
    entry = ResponseEntry(head["event_id"], action_id, code, pen.now, Receipt.STORED)
    return replace(contact, responses=(*contact.responses, entry))


def _retracted(pen: _Pen, contact: ContactState, event_id: UUID) -> ContactState:
    pen.events.append(ResponseRetracted(**pen.head(), retracts=event_id))
    entries = tuple(replace(e, retracted=True) if e.event_id == event_id else e for e in contact.responses)
    return replace(contact, responses=entries)


def _consented(
    pen: _Pen,
    contact: ContactState,
    purpose: ConsentPurpose,
    channel: ConsentChannel,
    event: ConsentEventType,
    answer: ConsentAnswer,
) -> ContactState:
    view = contact.view
    if view is None or view.customer is None or view.consents is None:
        return contact
    wording = wording_for(contact, purpose, channel)
    asked_with = wording is not None and event in (ConsentEventType.GRANTED, ConsentEventType.REFUSED)
    head = pen.head()
    pen.events.append(
        ConsentRecorded(
            **head,
            customer_id=view.customer.customer_id,
            purpose=purpose,
            channel=channel,
            event=event,
            wording_id=wording.wording_id if wording and asked_with else None,
            wording_sha256=wording.text_sha256 if wording and asked_with else None,
            read_aloud_confirmed=contact.consent.read_aloud and asked_with,
            customer_words=contact.consent.customer_words[:200],
        )
    )
    draft: ConsentDraft = contact.consent
    recorded = (*draft.recorded, (purpose, channel, answer, head["event_id"], Receipt.STORED))
    statuses = tuple(_after(status, purpose, channel, event, pen.now) for status in view.consents.statuses)
    objected = view.consents.objected or event is ConsentEventType.OBJECTED
    consents = view.consents.model_copy(update={"statuses": statuses, "objected": objected})
    view = view.model_copy(update={"consents": consents})
    return replace(contact, view=view, consent=replace(draft, recorded=recorded))


def _after(
    status: ConsentStatus,
    purpose: ConsentPurpose,
    channel: ConsentChannel,
    event: ConsentEventType,
    now: datetime,
) -> ConsentStatus:
    """The status the backend will derive too; shown at once, corrected by its next answer."""
    if (status.purpose, status.channel) != (purpose, channel):
        return status
    granted = ConsentState.PENDING_CONFIRMATION if channel in _NEEDS_CONFIRMATION else ConsentState.GRANTED
    state = {
        ConsentEventType.GRANTED: granted,
        ConsentEventType.REFUSED: ConsentState.REFUSED,
        ConsentEventType.WITHDRAWN: ConsentState.WITHDRAWN,
    }.get(event, status.state)
    weak = event is ConsentEventType.GRANTED and channel is ConsentChannel.PHONE
    return status.model_copy(update={"state": state, "since": now, "weak_proof": weak})
