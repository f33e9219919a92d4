"""The tables of who read what."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, Uuid

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

readings = Table(
    "readings",
    metadata,
    # Only ever appended: who read which customer. A reading of several has a row for each, one of nobody has one.
    Column("read_id", Uuid, nullable=False),
    Column("place", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    # Missing in what was kept before they were asked for.
    Column("role", String(32)),
    Column("operation", String(64)),
    Column("basis", String(16), nullable=False),
    Column("reason", String(200), nullable=False),
    # No key: the log outlives the contact.
    Column("contact_id", Uuid),
    Column("customer_id", String(64)),
    Column("together", Integer, nullable=False),
    PrimaryKeyConstraint("read_id", "place"),
    Index("ix_readings_customer_id_at", "customer_id", "at"),
    Index("ix_readings_agent_id_at", "agent_id", "at"),
    Index("ix_readings_contact_id", "contact_id"),
    Index("ix_readings_at", "at"),
)

audit_looks = Table(
    "audit_looks",
    metadata,
    # Only ever appended: who looked at what is logged of somebody of the staff.
    Column("look_id", Uuid, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("by_agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("role", String(32), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Index("ix_audit_looks_agent_id_at", "agent_id", "at"),
    Index("ix_audit_looks_at", "at"),
)
