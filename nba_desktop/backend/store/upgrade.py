"""Run the migrations that a database is missing, or undo some."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from nba_desktop.backend.errors import ConfigurationError, StoreTooNew
from nba_desktop.backend.store.engine import Database

MIGRATIONS = Path(__file__).parent / "migrations"


def alembic_config() -> Config:
    """Return the settings that name the folder of the migrations."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def upgrade(database: Database) -> None:
    """Run every migration that is missing, in one transaction; two processes starting at once take turns."""
    config = alembic_config()
    with database.writing() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreTooNew("the database was made by a newer version of this program: update the program") from error


def downgrade(database: Database, version: str) -> None:
    """Undo the migrations behind a version, all or none.

    Raises `ConfigurationError` when there is no such version before, or when that would lose what was recorded since.
    """
    config = alembic_config()
    with database.writing() as connection:
        config.attributes["connection"] = connection
        try:
            command.downgrade(config, version)
        except CommandError as error:
            raise ConfigurationError(
                f"the database cannot go back to {version}: {error}; restore the copy made before the upgrade"
            ) from error
