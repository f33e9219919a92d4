"""Facts of calls that wait, and those that are packed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PendingRow:
    """A change that the facts do not have yet; a database may give the position again once it is free."""

    position: int
    contact_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A team's week: how often its facts have changed, and the packed facts if they are of that state."""

    week: date
    team_id: str
    revision: int
    content: bytes | None
