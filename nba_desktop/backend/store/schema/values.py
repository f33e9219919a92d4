"""The table of the runs that calculate lifetime values."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, String, Table, Text, Uuid

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

value_runs = Table(
    "value_runs",
    metadata,
    # The models of customers' values, fitted once a day, and how far the writing is: in the transaction of the values.
    Column("run_id", Uuid, primary_key=True),
    # The site's day.
    Column("day", Date, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("catalogue_version", String(64), nullable=False),
    Column("models", Text, nullable=False),
    # The last customer who was valued; emptied at the end.
    Column("after", String(64)),
    Column("counts", Text, nullable=False),
    Index("ix_value_runs_started_at", "started_at"),
)
