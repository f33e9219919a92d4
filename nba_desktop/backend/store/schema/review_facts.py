"""The tables of the review's facts."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Uuid,
    false,
)

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

review_pending = Table(
    "review_pending",
    metadata,
    # Contacts whose facts are not up to date: appended with what changed them, removed when the facts are.
    Column("position", Integer, primary_key=True),
    Column("contact_id", Uuid, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

review_calls = Table(
    "review_calls",
    metadata,
    # What follows from events, decisions and outcomes, one row for each call an agent took; they outlive their contact.
    Column("contact_id", Uuid, primary_key=True),
    # The agent's pseudonym; who he is only `agents` says.
    Column("agent", String(16), nullable=False),
    # The team he was in then, "" for none.
    Column("team_id", String(64), nullable=False),
    # The site's day, and the Monday before it.
    Column("day", Date, nullable=False),
    Column("week", Date, nullable=False),
    Column("queue", String(64)),
    Column("concern", String(64)),
    Column("arm", String(16)),
    # The action that stood first.
    Column("stratum", String(64)),
    Column("identified", Boolean, nullable=False),
    Column("authenticated", Boolean, nullable=False),
    Column("solved", Boolean, nullable=False),
    Column("opportunity", Boolean, nullable=False),
    Column("presented", Boolean, nullable=False),
    Column("accepted", Boolean, nullable=False),
    Column("needs_reason", Boolean, nullable=False),
    Column("reason", String(32)),
    Column("consent_missing", Boolean, nullable=False),
    Column("consent_asked", Boolean, nullable=False),
    Column("consent_granted", Boolean, nullable=False),
    Column("consent_pending", Boolean, nullable=False),
    Column("consent_confirmed", Boolean, nullable=False),
    Column("transferred", Boolean, nullable=False),
    # Seconds, None where nobody knows them.
    Column("talk_s", Integer),
    Column("hold_s", Integer),
    Column("after_s", Integer),
    # The customer's next call for the same concern within the site's days, if there was one.
    Column("repeated_by", Uuid),
    # How long the slowest of its views took, None where nothing was painted or nobody waited for it.
    Column("painted_ms", Integer),
    # The day of the customer's opportunity call before this one: arms are compared by his first in a period.
    Column("chance_before", Date),
    Index("ix_review_calls_week_team_id", "week", "team_id"),
    Index("ix_review_calls_agent_day", "agent", "day"),
    Index("ix_review_calls_repeated_by", "repeated_by"),
)

review_actions = Table(
    "review_actions",
    metadata,
    # One row for each recommendation of such a call.
    Column("contact_id", Uuid, ForeignKey("review_calls.contact_id"), nullable=False),
    Column("action_id", String(64), nullable=False),
    Column("rank", Integer),
    Column("shown", Boolean, nullable=False),
    Column("addressed", Boolean, nullable=False),
    Column("offered", Boolean, nullable=False),
    Column("decided", Boolean, nullable=False),
    Column("accepted", Boolean, nullable=False),
    Column("withheld", Boolean, nullable=False),
    Column("code", String(32)),
    Column("completion", String(16)),
    # By the customer soon after the call and not undone, through the call or without it.
    Column("completed_anyhow", Boolean, nullable=False, server_default=false()),
    PrimaryKeyConstraint("contact_id", "action_id"),
)

review_objections = Table(
    "review_objections",
    metadata,
    # The objections to it, in the order they were raised.
    Column("contact_id", Uuid, nullable=False),
    Column("action_id", String(64), nullable=False),
    Column("place", Integer, nullable=False),
    Column("objection_id", String(64), nullable=False),
    PrimaryKeyConstraint("contact_id", "action_id", "place"),
    ForeignKeyConstraint(["contact_id", "action_id"], ["review_actions.contact_id", "review_actions.action_id"]),
)

review_follow_ups = Table(
    "review_follow_ups",
    metadata,
    # What was promised in such a call and not taken back, counted when it is due; the rest is its call's.
    Column("contact_id", Uuid, ForeignKey("review_calls.contact_id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("agent", String(16), nullable=False),
    Column("team_id", String(64), nullable=False),
    Column("queue", String(64)),
    Column("concern", String(64)),
    Column("action_id", String(64)),
    # The site's day, and the Monday before it.
    Column("due", Date, nullable=False),
    Column("week", Date, nullable=False),
    # It was done on that day or before.
    Column("kept", Boolean, nullable=False),
    PrimaryKeyConstraint("contact_id", "place"),
    Index("ix_review_follow_ups_team_id_week", "team_id", "week"),
)

review_segments = Table(
    "review_segments",
    metadata,
    # The same facts of a team's week as packed arrays, so that a review reads a few large values and no rows.
    Column("week", Date, nullable=False),
    Column("team_id", String(64), nullable=False),
    # Counts up whenever a row of that week changes; the content is of the rows as of `packed_revision`.
    Column("revision", Integer, nullable=False),
    Column("packed_revision", Integer),
    Column("content", LargeBinary),
    PrimaryKeyConstraint("team_id", "week"),
)
