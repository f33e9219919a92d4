"""Who was erased, what retention removed, and stand-ins for the agents of old contacts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from nba_desktop.backend.store.losing import refuse_loss

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


_INDEXES = {
    # For the end of a contact: a database looks here whether something still refers to it.
    "ix_exposures_contact_id": ("exposures", "contact_id"),
    "ix_responses_decision_id": ("responses", "decision_id"),
    "ix_feedback_contact_id": ("feedback", "contact_id"),
    "ix_feedback_decision_id": ("feedback", "decision_id"),
    "ix_touchpoints_at": ("touchpoints", "at"),
    "ix_contacts_started_at": ("contacts", "started_at"),
}


def upgrade() -> None:
    """Add tables, column and indexes."""
    op.add_column("agents", sa.Column("stand_in_since", sa.DateTime(timezone=True), nullable=True))
    for name, (table, column) in _INDEXES.items():
        op.create_index(name, table, [column])
    op.create_table(
        "erasures",
        sa.Column("erasure_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("erasure_id", name=op.f("pk_erasures")),
    )
    op.create_index(op.f("ix_erasures_customer_hash"), "erasures", ["customer_hash"])
    op.create_table(
        "retention_reports",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("oldest", sa.Date(), nullable=True),
        sa.Column("newest", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("run_id", "kind", name=op.f("pk_retention_reports")),
    )
    op.create_index("ix_retention_reports_started_at", "retention_reports", ["started_at"])


def downgrade() -> None:
    """Remove them, as long as that forgets no erasure, no report and no stand-in."""
    refuse_loss(("erasures", "retention_reports"), {"agents": ("stand_in_since",)})
    op.drop_index("ix_retention_reports_started_at", "retention_reports")
    op.drop_table("retention_reports")
    op.drop_index(op.f("ix_erasures_customer_hash"), "erasures")
    op.drop_table("erasures")
    for name, (table, _) in reversed(_INDEXES.items()):
        op.drop_index(name, table)
    op.drop_column("agents", "stand_in_since")
