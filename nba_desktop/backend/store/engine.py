"""Connections and transactions; what is special about a database is said in `sqlite` and `postgresql` beside this."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from sqlalchemy import URL, Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from nba_desktop.backend.errors import StoreBusy, StoreUnavailable
from nba_desktop.backend.store.postgresql import Postgresql
from nba_desktop.backend.store.sqlite import Sqlite


class _Kind(Protocol):
    """One kind of database: how it reads one moment, lets one writer in at a time, and says what is wrong."""

    engine: Engine
    reads: Engine
    writes: Engine

    def check(self) -> None: ...

    def tidy(self) -> None: ...

    def trouble(self, error: DBAPIError) -> StoreUnavailable: ...


class Database:
    """Hands out transactions: any number that read, one at a time that writes.

    Every write is on disk when its block ends. `writer_wait_s` is the longest wait for another writer of this process,
    `busy_wait_s` for one of another process. Database errors leave as `StoreUnavailable`, with nothing half-written.
    """

    def __init__(self, url: str | URL, writer_wait_s: float = 10.0, busy_wait_s: float = 5.0) -> None:
        address = make_url(url)
        kind = Sqlite if address.get_backend_name() == "sqlite" else Postgresql
        self._kind: _Kind = kind(address, busy_wait_s)
        self._engine = self._kind.engine
        self._writer = threading.Lock()
        self._writer_wait_s = writer_wait_s

    def check(self) -> None:
        """Raise a `ConfigurationError` or `StoreUnavailable` that says why this database cannot be used, if so."""
        self._kind.check()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one moment of the store."""
        with self._translated(), self._kind.reads.begin() as connection:
            yield connection

    @contextmanager
    def writing(self, wait_s: float | None = None) -> Iterator[Connection]:
        """Open the transaction that may write; it is committed durably or not at all.

        With `wait_s` it waits for another writer of this process no longer than that.
        """
        if not self._writer.acquire(timeout=self._writer_wait_s if wait_s is None else wait_s):
            raise StoreBusy("the store is busy with another write")
        try:
            with self._translated(), self._kind.writes.begin() as connection:
                yield connection
        finally:
            self._writer.release()

    def tidy(self) -> None:
        """Leave nothing of what was removed in the database's file; raise `StoreUnavailable` while it is in use."""
        if not self._writer.acquire(timeout=self._writer_wait_s):
            raise StoreBusy("the store is busy with another write")
        try:
            with self._translated():
                self._kind.tidy()
        finally:
            self._writer.release()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise self._kind.trouble(error) from error
        except PoolTimeout as error:
            raise StoreUnavailable("no database connection became free in time") from error
