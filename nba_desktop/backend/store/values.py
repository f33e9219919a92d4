"""Lifetime values in the database: what they are calculated from, a page of customers at a time, and the runs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, insert, select, update

from nba_desktop.backend.model import ValueRecord
from nba_desktop.backend.rows.values import ValueBasis, ValueRunRow
from nba_desktop.backend.store.bulk import update_columns
from nba_desktop.backend.store.customers import read_facts, value_columns
from nba_desktop.backend.store.schema.arrivals import touchpoints
from nba_desktop.backend.store.schema.consents import consent_events
from nba_desktop.backend.store.schema.customers import contracts, customers
from nba_desktop.backend.store.schema.values import value_runs
from nba_desktop.contract.codes import ConsentEventType, ValueClass

_PAGE: Final = (
    select(
        customers.c.customer_id,
        customers.c.facts,
        customers.c.value_class,
        customers.c.value_calculated,
    )
    .where(customers.c.customer_id > bindparam("after"))
    .order_by(customers.c.customer_id)
    .limit(bindparam("limit"))
)
_CONTRACTS: Final = (
    select(contracts.c.customer_id, contracts.c.commodity, contracts.c.since, contracts.c.ends)
    .where(contracts.c.customer_id.between(bindparam("first"), bindparam("last")))
    .order_by(contracts.c.customer_id, contracts.c.since, contracts.c.contract_no)
)
_PURCHASES: Final = (
    select(touchpoints.c.customer_id, touchpoints.c.at, touchpoints.c.params)
    .where(
        touchpoints.c.customer_id.between(bindparam("first"), bindparam("last")),
        touchpoints.c.type == bindparam("of_type"),
    )
    .order_by(touchpoints.c.customer_id, touchpoints.c.at)
)
_OBJECTED: Final = (
    select(consent_events.c.customer_id)
    .where(
        consent_events.c.customer_id.between(bindparam("first"), bindparam("last")),
        consent_events.c.event == ConsentEventType.OBJECTED.value,
    )
    .distinct()
)
_COUNT: Final = select(func.count()).select_from(customers)
_LAST: Final = select(value_runs).order_by(value_runs.c.started_at.desc(), value_runs.c.run_id.desc()).limit(1)
_SET: Final = update(value_runs).where(value_runs.c.run_id == bindparam("of_run"))


class Values:
    """Reads what values are calculated from, and writes them, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self) -> int:
        """Return how many customers there are."""
        return self._connection.execute(_COUNT).scalar_one()

    def page(self, after: str, limit: int, purchases: tuple[str, str] | None) -> Sequence[ValueBasis]:
        """Return the next customers behind the id `after`; `purchases` names a touchpoint type and its amount."""
        rows = self._connection.execute(_PAGE, {"after": after, "limit": limit}).all()
        if not rows:
            return []
        ends = {"first": rows[0].customer_id, "last": rows[-1].customer_id}
        objected = set(self._connection.scalars(_OBJECTED, ends))
        owned: dict[str, list[tuple[str, date, date | None]]] = {}
        for one in self._connection.execute(_CONTRACTS, ends):
            owned.setdefault(one.customer_id, []).append((one.commodity, one.since, one.ends))
        bought: dict[str, list[tuple[datetime, float]]] = {}
        unread: dict[str, int] = {}
        if purchases is not None:
            code, name = purchases
            for customer_id, at, params in self._connection.execute(_PURCHASES, {**ends, "of_type": code}):
                amount = _amount(json.loads(params).get(name))
                if amount is None:
                    unread[customer_id] = unread.get(customer_id, 0) + 1
                else:
                    bought.setdefault(customer_id, []).append((at, amount))
        return [
            ValueBasis(
                customer_id=row.customer_id,
                contracts=tuple(owned.get(row.customer_id, ())),
                facts=read_facts(row.facts),
                purchases=tuple(bought.get(row.customer_id, ())),
                unread=unread.get(row.customer_id, 0),
                value_class=None if row.value_class is None else ValueClass(row.value_class),
                calculated=row.value_calculated,
                objected=row.customer_id in objected,
            )
            for row in rows
        ]

    def put(self, values: Mapping[str, ValueRecord | None]) -> None:
        """Replace the values of customers, by their ids; with None it is removed."""
        if not values:
            return
        rows = [value_columns(one) for one in values.values()]
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        update_columns(self._connection, customers, {"customer_id": list(values)}, columns)

    def last_run(self) -> ValueRunRow | None:
        """Return the run that began last, or None."""
        row = self._connection.execute(_LAST).mappings().first()
        return None if row is None else ValueRunRow(**row)

    def keep_run(self, run: ValueRunRow) -> None:
        """Keep a run, in place of what was said of it before."""
        values: dict[str, Any] = asdict(run)
        if self._connection.execute(_SET, {"of_run": run.run_id, **values}).rowcount == 0:
            self._connection.execute(insert(value_runs), values)


def _amount(said: object) -> float | None:
    """An amount in EUR; None for what is no number, or less than nothing."""
    if isinstance(said, bool) or not isinstance(said, int | float | str):
        return None
    try:
        amount = float(said)
    except ValueError:
        return None
    return amount if 0 <= amount < 1e9 else None
