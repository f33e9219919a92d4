"""Answer other systems whether somebody may be contacted, and keep that his consent was used for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Final
from uuid import UUID

from nba_desktop.backend.access.reading import keep_apart, keep_reading, role_used
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.consent.canonical import FORM
from nba_desktop.backend.consent.ledger import LedgerEntry
from nba_desktop.backend.consent.may_contact import Campaign, Person, may_contact
from nba_desktop.backend.consent.reason_words import reason_words
from nba_desktop.backend.consent.service import postal_address
from nba_desktop.backend.consent.states import same_point
from nba_desktop.backend.decisioning.entries.site import SimilarGoodsEntry
from nba_desktop.backend.errors import Conflict, UnknownCustomer
from nba_desktop.backend.model import CustomerRecord
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.codes import AuthLevel, ConsentChannel, ConsentEventType, ReadBasis, ReadOperation, Role
from nba_desktop.contract.consent import (
    ConsentUse,
    MayContactAnswer,
    MayContactQuestion,
    MayContactReason,
)

_AT_ONE_NUMBER: Final = 20
"""Persons looked at who share a telephone number."""

_MANNER: Final[Mapping[ConsentChannel, str]] = {
    ConsentChannel.PHONE: "outbound_call",
    ConsentChannel.EMAIL: "email",
    ConsentChannel.POST: "paper",
}


class PermissionService:
    """Decides by the ledger; a positive answer with a use writes the use in the same transaction."""

    def __init__(self, store: Store, catalogues: LiveCatalogues, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock

    def may_contact(self, caller: Caller, question: MayContactQuestion) -> MayContactAnswer:
        """Return the answer; raise `UnknownCustomer`, or `Conflict` for a use whose id stands for something else."""
        role = role_used(caller, Role.MACHINE, Role.CONSENT_OFFICER)
        basis = ReadBasis.SYSTEM if role is Role.MACHINE else ReadBasis.DUTY
        reading = Reading(self._clock(), caller.agent_id, role, ReadOperation.MAY_CONTACT, basis)
        # Only an answer that writes waits for other writers.
        with self._store.read() if question.use is None else self._store.write() as unit:
            customer_id, customer = _whom(unit, question)
            answer = self._answer(unit, caller, question, customer_id, customer)
            if question.use is not None:
                keep_reading(unit, reading, [customer_id])
        if question.use is None:
            keep_apart(self._store, reading, [customer_id])
        return answer

    def is_allowed(self, caller: Caller, question: MayContactQuestion) -> bool:
        """Return the answer to a question without a use; whoever asks it for many keeps himself that he read them."""
        with self._store.read() as unit:
            return self._answer(unit, caller, question, *_whom(unit, question)).allowed

    def _answer(
        self,
        unit: Unit,
        caller: Caller,
        question: MayContactQuestion,
        customer_id: str,
        customer: CustomerRecord | None,
    ) -> MayContactAnswer:
        now = self._clock()
        catalogue = self._catalogues.for_customer(unit, customer_id)
        rules = catalogue.entry.contact_rules
        ledger = unit.consents.of_customer(customer_id)
        person = Person(
            ledger=ledger,
            points={} if customer is None else contact_points(customer),
            others=_others(unit, customer_id, question),
            restricted=customer is None or unit.consents.restriction(customer_id) is not None,
            from_sale=_says(customer, rules.similar_goods, "address_from_sale"),
            told_of_objection=_says(customer, rules.similar_goods, "told_of_objection"),
            birth_date=None if customer is None else customer.birth_date,
        )
        permission = may_contact(
            person,
            question.contact_point,
            question.purpose,
            question.channel,
            now,
            rules,
            catalogue.zone,
            Campaign(question.similar_goods, question.says_how_to_object),
            question.call_id,
        )
        used = None
        if question.use is not None:
            known = unit.consents.by_event_id(question.use.event_id)
            if known is not None:
                used = _used_before(known, customer_id, question, question.use)
            elif customer is not None and permission.by_consent is not None:
                consent = next(one for one in ledger if one.event_id == permission.by_consent)
                entry = _use(caller, customer, consent, question.use, now, catalogue.zone)
                unit.consents.append(entry)
                used = entry.event_id
        return MayContactAnswer(
            allowed=permission.allowed,
            reasons=tuple(
                MayContactReason(code=code, words=reason_words(code, question.language)) for code in permission.reasons
            ),
            # His proof is for the consent officer alone, and so is what it comes to.
            state=None if person.restricted else permission.point.state,
            asked_at=now,
            consent_event_id=permission.by_consent,
            used_event_id=used,
        )


def contact_points(customer: CustomerRecord) -> Mapping[ConsentChannel, frozenset[str]]:
    """Return a customer's numbers and addresses by the channels they are for."""
    numbers = frozenset(phone.e164 for phone in customer.phones)
    return {
        ConsentChannel.PHONE: numbers,
        ConsentChannel.SMS: numbers,
        ConsentChannel.EMAIL: frozenset() if customer.email is None else frozenset({customer.email}),
        ConsentChannel.POST: frozenset({postal_address(customer)}),
    }


