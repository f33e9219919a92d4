"""Telephone systems that report by webhook, and whom their users stand for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from nba_desktop.backend.store.losing import refuse_loss

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; what is there stays."""
    op.create_table(
        "hook_sources",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("dialect", sa.String(length=16), nullable=False),
        sa.Column("secret_sha256", sa.String(length=64), nullable=True),
        sa.Column("signing_key", sa.String(length=200), nullable=True),
        sa.Column("number_format", sa.String(length=32), nullable=False),
        sa.Column("region", sa.String(length=2), nullable=False),
        sa.Column("trunk_prefix", sa.String(length=4), nullable=False),
        sa.Column("extension_digits", sa.Integer(), nullable=False),
        sa.Column("queues", sa.Text(), nullable=False),
        sa.Column("internal_calls", sa.Boolean(), nullable=False),
        sa.Column("public_url", sa.String(length=500), nullable=False),
        sa.Column("events_per_s", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_hook_sources")),
    )
    op.create_table(
        "hook_users",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("user_name", sa.String(length=128), nullable=False),
        sa.Column("agent_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.agent_id"], name=op.f("fk_hook_users_agent_id_agents")),
        sa.ForeignKeyConstraint(["source"], ["hook_sources.source"], name=op.f("fk_hook_users_source_hook_sources")),
        sa.PrimaryKeyConstraint("source", "user_name", "agent_id", name=op.f("pk_hook_users")),
    )


def downgrade() -> None:
    """Remove the tables, as long as they hold nothing."""
    refuse_loss(("hook_sources",), {})
    op.drop_table("hook_users")
    op.drop_table("hook_sources")
