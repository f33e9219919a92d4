"""A server may be away, set up otherwise, or lose a client in the middle: what is said, and what is left."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import URL, func, insert, select

from nba_desktop.backend.errors import BackendError, ConfigurationError, StoreUnavailable
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.postgresql import OLDEST, read_address, shown
from nba_desktop.backend.store.schema.access import agents
from tests.fakes.backend_site import NOW, with_customers
from tests.fakes.postgresql import Server
from tests.fakes.postgresql_stores import PostgresqlStores
from tests.fakes.query_plans import asked, plans_of

SECRET = "s3cret-word"
WRITE_AND_WAIT = """
import sys
from datetime import UTC, datetime
from sqlalchemy import insert
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.schema.access import agents
with Database(sys.argv[1]).writing() as connection:
    connection.execute(insert(agents).values(agent_id="half", recipient_code="A-half", created_at=datetime.now(UTC)))
    print("written", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def url(postgresql_stores: PostgresqlStores, tmp_path: Path) -> Iterator[URL]:
    yield postgresql_stores.fresh(tmp_path)
    postgresql_stores.test_ended()


@pytest.fixture
def database(url: URL) -> Iterator[Database]:
    with closing(Database(url)) as opened:
        yield opened


@pytest.fixture(scope="module")
def guest(postgresql: Server) -> URL:
    """Somebody who needs a password, and owns nothing."""
    postgresql.run(f"CREATE ROLE guest LOGIN PASSWORD '{SECRET}'")
    return URL.create(
        "postgresql", username="guest", password=SECRET, host="127.0.0.1", port=postgresql.port, database="postgres"
    )


def add(database: Database, name: str) -> None:
    with database.writing() as connection:
        connection.execute(insert(agents).values(agent_id=name, recipient_code=f"A-{name}", created_at=NOW))


def count(database: Database) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(agents)).scalar_one()


def complaint_about(url: URL) -> BackendError:
    with closing(Database(url)) as database, pytest.raises(BackendError) as raised:
        database.check()
    assert SECRET not in str(raised.value)
    return raised.value


def test_nobody_listens(guest: URL) -> None:
    complaint = complaint_about(guest.set(port=1))
    assert isinstance(complaint, StoreUnavailable)
    assert str(complaint) == (
        "the database at postgresql://guest@127.0.0.1:1/postgres cannot be opened: no server listens there: start it, "
        "or put host and port right"
    )


def test_the_password_is_wrong(guest: URL) -> None:
    complaint = complaint_about(guest.set(password="nonsense"))
    assert isinstance(complaint, ConfigurationError)
    assert "the password or the user is wrong" in str(complaint)
    assert "nonsense" not in str(complaint)


def test_the_password_is_missing(guest: URL) -> None:
    without = URL.create("postgresql", username="guest", host=guest.host, port=guest.port, database="postgres")
    assert "the server wants a password: name it in NBA_DATABASE" in str(complaint_about(without))


