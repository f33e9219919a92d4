"""The table of what retention removed."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, PrimaryKeyConstraint, String, Table, Uuid

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

retention_reports = Table(
    "retention_reports",
    metadata,
    # What a run did with one kind of data; without an end it was cut short, and the next one goes on.
    Column("run_id", Uuid, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("before", UtcDateTime, nullable=False),
    Column("number", Integer, nullable=False),
    Column("oldest", Date),
    Column("newest", Date),
    PrimaryKeyConstraint("run_id", "kind"),
    Index("ix_retention_reports_started_at", "started_at"),
)
