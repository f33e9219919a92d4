"""The tables of the review's own log."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, Uuid

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

review_modes = Table(
    "review_modes",
    metadata,
    # Only ever appended; the last one counts until its agreement ends.
    Column("revision", Integer, primary_key=True),
    Column("mode", String(16), nullable=False),
    Column("agreement", String(200)),
    Column("until", Date),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(64), nullable=False),
)

review_accesses = Table(
    "review_accesses",
    metadata,
    # Only ever appended: who looked at whose figures, when, why, and which.
    Column("access_id", Uuid, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("by_agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("role", String(32), nullable=False),
    Column("reason", String(32), nullable=False),
    Column("note", String(200), nullable=False),
    Column("team_id", String(64), ForeignKey("teams.team_id"), nullable=False),
    # The pseudonym of the agent it was about, None where it was about the whole team.
    Column("agent", String(16)),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("action_id", String(64)),
    Column("queue", String(64)),
    Column("concern", String(64)),
    Column("exported", Boolean, nullable=False),
    Index("ix_review_accesses_team_id_at", "team_id", "at"),
    Index("ix_review_accesses_at", "at"),
)

review_notes = Table(
    "review_notes",
    metadata,
    # Only ever appended: what lead and agent wrote down; both read it.
    Column("note_id", Uuid, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("agent", String(16), nullable=False),
    Column("by_agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("by_agent", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_review_notes_agent_at", "agent", "at"),
)
