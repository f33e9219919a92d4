"""The model's updates and snapshots."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LearningRow:
    """One update of the model as it is kept; `position` is given by the store, `content` is the model's own bytes."""

    event_id: UUID
    decision_id: UUID
    action_id: str
    sign: Literal[1, -1]
    label: float
    weight: float
    decided_at: datetime
    learnt_at: datetime
    mode: str
    content: bytes
    position: int = 0


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """The model as it was after the update at `position`; with `restored_from` as it was at that earlier snapshot."""

    snapshot_id: int
    position: int
    mode: str
    model_version: str
    at: datetime
    content: bytes
    restored_from: int | None = None
