"""The table of offered calls."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Uuid

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

queue_calls = Table(
    "queue_calls",
    metadata,
    # One row for each call that a telephone system offered, once it is over; nobody's, and of no number.
    Column("call_id", Uuid, primary_key=True),
    Column("source", String(64), nullable=False),
    Column("queue", String(128)),
    Column("offered_at", UtcDateTime, nullable=False),
    # By a person; a machine that took it answered nobody.
    Column("answered_at", UtcDateTime),
    # None where the end was not heard of.
    Column("ended_at", UtcDateTime),
    # The caller gave up before anybody took it.
    Column("abandoned", Boolean, nullable=False),
    # Until it was answered, counted here so that every database can add it up.
    Column("waited_ms", Integer),
    Index("ix_queue_calls_offered_at", "offered_at"),
)
