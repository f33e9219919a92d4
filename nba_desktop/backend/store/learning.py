"""The log of the model's updates and its snapshots, in the database; both are only ever appended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BindParameter, Connection, bindparam, func, insert, literal, select

from nba_desktop.backend.rows.learning import LearningRow, SnapshotRow
from nba_desktop.backend.store.schema.learning import learning_log, model_snapshots

_AT_A_TIME = 1000
_APPEND = insert(learning_log)
_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_OF_DECISIONS = select(learning_log).where(learning_log.c.decision_id.in_(_IDS)).order_by(learning_log.c.position)
_AFTER = (
    select(learning_log)
    .where(learning_log.c.position > bindparam("position"), learning_log.c.mode == bindparam("mode"))
    .order_by(learning_log.c.position)
    .execution_options(yield_per=_AT_A_TIME)
)
_UNTIL = _AFTER.where(learning_log.c.position <= bindparam("until"))
_HEAD = select(
    select(func.max(learning_log.c.position)).scalar_subquery(),
    select(func.max(model_snapshots.c.snapshot_id)).scalar_subquery(),
)
_ADD_SNAPSHOT = insert(model_snapshots)
_WITHOUT_CONTENT = [column for column in model_snapshots.c if column.name != "content"]
_SNAPSHOTS = select(*_WITHOUT_CONTENT, literal(b"").label("content")).order_by(model_snapshots.c.snapshot_id)
_SNAPSHOT = select(model_snapshots).where(model_snapshots.c.snapshot_id == bindparam("snapshot_id"))


class Learning:
    """Appends and reads updates and snapshots within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, row: LearningRow) -> int:
        """Append an update and return its position."""
        values = {name: value for name, value in asdict(row).items() if name != "position"}
        key = self._connection.execute(_APPEND, values).inserted_primary_key
        assert key is not None
        return int(key[0])

    def of_decisions(self, decision_ids: Sequence[UUID]) -> tuple[LearningRow, ...]:
        """Return every update of some decisions, in order."""
        rows = self._connection.execute(_OF_DECISIONS, {"ids": decision_ids}).mappings()
        return tuple(LearningRow(**row) for row in rows)

    def after(self, position: int, mode: str, until: int | None = None) -> Iterable[LearningRow]:
        """Return the updates behind a position, in order; with `until` up to and including that one."""
        where = {"position": position, "mode": mode}
        found = self._connection.execute(*((_AFTER, where) if until is None else (_UNTIL, where | {"until": until})))
        return (LearningRow(**row) for row in found.mappings())

    def head(self) -> tuple[int, int]:
        """Return the last position of the log and the last snapshot's id, 0 for none."""
        position, snapshot_id = self._connection.execute(_HEAD).one()
        return position or 0, snapshot_id or 0

    def add_snapshot(self, snapshot: SnapshotRow) -> int:
        """Keep the model and return the snapshot's id, which the store gives."""
        values = {name: value for name, value in asdict(snapshot).items() if name != "snapshot_id"}
        key = self._connection.execute(_ADD_SNAPSHOT, values).inserted_primary_key
        assert key is not None
        return int(key[0])

    def snapshots(self) -> Sequence[SnapshotRow]:
        """Return every snapshot without its content, oldest first."""
        return [SnapshotRow(**row) for row in self._connection.execute(_SNAPSHOTS).mappings()]

    def snapshot(self, snapshot_id: int) -> SnapshotRow | None:
        """Return a snapshot, or None."""
        row = self._connection.execute(_SNAPSHOT, {"snapshot_id": snapshot_id}).mappings().one_or_none()
        return None if row is None else SnapshotRow(**row)
