"""The closed loop: promises as rows, what agents say against recommendations, and how far files were taken in.

The promises come from the events that made them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from nba_desktop.backend.store.losing import refuse_loss

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_PLANNED = {
    "sqlite": """
INSERT INTO follow_ups (follow_up_id, contact_id, agent_id, kind, due, at_time, words, concern, decision_id, action_id,
                        planned_at)
SELECT event_id, contact_id, agent_id, json_extract(body, '$.kind'), json_extract(body, '$.due'),
       substr(json_extract(body, '$.at_time'), 1, 8), coalesce(json_extract(body, '$.words'), ''),
       json_extract(body, '$.concern'), replace(json_extract(body, '$.decision_id'), '-', ''),
       json_extract(body, '$.action_id'), at
FROM events WHERE type = 'follow_up_planned'
""",
    "postgresql": """
INSERT INTO follow_ups (follow_up_id, contact_id, agent_id, kind, due, at_time, words, concern, decision_id, action_id,
                        planned_at)
SELECT event_id, contact_id, agent_id, body::json->>'kind', (body::json->>'due')::date,
       substr(body::json->>'at_time', 1, 8)::time, coalesce(body::json->>'words', ''),
       body::json->>'concern', (body::json->>'decision_id')::uuid,
       body::json->>'action_id', at
FROM events WHERE type = 'follow_up_planned'
""",
}
_CANCELLED = {
    "sqlite": """
UPDATE follow_ups SET cancelled_at = (
  SELECT min(at) FROM events
  WHERE events.contact_id = follow_ups.contact_id AND type = 'follow_up_cancelled'
    AND replace(json_extract(body, '$.cancels'), '-', '') = follow_up_id)
""",
    "postgresql": """
UPDATE follow_ups SET cancelled_at = (
  SELECT min(at) FROM events
  WHERE events.contact_id = follow_ups.contact_id AND type = 'follow_up_cancelled'
    AND (body::json->>'cancels')::uuid = follow_up_id)
""",
}


def upgrade() -> None:
    """Add tables and index, and the promises there are."""
    op.create_table(
        "follow_ups",
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("at_time", sa.Time(), nullable=True),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("concern", sa.String(length=64), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("action_id", sa.String(length=64), nullable=True),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.agent_id"], name=op.f("fk_follow_ups_agent_id_agents")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.contact_id"], name=op.f("fk_follow_ups_contact_id_contacts")
        ),
        sa.ForeignKeyConstraint(["follow_up_id"], ["events.event_id"], name=op.f("fk_follow_ups_follow_up_id_events")),
        sa.PrimaryKeyConstraint("follow_up_id", name=op.f("pk_follow_ups")),
    )
    op.create_index("ix_follow_ups_agent_id_due", "follow_ups", ["agent_id", "due"])
    op.create_index("ix_follow_ups_kind_due", "follow_ups", ["kind", "due"])
    op.create_index("ix_follow_ups_contact_id", "follow_ups", ["contact_id"])
    op.create_table(
        "feedback",
        sa.Column("feedback_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.String(length=64), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=64), nullable=True),
        sa.Column("answer", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.agent_id"], name=op.f("fk_feedback_agent_id_agents")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.contact_id"], name=op.f("fk_feedback_contact_id_contacts")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.decision_id"], name=op.f("fk_feedback_decision_id_decisions")
        ),
        sa.ForeignKeyConstraint(["feedback_id"], ["events.event_id"], name=op.f("fk_feedback_feedback_id_events")),
        sa.PrimaryKeyConstraint("feedback_id", name=op.f("pk_feedback")),
    )
    op.create_index("ix_feedback_answered_at_at", "feedback", ["answered_at", "at"])
    op.create_index("ix_feedback_agent_id_at", "feedback", ["agent_id", "at"])
    op.create_index("ix_feedback_action_id_at", "feedback", ["action_id", "at"])
    op.create_table(
        "imports",
        sa.Column("import_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("duplicate", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("verdict_bytes", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_imports")),
    )
    op.create_index("ix_responses_code_at", "responses", ["code", "at"])
    dialect = op.get_context().dialect.name
    op.execute(_PLANNED[dialect])
    op.execute(_CANCELLED[dialect])


def downgrade() -> None:
    """Remove them, as long as that forgets no promise that was kept and nothing that was said.

    How far files were taken in may go: to take one in again changes nothing.
    """
    refuse_loss(("feedback",), {"follow_ups": ("done_at",)})
    op.drop_index("ix_responses_code_at", "responses")
    op.drop_table("imports")
    op.drop_table("feedback")
    op.drop_table("follow_ups")
