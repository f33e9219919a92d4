"""What the decision engine keeps: versions of the catalogue, what the model learnt, decisions for the portal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from nba_desktop.backend.store.losing import refuse_loss

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_COLUMNS = {
    "agents": ("display_name", "skills", "authority"),
    "customers": ("facts_as_of",),
    "contacts": ("waiting",),
    "decisions": ("arm", "model_version"),
    "exposures": ("group_id",),
    "responses": ("group_id",),
}
_INDEXES = {"ix_customers_household_id": "customers", "ix_decisions_decided_at": "decisions"}
# In this order no table goes before one that refers to it.
_TABLES = (
    "site_settings",
    "catalogue_steps",
    "catalogue_versions",
    "model_snapshots",
    "learning_log",
    "outcomes",
    "shadow_decisions",
    "portal_decisions",
)


def upgrade() -> None:
    """Add columns and tables; what is there stays."""
    op.add_column("agents", sa.Column("display_name", sa.String(length=200), nullable=True))
    op.add_column("agents", sa.Column("skills", sa.String(length=1000), nullable=True))
    op.add_column("agents", sa.Column("authority", sa.String(length=64), nullable=True))
    op.add_column("customers", sa.Column("facts_as_of", sa.Date(), nullable=True))
    op.create_index("ix_customers_household_id", "customers", ["household_id"], unique=False)
    op.add_column("contacts", sa.Column("waiting", sa.Integer(), nullable=True))
    op.add_column("decisions", sa.Column("arm", sa.String(length=16), nullable=True))
    op.add_column("decisions", sa.Column("model_version", sa.String(length=64), nullable=True))
    op.create_index("ix_decisions_decided_at", "decisions", ["decided_at"], unique=False)
    op.add_column("exposures", sa.Column("group_id", sa.String(length=64), nullable=True))
    op.add_column("responses", sa.Column("group_id", sa.String(length=64), nullable=True))
    op.create_table(
        "portal_decisions",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("placement", sa.String(length=64), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("catalogue_version", sa.String(length=64), nullable=False),
        sa.Column("model_version", sa.String(length=64), nullable=False),
        sa.Column("arm", sa.String(length=16), nullable=False),
        sa.Column("none_because", sa.String(length=32), nullable=True),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_portal_decisions")),
    )
    op.create_index(
        "ix_portal_decisions_customer_id_decided_at", "portal_decisions", ["customer_id", "decided_at"], unique=False
    )
    op.create_table(
        "shadow_decisions",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("catalogue_version", sa.String(length=64), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.decision_id"], name=op.f("fk_shadow_decisions_decision_id_decisions")
        ),
        sa.PrimaryKeyConstraint("decision_id", "catalogue_version", name=op.f("pk_shadow_decisions")),
    )
    op.create_table(
        "outcomes",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("action_id", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("group_id", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_outcomes")),
    )
    op.create_index("ix_outcomes_customer_id_at", "outcomes", ["customer_id", "at"], unique=False)
    op.create_index("ix_outcomes_decision_id", "outcomes", ["decision_id"], unique=False)
    op.create_table(
        "learning_log",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.String(length=64), nullable=False),
        sa.Column("sign", sa.Integer(), nullable=False),
        sa.Column("label", sa.Float(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("learnt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_learning_log")),
        sa.UniqueConstraint("event_id", "action_id", "sign", name=op.f("uq_learning_log_event_id_action_id_sign")),
    )
    op.create_index("ix_learning_log_decision_id", "learning_log", ["decision_id"], unique=False)
    op.create_table(
        "model_snapshots",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("model_version", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("restored_from", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["restored_from"],
            ["model_snapshots.snapshot_id"],
            name=op.f("fk_model_snapshots_restored_from_model_snapshots"),
        ),
        sa.PrimaryKeyConstraint("snapshot_id", name=op.f("pk_model_snapshots")),
    )
    op.create_table(
        "catalogue_versions",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_catalogue_versions")),
    )
    op.create_table(
        "catalogue_steps",
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"], ["catalogue_versions.version"], name=op.f("fk_catalogue_steps_version_catalogue_versions")
        ),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_catalogue_steps")),
    )
    op.create_table(
        "site_settings",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("content", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_site_settings")),
    )


def downgrade() -> None:
    """Remove columns and tables, as long as they hold nothing."""
    refuse_loss(_TABLES, _COLUMNS)
    for table in _TABLES:
        op.drop_table(table)
    for index, table in _INDEXES.items():
        op.drop_index(index, table)
    for table, columns in _COLUMNS.items():
        for column in columns:
            op.drop_column(table, column)
