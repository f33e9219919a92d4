"""What tells the contacts of one call, and those of one number, from the others.

On PostgreSQL, as SQL text, the indexes are made without keeping anybody from writing. That cannot be done within a
transaction: the text commits the columns first, and what it does can be done again if it broke off in the middle.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from nba_desktop.backend.store.losing import refuse_loss

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_COLUMNS = {"source": 64, "ivr_path": 128, "ivr_level": 16}
_INDEXES = {
    "ix_contacts_source_interaction_id": ["source", "interaction_id"],
    "ix_contacts_number_e164_started_at": ["number_e164", "started_at"],
}


def upgrade() -> None:
    """Add the columns and indexes; contacts from before name no telephone system."""
    context = op.get_context()
    if context.dialect.name == "postgresql" and context.as_sql:
        _upgrade_beside_writers()
        return
    for name, length in _COLUMNS.items():
        op.add_column("contacts", sa.Column(name, sa.String(length=length), nullable=True))
    for name, columns in _INDEXES.items():
        op.create_index(name, "contacts", columns)


def downgrade() -> None:
    """Remove indexes and columns, as long as no contact says anything there."""
    refuse_loss((), {"contacts": tuple(_COLUMNS)})
    for name in _INDEXES:
        op.drop_index(name, "contacts")
    for name in _COLUMNS:
        op.drop_column("contacts", name)


def _upgrade_beside_writers() -> None:
    for name, length in _COLUMNS.items():
        op.add_column("contacts", sa.Column(name, sa.String(length=length), nullable=True), if_not_exists=True)
    with op.get_context().autocommit_block():
        for name, columns in _INDEXES.items():
            # One that broke off is there, but invalid.
            op.drop_index(name, "contacts", if_exists=True, postgresql_concurrently=True)
            op.create_index(name, "contacts", columns, postgresql_concurrently=True)
