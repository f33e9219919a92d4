"""What the proof of a consent lacked: whole wordings, corrections, what a consent was used for, restricted access.

On the way down the ledger must not lose anything: once an entry was written in the new form, the version before could
not check it any more, and the way down is refused.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_WORDING: dict[str, sa.types.TypeEngine[Any]] = {
    "valid_from": sa.Date(),
    "valid_to": sa.Date(),
    "company_name": sa.String(length=600),
    "company_address": sa.String(length=600),
    "goods_and_services": sa.String(length=600),
    "privacy_notice_version": sa.String(length=64),
    "approved_by": sa.String(length=200),
    "approved_at": sa.Date(),
}


def upgrade() -> None:
    """Add the columns and the table; what is there stays, and its hashes count as before."""
    for name, kind in _WORDING.items():
        op.add_column("consent_wordings", sa.Column(name, kind, nullable=True))
    op.add_column("consent_events", sa.Column("form", sa.Integer(), server_default="1", nullable=False))
    op.add_column("consent_events", sa.Column("campaign_id", sa.String(length=64), nullable=True))
    op.add_column("consent_events", sa.Column("corrects", sa.Uuid(), nullable=True))
    op.add_column("consent_events", sa.Column("wording_record_sha256", sa.String(length=64), nullable=True))
    op.create_table(
        "consent_restrictions",
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("customer_no", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_consent_restrictions")),
    )
    op.create_index(op.f("ix_consent_restrictions_customer_no"), "consent_restrictions", ["customer_no"])


def downgrade() -> None:
    """Remove them, as long as that loses no proof."""
    if not op.get_context().as_sql:
        lost = op.get_bind().execute(
            sa.text(
                "SELECT (SELECT count(*) FROM consent_events WHERE form <> 1) + "
                "(SELECT count(*) FROM consent_restrictions)"
            )
        )
        if lost.scalar():
            raise CommandError("the consent ledger has entries that the version before could not check")
    op.drop_index(op.f("ix_consent_restrictions_customer_no"), "consent_restrictions")
    op.drop_table("consent_restrictions")
    for name in ("wording_record_sha256", "corrects", "campaign_id", "form"):
        op.drop_column("consent_events", name)
    for name in reversed(_WORDING):
        op.drop_column("consent_wordings", name)
