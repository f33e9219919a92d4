"""Stores on a PostgreSQL server that begin with what a SQLite file holds; lent for a test, and used again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, create_engine, insert, inspect, select

from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.migrate import migrate
from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.unit import SqlStore
from tests.fakes.backend_site import migrated
from tests.fakes.postgresql import Server

# Foreign keys are not looked at, so that the order does not matter. The driver takes one percent sign for a parameter.
_EMPTY: Final = """
SET LOCAL session_replication_role = replica;
DO $$
DECLARE one record;
BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('DELETE FROM %%I', one.tablename);
  END LOOP;
END $$
"""
_RENUMBER: Final = """
DO $$
DECLARE one record;
BEGIN
  FOR one IN SELECT table_name, column_name, pg_get_serial_sequence(table_name, column_name) AS numbers
      FROM information_schema.columns WHERE table_schema = 'public' AND column_default LIKE 'nextval(%%' LOOP
    EXECUTE format('SELECT setval(%%L, coalesce(max(%%I), 0) + 1, false) FROM %%I',
                   one.numbers, one.column_name, one.table_name);
  END LOOP;
END $$
"""


class LentDatabase(Database):
    """A database that is emptied and used again, because to make one takes longer than most tests."""

    def __init__(self, url: URL, free: list[LentDatabase]) -> None:
        super().__init__(url)
        self.url = url
        self._free = free

    def close(self) -> None:
        if self not in self._free:
            self._free.append(self)

    def end(self) -> None:
        super().close()

    def refill(self, content: bytes) -> None:
        """Bring it to what a SQLite file holds."""
        with self._engine.begin() as connection:
            connection.exec_driver_sql(_EMPTY)
            for name, rows in _rows_of(content).items():
                connection.execute(insert(metadata.tables[name]), rows)
            connection.exec_driver_sql(_RENUMBER)


class PostgresqlStores:
    """Hands out stores on one server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._free: list[LentDatabase] = []
        self._open: dict[Path, LentDatabase] = {}
        self._all: list[LentDatabase] = []
        self._dropped_soon: list[URL] = []
        self._template = server.made()
        with closing(Database(self._template)) as database:
            migrate(database)

    @contextmanager
    def store_of(self, content: bytes, folder: Path) -> Iterator[SqlStore]:
        """A store that begins with what a SQLite file holds; `folder` is only its name."""
        with closing(SqlStore(self._lent(content, folder))) as store:
            yield store

    def url_of(self, folder: Path) -> URL:
        """Where the store is that was last opened under that name."""
        return self._open[folder].url

    def fresh(self, folder: Path) -> URL:
        """Where a database of the newest schema is that holds nothing, until the test ends."""
        return self._lent(migrated(), folder).url

    def empty(self, _folder: Path) -> URL:
        """Where a database is that has no schema yet, until the test ends."""
        url = self._server.made()
        self._dropped_soon.append(url)
        return url

    def test_ended(self) -> None:
        """Take back what was lent."""
        for lent in self._open.values():
            lent.close()
        self._open.clear()
        while self._dropped_soon:
            self._server.drop(self._dropped_soon.pop())

    def end(self) -> None:
        """Close every connection."""
        for lent in self._all:
            lent.end()

    def _lent(self, content: bytes, folder: Path) -> LentDatabase:
        if self._free:
            lent = self._free.pop()
        else:
            lent = LentDatabase(self._server.made(str(self._template.database)), self._free)
            self._all.append(lent)
        lent.refill(content)
        self._open[folder] = lent
        return lent


@cache
def _rows_of(content: bytes) -> Mapping[str, Sequence[dict[str, Any]]]:
    """The rows of each table of a SQLite file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "content.sqlite3"
        file.write_bytes(content)
        engine = create_engine(URL.create("sqlite", database=str(file)))
        try:
            with engine.connect() as connection:
                there = set(inspect(connection).get_table_names())
                found = {
                    table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
                    for table in metadata.sorted_tables
                    if table.name in there
                }
                return {name: rows for name, rows in found.items() if rows}
        finally:
            engine.dispose()
