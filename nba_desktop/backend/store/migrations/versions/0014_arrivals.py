"""Touchpoints as other systems report them, and what waits for a customer because of one.

Which touchpoints are media breaks and what the journeys come to follows from the touchpoints: customers of before get
it when something of them is needed.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add tables and column."""
    op.add_column("touchpoints", sa.Column("break_rule", sa.String(length=64), nullable=True))
    op.create_table(
        "journey_features",
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("cases", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.customer_id"], name=op.f("fk_journey_features_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_journey_features")),
    )
    op.create_index("ix_journey_features_first_at", "journey_features", ["first_at"])
    op.create_table(
        "waiting_events",
        sa.Column("touchpoint_id", sa.String(length=64), nullable=False),
        sa.Column("trigger_id", sa.String(length=64), nullable=False),
        sa.Column("action_id", sa.String(length=64), nullable=False),
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("touchpoint_type", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.customer_id"], name=op.f("fk_waiting_events_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("touchpoint_id", "trigger_id", "action_id", name=op.f("pk_waiting_events")),
    )
    op.create_index("ix_waiting_events_customer_id", "waiting_events", ["customer_id"])
    op.create_index("ix_waiting_events_expires_at", "waiting_events", ["expires_at"])
    op.create_index("ix_waiting_events_used_by", "waiting_events", ["used_by"])


def downgrade() -> None:
    """Remove them: the touchpoints that they follow from stay."""
    op.drop_index("ix_waiting_events_used_by", "waiting_events")
    op.drop_index("ix_waiting_events_expires_at", "waiting_events")
    op.drop_index("ix_waiting_events_customer_id", "waiting_events")
    op.drop_table("waiting_events")
    op.drop_index("ix_journey_features_first_at", "journey_features")
    op.drop_table("journey_features")
    op.drop_column("touchpoints", "break_rule")
