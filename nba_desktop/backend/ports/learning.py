"""The learning model, as the services ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

from nba_desktop.backend.rows.learning import LearningRow, SnapshotRow


class LearningStore(Protocol):
    """The log of the model's updates, and the model at times."""

    def append(self, row: LearningRow) -> int:
        """Append an update and return its position."""

    def of_decisions(self, decision_ids: Sequence[UUID]) -> tuple[LearningRow, ...]:
        """Return every update of some decisions, in order."""

    def after(self, position: int, mode: str, until: int | None = None) -> Iterable[LearningRow]:
        """Return the updates behind a position, in order; with `until` up to and including that one."""

    def head(self) -> tuple[int, int]:
        """Return the last position of the log and the last snapshot's id, 0 for none."""

    def add_snapshot(self, snapshot: SnapshotRow) -> int:
        """Keep the model and return the snapshot's id, which the store gives."""

    def snapshots(self) -> Sequence[SnapshotRow]:
        """Return every snapshot without its content, oldest first."""

    def snapshot(self, snapshot_id: int) -> SnapshotRow | None:
        """Return a snapshot, or None."""
