"""The site's figures: calls by queue, how long views took, and consents by their day.

How long the views of earlier calls took nobody measured.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from nba_desktop.backend.store.losing import refuse_loss

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add table, column and indexes."""
    op.create_table(
        "queue_calls",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("queue", sa.String(length=128), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("abandoned", sa.Boolean(), nullable=False),
        sa.Column("waited_ms", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_queue_calls")),
    )
    op.create_index("ix_queue_calls_offered_at", "queue_calls", ["offered_at"])
    op.add_column("review_calls", sa.Column("painted_ms", sa.Integer(), nullable=True))
    op.create_index("ix_consent_events_at", "consent_events", ["at"])


def downgrade() -> None:
    """Remove them, as long as that forgets no call; how long views took is in the events."""
    refuse_loss(("queue_calls",), {})
    op.drop_index("ix_consent_events_at", "consent_events")
    op.drop_column("review_calls", "painted_ms")
    op.drop_index("ix_queue_calls_offered_at", "queue_calls")
    op.drop_table("queue_calls")
