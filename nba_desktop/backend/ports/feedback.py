"""Agents' feedback, as the services ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from nba_desktop.backend.rows.feedback import FeedbackRow
from nba_desktop.contract.codes import FeedbackReason


class FeedbackStore(Protocol):
    """What agents say against recommendations."""

    def add(self, said: FeedbackRow) -> None:
        """Append what was said."""

    def by_id(self, feedback_id: UUID) -> FeedbackRow | None:
        """Return it, or None."""

    def answer(self, feedback_id: UUID, at: datetime, by: str, answer: str) -> None:
        """Keep the owner's answer."""

    def open(self, limit: int) -> Sequence[FeedbackRow]:
        """Return what waits for an answer, oldest first."""

    def of_agent(self, agent_id: str, since: datetime, limit: int) -> Sequence[FeedbackRow]:
        """Return what an agent said since a moment, newest first."""

    def times(self, action_ids: Iterable[str], since: datetime) -> Mapping[tuple[str, FeedbackReason], int]:
        """Return how often actions were questioned since a moment, by action and reason."""
