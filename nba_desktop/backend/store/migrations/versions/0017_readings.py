"""Every reading of a customer is kept: a row for each customer, with role, operation and what let it happen."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

from nba_desktop.backend.store.losing import refuse_loss

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_SPREAD: Final = {
    "sqlite": (
        "SELECT r.read_id, COALESCE(one.key, 0), r.at, r.agent_id, 'reason', r.reason, one.value, "
        "json_array_length(r.customer_ids) "
        "FROM customer_reads AS r LEFT JOIN json_each(r.customer_ids) AS one"
    ),
    "postgresql": (
        "SELECT r.read_id, COALESCE(one.place, 1) - 1, r.at, r.agent_id, 'reason', r.reason, one.customer_id, "
        "json_array_length(CAST(r.customer_ids AS json)) "
        "FROM customer_reads AS r LEFT JOIN LATERAL json_array_elements_text(CAST(r.customer_ids AS json)) "
        "WITH ORDINALITY AS one (customer_id, place) ON TRUE"
    ),
}
_GATHER: Final = {
    "sqlite": "json_group_array(customer_id) FILTER (WHERE customer_id IS NOT NULL)",
    "postgresql": "COALESCE(CAST(json_agg(customer_id) FILTER (WHERE customer_id IS NOT NULL) AS text), '[]')",
}


def upgrade() -> None:
    """Spread the log of readings over a row for each customer; what it says of why is a reason."""
    op.create_table(
        "readings",
        sa.Column("read_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agent_id", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=True),
        sa.Column("operation", sa.String(length=64), nullable=True),
        sa.Column("basis", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("customer_id", sa.String(length=64), nullable=True),
        sa.Column("together", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.agent_id"], name=op.f("fk_readings_agent_id_agents")),
        sa.PrimaryKeyConstraint("read_id", "place", name=op.f("pk_readings")),
    )
    op.execute(
        "INSERT INTO readings (read_id, place, at, agent_id, basis, reason, customer_id, together) "
        f"{_SPREAD[op.get_context().dialect.name]}"
    )
    op.create_index("ix_readings_customer_id_at", "readings", ["customer_id", "at"])
    op.create_index("ix_readings_agent_id_at", "readings", ["agent_id", "at"])
    op.create_index("ix_readings_contact_id", "readings", ["contact_id"])
    op.create_index("ix_readings_at", "readings", ["at"])
    op.drop_table("customer_reads")
    op.create_table(
        "audit_looks",
        sa.Column("look_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_agent_id", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("agent_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["by_agent_id"], ["agents.agent_id"], name=op.f("fk_audit_looks_by_agent_id_agents")),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.agent_id"], name=op.f("fk_audit_looks_agent_id_agents")),
        sa.PrimaryKeyConstraint("look_id", name=op.f("pk_audit_looks")),
    )
    op.create_index("ix_audit_looks_agent_id_at", "audit_looks", ["agent_id", "at"])
    op.create_index("ix_audit_looks_at", "audit_looks", ["at"])


def downgrade() -> None:
    """Gather them again: who read whom when stays; where no reason was said, the operation stands in its place."""
    refuse_loss(("audit_looks",), {})
    op.drop_table("audit_looks")
    op.create_table(
        "customer_reads",
        sa.Column("read_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agent_id", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("customer_ids", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.agent_id"], name=op.f("fk_customer_reads_agent_id_agents")),
        sa.PrimaryKeyConstraint("read_id", name=op.f("pk_customer_reads")),
    )
    op.execute(
        "INSERT INTO customer_reads (read_id, at, agent_id, reason, customer_ids) "
        "SELECT read_id, MIN(at), MIN(agent_id), COALESCE(NULLIF(MIN(reason), ''), MIN(operation), ''), "
        f"{_GATHER[op.get_context().dialect.name]} "
        "FROM readings GROUP BY read_id"
    )
    op.create_index("ix_customer_reads_agent_id_at", "customer_reads", ["agent_id", "at"])
    op.drop_table("readings")
