"""Unconfirmed responses, as the services ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from nba_desktop.backend.rows.decisions import ResponseRow
from nba_desktop.contract.codes import ResponseCode


class PendingStore(Protocol):
    """What waits to be confirmed."""

    def waiting(
        self, since: datetime, before: datetime, after: tuple[datetime, UUID], limit: int
    ) -> Sequence[ResponseRow]:
        """Return the standing yeses of [since, before) without an outcome, in order, behind `after` (at, event id)."""

    def who_said(self, action_id: str, codes: Iterable[ResponseCode], after: str, limit: int) -> Sequence[str]:
        """Return customers who once said one of the codes of an action and did not take it back, by id, behind one."""
