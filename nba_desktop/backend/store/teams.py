"""Teams, who is in them from when, and who leads them, in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from nba_desktop.backend.rows.teams import MemberRow, TeamRow
from nba_desktop.backend.store.schema.teams import team_leads, team_members, teams


class Teams:
    """Reads and changes teams within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, team: TeamRow) -> bool:
        """Add a team; False when there is one by that id."""
        if self._connection.execute(select(teams.c.team_id).where(teams.c.team_id == team.team_id)).scalar():
            return False
        self._connection.execute(insert(teams).values(team_id=team.team_id, name=team.name, created_at=team.created_at))
        return True

    def all(self) -> Sequence[TeamRow]:
        """Return every team with its leads, by name."""
        leads: dict[str, set[str]] = defaultdict(set)
        for row in self._connection.execute(select(team_leads)):
            leads[row.team_id].add(row.agent_id)
        return [
            TeamRow(row.team_id, row.name, row.created_at, frozenset(leads[row.team_id]))
            for row in self._connection.execute(select(teams).order_by(teams.c.name, teams.c.team_id))
        ]

    def members(self) -> Sequence[MemberRow]:
        """Return from when who is in which team, by agent and day."""
        rows = self._connection.execute(select(team_members).order_by(team_members.c.agent_id, team_members.c.since))
        return [MemberRow(row.agent_id, row.since, row.team_id) for row in rows]

    def set_member(self, member: MemberRow) -> None:
        """Say in which team an agent is from a day on, in place of what was said of that very day."""
        of_day = (team_members.c.agent_id == member.agent_id, team_members.c.since == member.since)
        self._connection.execute(delete(team_members).where(*of_day))
        self._connection.execute(
            insert(team_members).values(agent_id=member.agent_id, since=member.since, team_id=member.team_id)
        )

    def set_lead(self, team_id: str, agent_id: str, leads: bool) -> None:
        """Say whether an agent leads a team."""
        self._connection.execute(
            delete(team_leads).where(team_leads.c.team_id == team_id, team_leads.c.agent_id == agent_id)
        )
        if leads:
            self._connection.execute(insert(team_leads).values(team_id=team_id, agent_id=agent_id))
