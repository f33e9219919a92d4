"""The tables of agents, and of what lets them in."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint, Uuid

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

agents = Table(
    "agents",
    metadata,
    Column("agent_id", String(64), primary_key=True),
    # What the consent proof names instead of the agent.
    Column("recipient_code", String(16), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("display_name", String(200)),
    # What he may do and promise, as the catalogue names it; skills are separated by blanks.
    Column("skills", String(1000)),
    Column("authority", String(64)),
    # Since when it stands in old contacts in place of an agent nobody can name any more; None for people.
    Column("stand_in_since", UtcDateTime),
    # Since when nobody is let in for him, whatever token he has.
    Column("blocked_since", UtcDateTime),
)

sign_ins = Table(
    # Which account of an identity provider stands for an agent: who comes first with his name keeps it.
    "sign_ins",
    metadata,
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), primary_key=True),
    Column("issuer", String(500), nullable=False),
    Column("subject", String(255), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    UniqueConstraint("issuer", "subject"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("token_id", Uuid, primary_key=True),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("roles", String(200), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
)
