"""The tables of decisions, and of what was shown, addressed and answered of them."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

decisions = Table(
    "decisions",
    metadata,
    Column("decision_id", Uuid, primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contacts.contact_id"), nullable=False),
    Column("customer_id", String(64)),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("catalogue_version", String(64), nullable=False),
    Column("none_because", String(32)),
    Column("record", Text, nullable=False),
    Column("arm", String(16)),
    Column("model_version", String(64)),
    Index("ix_decisions_contact_id", "contact_id"),
    Index("ix_decisions_decided_at", "decided_at"),
    Index("ix_decisions_customer_id_decided_at", "customer_id", "decided_at"),
)

decision_actions = Table(
    "decision_actions",
    metadata,
    Column("decision_id", Uuid, ForeignKey("decisions.decision_id"), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("action_id", String(64), nullable=False),
    PrimaryKeyConstraint("decision_id", "rank"),
    UniqueConstraint("decision_id", "action_id"),
)

exposures = Table(
    "exposures",
    metadata,
    Column("event_id", Uuid, ForeignKey("events.event_id"), nullable=False),
    Column("action_id", String(64), nullable=False),
    Column("fact", String(16), nullable=False),
    Column("objection_id", String(64)),
    Column("decision_id", Uuid, ForeignKey("decisions.decision_id"), nullable=False),
    Column("contact_id", Uuid, ForeignKey("contacts.contact_id"), nullable=False),
    Column("customer_id", String(64)),
    Column("at", UtcDateTime, nullable=False),
    # The group the action had then: a later catalogue may not have the action any more.
    Column("group_id", String(64)),
    PrimaryKeyConstraint("event_id", "action_id"),
    Index("ix_exposures_decision_id", "decision_id"),
    # For the end of a contact: a database looks here whether something still refers to it.
    Index("ix_exposures_contact_id", "contact_id"),
    Index("ix_exposures_customer_id_at", "customer_id", "at"),
)

responses = Table(
    "responses",
    metadata,
    # Not bound to an event or contact here: responses also come from before, and from other channels.
    Column("event_id", Uuid, primary_key=True),
    # A counter-entry names the response it takes back; a response can be taken back once.
    Column("retracts", Uuid, ForeignKey("responses.event_id"), unique=True),
    Column("contact_id", Uuid, ForeignKey("contacts.contact_id")),
    Column("customer_id", String(64)),
    Column("decision_id", Uuid, ForeignKey("decisions.decision_id")),
    Column("action_id", String(64)),
    Column("code", String(32), nullable=False),
    Column("note", String(500), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("group_id", String(64)),
    Index("ix_responses_customer_id_at", "customer_id", "at"),
    Index("ix_responses_contact_id", "contact_id"),
    Index("ix_responses_decision_id", "decision_id"),
    # What waits for a confirmation, and what is to be followed up, among all that was ever said.
    Index("ix_responses_code_at", "code", "at"),
)

portal_decisions = Table(
    "portal_decisions",
    metadata,
    # A teaser's decision belongs to no contact of an agent.
    Column("decision_id", Uuid, primary_key=True),
    Column("customer_id", String(64), nullable=False),
    Column("placement", String(64), nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("catalogue_version", String(64), nullable=False),
    Column("model_version", String(64), nullable=False),
    Column("arm", String(16), nullable=False),
    Column("none_because", String(32)),
    Column("shown", Text, nullable=False),
    Column("record", Text, nullable=False),
    Index("ix_portal_decisions_customer_id_decided_at", "customer_id", "decided_at"),
)

shadow_decisions = Table(
    "shadow_decisions",
    metadata,
    # What a version in shadow would have shown beside the decision that was shown.
    Column("decision_id", Uuid, ForeignKey("decisions.decision_id"), nullable=False),
    Column("catalogue_version", String(64), nullable=False),
    Column("record", Text, nullable=False),
    PrimaryKeyConstraint("decision_id", "catalogue_version"),
)
