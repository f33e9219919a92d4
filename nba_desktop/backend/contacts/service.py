"""A contact from its begin: take the event in, then answer with the whole view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from nba_desktop.backend.access.contacts import check_open, own_contact
from nba_desktop.backend.access.reading import keep_reading
from nba_desktop.backend.arrivals.reading import journey_of
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.contacts.events import Appended, EventService
from nba_desktop.backend.contacts.habits import CALLS_LOOKED_AT
from nba_desktop.backend.contacts.handed_details import handover_view
from nba_desktop.backend.contacts.handover import handed_over
from nba_desktop.backend.contacts.identification import (
    SecurityPolicy,
    find_candidates,
    number_is_shared,
    security_policy,
)
from nba_desktop.backend.contacts.state import state_of
from nba_desktop.backend.contacts.view import ContactFacts, contact_view, decision_request
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.backend.decisions.deciding import Decided, Deciding
from nba_desktop.backend.errors import Conflict
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.providers.live_facts import NO_QUESTION, LiveFacts, Question
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.codes import ReadBasis, ReadOperation, Role
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import (
    CallerAuthenticated,
    CallFlagged,
    ConcernChosen,
    ConcernSolved,
    ContactStarted,
    SpeakerNamed,
)

_MASKED: Final = ReadOperation.START_CONTACT
_WHOLE: Final = ReadOperation.SETTLE_CALLER
"""Whichever step shows it: who may be calling, masked, and the customer as a whole."""

Step = CallerAuthenticated | SpeakerNamed | CallFlagged | ConcernChosen | ConcernSolved
"""What the agent settles in a contact."""


@dataclass(frozen=True, slots=True)
class _Asking:
    """What a decision is asked with, and what may be asked of other systems for it."""

    security: SecurityPolicy
    facts: ContactFacts
    request: DecisionRequest
    question: Question


class ContactService:
    """Answers what the panel asks of one contact; every answer holds a fresh, recorded decision."""

    def __init__(
        self,
        store: Store,
        events: EventService,
        deciding: Deciding,
        catalogues: LiveCatalogues,
        clock: Callable[[], datetime],
        live: LiveFacts,
    ) -> None:
        self._store = store
        self._events = events
        self._deciding = deciding
        self._catalogues = catalogues
        self._clock = clock
        self._live = live

    def start(self, caller: Caller, event: ContactStarted) -> ContactView:
        """A contact begins: identify the caller, masked.

        Asked again with the same event in another language, the contact goes on in that one, as far as it has come.
        """
        return self._take(caller, event)

    def step(self, caller: Caller, contact_id: UUID, event: Step) -> ContactView:
        """The agent settled who is calling, who speaks, what about, or what holds sales back: decide again."""
        if event.contact_id != contact_id:
            raise Conflict("the event is of another contact than the address")
        return self._take(caller, event)

    def _take(self, caller: Caller, event: ContactStarted | Step) -> ContactView:
        # One transaction: the disk is waited for once, and no decision is answered that is not kept. Should it fail,
        # the panel's outbox still has the event.
        with self._store.write() as unit:
            contact = unit.contacts.by_id(event.contact_id)
            # Before the event, so that no event opens again what is over.
            if contact is not None:
                check_open(unit, self._catalogues, caller, contact, self._clock())
            asking = self._asking(
                unit, self._events.append(unit, caller, event, contact) or _known(unit, caller, event)
            )
            open_question = self._live.unanswered(asking.question)
            if open_question is None:
                decided = self._decided(unit, asking)
        if open_question is not None:
            # Other systems are waited for while nothing is locked. Should this break off, the event is kept, and the
            # panel asks again.
            self._live.ask(open_question)
            with self._store.write() as unit:
                asking = self._asking(unit, _known(unit, caller, event))
                decided = self._decided(unit, asking)
        return contact_view(asking.facts, asking.security, decided)

    def _asking(self, unit: Unit, after: Appended) -> _Asking:
        security = security_policy(self._catalogues.in_force(unit).live)
        now = self._clock()
        facts = _gather(unit, self._catalogues, security, after, now)
        request = decision_request(facts, now)
        # Nobody is asked about somebody who may be another one.
        question = NO_QUESTION
        if facts.customer is not None:
            catalogue = self._catalogues.for_customer(unit, facts.customer.customer_id)
            question = self._live.question(catalogue, facts.customer, request.consents)
        return _Asking(security, facts, request, question)

    def _decided(self, unit: Unit, asking: _Asking) -> Decided:
        facts = asking.facts
        self._keep_reading(unit, facts)
        request = replace(asking.request, live=self._live.facts(asking.question))
        return self._deciding.in_call(unit, facts.contact, facts.state.customer_id, request)

    def _keep_reading(self, unit: Unit, facts: ContactFacts) -> None:
        """Keep whom the answer shows; what each further step of the contact shows again is kept once."""
        contact = facts.contact
        if facts.customer is not None:
            operation, shown = _WHOLE, [facts.customer.customer_id]
        else:
            operation, shown = _MASKED, [one.customer.customer_id for one in facts.candidates.found]
        reading = Reading(
            self._clock(), contact.agent_id, Role.AGENT, operation, ReadBasis.CONTACT, "", contact.contact_id
        )
        keep_reading(unit, reading, shown)


def _known(unit: Unit, caller: Caller, event: ContactStarted | Step) -> Appended:
    """Return a contact as it is: the event came before, and its answer was lost or is wanted in another language."""
    contact = own_contact(unit, caller, event.contact_id)
    if isinstance(event, ContactStarted) and event.language != contact.language:
        unit.contacts.set_state(contact.contact_id, {"language": event.language})
        contact = replace(contact, language=event.language)
    return Appended(contact, state_of(unit.contacts.events_of(contact.contact_id)))


def _gather(
    unit: Unit, catalogues: LiveCatalogues, security: SecurityPolicy, after: Appended, now: datetime
) -> ContactFacts:
    contact = after.contact
    handed = handed_over(unit.contacts, contact, lambda: number_is_shared(unit, contact))
    state = after.state if handed is None else handed.carried_into(after.state)
    customer_id = state.authenticated_customer
    candidates = find_candidates(unit, contact, state, handed, security)
    told = None if handed is None else handover_view(unit, catalogues, handed, state, contact.language)
    failed = state.failed_items | (frozenset() if handed is None else handed.failed_items)
    if customer_id is None:
        return ContactFacts(contact, state, candidates, failed, told)
    return ContactFacts(
        contact=contact,
        state=state,
        candidates=candidates,
        failed_items=failed,
        handover=told,
        customer=unit.customers.by_id(customer_id),
        journey=journey_of(unit, customer_id, catalogues.for_customer(unit, customer_id), now),
        ledger=unit.consents.of_customer(customer_id),
        past=unit.decisions.past_responses(customer_id),
        called_about=unit.contacts.concerns_of(customer_id, contact.started_at, CALLS_LOOKED_AT),
    )
