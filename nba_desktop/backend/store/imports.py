"""How far files were taken in, in the database, and what is known of many customers at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BindParameter, Connection, bindparam, insert, select, union, update

from nba_desktop.backend.rows.imports import CustomersInBrief, ImportRow
from nba_desktop.backend.store.schema.arrivals import waiting_events
from nba_desktop.backend.store.schema.contacts import contacts, events
from nba_desktop.backend.store.schema.customers import customers
from nba_desktop.backend.store.schema.decisions import responses
from nba_desktop.backend.store.schema.imports import imports
from nba_desktop.backend.store.schema.outcomes import outcomes

_BY_ID = select(imports).where(imports.c.import_id == bindparam("import_id"))
_SET = update(imports).where(imports.c.import_id == bindparam("of_import"))
_ADD = insert(imports)
_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_BY_NUMBER = select(customers.c.customer_no_search, customers.c.customer_id).where(
    customers.c.customer_no_search.in_(_IDS)
)
_THERE = select(customers.c.customer_id).where(customers.c.customer_id.in_(_IDS))
_CALLED = select(contacts.c.customer_id).where(contacts.c.customer_id.in_(_IDS)).distinct()
_SPOKEN_OF = union(
    select(responses.c.customer_id, responses.c.action_id).where(responses.c.customer_id.in_(_IDS)),
    select(waiting_events.c.customer_id, waiting_events.c.action_id).where(waiting_events.c.customer_id.in_(_IDS)),
)
_KNOWN = union(
    select(outcomes.c.event_id).where(outcomes.c.event_id.in_(_IDS)),
    select(events.c.event_id).where(events.c.event_id.in_(_IDS)),
)


class Imports:
    """Reads and rewrites the progress of files within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def customer_ids(self, customer_nos: Sequence[str]) -> Mapping[str, str]:
        """Return the ids of customers by their numbers, as `fold_code` writes them."""
        found = self._connection.execute(_BY_NUMBER, {"ids": list(customer_nos)})
        return {row.customer_no_search: row.customer_id for row in found}

    def of_customers(self, customer_ids: Sequence[str]) -> CustomersInBrief:
        """Return which of some customers there are, and what there is of them."""
        ids = {"ids": list(customer_ids)}
        return CustomersInBrief(
            there=frozenset(self._connection.execute(_THERE, ids).scalars()),
            called=frozenset(self._connection.execute(_CALLED, ids).scalars()),
            spoken_of=frozenset((row.customer_id, row.action_id) for row in self._connection.execute(_SPOKEN_OF, ids)),
        )

    def known_events(self, event_ids: Sequence[UUID]) -> set[UUID]:
        """Return which of some ids an outcome or an event of a contact has."""
        return set(self._connection.execute(_KNOWN, {"ids": list(event_ids)}).scalars())

    def by_id(self, import_id: str) -> ImportRow | None:
        """Return how far, or None for a file that was never begun."""
        row = self._connection.execute(_BY_ID, {"import_id": import_id}).mappings().one_or_none()
        return None if row is None else ImportRow(**row)

    def put(self, progress: ImportRow) -> None:
        """Say how far, in place of what was said before."""
        values = asdict(progress)
        if self._connection.execute(_SET, {"of_import": progress.import_id, **values}).rowcount == 0:
            self._connection.execute(_ADD, values)
