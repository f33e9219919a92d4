"""The table of agents' feedback."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table, Uuid

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

feedback = Table(
    "feedback",
    metadata,
    # What agents say against recommendations, and what the action's owner answers.
    Column("feedback_id", Uuid, ForeignKey("events.event_id"), primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contacts.contact_id"), nullable=False),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("decision_id", Uuid, ForeignKey("decisions.decision_id"), nullable=False),
    Column("action_id", String(64), nullable=False),
    Column("reason", String(32), nullable=False),
    Column("note", String(200), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("answered_by", String(64)),
    Column("answer", String(500)),
    Index("ix_feedback_answered_at_at", "answered_at", "at"),
    Index("ix_feedback_agent_id_at", "agent_id", "at"),
    Index("ix_feedback_action_id_at", "action_id", "at"),
    Index("ix_feedback_contact_id", "contact_id"),
    Index("ix_feedback_decision_id", "decision_id"),
)
