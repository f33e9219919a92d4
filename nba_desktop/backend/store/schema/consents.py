"""The tables of the proof ledger."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, PrimaryKeyConstraint, String, Table, Text, Uuid

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

consent_wordings = Table(
    "consent_wordings",
    metadata,
    Column("wording_id", String(80), nullable=False),
    Column("language", String(2), nullable=False),
    Column("version", Integer, nullable=False),
    Column("purpose", String(32), nullable=False),
    Column("channels", String(100), nullable=False),
    Column("text", Text, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("introduced_at", UtcDateTime, nullable=False),
    Column("retired_at", UtcDateTime),
    # What the guidance on § 7a UWG wants to be provable beside the text; wordings from before have none of it.
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("company_name", String(600)),
    Column("company_address", String(600)),
    Column("goods_and_services", String(600)),
    Column("privacy_notice_version", String(64)),
    Column("approved_by", String(200)),
    Column("approved_at", Date),
    PrimaryKeyConstraint("wording_id", "language", "version"),
)

consent_events = Table(
    "consent_events",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("event_id", Uuid, nullable=False, unique=True),
    # No foreign keys: the proof outlives what it speaks of.
    Column("customer_id", String(64), nullable=False),
    Column("person_first_name", String(200), nullable=False),
    Column("person_last_name", String(200), nullable=False),
    Column("postal_address", String(450), nullable=False),
    Column("contact_point", String(450), nullable=False),
    Column("purpose", String(32), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("event", String(32), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("at_local", String(32), nullable=False),
    Column("manner", String(32), nullable=False),
    Column("call_id", Uuid),
    Column("recipient_code", String(16), nullable=False),
    Column("authenticated_level", String(16), nullable=False),
    Column("wording_id", String(80)),
    Column("wording_sha256", String(64)),
    Column("read_aloud_confirmed", Boolean, nullable=False),
    Column("customer_words", String(200), nullable=False),
    Column("evidence_type", String(32), nullable=False),
    Column("evidence_ref", String(200), nullable=False),
    Column("source_system", String(64), nullable=False),
    Column("note", String(500), nullable=False),
    # Unique, so that no database ever lets the chain fork.
    Column("prev_hash", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False),
    # Which fields the hash covers; entries from before these columns have the form 1.
    Column("form", Integer, nullable=False, server_default="1"),
    Column("campaign_id", String(64)),
    Column("corrects", Uuid),
    Column("wording_record_sha256", String(64)),
    Index("ix_consent_events_customer_id_position", "customer_id", "position"),
    Index("ix_consent_events_at", "at"),
)

consent_head = Table(
    "consent_head",
    metadata,
    # One row, there from the first migration on: it shows a cut-off end.
    Column("head_id", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

consent_restrictions = Table(
    "consent_restrictions",
    metadata,
    # Customers who were erased: what proves their consents is read by the consent officer alone.
    Column("customer_id", String(64), primary_key=True),
    Column("customer_no", String(64), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
)
