"""What was promised and kept, and the first opportunity of a customer, as the review counts them.

Every call is counted anew: holding, after-call work and what a customer accepted in a later call are facts now.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column and a table, and have everything counted and packed anew."""
    op.add_column("review_calls", sa.Column("chance_before", sa.Date(), nullable=True))
    op.create_table(
        "review_follow_ups",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("agent", sa.String(length=16), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("queue", sa.String(length=64), nullable=True),
        sa.Column("concern", sa.String(length=64), nullable=True),
        sa.Column("action_id", sa.String(length=64), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["review_calls.contact_id"], name=op.f("fk_review_follow_ups_contact_id_review_calls")
        ),
        sa.PrimaryKeyConstraint("contact_id", "place", name=op.f("pk_review_follow_ups")),
    )
    op.create_index("ix_review_follow_ups_team_id_week", "review_follow_ups", ["team_id", "week"])
    op.execute("UPDATE review_segments SET revision = revision + 1")
    op.execute(
        "INSERT INTO review_pending (contact_id, at) "
        "SELECT contact_id, ended_at FROM contacts WHERE ended_at IS NOT NULL"
    )


def downgrade() -> None:
    """Remove both: everything can be counted again."""
    op.drop_table("review_follow_ups")
    op.drop_column("review_calls", "chance_before")
    op.execute("UPDATE review_segments SET revision = revision + 1")
