"""How far the review goes, who looked and what was noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from nba_desktop.contract.codes import ReviewMode, ReviewReason, Role


@dataclass(frozen=True, slots=True)
class ReviewModeRow:
    """From a moment on the review goes so far; an agreement ends with the day `until`."""

    mode: ReviewMode
    agreement: str | None
    until: date | None
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class AccessRow:
    """Somebody looked at figures; `agent` is the pseudonym of whom they were about, None for the whole team."""

    access_id: UUID
    at: datetime
    by_agent_id: str
    role: Role
    reason: ReviewReason
    note: str
    team_id: str
    agent: str | None
    first_day: date
    last_day: date
    action_id: str | None
    queue: str | None
    concern: str | None
    exported: bool


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A line about an agent (his pseudonym), by himself or by his lead."""

    note_id: UUID
    at: datetime
    agent: str
    by_agent_id: str
    by_agent: bool
    text: str
