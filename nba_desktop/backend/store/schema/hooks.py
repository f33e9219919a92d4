"""The tables of telephone systems that report by webhook."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, PrimaryKeyConstraint, String, Table, Text

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

hook_sources = Table(
    "hook_sources",
    metadata,
    # Telephone systems that report by webhook.
    Column("source", String(64), primary_key=True),
    Column("dialect", String(16), nullable=False),
    Column("secret_sha256", String(64)),
    # Only where webhooks are signed: no signature can be checked with a hash. The database is its user's alone.
    Column("signing_key", String(200)),
    Column("number_format", String(32), nullable=False),
    Column("region", String(2), nullable=False),
    Column("trunk_prefix", String(4), nullable=False),
    Column("extension_digits", Integer, nullable=False),
    # JSON: the queues whose calls count; none are all.
    Column("queues", Text, nullable=False),
    Column("internal_calls", Boolean, nullable=False),
    Column("public_url", String(500), nullable=False),
    Column("events_per_s", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

hook_users = Table(
    "hook_users",
    metadata,
    Column("source", String(64), ForeignKey("hook_sources.source"), nullable=False),
    # As the telephone system calls him: a name, an extension, a number.
    Column("user_name", String(128), nullable=False),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    PrimaryKeyConstraint("source", "user_name", "agent_id"),
)
