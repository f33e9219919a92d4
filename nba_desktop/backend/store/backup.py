"""Copies of a SQLite database: taken while the backend works, examined before they count, put in place again."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from nba_desktop.backend.errors import ConfigurationError, StoreUnavailable

BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database: of another one, it would be played into what is put back."""


def copy_database(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment, whoever writes to it meanwhile, and leave it durable under its name.

    What was deleted is not in the copy. Raises `StoreUnavailable`, with no copy left behind, and `ConfigurationError`
    where there is a file of that name.
    """
    with _in_place(target) as unfinished:
        try:
            with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=rw", uri=True, timeout=5)) as database:
                database.execute("VACUUM INTO ?", (str(unfinished),))
        except sqlite3.Error as error:
            raise StoreUnavailable(f"the database cannot be copied: {error}") from error
        _examine(unfinished, named=target)


def _examine(file: Path, named: Path) -> None:
    """Read every page and every index of a copy; raise `StoreUnavailable` where one does not hold."""
    try:
        # Nobody else has it open: nothing is written beside it.
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?immutable=1", uri=True)) as database:
            (answer,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            # An empty file is a database, too.
            database.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise StoreUnavailable(f"{named} is no backend's database that can be read: {error}") from error
    if answer != "ok":
        raise StoreUnavailable(f"{named} is damaged: {answer}")


def put_back(copy: Path, target: Path) -> None:
    """Put a copy where a backend looks for its database, and examine it there; nothing that is there is replaced.

    Raises `ConfigurationError` where something is in the way, `StoreUnavailable` for a copy that does not hold.
    """
    for there in (target, *(target.with_name(target.name + end) for end in BESIDE)):
        if there.exists():
            raise ConfigurationError(f"{there} is there already: move it away, or name another folder with --data")
    try:
        opened = copy.open("rb")
    except OSError as error:
        raise ConfigurationError(f"{copy} cannot be read: {error.strerror}") from error
    with opened as content, _in_place(target) as unfinished:
        with unfinished.open("wb") as file:
            shutil.copyfileobj(content, file)
        _examine(unfinished, named=copy)
        _give_to_owner_of(target.parent, unfinished)


@contextmanager
def _in_place(target: Path) -> Iterator[Path]:
    """Lend an empty file of this user alone, which becomes `target` once it is on the disk."""
    if target.exists():
        raise ConfigurationError(f"{target} is there already")
    unfinished: Path | None = None
    try:
        # Made for this user alone before anything is in it.
        handle, name = tempfile.mkstemp(prefix=".unfinished-", dir=target.parent)
        os.close(handle)
        unfinished = Path(name)
        yield unfinished
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        # A link, unlike a renaming, fails where somebody else was faster.
        os.link(unfinished, target)
        _sync_folder(target.parent)
    except FileExistsError:
        raise ConfigurationError(f"{target} is there already") from None
    except OSError as error:
        raise ConfigurationError(f"{target} cannot be written: {error.strerror}") from error
    finally:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)


def _give_to_owner_of(folder: Path, file: Path) -> None:
    """A backend that runs as a user of its own must be able to write what an administrator put back."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        owner = folder.stat()
        os.chown(file, owner.st_uid, owner.st_gid)


def _sync_folder(folder: Path) -> None:
    # Windows opens no folders, and needs none of this.
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
