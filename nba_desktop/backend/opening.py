"""What every command of the backend begins with, whether it serves or not: the moment and the store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime

from sqlalchemy import URL

from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.migrate import migrate, version_of
from nba_desktop.backend.store.postgresql import shown
from nba_desktop.backend.store.unit import SqlStore


def now_utc() -> datetime:
    """Return the moment."""
    return datetime.now(UTC)


@contextmanager
def open_store(config: BackendConfig, existing: bool = False) -> Iterator[SqlStore]:
    """Open the store at the schema of this version, making it when it is missing; closed when the block ends.

    With `existing` a missing one raises `ConfigurationError`: a mistyped name must not make an empty one.
    """
    with open_database(config, existing) as database:
        migrate(database)
        yield SqlStore(database)


@contextmanager
def open_database(config: BackendConfig, existing: bool) -> Iterator[Database]:
    """Open the database at whatever version it is, with `existing` only where a backend keeps something in it."""
    if config.database is None:
        if existing and not config.database_file.is_file():
            raise ConfigurationError(
                f"there is no backend's database in {config.data}: name its folder with --data, or begin one there "
                f"with `nba-desktop backend serve --data {config.data}`"
            )
        _make_file(config)
    with closing(Database(database_url(config))) as database:
        database.check()
        if existing and config.database is not None and version_of(database) is None:
            raise ConfigurationError(
                f"the database at {shown(config.database)} is empty: name a backend's, or make it one with "
                "`nba-desktop backend serve`"
            )
        yield database


def begins_anew(config: BackendConfig) -> bool:
    """Say whether no backend has kept anything yet where this one would: to open its store is to begin a new one."""
    if config.database is None:
        return not config.database_file.is_file()
    with open_database(config, existing=False) as database:
        return version_of(database) is None


def _make_file(config: BackendConfig) -> None:
    try:
        config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made before SQLite makes it, so that it and the log beside it are this user's alone. One that is there is left
        # untouched: to close it would drop the locks of whoever in this process has it open.
        with suppress(FileExistsError):
            os.close(os.open(config.database_file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            return
        size = config.database_file.stat().st_size
    except OSError as error:
        raise ConfigurationError(f"the folder {config.data} cannot be used: {error.strerror}") from error
    # SQLite takes an empty file for a new database: what was there would be gone without a word.
    if not size:
        raise ConfigurationError(
            f"{config.database_file} is damaged: it is empty. Move it away, then put a copy back with `nba-desktop "
            f"backend restore COPY --data {config.data}`; without it a new database is begun"
        )


def database_url(config: BackendConfig) -> URL:
    """Return where SQLAlchemy finds the database."""
    return config.database or URL.create("sqlite", database=str(config.database_file))
