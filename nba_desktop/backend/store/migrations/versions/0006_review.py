"""Teams, and the review of recommendations: its rules, who looked, and the facts it counts.

The facts of calls that have ended are worked out after the start, in the background.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TABLES = (
    "teams",
    "team_members",
    "team_leads",
    "review_modes",
    "review_accesses",
    "review_notes",
    "review_pending",
    "review_calls",
    "review_actions",
    "review_objections",
    "review_segments",
)


def upgrade() -> None:
    """Add the tables; every call that has ended waits for its facts."""
    op.create_table(
        "teams",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_teams")),
    )
    op.create_table(
        "team_members",
        sa.Column("agent_id", sa.String(length=64), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.agent_id"], name=op.f("fk_team_members_agent_id_agents")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_team_members_team_id_teams")),
        sa.PrimaryKeyConstraint("agent_id", "since", name=op.f("pk_team_members")),
    )
    op.create_table(
        "team_leads",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("agent_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.agent_id"], name=op.f("fk_team_leads_agent_id_agents")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_team_leads_team_id_teams")),
        sa.PrimaryKeyConstraint("team_id", "agent_id", name=op.f("pk_team_leads")),
    )
    op.create_table(
        "review_modes",
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("agreement", sa.String(length=200), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_review_modes")),
    )
    op.create_table(
        "review_accesses",
        sa.Column("access_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_agent_id", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("agent", sa.String(length=16), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("action_id", sa.String(length=64), nullable=True),
        sa.Column("queue", sa.String(length=64), nullable=True),
        sa.Column("concern", sa.String(length=64), nullable=True),
        sa.Column("exported", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_agent_id"], ["agents.agent_id"], name=op.f("fk_review_accesses_by_agent_id_agents")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_review_accesses_team_id_teams")),
        sa.PrimaryKeyConstraint("access_id", name=op.f("pk_review_accesses")),
    )
    op.create_index("ix_review_accesses_at", "review_accesses", ["at"])
    op.create_index("ix_review_accesses_team_id_at", "review_accesses", ["team_id", "at"])
    op.create_table(
        "review_notes",
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agent", sa.String(length=16), nullable=False),
        sa.Column("by_agent_id", sa.String(length=64), nullable=False),
        sa.Column("by_agent", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_agent_id"], ["agents.agent_id"], name=op.f("fk_review_notes_by_agent_id_agents")),
        sa.PrimaryKeyConstraint("note_id", name=op.f("pk_review_notes")),
    )
    op.create_index("ix_review_notes_agent_at", "review_notes", ["agent", "at"])
    op.create_table(
        "review_pending",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_review_pending")),
    )
    op.create_table(
        "review_calls",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("agent", sa.String(length=16), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("queue", sa.String(length=64), nullable=True),
        sa.Column("concern", sa.String(length=64), nullable=True),
        sa.Column("arm", sa.String(length=16), nullable=True),
        sa.Column("stratum", sa.String(length=64), nullable=True),
        sa.Column("identified", sa.Boolean(), nullable=False),
        sa.Column("authenticated", sa.Boolean(), nullable=False),
        sa.Column("solved", sa.Boolean(), nullable=False),
        sa.Column("opportunity", sa.Boolean(), nullable=False),
        sa.Column("presented", sa.Boolean(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("needs_reason", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("consent_missing", sa.Boolean(), nullable=False),
        sa.Column("consent_asked", sa.Boolean(), nullable=False),
        sa.Column("consent_granted", sa.Boolean(), nullable=False),
        sa.Column("consent_pending", sa.Boolean(), nullable=False),
        sa.Column("consent_confirmed", sa.Boolean(), nullable=False),
        sa.Column("transferred", sa.Boolean(), nullable=False),
        sa.Column("talk_s", sa.Integer(), nullable=True),
        sa.Column("hold_s", sa.Integer(), nullable=True),
        sa.Column("after_s", sa.Integer(), nullable=True),
        sa.Column("repeated_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_review_calls")),
    )
    op.create_index("ix_review_calls_agent_day", "review_calls", ["agent", "day"])
    op.create_index("ix_review_calls_repeated_by", "review_calls", ["repeated_by"])
    op.create_index("ix_review_calls_week_team_id", "review_calls", ["week", "team_id"])
    op.create_table(
        "review_actions",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.String(length=64), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("addressed", sa.Boolean(), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("decided", sa.Boolean(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=True),
        sa.Column("completion", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["review_calls.contact_id"], name=op.f("fk_review_actions_contact_id_review_calls")
        ),
        sa.PrimaryKeyConstraint("contact_id", "action_id", name=op.f("pk_review_actions")),
    )
    op.create_table(
        "review_objections",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("objection_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id", "action_id"],
            ["review_actions.contact_id", "review_actions.action_id"],
            name=op.f("fk_review_objections_contact_id_action_id_review_actions"),
        ),
        sa.PrimaryKeyConstraint("contact_id", "action_id", "place", name=op.f("pk_review_objections")),
    )
    op.create_table(
        "review_segments",
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("packed_revision", sa.Integer(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "week", name=op.f("pk_review_segments")),
    )
    op.execute(
        "INSERT INTO review_pending (contact_id, at) "
        "SELECT contact_id, ended_at FROM contacts WHERE ended_at IS NOT NULL"
    )


def downgrade() -> None:
    """Remove the tables, as long as that forgets nobody's look at anybody."""
    if not op.get_context().as_sql:
        kept = op.get_bind().execute(
            sa.text("SELECT (SELECT count(*) FROM review_accesses) + (SELECT count(*) FROM review_notes)")
        )
        if kept.scalar():
            raise CommandError("the log of who looked at the review, or a coaching note, would be lost")
    for name in reversed(_TABLES):
        op.drop_table(name)
