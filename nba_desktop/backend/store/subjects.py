"""Everything of one customer in the database: read table by table for the export, removed and unlinked for erasure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, insert, or_, select, update

from nba_desktop.backend.store.schema.access import agents
from nba_desktop.backend.store.schema.audit import readings
from nba_desktop.backend.store.schema.contacts import contacts, events
from nba_desktop.backend.store.schema.customers import customer_phones
from nba_desktop.backend.store.schema.decisions import decisions
from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.schema.outbound import deliveries, outbound_events
from nba_desktop.backend.store.schema.subjects import erasures
from nba_desktop.backend.store.types import UtcDateTime
from nba_desktop.backend.subject.records import ErasureRow, Subject

_AT_A_TIME: Final = 500
_OTHER_PEOPLE: Final = ("done_by", "answered_by", "actor")
_CODES: Final = select(agents.c.agent_id, agents.c.recipient_code)


class Subjects:
    """Reads and erases one customer's rows within one transaction; tables go by their names."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def own_numbers(self, customer_id: str) -> tuple[str, ...]:
        """Return the customer's telephone numbers that no other customer has."""
        other = customer_phones.alias("other")
        shared = select(other.c.e164).where(
            other.c.e164 == customer_phones.c.e164, other.c.customer_id != customer_phones.c.customer_id
        )
        found = select(customer_phones.c.e164).where(customer_phones.c.customer_id == customer_id, ~shared.exists())
        return tuple(self._connection.execute(found.order_by(customer_phones.c.e164)).scalars())

    def rows(self, table: str, subject: Subject) -> Iterator[Mapping[str, Any]]:
        """Return the customer's rows of a table, oldest first, a few at a time; agents by their pseudonyms alone."""
        chosen = metadata.tables[table]
        if "agent_id" in chosen.c:
            columns = [column for column in chosen.c if column.name != "agent_id"]
            query = select(*columns, agents.c.recipient_code.label("agent")).join(
                agents, agents.c.agent_id == chosen.c.agent_id
            )
        else:
            query = select(chosen)
        query = query.where(_of(chosen, subject)).order_by(*_order(chosen))
        others = [name for name in _OTHER_PEOPLE if name in chosen.c]
        codes = {row[0]: row[1] for row in self._connection.execute(_CODES)} if others else {}
        for row in self._connection.execute(query.execution_options(yield_per=_AT_A_TIME)).mappings():
            yield dict(row) | {name: codes.get(row[name], "") for name in others}

    def count(self, table: str, subject: Subject) -> int:
        """Return how many rows of a table are the customer's."""
        chosen = metadata.tables[table]
        found = self._connection.execute(select(func.count()).select_from(chosen).where(_of(chosen, subject)))
        return found.scalar_one()

    def remove(self, table: str, subject: Subject) -> int:
        """Delete the customer's rows of a table and return how many there were."""
        chosen = metadata.tables[table]
        return self._connection.execute(delete(chosen).where(_of(chosen, subject))).rowcount

    def unlink(self, table: str, subject: Subject, stand_in: str, values: Mapping[str, Any]) -> int:
        """Put `values` into the customer's rows, and the stand-in where his id stands; return how many there were."""
        chosen = metadata.tables[table]
        number = self.count(table, subject)
        # First the values: the rows are found by the id.
        if values:
            self._connection.execute(update(chosen).where(_said_of(chosen, subject)).values(**values))
        if "customer_id" in chosen.c:
            self._connection.execute(
                update(chosen).where(chosen.c.customer_id == subject.customer_id).values(customer_id=stand_in)
            )
        return number

    def rewrite(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put other values into rows of a table, each named by its primary key."""
        chosen = metadata.tables[table]
        key = [column.name for column in chosen.primary_key]
        for row in rows:
            where = and_(*(chosen.c[name] == row[name] for name in key))
            self._connection.execute(
                update(chosen).where(where).values({name: value for name, value in row.items() if name not in key})
            )

    def add_erasure(self, erasure: ErasureRow) -> None:
        """Append that somebody was erased."""
        self._connection.execute(
            insert(erasures).values(
                erasure_id=erasure.erasure_id,
                at=erasure.at,
                customer_hash=erasure.customer_hash,
                reason=erasure.reason,
                actor=erasure.actor,
                counts=json.dumps(erasure.counts, sort_keys=True),
            )
        )

    def erasures(self, customer_hash: str | None = None) -> Sequence[ErasureRow]:
        """Return every erasure, or those of one hash, oldest first."""
        query = select(erasures).order_by(erasures.c.at, erasures.c.erasure_id)
        if customer_hash is not None:
            query = query.where(erasures.c.customer_hash == customer_hash)
        return [
            ErasureRow(**{**row, "counts": json.loads(row["counts"])})
            for row in self._connection.execute(query).mappings()
        ]


def _of(table: Table, subject: Subject) -> ColumnElement[bool]:
    """What makes a row the customer's."""
    mine = contacts.select().where(_own_contacts(subject)).with_only_columns(contacts.c.contact_id)
    whose = subject.customer_id
    if table is contacts:
        return _own_contacts(subject)
    if table is events:
        # Somebody else's contact may name him, too: who was taken for the caller at first.
        said = json.dumps(whose, ensure_ascii=False)
        return or_(events.c.contact_id.in_(mine), events.c.body.contains(said, autoescape=True))
    if table is readings:
        # In a contact others were read, too: whoever may be calling.
        return readings.c.customer_id == whose
    if table is deliveries:
        return deliveries.c.position.in_(select(outbound_events.c.position).where(_of(outbound_events, subject)))
    if "customer_id" not in table.c and "contact_id" in table.c:
        return table.c.contact_id.in_(mine)
    if "customer_id" not in table.c:
        own = select(decisions.c.decision_id).where(_of(decisions, subject))
        return table.c.decision_id.in_(own)
    if "contact_id" in table.c:
        return or_(table.c.customer_id == whose, and_(table.c.customer_id.is_(None), table.c.contact_id.in_(mine)))
    return table.c.customer_id == whose


def _said_of(table: Table, subject: Subject) -> ColumnElement[bool]:
    """Which rows hold words that may name him: his own, and those beside them of a reading of several customers."""
    if table is not readings:
        return _of(table, subject)
    said = select(readings.c.read_id).where(_of(readings, subject), readings.c.reason != "")
    return readings.c.read_id.in_(said)


def _own_contacts(subject: Subject) -> ColumnElement[bool]:
    """The customer's contacts, and those of nobody that came from a number of his alone or with his own."""
    unsettled = [contacts.c.attached_customer_no == subject.customer_no] if subject.customer_no else []
    if subject.own_numbers:
        unsettled.append(contacts.c.number_e164.in_(subject.own_numbers))
    if not unsettled:
        return contacts.c.customer_id == subject.customer_id
    return or_(contacts.c.customer_id == subject.customer_id, and_(contacts.c.customer_id.is_(None), or_(*unsettled)))


def _order(table: Table) -> list[ColumnElement[Any]]:
    moments = [column for column in table.c if isinstance(column.type, UtcDateTime) and not column.nullable]
    return [*moments[:1], *table.primary_key]
