"""What customers want done with their data, as the services ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from nba_desktop.backend.subject.records import WishRow


class WishStore(Protocol):
    """What customers ask for their own data in calls."""

    def add(self, wish: WishRow) -> None:
        """Append a wish that nobody has answered."""

    def by_id(self, wish_id: UUID) -> WishRow | None:
        """Return a wish, or None."""

    def answer(self, wish: WishRow) -> None:
        """Keep a wish's answer."""

    def open(self, limit: int) -> Sequence[WishRow]:
        """Return what waits for an answer, oldest first."""

    def of_agent(self, agent_id: str, limit: int) -> Sequence[WishRow]:
        """Return what an agent was told, as long as it is kept, what changed last first."""
