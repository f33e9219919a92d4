"""The table of files that are taken in."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

imports = Table(
    "imports",
    metadata,
    # How far files were taken in: written in the transaction of the lines themselves.
    Column("import_id", String(64), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("source", String(64), nullable=False),
    Column("lines", Integer, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("duplicate", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    # How long the file of verdicts is with them, in bytes.
    Column("verdict_bytes", BigInteger, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("finished", Boolean, nullable=False),
)
