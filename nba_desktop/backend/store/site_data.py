"""A site's own data in the database: many rows looked up, added and changed at once."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    Select,
    String,
    Table,
    any_,
    bindparam,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)

from nba_desktop.backend.consent.ledger import LedgerEntry
from nba_desktop.backend.store.bulk import insert_columns, update_columns
from nba_desktop.backend.store.consents import read_entry
from nba_desktop.backend.store.schema.arrivals import journey_features, touchpoints
from nba_desktop.backend.store.schema.consents import consent_events, consent_restrictions
from nba_desktop.backend.store.schema.customers import contracts, customer_phones, customers
from nba_desktop.backend.store.schema.subjects import erasures

Columns = Mapping[str, Sequence[Any]]
"""Values by column, all of one length."""

_AT_ONCE: Final = 5_000
"""Texts that a statement is asked for at once."""
_CACHE_KIB: Final = 131_072
_LOG_PAGES: Final = 32_768

_IDS: Final = select(customers.c.customer_no_search, customers.c.customer_id)
_CUSTOMERS: Final = select(customers)
_CONTRACTS: Final = select(contracts)
_PHONES: Final = select(customer_phones).order_by(
    customer_phones.c.customer_id, customer_phones.c.kind, customer_phones.c.e164
)
TOUCHPOINT_COLUMNS: Final = (
    "customer_id",
    "at",
    "channel",
    "type",
    "params",
    "experience",
    "case_id",
    "case_open",
    "media_break",
)
_TOUCHPOINTS: Final = select(touchpoints.c.touchpoint_id, *(touchpoints.c[name] for name in TOUCHPOINT_COLUMNS))
_SAID: Final = select(
    consent_events.c.customer_id,
    consent_events.c.purpose,
    consent_events.c.channel,
    consent_events.c.event,
    consent_events.c.at,
)
_ENTRIES: Final = select(consent_events).where(consent_events.c.event_id.in_(bindparam("asked", expanding=True)))
_ERASED: Final = select(erasures.c.customer_hash)
_RESTRICTED: Final = select(consent_restrictions.c.customer_no)


class SiteData:
    """Looks up, adds and changes many rows within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def prepare(self) -> None:
        """Make room for much that is written; what is durable when the transaction ends stays the same."""
        if self._connection.dialect.name == "sqlite":
            # Rows come in no order of any index: pages that are kept, and logged once for several rows, save most.
            self._connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KIB}")
            self._connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")

    def customer_ids(self, folded: Iterable[str]) -> dict[str, str]:
        """Return ids by the folded number, of those that there are."""
        return dict(self._rows(_IDS, customers.c.customer_no_search, folded))

    def customers(self, folded: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Return whole rows by the folded number, of those that there are."""
        return {
            row["customer_no_search"]: row for row in self._dicts(_CUSTOMERS, customers.c.customer_no_search, folded)
        }

    def erased(self, numbers: Collection[str], hashes: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
        """Return which customer numbers, and which hashes of some, are those of erased customers."""
        restricted = frozenset(row[0] for row in self._rows(_RESTRICTED, consent_restrictions.c.customer_no, numbers))
        return restricted, frozenset(row[0] for row in self._rows(_ERASED, erasures.c.customer_hash, hashes))

    def contracts(self, contract_nos: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Return rows by their number, of those that there are."""
        return {row["contract_no"]: row for row in self._dicts(_CONTRACTS, contracts.c.contract_no, contract_nos)}

    def phones(self, customer_ids: Iterable[str]) -> dict[tuple[str, str], dict[str, Any]]:
        """Return the numbers of some customers, by customer and number."""
        return {
            (row["customer_id"], row["e164"]): row
            for row in self._dicts(_PHONES, customer_phones.c.customer_id, customer_ids)
        }

    def touchpoints(self, touchpoint_ids: Iterable[str]) -> dict[str, tuple[Any, ...]]:
        """Return what is known of touchpoints by id, in the order of `TOUCHPOINT_COLUMNS`."""
        return {row[0]: tuple(row[1:]) for row in self._rows(_TOUCHPOINTS, touchpoints.c.touchpoint_id, touchpoint_ids)}

    def consents(self, event_ids: Iterable[UUID]) -> dict[UUID, LedgerEntry]:
        """Return entries of the ledger by their event, of those that there are."""
        found = {}
        for some in _some(event_ids):
            for row in self._connection.execute(_ENTRIES, {"asked": some}).mappings():
                found[row["event_id"]] = read_entry(row)
        return found

    def consents_of(self, customer_ids: Iterable[str]) -> Sequence[tuple[str, str, str, str, datetime]]:
        """Return customer, purpose, channel, event and moment of every entry of some customers."""
        return [tuple(row) for row in self._rows(_SAID, consent_events.c.customer_id, customer_ids)]

    def add_customers(self, columns: Columns) -> None:
        """Add customers."""
        self._add(customers, columns)

    def change_customers(self, customer_ids: Sequence[str], columns: Columns) -> None:
        """Change columns of customers."""
        self._change(customers, {"customer_id": customer_ids}, columns)

    def add_contracts(self, columns: Columns) -> None:
        """Add contracts."""
        self._add(contracts, columns)

    def change_contracts(self, contract_nos: Sequence[str], columns: Columns) -> None:
        """Change columns of contracts."""
        self._change(contracts, {"contract_no": contract_nos}, columns)

    def add_phones(self, columns: Columns) -> None:
        """Add numbers of customers."""
        self._add(customer_phones, columns)

    def change_phones(self, customer_ids: Sequence[str], numbers: Sequence[str], columns: Columns) -> None:
        """Change columns of customers' numbers."""
        self._change(customer_phones, {"customer_id": customer_ids, "e164": numbers}, columns)

    def add_touchpoints(self, columns: Columns) -> None:
        """Add touchpoints."""
        self._add(touchpoints, columns)

    def change_touchpoints(self, touchpoint_ids: Sequence[str], columns: Columns) -> None:
        """Change columns of touchpoints."""
        self._change(touchpoints, {"touchpoint_id": touchpoint_ids}, columns)

    def forget_features(self, customer_ids: Iterable[str]) -> None:
        """Have what the touchpoints of some customers come to made anew when it is asked for."""
        for some in _some(customer_ids):
            gone = delete(journey_features).where(self._among(journey_features.c.customer_id, some))
            self._connection.execute(gone)

    def end_contracts(self, source: str, said_by: str, on: date) -> int:
        """End the running contracts that a system said before and not by the file `said_by`; return how many."""
        gone = _gone(contracts, source, said_by) & or_(contracts.c.ends.is_(None), contracts.c.ends > on)
        return self._connection.execute(update(contracts).where(gone).values(ends=on)).rowcount

    def remove_phones(self, source: str, said_by: str) -> int:
        """Remove the numbers that a system said before and not by the file `said_by`; return how many."""
        return self._connection.execute(delete(customer_phones).where(_gone(customer_phones, source, said_by))).rowcount

    def _add(self, table: Table, columns: Columns) -> None:
        if any(columns.values()):
            insert_columns(self._connection, table, columns)

    def _change(self, table: Table, keys: Columns, columns: Columns) -> None:
        if any(keys.values()) and columns:
            update_columns(self._connection, table, keys, columns)

    def _rows(self, statement: Select[Any], column: Column[str], asked: Iterable[str]) -> Iterator[Any]:
        for some in _some(asked):
            yield from self._connection.execute(statement.where(self._among(column, some)))

    def _dicts(self, statement: Select[Any], column: Column[str], asked: Iterable[str]) -> Iterator[dict[str, Any]]:
        for some in _some(asked):
            for row in self._connection.execute(statement.where(self._among(column, some))).mappings():
                yield dict(row)

    def _among(self, column: Column[str], texts: list[str]) -> ColumnElement[bool]:
        """Whether a column is one of some texts, given as one value: to bind each of them takes longer than to look."""
        if self._connection.dialect.name == "sqlite":
            listed = func.json_each(json.dumps(texts)).table_valued("value")
            return column.in_(select(listed.c.value))
        return column == any_(literal(texts, ARRAY(String)))


def _gone(table: Table, source: str, said_by: str) -> ColumnElement[bool]:
    return table.c.said_by.startswith(f"{source}:", autoescape=True) & (table.c.said_by != said_by)


def _some(asked: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(asked)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
