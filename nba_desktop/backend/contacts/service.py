"""A contact from its begin: take the event in, then answer with the whole view."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from nba_desktop.backend.contacts.events import Appended, EventService
from nba_desktop.backend.contacts.identification import find_candidates
from nba_desktop.backend.contacts.state import state_of
from nba_desktop.backend.contacts.view import ContactFacts, Site, contact_view, decision_request
from nba_desktop.backend.decisioning.engine import DecisionOutcome, DecisionRequest
from nba_desktop.backend.errors import Conflict, Forbidden, UnknownContact
from nba_desktop.backend.ports import Caller, DecisionRow, Store, Unit
from nba_desktop.contract.base import new_id
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import CallerAuthenticated, ConcernChosen, ConcernSolved, ContactStarted

Decide = Callable[[DecisionRequest], DecisionOutcome]


class ContactService:
    """Answers what the panel asks of one contact; every answer holds a fresh, recorded decision."""

    def __init__(
        self, store: Store, events: EventService, decide: Decide, site: Site, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._events = events
        self._decide = decide
        self._site = site
        self._clock = clock

    def start(self, caller: Caller, event: ContactStarted) -> ContactView:
        """A contact begins: identify the caller, masked."""
        return self._take(caller, event)

    def step(
        self, caller: Caller, contact_id: UUID, event: CallerAuthenticated | ConcernChosen | ConcernSolved
    ) -> ContactView:
        """The agent settled who is calling, or what about: decide again."""
        if event.contact_id != contact_id:
            raise Conflict("the event is of another contact than the address")
        return self._take(caller, event)

    def _take(
        self, caller: Caller, event: ContactStarted | CallerAuthenticated | ConcernChosen | ConcernSolved
    ) -> ContactView:
        # One transaction: the disk is waited for once, and no decision is answered that is not kept. Should it fail,
        # the panel's outbox still has the event.
        with self._store.write() as unit:
            after = self._events.append(unit, caller, event) or _known(unit, caller, event.contact_id)
            now = self._clock()
            facts = _gather(unit, after)
            outcome = self._decide(decision_request(facts, now))
            decision_id = new_id()
            unit.decisions.add(_row(decision_id, facts, outcome, self._site.catalogue_version, now))
        return contact_view(facts, self._site, outcome, decision_id, now)


def _known(unit: Unit, caller: Caller, contact_id: UUID) -> Appended:
    """Return a contact as it is: the event came before, and its answer was lost."""
    contact = unit.contacts.by_id(contact_id)
    if contact is None:
        raise UnknownContact("no contact began under that id")
    if contact.agent_id != caller.agent_id:
        raise Forbidden("the contact is another agent's")
    return Appended(contact, state_of(unit.contacts.events_of(contact_id)))


def _gather(unit: Unit, after: Appended) -> ContactFacts:
    contact, state = after.contact, after.state
    found = find_candidates(unit.customers, contact, state.customer_id)
    customer_id = state.authenticated_customer
    if customer_id is None:
        return ContactFacts(contact, state, found)
    return ContactFacts(
        contact=contact,
        state=state,
        found=found,
        customer=unit.customers.by_id(customer_id),
        touchpoints=unit.customers.touchpoints(customer_id),
        ledger=unit.consents.of_customer(customer_id),
        past=unit.decisions.past_responses(customer_id),
    )


def _row(
    decision_id: UUID, facts: ContactFacts, outcome: DecisionOutcome, catalogue_version: str, now: datetime
) -> DecisionRow:
    # A candidate is not a customer: only whom the agent settled on is named.
    record = outcome.record | {
        "decision_id": str(decision_id),
        "contact_id": str(facts.contact.contact_id),
        "customer_id": facts.state.customer_id,
        "channel": "call",
    }
    return DecisionRow(
        decision_id=decision_id,
        contact_id=facts.contact.contact_id,
        customer_id=facts.state.customer_id,
        decided_at=now,
        catalogue_version=catalogue_version,
        none_because=outcome.none_because,
        shown=tuple(one.action_id for one in outcome.recommendations),
        record=json.dumps(record, ensure_ascii=False, sort_keys=True),
    )
