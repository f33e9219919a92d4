"""Outcomes of other systems, as the services ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from nba_desktop.backend.rows.outcomes import OutcomeRow


class OutcomeStore(Protocol):
    """What other systems say became of recommendations."""

    def add(self, outcome: OutcomeRow) -> None:
        """Append an outcome."""

    def add_all(self, rows: Sequence[OutcomeRow]) -> None:
        """Append outcomes."""

    def by_id(self, event_id: UUID) -> OutcomeRow | None:
        """Return an outcome, or None."""
