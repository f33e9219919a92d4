"""What the log of readings holds, for tests to look at."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from nba_desktop.backend.store.schema.audit import readings
from nba_desktop.backend.store.unit import SqlStore


def kept(store: SqlStore, *operations: str) -> list[Row[Any]]:
    """The rows of some operations, or all, in the order in which they were kept."""
    query = select(readings).order_by(readings.c.at, readings.c.read_id, readings.c.place)
    if operations:
        query = query.where(readings.c.operation.in_(operations))
    with store._database.reading() as connection:
        return list(connection.execute(query).all())
