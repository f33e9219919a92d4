"""Results that leave for other systems, what became of them there, and what other systems ask for customers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from nba_desktop.backend.store.losing import refuse_loss

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add tables; what was recorded before leaves nowhere."""
    op.create_table(
        "outbound_endpoints",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("types", sa.String(length=1000), nullable=False),
        sa.Column("secret", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=256), nullable=False),
        sa.Column("give_up_days", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sender", sa.Uuid(), nullable=True),
        sa.Column("sender_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_outbound_endpoints")),
    )
    op.create_table(
        "outbound_events",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("customer_id", sa.String(length=64), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("customer_no", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_outbound_events")),
        sa.UniqueConstraint("event_id", name=op.f("uq_outbound_events_event_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbound_events_customer_id", "outbound_events", ["customer_id"])
    op.create_index("ix_outbound_events_contact_id", "outbound_events", ["contact_id"])
    op.create_index("ix_outbound_events_recorded_at", "outbound_events", ["recorded_at"])
    op.create_table(
        "deliveries",
        sa.Column("endpoint", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ordered_by", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_problem", sa.String(length=64), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["endpoint"], ["outbound_endpoints.name"], name=op.f("fk_deliveries_endpoint_outbound_endpoints")
        ),
        sa.ForeignKeyConstraint(
            ["position"], ["outbound_events.position"], name=op.f("fk_deliveries_position_outbound_events")
        ),
        sa.PrimaryKeyConstraint("endpoint", "position", name=op.f("pk_deliveries")),
    )
    op.create_index(
        "ix_deliveries_endpoint_state_ordered_by_position",
        "deliveries",
        ["endpoint", "state", "ordered_by", "position"],
    )
    op.create_index("ix_deliveries_position", "deliveries", ["position"])
    op.create_table(
        "subject_requests",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=256), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("customer_id", sa.String(length=64), nullable=True),
        sa.Column("customer_hash", sa.String(length=64), nullable=False),
        sa.Column("changes", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_subject_requests")),
    )
    op.create_index("ix_subject_requests_customer_id", "subject_requests", ["customer_id"])
    op.create_index("ix_subject_requests_received_at", "subject_requests", ["received_at"])


def downgrade() -> None:
    """Remove them; results repeat what stands elsewhere, who gets them and what was asked for does not."""
    refuse_loss(("outbound_endpoints", "subject_requests"), {})
    for table in ("subject_requests", "deliveries", "outbound_events", "outbound_endpoints"):
        op.drop_table(table)
