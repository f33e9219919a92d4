"""The proof ledger without an index that nothing needs: an entry's place and what it continues are unique already."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the unique hash go."""
    with op.batch_alter_table("consent_events") as table:
        table.drop_constraint("uq_consent_events_hash", type_="unique")


def downgrade() -> None:
    """Bring it back."""
    with op.batch_alter_table("consent_events") as table:
        table.create_unique_constraint("uq_consent_events_hash", ["hash"])
