"""Which account of an identity provider stands for an agent, and whom nobody lets in any more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from nba_desktop.backend.store.losing import refuse_loss

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has signed in before, and nobody is blocked."""
    op.add_column("agents", sa.Column("blocked_since", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "sign_ins",
        sa.Column("agent_id", sa.String(length=64), nullable=False),
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.agent_id"], name=op.f("fk_sign_ins_agent_id_agents")),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_sign_ins_issuer_subject")),
    )


def downgrade() -> None:
    """Remove them; whoever is blocked would be let in again."""
    refuse_loss(("sign_ins",), {"agents": ("blocked_since",)})
    op.drop_table("sign_ins")
    op.drop_column("agents", "blocked_since")
