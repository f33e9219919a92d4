"""Bring a database to the schema of this version."""

from __future__ import annotations

from typing import Final

from sqlalchemy import column, inspect, select, table

from nba_desktop.backend.store.engine import Database

NEWEST: Final = "0018"
"""The last migration there is."""

_VERSION: Final = table("alembic_version", column("version_num"))


def migrate(database: Database) -> None:
    """Run the migrations that are missing, if any; raise `StoreTooNew` for a database of a newer version."""
    if version_of(database) != NEWEST:
        # Most starts find the schema as it is, and need not wait until Alembic is imported.
        from nba_desktop.backend.store.upgrade import upgrade

        upgrade(database)


def version_of(database: Database) -> str | None:
    """Return the last migration that a database has seen, or None for none."""
    with database.reading() as connection:
        if not inspect(connection).has_table(_VERSION.name):
            return None
        version: str | None = connection.execute(select(_VERSION.c.version_num)).scalar()
        return version
