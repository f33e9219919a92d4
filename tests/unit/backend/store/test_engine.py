"""Transactions: durable or not at all, one writer at a time, and no foreign error comes through."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection, func, insert, select

from nba_desktop.backend.errors import StoreUnavailable
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.migrate import migrate
from nba_desktop.backend.store.schema.access import agents
from tests.fakes.backend_site import NOW, Files, Stores


@pytest.fixture
def url(tmp_path: Path, each_store: Stores) -> URL:
    return each_store.fresh(tmp_path)


@pytest.fixture
def database(url: URL) -> Iterator[Database]:
    with closing(Database(url)) as opened:
        yield opened


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(Files().fresh(tmp_path))) as opened:
        yield opened


def agent(name: str) -> dict[str, object]:
    return {"agent_id": name, "recipient_code": f"A-{name}"[:16], "created_at": NOW}


def add(database: Database, *names: str) -> None:
    with database.writing() as connection:
        for name in names:
            connection.execute(insert(agents).values(agent(name)))


def fill_the_disk(database: Database) -> None:
    with database.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        for number in range(5000):
            connection.execute(insert(agents).values(agent(f"{number:064}") | {"recipient_code": f"{number}"}))


def count(database: Database) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(agents)).scalar_one()


@contextmanager
def held(database: Database) -> Iterator[None]:
    """Somebody else is writing while the block runs."""
    inside, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with database.writing():
            inside.set()
            leave.wait(20)

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert inside.wait(20)
        yield
    finally:
        leave.set()
        thread.join(20)


def test_sqlite_is_set_to_lose_nothing(on_sqlite: Database) -> None:
    with on_sqlite.reading() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_a_block_that_raises_leaves_nothing(database: Database) -> None:
    def write_and_break() -> None:
        with database.writing() as connection:
            connection.execute(insert(agents).values(agent("anna")))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_break()
    assert count(database) == 0


def test_a_part_that_raises_is_undone_alone(database: Database) -> None:
    def write_and_break(connection: Connection) -> None:
        with connection.begin_nested():
            connection.execute(insert(agents).values(agent("ben")))
            raise ZeroDivisionError

    with database.writing() as connection:
        connection.execute(insert(agents).values(agent("anna")))
        with pytest.raises(ZeroDivisionError):
            write_and_break(connection)
    assert count(database) == 1


def test_a_reader_sees_one_moment(database: Database) -> None:
    with database.reading() as connection:
        before = connection.execute(select(func.count()).select_from(agents)).scalar_one()
        with database.writing() as writer:
            writer.execute(insert(agents).values(agent("anna")))
        after = connection.execute(select(func.count()).select_from(agents)).scalar_one()
    assert (before, after, count(database)) == (0, 0, 1)


def test_a_broken_rule_of_the_database_is_translated(database: Database) -> None:
    with pytest.raises(StoreUnavailable, match="the database refused: IntegrityError") as raised:
        add(database, "anna", "anna")
    assert "anna" not in str(raised.value)
    assert count(database) == 0


def test_a_full_disk_is_said_and_leaves_nothing_half_written(on_sqlite: Database, tmp_path: Path) -> None:
    add(on_sqlite, "before")
    with pytest.raises(StoreUnavailable) as raised:
        fill_the_disk(on_sqlite)
    file = tmp_path / "backend.sqlite3"
    assert raised.value.reason == "the database refused: database or disk is full"
    assert str(raised.value) == f"{raised.value.reason}: make room on the disk of {file}"
    assert count(on_sqlite) == 1


def test_a_database_locked_by_another_process_is_said(database: Database, url: URL) -> None:
    # Its own connections and its own lock, as another process has.
    with closing(Database(url, busy_wait_s=0.05)) as hasty:
        with held(database), pytest.raises(StoreUnavailable, match="busy"):
            add(hasty, "anna")
        assert count(hasty) == 0
        add(hasty, "anna")
        assert count(database) == 1


def test_a_writer_waits_only_so_long_for_another(url: URL) -> None:
    with closing(Database(url, writer_wait_s=0.05)) as database:
        with held(database), pytest.raises(StoreUnavailable, match="busy"), database.writing():
            pass
        add(database, "anna")
        assert count(database) == 1


def test_what_a_writer_reads_is_never_older_than_its_turn(database: Database, url: URL) -> None:
    """The next position is one more than the last: whoever waited must see what was written meanwhile."""
    with closing(Database(url)) as other:

        def number(process: Database) -> None:
            for _ in range(15):
                with process.writing() as connection:
                    name = str(connection.execute(select(func.count()).select_from(agents)).scalar_one())
                    connection.execute(insert(agents).values(agent(name)))

        threads = [threading.Thread(target=number, args=(process,)) for process in (database, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(40)
    # A number that was given twice would have been refused.
    assert count(database) == 30


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3").write_bytes(b"not a database at all, and long enough to be read as one" * 50)
    url = URL.create("sqlite", database=str(tmp_path / "x.sqlite3"))
    with pytest.raises(StoreUnavailable, match="file is not a database"), closing(Database(url)) as database:
        migrate(database)
    assert (tmp_path / "x.sqlite3").read_bytes().startswith(b"not a database")
