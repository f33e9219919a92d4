"""Many rows at once, for what is made up and not recorded: whole calls, and who there is to make them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select

from nba_desktop.backend.store.schema import (
    consent_events,
    contacts,
    customer_phones,
    customers,
    decision_actions,
    decisions,
    events,
    exposures,
    outcomes,
    responses,
)

Values = list[dict[str, object]]

_ADDS: Final = {
    "contacts": insert(contacts),
    "events": insert(events),
    "decisions": insert(decisions),
    "decision_actions": insert(decision_actions),
    "exposures": insert(exposures),
    "responses": insert(responses),
    "outcomes": insert(outcomes),
}
"""In the order that their references ask for."""


@dataclass(slots=True)
class CallRows:
    """Rows of calls by table, as the columns are called."""

    contacts: Values = field(default_factory=list)
    events: Values = field(default_factory=list)
    decisions: Values = field(default_factory=list)
    decision_actions: Values = field(default_factory=list)
    exposures: Values = field(default_factory=list)
    responses: Values = field(default_factory=list)
    outcomes: Values = field(default_factory=list)


class Bulk:
    """Reads and appends within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def has_calls(self) -> bool:
        """Say whether there is any call."""
        return self._connection.execute(select(contacts.c.contact_id).limit(1)).first() is not None

    def customer_ids(self) -> frozenset[str]:
        """Return the id of every customer."""
        return frozenset(self._connection.execute(select(customers.c.customer_id)).scalars())

    def customers(self) -> Sequence[Row[*tuple[Any, ...]]]:
        """Return every customer with what proofs and calls name of him, by id."""
        c = customers.c
        columns = (c.customer_id, c.customer_no, c.first_name, c.last_name, c.street, c.postcode, c.city, c.language)
        return self._connection.execute(select(*columns, c.email).order_by(c.customer_id)).all()

    def phones(self) -> Iterator[tuple[str, str]]:
        """Return the numbers of every customer."""
        c = customer_phones.c
        rows = self._connection.execute(select(c.customer_id, c.e164).order_by(c.customer_id, c.kind, c.e164))
        return ((row.customer_id, row.e164) for row in rows)

    def consents(self) -> Iterator[tuple[str, str, str, str]]:
        """Return customer, purpose, channel and event of every entry of the ledger, in order."""
        c = consent_events.c
        rows = self._connection.execute(select(c.customer_id, c.purpose, c.channel, c.event).order_by(c.position))
        return ((row.customer_id, row.purpose, row.channel, row.event) for row in rows)

    def add(self, rows: CallRows) -> None:
        """Append the rows of calls."""
        for table, statement in _ADDS.items():
            values: Values = getattr(rows, table)
            if values:
                self._connection.execute(statement, values)
