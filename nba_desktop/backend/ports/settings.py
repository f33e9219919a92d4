"""The site's own settings, as the services ask for them."""

from __future__ import annotations

from typing import Protocol

from nba_desktop.backend.rows.settings import SettingRow


class SettingStore(Protocol):
    """What the site says while it runs."""

    def get(self, name: str) -> SettingRow | None:
        """Return a setting, or None."""

    def put(self, setting: SettingRow) -> None:
        """Set or replace a setting."""
