"""Who read which customers, and who looked at that, in the database; only ever appended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, insert, or_, select

from nba_desktop.backend.rows.audit import LookRow, Reading, ReadingRow, ReadingsAsked
from nba_desktop.backend.store.schema.audit import audit_looks, readings
from nba_desktop.backend.store.schema.customers import customers
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ReadBasis, ReadOperation, Role

# Built once: every view of a call asks for it. Only the customers and the time are asked of the database, so that it
# goes by them and not by a system that reads all day.
_READ_SINCE: Final = select(
    readings.c.customer_id, readings.c.agent_id, readings.c.operation, readings.c.contact_id
).where(
    readings.c.customer_id.in_(bindparam("customer_ids", expanding=True)),
    readings.c.at >= bindparam("since"),
)
_ADD: Final = insert(readings)
_READINGS: Final = (
    select(readings, customers.c.customer_no)
    .outerjoin(customers, customers.c.customer_id == readings.c.customer_id)
    .order_by(readings.c.at.desc(), readings.c.read_id.desc(), readings.c.place.desc())
)
_LOOKS: Final = select(audit_looks).order_by(audit_looks.c.at.desc(), audit_looks.c.look_id.desc())


class Audit:
    """Appends and reads within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, reading: Reading, customer_ids: Sequence[str]) -> None:
        """Append a reading of customers, or of nobody."""
        row = {
            "read_id": new_id(),
            "at": reading.at,
            "agent_id": reading.agent_id,
            "role": None if reading.role is None else reading.role.value,
            "operation": None if reading.operation is None else reading.operation.value,
            "basis": reading.basis.value,
            "reason": reading.reason,
            "contact_id": reading.contact_id,
            "together": len(customer_ids),
        }
        whom: Sequence[str | None] = customer_ids or (None,)
        self._connection.execute(
            _ADD, [row | {"place": place, "customer_id": customer_id} for place, customer_id in enumerate(whom)]
        )

    def read_since(self, reading: Reading, customer_ids: Sequence[str], since: datetime) -> frozenset[str]:
        """Return those whom the same agent read by the same operation in the same contact since a moment."""
        same = (reading.agent_id, reading.operation, reading.contact_id)
        found = self._connection.execute(_READ_SINCE, {"customer_ids": list(customer_ids), "since": since})
        return frozenset(row.customer_id for row in found if (row.agent_id, row.operation, row.contact_id) == same)

    def of_customer(self, customer_id: str, asked: ReadingsAsked) -> Sequence[ReadingRow]:
        """Return the readings of a customer, newest first."""
        return self._found(readings.c.customer_id == customer_id, asked)

    def of_agent(self, agent_id: str, asked: ReadingsAsked) -> Sequence[ReadingRow]:
        """Return what an agent, a system or an administrator read, newest first."""
        return self._found(readings.c.agent_id == agent_id, asked)

    def add_look(self, look: LookRow) -> None:
        """Append that somebody looked at what is logged of a person of the staff."""
        self._connection.execute(insert(audit_looks).values(asdict(look)))

    def looks(self, agent_id: str | None, since: datetime) -> Sequence[LookRow]:
        """Return who looked at what is logged of an agent, or of anybody, since a moment, newest first."""
        asked = _LOOKS.where(audit_looks.c.at >= since)
        if agent_id is not None:
            asked = asked.where(audit_looks.c.agent_id == agent_id)
        return [LookRow(**{**row, "role": Role(row["role"])}) for row in self._connection.execute(asked).mappings()]

    def _found(self, whose: ColumnElement[bool], asked: ReadingsAsked) -> Sequence[ReadingRow]:
        query: Select[*tuple[Any, ...]] = _READINGS.where(
            whose, readings.c.at >= asked.since, readings.c.at < asked.until
        ).limit(asked.limit)
        if asked.behind is not None:
            query = query.where(_behind(*asked.behind))
        return [_row(row) for row in self._connection.execute(query)]


def _behind(at: datetime, read_id: object, place: int) -> ColumnElement[bool]:
    same = readings.c.at == at
    return or_(
        readings.c.at < at,
        and_(same, readings.c.read_id < read_id),
        and_(same, readings.c.read_id == read_id, readings.c.place < place),
    )


def _row(row: Row[*tuple[Any, ...]]) -> ReadingRow:
    return ReadingRow(
        reading=Reading(
            at=row.at,
            agent_id=row.agent_id,
            role=None if row.role is None else Role(row.role),
            operation=None if row.operation is None else ReadOperation(row.operation),
            basis=ReadBasis(row.basis),
            reason=row.reason,
            contact_id=row.contact_id,
        ),
        read_id=row.read_id,
        place=row.place,
        customer_id=row.customer_id,
        customer_no=row.customer_no,
        together=row.together,
    )
