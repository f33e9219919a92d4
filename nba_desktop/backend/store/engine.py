"""Connections and transactions; the one file that knows what is special about SQLite."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from nba_desktop.backend.errors import StoreUnavailable

_WRITES = "nba_writes"


class Database:
    """Hands out transactions: any number that read, one at a time that writes.

    Every write is on disk when its block ends. `writer_wait_s` is the longest wait for another writer of this process,
    `busy_wait_s` for one of another process where the database is a file. Database errors leave as
    `StoreUnavailable`, with nothing half-written.
    """

    def __init__(self, url: str | URL, writer_wait_s: float = 10.0, busy_wait_s: float = 5.0) -> None:
        # Parameters are personal data: they must not appear in error texts.
        self._engine = create_engine(url, hide_parameters=True, pool_size=10, max_overflow=40, pool_timeout=10)
        if self._engine.dialect.name == "sqlite":
            _tune_sqlite(self._engine, busy_wait_s)
        self._write_engine = self._engine.execution_options(**{_WRITES: True})
        self._writer = threading.Lock()
        self._writer_wait_s = writer_wait_s

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one moment of the store."""
        with _translated(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open the transaction that may write; it is committed durably or not at all."""
        if not self._writer.acquire(timeout=self._writer_wait_s):
            raise StoreUnavailable("the store is busy with another write")
        try:
            with _translated(), self._write_engine.begin() as connection:
                yield connection
        finally:
            self._writer.release()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise StoreUnavailable(f"the database refused: {type(error.orig).__name__}") from error
    except PoolTimeout as error:
        raise StoreUnavailable("no database connection became free in time") from error


def _tune_sqlite(engine: Engine, busy_wait_s: float) -> None:
    event.listen(engine, "connect", partial(_on_sqlite_connect, busy_wait_s))
    event.listen(engine, "begin", _on_sqlite_begin)


def _on_sqlite_connect(busy_wait_s: float, connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver begins transactions late and never for reads or DDL: it is told to leave them to us.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {int(busy_wait_s * 1000)}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _on_sqlite_begin(connection: Connection) -> None:
    # A transaction that begins as a reader and writes later fails at once when another writer was faster.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
