"""What other systems said became of recommendations, in the database; only ever appended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from operator import attrgetter
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select

from nba_desktop.backend.rows.outcomes import OutcomeRow
from nba_desktop.backend.store.schema.outcomes import outcomes
from nba_desktop.contract.codes import OutcomeCode

_ADD = insert(outcomes)
_NAMES = tuple(one.name for one in fields(OutcomeRow))
_values_of = attrgetter(*_NAMES)
_BY_ID = select(outcomes).where(outcomes.c.event_id == bindparam("event_id"))


class Outcomes:
    """Appends and reads outcomes within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, outcome: OutcomeRow) -> None:
        """Append an outcome."""
        self._connection.execute(_ADD, asdict(outcome))

    def add_all(self, rows: Sequence[OutcomeRow]) -> None:
        """Append outcomes."""
        if rows:
            self._connection.execute(_ADD, [dict(zip(_NAMES, _values_of(row), strict=True)) for row in rows])

    def by_id(self, event_id: UUID) -> OutcomeRow | None:
        """Return an outcome, or None."""
        row = self._connection.execute(_BY_ID, {"event_id": event_id}).mappings().one_or_none()
        return None if row is None else OutcomeRow(**{**row, "code": OutcomeCode(row["code"])})
