"""What tells the contacts of one call, and those of one number, from the others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and indexes; contacts from before name no telephone system."""
    op.add_column("contacts", sa.Column("source", sa.String(length=64), nullable=True))
    op.add_column("contacts", sa.Column("ivr_path", sa.String(length=128), nullable=True))
    op.add_column("contacts", sa.Column("ivr_level", sa.String(length=16), nullable=True))
    op.create_index("ix_contacts_source_interaction_id", "contacts", ["source", "interaction_id"])
    op.create_index("ix_contacts_number_e164_started_at", "contacts", ["number_e164", "started_at"])
