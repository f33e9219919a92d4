"""Promises to customers, as the services ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from nba_desktop.backend.rows.follow_ups import FollowUpRow
from nba_desktop.contract.codes import FollowUpKind


class FollowUpStore(Protocol):
    """What was promised."""

    def add(self, follow_up: FollowUpRow) -> None:
        """Add a promise."""

    def by_id(self, follow_up_id: UUID) -> FollowUpRow | None:
        """Return a promise, or None."""

    def cancel(self, follow_up_id: UUID, at: datetime) -> None:
        """Take a promise back."""

    def set_done(self, follow_up_id: UUID, at: datetime, by: str) -> None:
        """Say that it was kept, and by whom."""

    def open_of(self, agent_id: str, until: date, limit: int) -> Sequence[FollowUpRow]:
        """Return an agent's open promises up to a day, the one that is due first before the others."""

    def open_of_kind(
        self, kind: FollowUpKind, until: date, after: tuple[date, UUID], limit: int
    ) -> Sequence[FollowUpRow]:
        """Return everybody's open promises of a kind up to a day, by day and id, behind `after`."""