def _whom(unit: Unit, question: MayContactQuestion) -> tuple[str, CustomerRecord | None]:
    """Return the customer; of one who was erased there is no record any more, only what proves his consents."""
    if question.customer_id is not None:
        customer = unit.customers.by_id(question.customer_id)
        restriction = unit.consents.restriction(question.customer_id)
    else:
        customer = unit.customers.by_customer_no(question.customer_no or "")
        restriction = None if customer else unit.consents.restriction_of_number(question.customer_no or "")
    if customer is not None:
        return customer.customer_id, customer
    if restriction is not None:
        return restriction.customer_id, None
    raise UnknownCustomer("no customer has the id or number of the question")


def _others(unit: Unit, customer_id: str, question: MayContactQuestion) -> tuple[tuple[LedgerEntry, ...], ...]:
    if question.channel is not ConsentChannel.PHONE:
        return ()
    there = unit.customers.by_phone(question.contact_point, _AT_ONE_NUMBER)
    return tuple(unit.consents.of_customer(one.customer_id) for one, _ in there if one.customer_id != customer_id)


def _says(customer: CustomerRecord | None, names: SimilarGoodsEntry | None, which: str) -> bool:
    if customer is None or names is None:
        return False
    return customer.facts.get(getattr(names, which)) is True


def _used_before(known: LedgerEntry, customer_id: str, question: MayContactQuestion, use: ConsentUse) -> UUID:
    kept = (known.event, known.customer_id, known.purpose.value, known.channel, known.campaign_id, known.call_id)
    purpose, channel = question.purpose.value, question.channel
    same = kept == (ConsentEventType.USED, customer_id, purpose, channel, use.campaign_id, use.call_id)
    if not same or not same_point(channel, known.contact_point, question.contact_point):
        raise Conflict("another event is stored under the id of the use")
    return known.event_id


def _use(
    caller: Caller, customer: CustomerRecord, consent: LedgerEntry, use: ConsentUse, now: datetime, zone: tzinfo
) -> LedgerEntry:
    """Return the entry, without its place in the chain, that says what a consent was used for."""
    return replace(
        consent,
        event_id=use.event_id,
        person_first_name=customer.first_name,
        person_last_name=customer.last_name,
        postal_address=postal_address(customer),
        event=ConsentEventType.USED,
        at=now,
        at_local=now.astimezone(zone).isoformat(timespec="seconds"),
        manner=_MANNER.get(consent.channel, "portal"),
        call_id=use.call_id,
        recipient_code=caller.recipient_code,
        authenticated_level=AuthLevel.NONE,
        read_aloud_confirmed=False,
        customer_words="",
        evidence_type="",
        evidence_ref=str(consent.event_id),
        source_system=caller.agent_id,
        note="",
        campaign_id=use.campaign_id,
        corrects=None,
        form=FORM,
    )