def test_a_password_may_stand_in_a_file(guest: URL, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(f"*:*:*:guest:{SECRET}\n", encoding="utf-8")
    file.chmod(0o600)
    address = f"postgresql://guest@127.0.0.1:{guest.port}/postgres?passfile={file}"
    # He is let in, and told that he may make no tables there.
    assert "guest may make no tables in postgres: run ALTER DATABASE" in str(complaint_about(read_address(address)))


def test_the_database_is_missing(url: URL) -> None:
    complaint = complaint_about(url.set(database="nowhere"))
    assert isinstance(complaint, ConfigurationError)
    assert 'there is no database nowhere: make it with CREATE DATABASE "nowhere" TEMPLATE template0' in str(complaint)


def test_a_database_that_sorts_by_a_language_is_not_taken(postgresql: Server, url: URL) -> None:
    postgresql.run("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    complaint = str(complaint_about(url.set(database="latin")))
    assert "CREATE DATABASE \"latin\" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'" in complaint


def test_a_server_that_is_too_old_is_not_taken(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    database.check()
    monkeypatch.setattr("nba_desktop.backend.store.postgresql.OLDEST", 99)
    with pytest.raises(ConfigurationError, match=f"the server is PostgreSQL {OLDEST}.*99 or newer is needed"):
        database.check()


def test_the_driver_is_missing(url: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigurationError, match="install 'psycopg\\[binary\\]'"):
        Database(url)


@pytest.mark.parametrize(
    ("address", "complaint"),
    [
        ("nonsense", "cannot be read"),
        (f"postgresql://nba:{SECRET}@host:port/nba", "%40"),
        (f"mysql://nba:{SECRET}@host/nba", "begins with mysql"),
        ("sqlite:///nba", "named with --data"),
        (f"postgresql://nba:{SECRET}@host", "names no database"),
    ],
)
def test_an_address_that_is_none_is_said_and_not_repeated(address: str, complaint: str) -> None:
    with pytest.raises(ConfigurationError, match=complaint) as raised:
        read_address(address)
    assert SECRET not in str(raised.value)


def test_an_address_is_shown_without_its_password() -> None:
    url = read_address(f"postgres://nba:{SECRET}@db.example.org:5433/nba?passfile=/x&sslmode=require")
    assert shown(url) == "postgresql://nba@db.example.org:5433/nba"
    assert url.drivername == "postgresql+psycopg"


def test_a_commit_is_on_disk_whatever_the_server_is_set_to(postgresql: Server, url: URL) -> None:
    postgresql.run(f"ALTER DATABASE {url.database} SET synchronous_commit = off")
    try:
        with closing(Database(url)) as database, database.writing() as connection:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
    finally:
        postgresql.run(f"ALTER DATABASE {url.database} RESET synchronous_commit")


def test_a_reader_writes_nothing(database: Database) -> None:
    with pytest.raises(StoreUnavailable, match="25006"), database.reading() as connection:
        connection.execute(insert(agents).values(agent_id="anna", recipient_code="A-1", created_at=NOW))


def test_a_connection_that_is_lost_in_mid_transaction_leaves_nothing_and_the_next_is_a_new_one(
    postgresql: Server, database: Database, url: URL
) -> None:
    add(database, "before")

    def write_and_lose() -> None:
        with database.writing() as connection:
            connection.execute(insert(agents).values(agent_id="half", recipient_code="A-half", created_at=NOW))
            cut_off(postgresql, url)
            connection.execute(insert(agents).values(agent_id="more", recipient_code="A-more", created_at=NOW))

    with pytest.raises(StoreUnavailable, match="connection to the database server is lost"):
        write_and_lose()
    assert count(database) == 1
    # Between two requests nobody notices at all.
    cut_off(postgresql, url)
    add(database, "after")
    assert count(database) == 2


def cut_off(postgresql: Server, url: URL) -> None:
    postgresql.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{url.database}'")


def test_a_backend_that_is_killed_in_mid_transaction_leaves_nothing_and_keeps_nobody_waiting(
    database: Database, url: URL
) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITE_AND_WAIT, url.render_as_string(hide_password=False)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "written\n"
        with closing(Database(url, busy_wait_s=0.05)) as hasty, pytest.raises(StoreUnavailable, match="busy"):
            add(hasty, "too early")
        writer.kill()
    add(database, "after")
    assert count(database) == 1


def test_the_begin_of_a_number_is_looked_up(postgresql_stores: PostgresqlStores, tmp_path: Path) -> None:
    with postgresql_stores.store_of(with_customers(), tmp_path) as store:
        with asked(store._database) as questions, store.read() as unit:
            assert len(unit.customers.search("K-10423", 10)) == 2
        with store._database.reading() as connection:
            plans = plans_of(connection, questions)
    assert {"ix_customers_customer_no_search", "ix_contracts_contract_no_search"} <= set(plans.lookups)
