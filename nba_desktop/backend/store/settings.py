"""What the site says while it runs, in the database."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, bindparam, delete, insert, select

from nba_desktop.backend.rows.settings import SettingRow
from nba_desktop.backend.store.schema.settings import site_settings

_GET = select(site_settings).where(site_settings.c.name == bindparam("name"))
_FORGET = delete(site_settings).where(site_settings.c.name == bindparam("name"))
_PUT = insert(site_settings)


class Settings:
    """Reads and replaces settings within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> SettingRow | None:
        """Return a setting, or None."""
        row = self._connection.execute(_GET, {"name": name}).mappings().one_or_none()
        return None if row is None else SettingRow(**row)

    def put(self, setting: SettingRow) -> None:
        """Set or replace a setting."""
        self._connection.execute(_FORGET, {"name": setting.name})
        self._connection.execute(_PUT, asdict(setting))
