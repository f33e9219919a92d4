"""Find customers: masked, and outside a contact only with a reason that is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from nba_desktop.backend.contacts.masking import display_name, mask_number, mask_place
from nba_desktop.backend.errors import Forbidden, ReasonRequired, UnknownContact
from nba_desktop.backend.ports import Store
from nba_desktop.backend.rows import Caller
from nba_desktop.contract.base import Language
from nba_desktop.contract.customer import SearchAnswer, SearchHit

MOST_HITS: Final = 20


class SearchService:
    """Searches customers for an agent."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def search(
        self, caller: Caller, text: str, contact_id: UUID | None, reason: str, language: Language
    ) -> SearchAnswer:
        """Return masked hits, best first; outside a contact of the caller's own the reading is audited."""
        reason = reason.strip()
        if contact_id is None and not reason:
            raise ReasonRequired("outside a contact, say why customers are read")
        with self._store.read() as unit:
            if contact_id is not None:
                contact = unit.contacts.by_id(contact_id)
                if contact is None:
                    raise UnknownContact("no contact began under that id")
                if contact.agent_id != caller.agent_id:
                    raise Forbidden("the contact is another agent's")
            found = unit.customers.search(text, MOST_HITS + 1)
        hits = found[:MOST_HITS]
        if contact_id is None:
            with self._store.write() as unit:
                unit.audit.add(self._clock(), caller.agent_id, reason, [one.customer_id for one, _ in hits])
        return SearchAnswer(
            hits=tuple(
                SearchHit(
                    customer_id=customer.customer_id,
                    display_name=display_name(customer, language),
                    customer_no_masked=mask_number(customer.customer_no),
                    place_masked=mask_place(customer),
                    match=match,
                )
                for customer, match in hits
            ),
            truncated=len(found) > MOST_HITS,
        )
