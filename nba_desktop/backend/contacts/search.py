"""Find customers: masked, for a contact or for a reason; each search is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from nba_desktop.backend.access.contacts import open_contact
from nba_desktop.backend.access.reading import keep_apart, role_used
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.contacts.masking import display_name, mask_number, mask_place
from nba_desktop.backend.errors import ReasonRequired
from nba_desktop.backend.ports.unit import Store
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ReadBasis, ReadOperation, Role
from nba_desktop.contract.customer import SearchAnswer, SearchHit

MOST_HITS: Final = 20


class SearchService:
    """Searches customers for an agent."""

    def __init__(self, store: Store, catalogues: LiveCatalogues, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock

    def search(
        self, caller: Caller, text: str, contact_id: UUID | None, reason: str, language: Language
    ) -> SearchAnswer:
        """Return masked hits, best first, for an open contact of the caller's own or for a reason; the reading is kept.

        Raises `ReasonRequired`, and `UnknownContact` or `Forbidden` for a contact that opens nothing.
        """
        reason = reason.strip()
        if contact_id is None and not reason:
            raise ReasonRequired("outside a contact, say why customers are read")
        now = self._clock()
        with self._store.read() as unit:
            if contact_id is not None:
                open_contact(unit, self._catalogues, caller, contact_id, now)
            found = unit.customers.search(text, MOST_HITS + 1)
        hits = found[:MOST_HITS]
        role = role_used(caller, Role.AGENT, Role.CONSENT_OFFICER)
        basis = ReadBasis.REASON if contact_id is None else ReadBasis.CONTACT
        said = reason if contact_id is None else ""
        reading = Reading(now, caller.agent_id, role, ReadOperation.SEARCH_CUSTOMERS, basis, said, contact_id)
        keep_apart(self._store, reading, [one.customer_id for one, _ in hits])
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
