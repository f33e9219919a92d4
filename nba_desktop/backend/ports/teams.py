"""Teams and their leads, as the services ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from nba_desktop.backend.rows.teams import MemberRow, TeamRow


class TeamStore(Protocol):
    """Teams, who is in them from when, and who leads them."""

    def add(self, team: TeamRow) -> bool:
        """Add a team; False when there is one by that id."""

    def all(self) -> Sequence[TeamRow]:
        """Return every team with its leads, by name."""

    def members(self) -> Sequence[MemberRow]:
        """Return from when who is in which team, by agent and day."""

    def set_member(self, member: MemberRow) -> None:
        """Say in which team an agent is from a day on, in place of what was said of that very day."""

    def set_lead(self, team_id: str, agent_id: str, leads: bool) -> None:
        """Say whether an agent leads a team."""
