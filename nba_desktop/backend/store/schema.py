"""Every table, with types that SQLite and PostgreSQL both take."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from nba_desktop.backend.store.types import UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

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

customers = Table(
    "customers",
    metadata,
    Column("customer_id", String(64), primary_key=True),
    Column("customer_no", String(64), nullable=False, unique=True),
    Column("salutation", String(16), nullable=False),
    Column("first_name", String(200), nullable=False),
    Column("last_name", String(200), nullable=False),
    Column("birth_date", Date, nullable=False),
    Column("street", String(200), nullable=False),
    Column("postcode", String(16), nullable=False),
    Column("city", String(200), nullable=False),
    Column("since", Date, nullable=False),
    Column("language", String(2), nullable=False),
    Column("household_id", String(64), nullable=False),
    Column("email", String(320)),
    Column("iban_last4", String(4)),
    Column("meter_no", String(64)),
    Column("value_class", String(1), nullable=False),
    Column("value_low_eur", Integer, nullable=False),
    Column("value_high_eur", Integer, nullable=False),
    Column("value_trend", String(8), nullable=False),
    Column("value_as_of", Date, nullable=False),
    Column("value_horizon_years", Integer, nullable=False),
    Column("churn", String(8), nullable=False),
    Column("facts", Text, nullable=False),
    Column("address_form", String(16), nullable=False),
    Column("tone", String(16), nullable=False),
    Column("documents_by", String(32), nullable=False),
    Column("last_spoken_with", String(200)),
    Column("last_spoken_at", UtcDateTime),
    Column("open_complaint", Boolean, nullable=False),
    # Folded copies that search compares with.
    Column("customer_no_search", String(64), nullable=False),
    Column("name_search", String(450), nullable=False),
    Column("address_search", String(450), nullable=False),
    # The day the facts were delivered; without one their age is not known and not judged.
    Column("facts_as_of", Date),
    Index("ix_customers_customer_no_search", "customer_no_search"),
    Index("ix_customers_household_id", "household_id"),
)

customer_phones = Table(
    "customer_phones",
    metadata,
    Column("customer_id", String(64), ForeignKey("customers.customer_id"), nullable=False),
    Column("e164", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    # Backwards, so that the end of a number, which every way of writing it shares, can use the index.
    Column("digits_reversed", String(16), nullable=False),
    PrimaryKeyConstraint("customer_id", "e164"),
    Index("ix_customer_phones_e164", "e164"),
    Index("ix_customer_phones_digits_reversed", "digits_reversed"),
)

contracts = Table(
    "contracts",
    metadata,
    Column("contract_no", String(64), primary_key=True),
    Column("customer_id", String(64), ForeignKey("customers.customer_id"), nullable=False),
    Column("product", String(200), nullable=False),
    Column("commodity", String(16), nullable=False),
    Column("since", Date, nullable=False),
    Column("ends", Date),
    Column("contract_no_search", String(64), nullable=False),
    Index("ix_contracts_customer_id", "customer_id"),
    Index("ix_contracts_contract_no_search", "contract_no_search"),
)

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
    PrimaryKeyConstraint("customer_id", "at", "touchpoint_id"),
)

contacts = Table(
    "contacts",
    metadata,
    Column("contact_id", Uuid, primary_key=True),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("direction", String(16), nullable=False),
    Column("number_raw", String(64), nullable=False),
    Column("number_e164", String(16)),
    Column("presentation", String(16), nullable=False),
    Column("queue", String(64)),
    Column("interaction_id", String(128), nullable=False),
    Column("attached_customer_no", String(64)),
    Column("language", String(2), nullable=False),
    # What the contact's events come to; rewritten with each of them.
    Column("auth_level", String(16), nullable=False),
    Column("customer_id", String(64)),
    Column("concern", String(64)),
    Column("concern_solved", Boolean),
    Column("note", String(500), nullable=False),
    Column("ended_at", UtcDateTime),
    Column("end_cause", String(16)),
    Column("duration_s", Integer),
    # Callers waiting in the queue when the contact began.
    Column("waiting", Integer),
    # The telephone system that names the interaction, and what its voice menu found out.
    Column("source", String(64)),
    Column("ivr_path", String(128)),
    Column("ivr_level", String(16)),
    Index("ix_contacts_agent_id_started_at", "agent_id", "started_at"),
    Index("ix_contacts_customer_id", "customer_id"),
    Index("ix_contacts_source_interaction_id", "source", "interaction_id"),
    Index("ix_contacts_number_e164_started_at", "number_e164", "started_at"),
)

events = Table(
    "events",
    metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contacts.contact_id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("type", String(32), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_events_contact_id_seq", "contact_id", "seq"),
)

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
)

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
    Column("hash", String(64), nullable=False, unique=True),
    Index("ix_consent_events_customer_id_position", "customer_id", "position"),
)

consent_head = Table(
    "consent_head",
    metadata,
    # One row, there from the first migration on: it shows a cut-off end, and is what concurrent writers queue for.
    Column("head_id", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

customer_reads = Table(
    "customer_reads",
    metadata,
    Column("read_id", Uuid, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("customer_ids", Text, nullable=False),
    Index("ix_customer_reads_agent_id_at", "agent_id", "at"),
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

outcomes = Table(
    "outcomes",
    metadata,
    # What other systems say became of a recommendation: completed, revoked, teaser clicked.
    Column("event_id", Uuid, primary_key=True),
    Column("source", String(64), nullable=False),
    # No foreign key: it names a decision of a call or of the portal, or none.
    Column("decision_id", Uuid),
    Column("customer_id", String(64), nullable=False),
    Column("action_id", String(64), nullable=False),
    Column("code", String(32), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("group_id", String(64)),
    Index("ix_outcomes_customer_id_at", "customer_id", "at"),
    Index("ix_outcomes_decision_id", "decision_id"),
)

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

site_settings = Table(
    "site_settings",
    metadata,
    # What the site says while it runs, such as the load of its queues.
    Column("name", String(64), primary_key=True),
    Column("content", String(200), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(64), nullable=False),
)

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
