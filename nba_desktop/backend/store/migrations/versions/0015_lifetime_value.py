"""The lifetime value with the model that computed it, and the runs that calculate it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from nba_desktop.backend.store.types import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them; of the values that are there nobody knows what computed them."""
    op.add_column("customers", sa.Column("value_model", sa.String(length=64), nullable=True))
    op.add_column("customers", sa.Column("value_calculated", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "value_runs",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("catalogue_version", sa.String(length=64), nullable=False),
        sa.Column("models", sa.Text(), nullable=False),
        sa.Column("after", sa.String(length=64), nullable=True),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", name="pk_value_runs"),
    )
    op.create_index("ix_value_runs_started_at", "value_runs", ["started_at"])


def downgrade() -> None:
    """Remove them: the values stay, and can be calculated or delivered again."""
    op.drop_index("ix_value_runs_started_at", table_name="value_runs")
    op.drop_table("value_runs")
    op.drop_column("customers", "value_calculated")
    op.drop_column("customers", "value_model")
