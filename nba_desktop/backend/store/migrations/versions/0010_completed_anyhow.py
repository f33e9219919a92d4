"""What arms are compared by: whether a customer completed an action soon after the call, through it or by himself.

Every call is counted anew; facts whose contact is gone keep what is known of them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and have everything counted and packed anew."""
    op.add_column(
        "review_actions", sa.Column("completed_anyhow", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.execute("UPDATE review_actions SET completed_anyhow = (completion = 'completed') WHERE completion IS NOT NULL")
    op.execute("UPDATE review_segments SET revision = revision + 1")
    op.execute(
        "INSERT INTO review_pending (contact_id, at) "
        "SELECT contact_id, ended_at FROM contacts WHERE ended_at IS NOT NULL"
    )


def downgrade() -> None:
    """Remove it: everything can be counted again."""
    op.drop_column("review_actions", "completed_anyhow")
