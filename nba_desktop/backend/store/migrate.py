"""Bring a database to the schema of this version."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, column, inspect, select, table

from nba_desktop.backend.store.engine import Database

NEWEST: Final = "0004"
"""The last migration there is."""

_VERSION: Final = table("alembic_version", column("version_num"))


def migrate(database: Database) -> None:
    """Run the migrations that are missing, if any; raise `StoreTooNew` for a database of a newer version."""
    with database.reading() as connection:
        current = _version(connection)
    if current != NEWEST:
        # Most starts find the schema as it is, and need not wait until Alembic is imported.
        from nba_desktop.backend.store.upgrade import upgrade

        upgrade(database)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_VERSION.name):
        return None
    version: str | None = connection.execute(select(_VERSION.c.version_num)).scalar()
    return version
