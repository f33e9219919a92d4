"""The tables of the learning model."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, UniqueConstraint, Uuid

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

learning_log = Table(
    "learning_log",
    metadata,
    # The model is the sum of these updates; an update that no longer holds is taken back by a row of sign -1.
    Column("position", Integer, primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("decision_id", Uuid, nullable=False),
    Column("action_id", String(64), nullable=False),
    Column("sign", Integer, nullable=False),
    Column("label", Float, nullable=False),
    Column("weight", Float, nullable=False),
    # The moment of the decision, not of the answer: forgetting counts from there.
    Column("decided_at", UtcDateTime, nullable=False),
    Column("learnt_at", UtcDateTime, nullable=False),
    Column("mode", String(16), nullable=False),
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("event_id", "action_id", "sign"),
    Index("ix_learning_log_decision_id", "decision_id"),
)

model_snapshots = Table(
    "model_snapshots",
    metadata,
    Column("snapshot_id", Integer, primary_key=True),
    # Every update up to this position of the log is in it.
    Column("position", Integer, nullable=False),
    Column("mode", String(16), nullable=False),
    Column("model_version", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("content", LargeBinary, nullable=False),
    # The earlier snapshot that this one brings back: what was learnt between the two no longer counts.
    Column("restored_from", Integer, ForeignKey("model_snapshots.snapshot_id")),
)
