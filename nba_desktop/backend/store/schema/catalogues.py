"""The tables of the catalogue's versions."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

catalogue_versions = Table(
    "catalogue_versions",
    metadata,
    Column("version", String(64), primary_key=True),
    # JSON: file name to text, exactly as submitted; the version is their hash.
    Column("files", Text, nullable=False),
    Column("submitted_at", UtcDateTime, nullable=False),
    Column("submitted_by", String(64), nullable=False),
    Column("note", String(500), nullable=False),
)

catalogue_steps = Table(
    "catalogue_steps",
    metadata,
    # Only ever appended; the states of all versions are what these steps come to.
    Column("revision", Integer, primary_key=True),
    Column("version", String(64), ForeignKey("catalogue_versions.version"), nullable=False),
    Column("step", String(16), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # The share of customers, in percent, where the step names one.
    Column("percent", Integer),
    Column("note", String(500), nullable=False),
)
