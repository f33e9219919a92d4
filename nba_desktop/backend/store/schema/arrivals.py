"""The tables of touchpoints and of what they come to."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, Text, Uuid

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

touchpoints = Table(
    "touchpoints",
    metadata,
    Column("customer_id", String(64), ForeignKey("customers.customer_id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("touchpoint_id", String(64), nullable=False, unique=True),
    Column("channel", String(32), nullable=False),
    Column("type", String(64), nullable=False),
    Column("params", Text, nullable=False),
    Column("experience", String(16), nullable=False),
    Column("case_id", String(64)),
    Column("case_open", Boolean, nullable=False),
    Column("media_break", Boolean, nullable=False),
    # The rule that found a media break or a repeated contact here, by what has arrived so far.
    Column("break_rule", String(64)),
    PrimaryKeyConstraint("customer_id", "at", "touchpoint_id"),
    Index("ix_touchpoints_at", "at"),
)

journey_features = Table(
    "journey_features",
    metadata,
    # What a customer's touchpoints come to, kept with each that arrives; without a row it is made anew from them.
    Column("customer_id", String(64), ForeignKey("customers.customer_id"), primary_key=True),
    Column("zone", String(64), nullable=False),
    Column("total", Integer, nullable=False),
    Column("first_at", UtcDateTime, nullable=False, index=True),
    Column("counts", Text, nullable=False),
    Column("cases", Text, nullable=False),
)

waiting_events = Table(
    "waiting_events",
    metadata,
    # An action that a touchpoint raises by a trigger, until the customer has answered it or its time is over.
    Column("touchpoint_id", String(64), nullable=False),
    Column("trigger_id", String(64), nullable=False),
    Column("action_id", String(64), nullable=False),
    Column("customer_id", String(64), ForeignKey("customers.customer_id"), nullable=False, index=True),
    Column("touchpoint_type", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("raised_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
    Column("used_at", UtcDateTime),
    # The response or outcome that used it up.
    Column("used_by", Uuid, index=True),
    PrimaryKeyConstraint("touchpoint_id", "trigger_id", "action_id"),
)
