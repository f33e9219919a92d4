"""What agents say against recommendations, in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from nba_desktop.backend.rows.feedback import FeedbackRow
from nba_desktop.backend.store.schema.feedback import feedback
from nba_desktop.contract.codes import FeedbackReason

_ADD = insert(feedback)
_BY_ID = select(feedback).where(feedback.c.feedback_id == bindparam("feedback_id"))
_ANSWER = update(feedback).where(feedback.c.feedback_id == bindparam("of_feedback"))
_OPEN = (
    select(feedback)
    .where(feedback.c.answered_at.is_(None))
    .order_by(feedback.c.at, feedback.c.feedback_id)
    .limit(bindparam("limit"))
)
_OF_AGENT = (
    select(feedback)
    .where(feedback.c.agent_id == bindparam("agent_id"), feedback.c.at >= bindparam("since"))
    .order_by(feedback.c.at.desc(), feedback.c.feedback_id.desc())
    .limit(bindparam("limit"))
)
_TIMES = (
    select(feedback.c.action_id, feedback.c.reason, func.count().label("times"))
    .where(feedback.c.action_id.in_(bindparam("action_ids", expanding=True)), feedback.c.at >= bindparam("since"))
    .group_by(feedback.c.action_id, feedback.c.reason)
)


class FeedbackTable:
    """Appends and reads what was said, and keeps the answers, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, said: FeedbackRow) -> None:
        """Append what was said."""
        self._connection.execute(_ADD, asdict(said))

    def by_id(self, feedback_id: UUID) -> FeedbackRow | None:
        """Return it, or None."""
        found = self._rows(_BY_ID, {"feedback_id": feedback_id})
        return found[0] if found else None

    def answer(self, feedback_id: UUID, at: datetime, by: str, answer: str) -> None:
        """Keep the owner's answer."""
        self._connection.execute(
            _ANSWER, {"of_feedback": feedback_id, "answered_at": at, "answered_by": by, "answer": answer}
        )

    def open(self, limit: int) -> Sequence[FeedbackRow]:
        """Return what waits for an answer, oldest first."""
        return self._rows(_OPEN, {"limit": limit})

    def of_agent(self, agent_id: str, since: datetime, limit: int) -> Sequence[FeedbackRow]:
        """Return what an agent said since a moment, newest first."""
        return self._rows(_OF_AGENT, {"agent_id": agent_id, "since": since, "limit": limit})

    def times(self, action_ids: Iterable[str], since: datetime) -> Mapping[tuple[str, FeedbackReason], int]:
        """Return how often actions were questioned since a moment, by action and reason."""
        found = self._connection.execute(_TIMES, {"action_ids": sorted(set(action_ids)), "since": since})
        return {(row.action_id, FeedbackReason(row.reason)): row.times for row in found}

    def _rows(self, statement: Select[*tuple[Any, ...]], values: Mapping[str, object]) -> Sequence[FeedbackRow]:
        found = self._connection.execute(statement, values).mappings()
        return [FeedbackRow(**{**row, "reason": FeedbackReason(row["reason"])}) for row in found]
