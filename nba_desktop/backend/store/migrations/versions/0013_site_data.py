"""A site's own customers: what not every system knows of them may be missing, and which file said what it said last."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_MAY_BE_MISSING: Final[dict[str, tuple[Any, str]]] = {
    "birth_date": (sa.Date(), "1900-01-01"),
    "value_class": (sa.String(length=1), "D"),
    "value_low_eur": (sa.Integer(), "0"),
    "value_high_eur": (sa.Integer(), "0"),
    "value_trend": (sa.String(length=8), "flat"),
    "value_as_of": (sa.Date(), "1900-01-01"),
    "value_horizon_years": (sa.Integer(), "0"),
    "churn": (sa.String(length=8), "low"),
}
"""Types, and a default that a column of SQLite must have to be added where there are rows; no row ever has it."""


def upgrade() -> None:
    """Let birth date and value be missing, and add who said a number or a contract."""
    for name, (kind, _) in _MAY_BE_MISSING.items():
        _allow(name, kind)
    op.add_column("customer_phones", sa.Column("said_by", sa.String(length=130), nullable=True))
    op.add_column("contracts", sa.Column("said_by", sa.String(length=130), nullable=True))


def downgrade() -> None:
    """Undo it, as long as nobody's birth date or value is missing; who said what may go."""
    if not op.get_context().as_sql:
        customers = sa.table("customers", *(sa.column(name) for name in _MAY_BE_MISSING))
        missing = sa.or_(*(customers.c[name].is_(None) for name in _MAY_BE_MISSING))
        if op.get_bind().execute(sa.select(sa.exists().where(missing))).scalar():
            raise CommandError("the version before has no place for customers without birth date or value")
    op.drop_column("contracts", "said_by")
    op.drop_column("customer_phones", "said_by")
    for name, (kind, default) in _MAY_BE_MISSING.items():
        _demand(name, kind, default)


def _allow(name: str, kind: Any) -> None:
    if op.get_context().dialect.name == "sqlite":
        _replace(name, sa.Column(f"{name}_new", kind, nullable=True))
    else:
        op.alter_column("customers", name, existing_type=kind, nullable=True)


def _demand(name: str, kind: Any, default: str) -> None:
    if op.get_context().dialect.name == "sqlite":
        _replace(name, sa.Column(f"{name}_new", kind, nullable=False, server_default=default))
    else:
        op.alter_column("customers", name, existing_type=kind, nullable=False)


def _replace(name: str, column: sa.Column[Any]) -> None:
    """SQLite cannot change a column, and a table that others refer to cannot be made anew within a transaction."""
    op.add_column("customers", column)
    op.execute(f"UPDATE customers SET {name}_new = {name}")
    op.drop_column("customers", name)
    op.execute(f"ALTER TABLE customers RENAME COLUMN {name}_new TO {name}")
