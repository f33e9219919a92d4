"""Write what a customer said about a consent into the ledger, if it can be proved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from nba_desktop.backend.consent.ledger import AGENT_RECORD, LedgerEntry
from nba_desktop.backend.consent.wording import Wording
from nba_desktop.backend.contacts.state import ContactState
from nba_desktop.backend.errors import Conflict, ConsentProofMissing, Forbidden, InvalidMessage, UnknownCustomer
from nba_desktop.backend.model import CustomerRecord
from nba_desktop.backend.ports.consents import ConsentStore
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose, Speaker
from nba_desktop.contract.events import ConsentRecorded

_SAID_IN_A_CALL: Final = frozenset(
    {
        ConsentEventType.ASKED,
        ConsentEventType.GRANTED,
        ConsentEventType.REFUSED,
        ConsentEventType.NOT_ASKED,
        ConsentEventType.WITHDRAWN,
        ConsentEventType.OBJECTED,
        ConsentEventType.OBJECTION_LIFTED,
    }
)
_ANSWERS: Final = frozenset({ConsentEventType.GRANTED, ConsentEventType.REFUSED})
_NEED_AUTHENTICATION: Final = _ANSWERS | {ConsentEventType.OBJECTION_LIFTED}
"""A withdrawal or objection counts at once; only what gives or denies a permission needs to know who speaks."""

_NOTE_OF: Final = {
    Speaker.REPRESENTATIVE: "said by a representative of the customer",
    Speaker.UNAUTHORISED: "said by somebody without the customer's authority",
}
_SOURCE: Final = "nba-desktop"


class ConsentRecorder:
    """Appends what was said in a contact to the ledger; `local_time` writes a moment in the site's own time."""

    def __init__(self, local_time: Callable[[datetime], str]) -> None:
        self._local_time = local_time

    def record(
        self, unit: Unit, caller: Caller, contact: ContactRecord, state: ContactState, event: ConsentRecorded
    ) -> None:
        """Append one entry; raise `ConsentProofMissing` when an answer could not be proved with it."""
        if event.event not in _SAID_IN_A_CALL:
            raise Forbidden(f"an agent cannot record the consent event {event.event.value}")
        if event.purpose is ConsentPurpose.RECORDING and event.channel is not ConsentChannel.PHONE:
            raise InvalidMessage("a consent to be recorded is for the telephone")
        if state.customer_id is not None and state.customer_id != event.customer_id:
            raise Conflict("the consent is of another customer than the contact")
        customer = unit.customers.by_id(event.customer_id)
        if customer is None:
            raise UnknownCustomer("no customer has the id of the consent")
        if event.event in _NEED_AUTHENTICATION and state.speaker is Speaker.REPRESENTATIVE:
            raise ConsentProofMissing("another person cannot consent for the customer")
        if event.event in _NEED_AUTHENTICATION and state.authenticated_customer != event.customer_id:
            raise ConsentProofMissing("the customer was not authenticated")
        wording = _read_wording(unit.consents, contact, customer, event) if event.event in _ANSWERS else None
        if event.event is ConsentEventType.OBJECTION_LIFTED and not event.customer_words.strip():
            raise ConsentProofMissing("the words with which the customer took his objection back are missing")
        point = contact_point(customer, contact, event.channel)
        if event.event is ConsentEventType.GRANTED and not point:
            raise ConsentProofMissing("the number or address the consent is for is not known")
        entry = LedgerEntry(
            position=0,
            event_id=event.event_id,
            customer_id=customer.customer_id,
            person_first_name=customer.first_name,
            person_last_name=customer.last_name,
            postal_address=postal_address(customer),
            contact_point=point,
            purpose=event.purpose,
            channel=event.channel,
            event=event.event,
            at=event.at,
            at_local=self._local_time(event.at),
            manner=f"{contact.direction}_call",
            call_id=contact.contact_id,
            recipient_code=caller.recipient_code,
            authenticated_level=state.auth_level,
            wording_id=event.wording_id,
            wording_sha256=event.wording_sha256,
            read_aloud_confirmed=event.read_aloud_confirmed,
            customer_words=event.customer_words,
            evidence_type=AGENT_RECORD,
            evidence_ref="",
            source_system=_SOURCE,
            note=_NOTE_OF.get(state.speaker, ""),
            wording_record_sha256=None if wording is None else wording.record_sha256(),
        )
        unit.consents.append(entry)


def contact_point(customer: CustomerRecord, contact: ContactRecord, channel: ConsentChannel) -> str:
    """Return the number or address a consent by this channel is for, or an empty text."""
    match channel:
        case ConsentChannel.PHONE | ConsentChannel.SMS:
            numbers = [phone.e164 for phone in customer.phones]
            if contact.number.e164 in numbers:
                return contact.number.e164 or ""
            return numbers[0] if numbers else ""
        case ConsentChannel.EMAIL:
            return customer.email or ""
        case ConsentChannel.POST:
            return postal_address(customer)
        case _:
            return customer.customer_no


def postal_address(customer: CustomerRecord) -> str:
    """Return the address as the proof writes it."""
    return f"{customer.street}, {customer.postcode} {customer.city}"


def _read_wording(
    consents: ConsentStore, contact: ContactRecord, customer: CustomerRecord, event: ConsentRecorded
) -> Wording:
    """Return the wording that the customer answered; raise `ConsentProofMissing` when it could not have been read."""
    if not event.read_aloud_confirmed:
        raise ConsentProofMissing("the wording was not read aloud")
    if event.wording_id is None or event.wording_sha256 is None:
        raise ConsentProofMissing("the wording is not named")
    for wording in consents.wordings():
        if (wording.wording_id, wording.text_sha256) == (event.wording_id, event.wording_sha256):
            break
    else:
        raise ConsentProofMissing("there is no such wording")
    if wording.purpose is not event.purpose or event.channel not in wording.channels:
        raise ConsentProofMissing("the wording is for another purpose or channel")
    if wording.language != customer.language:
        raise ConsentProofMissing("the wording is not in the customer's language")
    # The panel shows what was in force when the contact began, however late the event arrives here.
    if wording.retired_at is not None and wording.retired_at < contact.started_at:
        raise ConsentProofMissing("the wording was no longer in force")
    return wording
