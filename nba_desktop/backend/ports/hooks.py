"""Sources of webhooks, as the services ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from nba_desktop.backend.rows.hooks import HookRow


class HookStore(Protocol):
    """Telephone systems that report by webhook, and whom their users stand for."""

    def add(self, hook: HookRow) -> bool:
        """Add a source; False when there is one of that name."""

    def all(self) -> Sequence[HookRow]:
        """Return every source, by name."""

    def set_secret(self, source: str, secret_sha256: str | None, signing_key: str | None) -> bool:
        """Replace the secret; False when there is no such source."""

    def remove(self, source: str) -> bool:
        """Remove a source with its users; False when there is none."""

    def users(self) -> Sequence[tuple[str, str, str]]:
        """Return source, user and agent of every mapping, in order."""

    def map_user(self, source: str, user: str, agent_id: str) -> bool:
        """Let a user stand for an agent, too; False when he does already."""

    def unmap_user(self, source: str, user: str, agent_id: str | None) -> int:
        """Take back one mapping of a user, or with None all of them; return how many there were."""
