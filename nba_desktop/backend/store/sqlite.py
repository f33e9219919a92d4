"""What is special about SQLite: a file, one writer at a time, and a driver that leaves its transactions to us."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from sqlite3 import (
    SQLITE_BUSY,
    SQLITE_CANTOPEN,
    SQLITE_CORRUPT,
    SQLITE_FULL,
    SQLITE_IOERR,
    SQLITE_NOTADB,
    SQLITE_PERM,
    SQLITE_READONLY,
)
from sqlite3 import Connection as SqliteConnection
from sqlite3 import Error as SqliteError
from typing import Final

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from nba_desktop.backend.errors import StoreBusy, StoreUnavailable

_WRITES: Final = "nba_writes"
_PRIMARY: Final = 0xFF
"""The part of an error's code that says its kind; what is above says more of it."""
_RIGHTS: Final = "the user that this runs as must be able to read and write {file} and its folder"
_DAMAGED: Final = "move {file} away as it is, and put a copy back with `nba-desktop backend restore`"
_WAYS_OUT: Final = {
    SQLITE_FULL: "make room on the disk of {file}",
    SQLITE_CANTOPEN: _RIGHTS,
    SQLITE_PERM: _RIGHTS,
    SQLITE_READONLY: f"{_RIGHTS}, on a disk that is not read-only",
    SQLITE_IOERR: "look after the disk of {file}",
    SQLITE_CORRUPT: _DAMAGED,
    SQLITE_NOTADB: _DAMAGED,
}
"""What is said in SQLite's own words, which name neither statements nor values; and what to do."""


class Sqlite:
    """Transactions on a file; `busy_wait_s` is the longest wait for a writer of another process."""

    def __init__(self, url: URL, busy_wait_s: float) -> None:
        # Parameters are personal data: they must not appear in error texts.
        self.engine = create_engine(url, hide_parameters=True, pool_size=10, max_overflow=40, pool_timeout=10)
        event.listen(self.engine, "connect", partial(_on_connect, busy_wait_s))
        event.listen(self.engine, "begin", _on_begin)
        self._file = url.database
        self.reads: Engine = self.engine
        self.writes: Engine = self.engine.execution_options(**{_WRITES: True})

    def check(self) -> None:
        """Ask nothing: a file that is no database says so when it is read."""

    def tidy(self) -> None:
        """Write the file anew, without what earlier versions of the program left of removed rows, and empty its log."""
        # Not within a transaction, which a connection of the engine's always is.
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            blocked, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            cursor.close()
        except SqliteError as error:
            raise StoreUnavailable(f"the file cannot be written anew: {error}") from error
        finally:
            connection.close()
        if blocked:
            raise StoreUnavailable("the file's log is still being read")

    def trouble(self, error: DBAPIError) -> StoreUnavailable:
        """Return why a statement was refused; never what it was."""
        return _trouble(error.orig, self._file)


def run(connection: Connection, statement: str, values: Sequence[object]) -> int:
    """Run a statement with values as SQLite keeps them, straight by the driver, and return how many rows it changed.

    For what is done once a transaction and must be no slower than the disk; errors leave as `StoreUnavailable`.
    """
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
    except SqliteError as error:
        raise _trouble(error, connection.engine.url.database) from error
    finally:
        cursor.close()


def _trouble(error: BaseException | None, file: str | None) -> StoreUnavailable:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code == SQLITE_BUSY:
        return StoreBusy("the store is busy with another write")
    if code in _WAYS_OUT:
        return StoreUnavailable(f"the database refused: {error}", _WAYS_OUT[code].format(file=file))
    return StoreUnavailable(f"the database refused: {type(error).__name__}")


def _on_connect(busy_wait_s: float, connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver begins transactions late and never for reads or DDL: it is told to leave them to us.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {int(busy_wait_s * 1000)}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # What is deleted or replaced is overwritten: what a customer had erased is not to be found in the file.
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    # A transaction that begins as a reader and writes later fails at once when another writer was faster.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
