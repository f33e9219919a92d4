"""The tables of the first version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from nba_desktop.backend.store.losing import refuse_loss

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# In this order no table goes before one that refers to it.
_TABLES = (
    "responses",
    "exposures",
    "decision_actions",
    "events",
    "decisions",
    "touchpoints",
    "tokens",
    "customer_reads",
    "customer_phones",
    "contracts",
    "contacts",
    "customers",
    "consent_wordings",
    "consent_events",
    "agents",
)


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "agents",
        sa.Column("agent_id", sa.String(length=64), nullable=False),
        sa.Column("recipient_code", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_agents")),
        sa.UniqueConstraint("recipient_code", name=op.f("uq_agents_recipient_code")),
    )
    op.create_table(
        "consent_events",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("person_first_name", sa.String(length=200), nullable=False),
        sa.Column("person_last_name", sa.String(length=200), nullable=False),
        sa.Column("postal_address", sa.String(length=450), nullable=False),
        sa.Column("contact_point", sa.String(length=450), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at_local", sa.String(length=32), nullable=False),
        sa.Column("manner", sa.String(length=32), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=True),
        sa.Column("recipient_code", sa.String(length=16), nullable=False),
        sa.Column("authenticated_level", sa.String(length=16), nullable=False),
        sa.Column("wording_id", sa.String(length=80), nullable=True),
        sa.Column("wording_sha256", sa.String(length=64), nullable=True),
        sa.Column("read_aloud_confirmed", sa.Boolean(), nullable=False),
        sa.Column("customer_words", sa.String(length=200), nullable=False),
        sa.Column("evidence_type", sa.String(length=32), nullable=False),
        sa.Column("evidence_ref", sa.String(length=200), nullable=False),
        sa.Column("source_system", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_consent_events")),
        sa.UniqueConstraint("event_id", name=op.f("uq_consent_events_event_id")),
        sa.UniqueConstraint("hash", name=op.f("uq_consent_events_hash")),
        sa.UniqueConstraint("prev_hash", name=op.f("uq_consent_events_prev_hash")),
    )
    op.create_index(
        "ix_consent_events_customer_id_position", "consent_events", ["customer_id", "position"], unique=False
    )
    op.create_table(
        "consent_head",
        sa.Column("head_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("head_id", name=op.f("pk_consent_head")),
    )
    op.create_table(
        "consent_wordings",
        sa.Column("wording_id", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("channels", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("introduced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("wording_id", "language", "version", name=op.f("pk_consent_wordings")),
    )
    op.create_table(
        "customers",
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("customer_no", sa.String(length=64), nullable=False),
        sa.Column("salutation", sa.String(length=16), nullable=False),
        sa.Column("first_name", sa.String(length=200), nullable=False),
        sa.Column("last_name", sa.String(length=200), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=16), nullable=False),
        sa.Column("city", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("household_id", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("iban_last4", sa.String(length=4), nullable=True),
        sa.Column("meter_no", sa.String(length=64), nullable=True),
        sa.Column("value_class", sa.String(length=1), nullable=False),
        sa.Column("value_low_eur", sa.Integer(), nullable=False),
        sa.Column("value_high_eur", sa.Integer(), nullable=False),
        sa.Column("value_trend", sa.String(length=8), nullable=False),
        sa.Column("value_as_of", sa.Date(), nullable=False),
        sa.Column("value_horizon_years", sa.Integer(), nullable=False),
        sa.Column("churn", sa.String(length=8), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("address_form", sa.String(length=16), nullable=False),
        sa.Column("tone", sa.String(length=16), nullable=False),
        sa.Column("documents_by", sa.String(length=32), nullable=False),
        sa.Column("last_spoken_with", sa.String(length=200), nullable=True),
        sa.Column("last_spoken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("open_complaint", sa.Boolean(), nullable=False),
        sa.Column("customer_no_search", sa.String(length=64), nullable=False),
        sa.Column("name_search", sa.String(length=450), nullable=False),
        sa.Column("address_search", sa.String(length=450), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_customers")),
        sa.UniqueConstraint("customer_no", name=op.f("uq_customers_customer_no")),
    )
    op.create_index("ix_customers_customer_no_search", "customers", ["customer_no_search"], unique=False)
    op.create_table(
        "contacts",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("direction", sa.String(length=16), nullable=False),
        sa.Column("number_raw", sa.String(length=64), nullable=False),
        sa.Column("number_e164", sa.String(length=16), nullable=True),
        sa.Column("presentation", sa.String(length=16), nullable=False),
        sa.Column("queue", sa.String(length=64), nullable=True),
        sa.Column("interaction_id", sa.String(length=128), nullable=False),
        sa.Column("attached_customer_no", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("auth_level", sa.String(length=16), nullable=False),
        sa.Column("customer_id", sa.String(length=64), nullable=True),
        sa.Column("concern", sa.String(length=64), nullable=True),
        sa.Column("concern_solved", sa.Boolean(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_cause", sa.String(length=16), nullable=True),
        sa.Column("duration_s", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.agent_id"], name=op.f("fk_contacts_agent_id_agents")),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_contacts")),
    )
    op.create_index("ix_contacts_agent_id_started_at", "contacts", ["agent_id", "started_at"], unique=False)
    op.create_index("ix_contacts_customer_id", "contacts", ["customer_id"], unique=False)
    op.create_table(
        "contracts",
        sa.Column("contract_no", sa.String(length=64), nullable=False),
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.Column("commodity", sa.String(length=16), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("contract_no_search", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.customer_id"], name=op.f("fk_contracts_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("contract_no", name=op.f("pk_contracts")),
    )
    op.create_index("ix_contracts_contract_no_search", "contracts", ["contract_no_search"], unique=False)
    op.create_index("ix_contracts_customer_id", "contracts", ["customer_id"], unique=False)
    op.create_table(
        "customer_phones",
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("e164", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("digits_reversed", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.customer_id"], name=op.f("fk_customer_phones_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("customer_id", "e164", name=op.f("pk_customer_phones")),
    )
    op.create_index("ix_customer_phones_digits_reversed", "customer_phones", ["digits_reversed"], unique=False)
    op.create_index("ix_customer_phones_e164", "customer_phones", ["e164"], unique=False)
    op.create_table(
        "customer_reads",
        sa.Column("read_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agent_id", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("customer_ids", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.agent_id"], name=op.f("fk_customer_reads_agent_id_agents")),
        sa.PrimaryKeyConstraint("read_id", name=op.f("pk_customer_reads")),
    )
    op.create_index("ix_customer_reads_agent_id_at", "customer_reads", ["agent_id", "at"], unique=False)
    op.create_table(
        "tokens",
        sa.Column("token_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("agent_id", sa.String(length=64), nullable=False),
        sa.Column("roles", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.agent_id"], name=op.f("fk_tokens_agent_id_agents")),
        sa.PrimaryKeyConstraint("token_id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_tokens_token_sha256")),
    )
    op.create_table(
        "touchpoints",
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touchpoint_id", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("experience", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=True),
        sa.Column("case_open", sa.Boolean(), nullable=False),
        sa.Column("media_break", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.customer_id"], name=op.f("fk_touchpoints_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("customer_id", "at", "touchpoint_id", name=op.f("pk_touchpoints")),
        sa.UniqueConstraint("touchpoint_id", name=op.f("uq_touchpoints_touchpoint_id")),
    )
    op.create_table(
        "decisions",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.String(length=64), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("catalogue_version", sa.String(length=64), nullable=False),
        sa.Column("none_because", sa.String(length=32), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.contact_id"], name=op.f("fk_decisions_contact_id_contacts")),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_decisions")),
    )
    op.create_index("ix_decisions_contact_id", "decisions", ["contact_id"], unique=False)
    op.create_index("ix_decisions_customer_id_decided_at", "decisions", ["customer_id", "decided_at"], unique=False)
    op.create_table(
        "events",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agent_id", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.agent_id"], name=op.f("fk_events_agent_id_agents")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.contact_id"], name=op.f("fk_events_contact_id_contacts")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_events")),
    )
    op.create_index("ix_events_contact_id_seq", "events", ["contact_id", "seq"], unique=False)
    op.create_table(
        "decision_actions",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.decision_id"], name=op.f("fk_decision_actions_decision_id_decisions")
        ),
        sa.PrimaryKeyConstraint("decision_id", "rank", name=op.f("pk_decision_actions")),
        sa.UniqueConstraint("decision_id", "action_id", name=op.f("uq_decision_actions_decision_id_action_id")),
    )
    op.create_table(
        "exposures",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.String(length=64), nullable=False),
        sa.Column("fact", sa.String(length=16), nullable=False),
        sa.Column("objection_id", sa.String(length=64), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.contact_id"], name=op.f("fk_exposures_contact_id_contacts")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.decision_id"], name=op.f("fk_exposures_decision_id_decisions")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.event_id"], name=op.f("fk_exposures_event_id_events")),
        sa.PrimaryKeyConstraint("event_id", "action_id", name=op.f("pk_exposures")),
    )
    op.create_index("ix_exposures_customer_id_at", "exposures", ["customer_id", "at"], unique=False)
    op.create_index("ix_exposures_decision_id", "exposures", ["decision_id"], unique=False)
    op.create_table(
        "responses",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("retracts", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("customer_id", sa.String(length=64), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("action_id", sa.String(length=64), nullable=True),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.contact_id"], name=op.f("fk_responses_contact_id_contacts")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.decision_id"], name=op.f("fk_responses_decision_id_decisions")
        ),
        sa.ForeignKeyConstraint(["retracts"], ["responses.event_id"], name=op.f("fk_responses_retracts_responses")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_responses")),
        sa.UniqueConstraint("retracts", name=op.f("uq_responses_retracts")),
    )
    op.create_index("ix_responses_contact_id", "responses", ["contact_id"], unique=False)
    op.create_index("ix_responses_customer_id_at", "responses", ["customer_id", "at"], unique=False)
    # The chain's beginning: no entry yet, and the hash that the first one continues.
    head = sa.table(
        "consent_head",
        sa.column("head_id", sa.Integer),
        sa.column("position", sa.Integer),
        sa.column("hash", sa.String),
    )
    op.bulk_insert(head, [{"head_id": 1, "position": 0, "hash": "0" * 64}])


def downgrade() -> None:
    """Remove every table, as long as nothing was ever said."""
    refuse_loss(_TABLES, {})
    for table in (*_TABLES, "consent_head"):
        op.drop_table(table)
