"""The table of the site's settings."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

site_settings = Table(
    "site_settings",
    metadata,
    # What the site says while it runs, such as the load of its queues.
    Column("name", String(64), primary_key=True),
    Column("content", String(200), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(64), nullable=False),
)
