"""The rest of a customer's journey, page by page, for the agent who has authenticated him."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from nba_desktop.backend.access.contacts import open_contact
from nba_desktop.backend.access.reading import keep_apart
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.contacts.state import state_of
from nba_desktop.backend.errors import Forbidden, InvalidMessage
from nba_desktop.backend.journey.head import journey_until, shown_touchpoint
from nba_desktop.backend.ports.unit import Store
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.codes import ReadBasis, ReadOperation, Role
from nba_desktop.contract.journey import JourneyPage


class HistoryService:
    """Answers with a journey that is longer than its head."""

    def __init__(self, store: Store, catalogues: LiveCatalogues, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock

    def page(self, caller: Caller, contact_id: UUID, before: str | None, limit: int) -> JourneyPage:
        """Return at most `limit` touchpoints that came before the one with the id `before`, or the newest.

        Raises `UnknownContact`, `Forbidden` for another agent's contact, for one that is over or before
        authentication, and `InvalidMessage` when `before` is not a touchpoint of this customer.
        """
        now = self._clock()
        with self._store.read() as unit:
            contact = open_contact(unit, self._catalogues, caller, contact_id, now)
            customer_id = state_of(unit.contacts.events_of(contact_id)).authenticated_customer
            if customer_id is None:
                raise Forbidden("nobody is authenticated in the contact")
            past = journey_until(unit.customers.touchpoints(customer_id), now)
            catalogue = self._catalogues.for_customer(unit, customer_id)
            words = catalogue.site_words(contact.language)
            customer = unit.customers.by_id(customer_id)
        number = "" if customer is None else customer.customer_no
        address = partial(catalogue.entry.crm.case_address, customer_no=number)
        begin = 0
        if before is not None:
            place = next((place for place, one in enumerate(past) if one.touchpoint_id == before), None)
            if place is None:
                raise InvalidMessage("before is not a touchpoint of this journey")
            begin = place + 1
        operation, basis = ReadOperation.CONTACT_JOURNEY, ReadBasis.CONTACT
        reading = Reading(now, caller.agent_id, Role.AGENT, operation, basis, contact_id=contact_id)
        keep_apart(self._store, reading, [customer_id])
        return JourneyPage(
            contact_id=contact_id,
            touchpoints=tuple(shown_touchpoint(one, words, address) for one in past[begin : begin + limit]),
            more=begin + limit < len(past),
        )
