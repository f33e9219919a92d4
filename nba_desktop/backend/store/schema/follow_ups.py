"""The table of what was promised."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Time, Uuid

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

follow_ups = Table(
    "follow_ups",
    metadata,
    # What was promised, from the events that plan and cancel it; who the customer is the contact says.
    Column("follow_up_id", Uuid, ForeignKey("events.event_id"), primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contacts.contact_id"), nullable=False),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("due", Date, nullable=False),
    # The customer's local time.
    Column("at_time", Time),
    Column("words", String(200), nullable=False),
    Column("concern", String(64)),
    Column("decision_id", Uuid),
    Column("action_id", String(64)),
    Column("planned_at", UtcDateTime, nullable=False),
    Column("cancelled_at", UtcDateTime),
    Column("done_at", UtcDateTime),
    Column("done_by", String(64)),
    Index("ix_follow_ups_agent_id_due", "agent_id", "due"),
    Index("ix_follow_ups_kind_due", "kind", "due"),
    Index("ix_follow_ups_contact_id", "contact_id"),
)
