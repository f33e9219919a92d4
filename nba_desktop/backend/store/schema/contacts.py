"""The tables of contacts and their events."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, Uuid

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

contacts = Table(
    "contacts",
    metadata,
    Column("contact_id", Uuid, primary_key=True),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("direction", String(16), nullable=False),
    Column("number_raw", String(64), nullable=False),
    Column("number_e164", String(16)),
    Column("presentation", String(16), nullable=False),
    Column("queue", String(64)),
    Column("interaction_id", String(128), nullable=False),
    Column("attached_customer_no", String(64)),
    Column("language", String(2), nullable=False),
    # What the contact's events come to; rewritten with each of them.
    Column("auth_level", String(16), nullable=False),
    Column("customer_id", String(64)),
    Column("concern", String(64)),
    Column("concern_solved", Boolean),
    Column("note", String(500), nullable=False),
    Column("ended_at", UtcDateTime),
    Column("end_cause", String(16)),
    Column("duration_s", Integer),
    # Callers waiting in the queue when the contact began.
    Column("waiting", Integer),
    # The telephone system that names the interaction, and what its voice menu found out.
    Column("source", String(64)),
    Column("ivr_path", String(128)),
    Column("ivr_level", String(16)),
    Index("ix_contacts_agent_id_started_at", "agent_id", "started_at"),
    Index("ix_contacts_customer_id", "customer_id"),
    Index("ix_contacts_source_interaction_id", "source", "interaction_id"),
    Index("ix_contacts_number_e164_started_at", "number_e164", "started_at"),
    Index("ix_contacts_started_at", "started_at"),
)

events = Table(
    "events",
    metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contacts.contact_id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("type", String(32), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_events_contact_id_seq", "contact_id", "seq"),
)
