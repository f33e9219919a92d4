"""Commands on a database of a server: named by an option or by a variable, and never with its password."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from nba_desktop.backend.cli import main
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.opening import now_utc, open_store
from nba_desktop.backend.store.migrate import NEWEST
from nba_desktop.backend.tokens import TokenService
from nba_desktop.contract.codes import Role
from tests.fakes.backend_site import Client, backend_app, migrated, serving, started
from tests.fakes.postgresql import Server
from tests.fakes.postgresql_stores import PostgresqlStores

RESOURCES = Path(__file__).parents[3] / "resources"
SECRET = "s3cret-word"


@pytest.fixture
def filled(postgresql_stores: PostgresqlStores, tmp_path: Path) -> Iterator[str]:
    """The address of a backend's database."""
    yield address(postgresql_stores.fresh(tmp_path))
    postgresql_stores.test_ended()


@pytest.fixture
def empty(postgresql: Server) -> Iterator[URL]:
    url = postgresql.made()
    yield url
    postgresql.drop(url)


def address(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def run(*arguments: str) -> int:
    """The exit code of a command, whichever way it ends."""
    try:
        return main(arguments, RESOURCES)
    except SystemExit as end:
        return int(str(end.code))


def test_what_one_command_writes_the_next_one_reads(
    filled: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("token", "create", "--database", filled, "--agent", "anna", "--role", "agent") == 0
    assert run("ledger", "verify", "--database", filled) == 0
    monkeypatch.setenv("NBA_DATABASE", filled)
    assert run("token", "list") == 0
    out, err = capsys.readouterr()
    assert "  anna  " in out
    assert "the ledger holds: 0 entries" in out
    assert err == "This token is not shown again.\n"


def test_a_folder_that_is_named_counts_more_than_the_variable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NBA_DATABASE", "postgresql://nobody@127.0.0.1:1/nowhere")
    (tmp_path / "backend.sqlite3").write_bytes(migrated())
    assert run("token", "create", "--data", str(tmp_path), "--agent", "anna", "--role", "agent") == 0
    assert run("token", "list") == 2
    assert "no server listens there" in capsys.readouterr().err


def test_a_database_without_a_backend_is_left_as_it_is(
    postgresql: Server, empty: URL, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (("list",), ("create", "--agent", "anna", "--role", "agent")):
        assert run("token", *command, "--database", address(empty)) == 2
        said = capsys.readouterr().err
        assert "is empty: name a backend's, or make it one with `nba-desktop backend serve`" in said
    assert not any("CREATE TABLE" in line for line in postgresql.dumped(empty))


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ((), "one of the arguments --data --database is required"),
        (("--data", "x", "--database", "postgresql://nba@127.0.0.1/nba"), "not allowed with argument --data"),
        (("--database", f"mysql://nba:{SECRET}@127.0.0.1/nba"), "begins with mysql"),
        (("--database", f"postgresql://nba:{SECRET}@127.0.0.1:1/nba"), "Everybody on this machine can read"),
    ],
)
def test_what_names_no_database_is_said_without_its_password(
    capsys: pytest.CaptureFixture[str], options: tuple[str, ...], complaint: str
) -> None:
    assert run("token", "list", *options) == 2
    out, err = capsys.readouterr()
    assert complaint in err
    assert SECRET not in out + err


def test_a_variable_that_names_no_database_is_said_without_its_password(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NBA_DATABASE", f"postgresql://nba:{SECRET}@127.0.0.1")
    assert run("token", "list") == 2
    err = capsys.readouterr().err
    assert "NBA_DATABASE: the database's address names no database" in err
    assert SECRET not in err


def test_a_backend_serves_from_a_server(empty: URL, tmp_path: Path) -> None:
    with backend_app(tmp_path, database=empty) as app, serving(app) as url:
        with open_store(BackendConfig(tmp_path, tmp_path, database=empty)) as store:
            token = TokenService(store, now_utc).create("anna", frozenset({Role.AGENT}))
        start = started()
        answer = Client(url, token).post("/v1/contacts", start)
        assert answer.status_code == 200, answer.text
        assert answer.json()["contact_id"] == str(start.contact_id)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_database_goes_back_to_an_earlier_version_and_forth(
    kind: str, empty: URL, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("--data", str(tmp_path)) if kind == "sqlite" else ("--database", address(empty))
    with open_store(BackendConfig(tmp_path, tmp_path, database=None if kind == "sqlite" else empty)):
        pass
    assert run("migrate", "--to", "0004", *where) == 0
    assert run("migrate", *where) == 0
    assert run("migrate", "--to", "7777", *where) == 2
    assert run("migrate", "--to", "base", *where) == 2
    out, err = capsys.readouterr()
    assert out.splitlines() == [f"the database has the schema of version {one}" for one in ("0004", NEWEST)]
    assert "the database cannot go back to 7777: " in err
    assert "'base' is not a version: four digits, such as 0004" in err
