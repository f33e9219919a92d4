"""The table of other systems' outcomes."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Uuid

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

outcomes = Table(
    "outcomes",
    metadata,
    # What other systems say became of a recommendation: completed, revoked, teaser clicked.
    Column("event_id", Uuid, primary_key=True),
    Column("source", String(64), nullable=False),
    # No foreign key: it names a decision of a call or of the portal, or none.
    Column("decision_id", Uuid),
    Column("customer_id", String(64), nullable=False),
    Column("action_id", String(64), nullable=False),
    Column("code", String(32), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("group_id", String(64)),
    Index("ix_outcomes_customer_id_at", "customer_id", "at"),
    Index("ix_outcomes_decision_id", "decision_id"),
)
