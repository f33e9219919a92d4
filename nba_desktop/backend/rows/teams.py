"""Teams and who is in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team, its leads by their ids."""

    team_id: str
    name: str
    created_at: datetime
    leads: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MemberRow:
    """From a day on an agent is in a team, or in none."""

    agent_id: str
    since: date
    team_id: str | None
