"""The tables of what was asked and done for customers' rights."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text, Uuid

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

erasures = Table(
    "erasures",
    metadata,
    # Only ever appended: that somebody was erased, and how much; who it was is only there as a hash.
    Column("erasure_id", Uuid, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("customer_hash", String(64), nullable=False, index=True),
    Column("reason", String(200), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("counts", Text, nullable=False),
)

subject_requests = Table(
    "subject_requests",
    metadata,
    # Erasures and corrections that other systems asked for, each once. Of an erasure only a hash says who it was.
    # Made of the source and its own id of the request.
    Column("request_id", Uuid, primary_key=True),
    Column("source", String(256), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("customer_id", String(64)),
    Column("customer_hash", String(64), nullable=False),
    # What was there before and what is there now, by field; of a correction alone.
    Column("changes", Text),
    Index("ix_subject_requests_customer_id", "customer_id"),
    Index("ix_subject_requests_received_at", "received_at"),
)
