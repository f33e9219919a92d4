"""The tables of teams."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, PrimaryKeyConstraint, String, Table

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

teams = Table(
    "teams",
    metadata,
    Column("team_id", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

team_members = Table(
    "team_members",
    metadata,
    # From that day on the agent is in the team, or with no team in none: a call counts for the team he was in then.
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("since", Date, nullable=False),
    Column("team_id", String(64), ForeignKey("teams.team_id")),
    PrimaryKeyConstraint("agent_id", "since"),
)

team_leads = Table(
    "team_leads",
    metadata,
    Column("team_id", String(64), ForeignKey("teams.team_id"), nullable=False),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    PrimaryKeyConstraint("team_id", "agent_id"),
)
