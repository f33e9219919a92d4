"""Many rows at once, for what is made up and not recorded: whole calls, and who there is to make them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, bindparam, insert, select, update
from sqlalchemy.engine import Compiled
from sqlalchemy.sql.compiler import SQLCompiler

from nba_desktop.backend.store.schema.consents import consent_events
from nba_desktop.backend.store.schema.contacts import contacts, events
from nba_desktop.backend.store.schema.customers import customer_phones, customers
from nba_desktop.backend.store.schema.decisions import decision_actions, decisions, exposures, responses
from nba_desktop.backend.store.schema.follow_ups import follow_ups
from nba_desktop.backend.store.schema.outcomes import outcomes

Values = list[dict[str, object]]

_TABLES: Final = (contacts, events, decisions, decision_actions, exposures, responses, outcomes, follow_ups)
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
    follow_ups: Values = field(default_factory=list)


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
        """Insert rows that all name the same columns."""
        names = list(rows[0])
        insert_columns(self._connection, table, {name: [row[name] for row in rows] for name in names})


def insert_columns(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert many rows, given by column, all of one length.

    The driver is given them ready: to bind each value of each row by itself takes longer than to write them.
    """
    _execute(connection, table, insert(table).compile(dialect=connection.dialect, column_keys=list(columns)), columns)


def update_columns(
    connection: Connection, table: Table, keys: Mapping[str, Sequence[Any]], columns: Mapping[str, Sequence[Any]]
) -> None:
    """Change many rows, found by the columns `keys`, to the values in `columns`."""
    statement = update(table).where(*(table.c[name] == bindparam(f"key_{name}") for name in keys))
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(columns))
    _execute(connection, table, compiled, {**columns, **{f"key_{name}": values for name, values in keys.items()}})


def _execute(connection: Connection, table: Table, statement: Compiled, columns: Mapping[str, Sequence[Any]]) -> None:
    dialect = connection.dialect
    types = {name: table.c[name.removeprefix("key_")].type.dialect_impl(dialect) for name in columns}
    ready = {name: _bound(values, types[name].bind_processor(dialect)) for name, values in columns.items()}
    if not isinstance(statement, SQLCompiler) or statement.positiontup is None:
        named = [dict(zip(ready, values, strict=True)) for values in zip(*ready.values(), strict=True)]
        connection.exec_driver_sql(str(statement), named)
    else:
        placed = list(zip(*(ready[name] for name in statement.positiontup), strict=True))
        connection.exec_driver_sql(str(statement), placed)


def _bound(values: Sequence[Any], process: Callable[[Any], Any] | None) -> Sequence[Any]:
    """Values as the driver takes them; ids and moments stand in many rows."""
    if process is None:
        return values
    known = {value: process(value) for value in set(values)}
    return [known[value] for value in values]
