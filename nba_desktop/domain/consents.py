"""What the customer allows, takes back or objects to, as the agent records it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose, ConsentState, Speaker
from nba_desktop.contract.consent import ConsentStatus
from nba_desktop.contract.events import ConsentRecorded
from nba_desktop.domain.consent_draft import ConsentAnswer, ConsentDraft, wording_for
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.pen import Pen, Step, one_line
from nba_desktop.domain.receipts import Receipt

_CONSENT_EVENTS = {
    ConsentAnswer.YES: ConsentEventType.GRANTED,
    ConsentAnswer.NO: ConsentEventType.REFUSED,
    ConsentAnswer.NOT_ASKED: ConsentEventType.NOT_ASKED,
}
_NEEDS_CONFIRMATION = frozenset({ConsentChannel.EMAIL, ConsentChannel.SMS})


def save_consents(contact: ContactState, now: datetime) -> Step:
    """Record every answer of the drawer with the wording it was asked with; only the customer himself can consent."""
    wordings = contact.view.consents.wordings if contact.view and contact.view.consents else ()
    if contact.speaker is not Speaker.CUSTOMER or not contact.consent.may_save(wordings):
        return Step(contact)
    pen, draft = Pen(contact, now), contact.consent
    for purpose, channel, answer in draft.answers:
        contact = _consented(pen, contact, purpose, channel, _CONSENT_EVENTS[answer], answer)
    cleared = replace(contact.consent, answers=(), read_aloud=frozenset(), customer_words="", leaving=False)
    return pen.step(replace(contact, consent=cleared))


def withdraw_consent(contact: ContactState, now: datetime) -> Step:
    """Record the withdrawal that was asked for; needs no reason and takes effect at once."""
    asked = contact.consent.withdrawal_asked
    if asked is None:
        return Step(contact)
    pen = Pen(contact, now)
    contact = _consented(pen, contact, *asked, ConsentEventType.WITHDRAWN, ConsentAnswer.NO)
    return pen.step(replace(contact, consent=replace(contact.consent, withdrawal_asked=None)))


def object_to_advertising(contact: ContactState, now: datetime) -> Step:
    """Record the confirmed marketing objection; it overrides every consent, in all channels."""
    if not contact.consent.objection_asked:
        return Step(contact)
    pen = Pen(contact, now)
    contact = _consented(
        pen, contact, ConsentPurpose.ADV_OWN, ConsentChannel.ANY, ConsentEventType.OBJECTED, ConsentAnswer.NO
    )
    return pen.step(replace(contact, consent=replace(contact.consent, objection_asked=False)))


def _consented(
    pen: Pen,
    contact: ContactState,
    purpose: ConsentPurpose,
    channel: ConsentChannel,
    event: ConsentEventType,
    answer: ConsentAnswer,
) -> ContactState:
    view = contact.view
    if view is None or view.customer is None or view.consents is None:
        return contact
    wording = wording_for(view.consents.wordings, purpose, channel)
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
            read_aloud_confirmed=bool(wording and asked_with and wording.text_sha256 in contact.consent.read_aloud),
            customer_words=one_line(contact.consent.customer_words, 200),
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
