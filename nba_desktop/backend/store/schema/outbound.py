"""The tables of results that leave."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, Text, Uuid

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

outbound_endpoints = Table(
    "outbound_endpoints",
    metadata,
    # Where results are handed to by webhook.
    Column("name", String(64), primary_key=True),
    Column("url", String(500), nullable=False),
    # Separated and surrounded by blanks; empty for all.
    Column("types", String(1000), nullable=False),
    # A signature is made with it: a hash would not do.
    Column("secret", String(200), nullable=False),
    # What the events name as their source.
    Column("source", String(256), nullable=False),
    Column("give_up_days", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("disabled_at", UtcDateTime),
    # The process that hands over now, and until when it may: the others let it.
    Column("sender", Uuid),
    Column("sender_until", UtcDateTime),
)

outbound_events = Table(
    "outbound_events",
    metadata,
    # Results in the order in which they were recorded, in the transaction of what they tell.
    Column("position", Integer, primary_key=True),
    Column("event_id", Uuid, nullable=False, unique=True),
    Column("type", String(64), nullable=False),
    # None where nobody was settled on, and where all of him is gone.
    Column("customer_id", String(64)),
    Column("contact_id", Uuid),
    Column("customer_no", String(64)),
    Column("at", UtcDateTime, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("data", Text, nullable=False),
    Index("ix_outbound_events_customer_id", "customer_id"),
    Index("ix_outbound_events_contact_id", "contact_id"),
    Index("ix_outbound_events_recorded_at", "recorded_at"),
    # Files go on behind a position: none is ever given again.
    sqlite_autoincrement=True,
)

deliveries = Table(
    "deliveries",
    metadata,
    # What became of one event at one endpoint.
    Column("endpoint", String(64), ForeignKey("outbound_endpoints.name"), nullable=False),
    Column("position", Integer, ForeignKey("outbound_events.position"), nullable=False),
    # Within it the events go in their order: the customer, or the contact of nobody.
    Column("ordered_by", String(64), nullable=False),
    # waiting, delivered or dead
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),
    Column("first_tried_at", UtcDateTime),
    Column("last_problem", String(64), nullable=False),
    Column("settled_at", UtcDateTime),
    PrimaryKeyConstraint("endpoint", "position"),
    Index("ix_deliveries_endpoint_state_ordered_by_position", "endpoint", "state", "ordered_by", "position"),
    Index("ix_deliveries_position", "position"),
)
