"""Many rows at once, for what is made up and not recorded: whole calls, and who there is to make them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, insert, select

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

_TABLES: Final = (contacts, events, decisions, decision_actions, exposures, responses, outcomes)
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
        for table in _TABLES:
            values: Values = getattr(rows, table.name)
            if values:
                self._write(table, values)

    def _write(self, table: Table, rows: Values) -> None:
        """Insert rows that all name the same columns.

        The driver is given them ready: to bind each value of each row by itself takes longer than to write them.
        """
        dialect, names = self._connection.dialect, list(rows[0])
        statement = insert(table).compile(dialect=dialect, column_keys=names)
        columns = {
            name: _bound([row[name] for row in rows], table.c[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in names
        }
        if statement.positiontup is None:
            named = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
            self._connection.exec_driver_sql(str(statement), named)
        else:
            placed = list(zip(*(columns[name] for name in statement.positiontup), strict=True))
            self._connection.exec_driver_sql(str(statement), placed)


def _bound(values: list[Any], process: Callable[[Any], Any] | None) -> list[Any]:
    """Values as the driver takes them; ids and moments stand in many rows."""
    if process is None:
        return values
    known = {value: process(value) for value in set(values)}
    return [known[value] for value in values]
