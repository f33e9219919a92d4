"""A backend's database copied while it works, tried, and put back."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from nba_desktop.backend.cli import main
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.opening import open_store
from nba_desktop.backend.store.backup import put_back
from nba_desktop.contract.base import new_id
from tests.fakes.backend_ledger import entry
from tests.fakes.backend_site import with_customers

RESOURCES = Path(__file__).parents[3] / "resources"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A backend with three entries in its ledger."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "backend.sqlite3").write_bytes(with_customers())
    with open_store(config(folder)) as store, store.write() as unit:
        for _ in range(3):
            unit.consents.append(entry(event_id=new_id(), wording_id=None, wording_sha256=None))
    return folder


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    folder = tmp_path / "copies"
    folder.mkdir()
    return folder


def config(folder: Path) -> BackendConfig:
    return BackendConfig(data=folder, resources=RESOURCES)


def run(*arguments: object) -> int:
    try:
        return main([str(one) for one in arguments], RESOURCES)
    except SystemExit as end:
        return int(str(end.code))


@contextmanager
def writing(data: Path) -> Iterator[None]:
    """A backend that goes on recording, entry after entry, as long as the block lasts."""
    enough, began = threading.Event(), threading.Event()

    def write() -> None:
        with open_store(config(data)) as store:
            while not enough.is_set():
                with store.write() as unit:
                    unit.consents.append(entry(event_id=new_id(), wording_id=None, wording_sha256=None))
                began.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert began.wait(20)
        yield
    finally:
        enough.set()
        writer.join(20)


def test_a_copy_made_while_the_backend_writes_is_one_whole_moment_of_it(
    data: Path, copies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with writing(data):
        assert run("backup", "--data", data, "--to", copies) == 0
    (copy,) = copies.iterdir()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert f"{copy}: " in capsys.readouterr().out
    assert run("restore", copy, "--check") == 0
    assert list(copies.iterdir()) == [copy]

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert run("restore", copy, "--data", elsewhere) == 0
    capsys.readouterr()
    assert run("ledger", "verify", "--data", elsewhere) == 0
    entries = int(capsys.readouterr().out.removeprefix("the ledger holds: ").split()[0])
    assert entries >= 4
    assert [one.name for one in elsewhere.iterdir()] == ["backend.sqlite3"]
    with closing(sqlite3.connect(elsewhere / "backend.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM customers").fetchone()[0] > 0


def test_nothing_that_is_there_is_replaced(data: Path, copies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = copies / "copy.sqlite3"
    assert run("backup", "--data", data, "--to", copy) == 0
    before = copy.read_bytes()
    assert run("backup", "--data", data, "--to", copy) == 2
    assert run("restore", copy, "--data", data) == 2
    assert "is there already" in capsys.readouterr().err
    assert copy.read_bytes() == before
    # The log of another database would be played into this one.
    empty = copies / "empty"
    empty.mkdir()
    (empty / "backend.sqlite3-wal").write_bytes(b"of another")
    assert run("restore", copy, "--data", empty) == 2
    assert [one.name for one in empty.iterdir()] == ["backend.sqlite3-wal"]


def test_a_copy_that_cannot_be_read_is_named(copies: Path, tmp_path: Path) -> None:
    # Nothing can be read of a folder, not even by root.
    with pytest.raises(ConfigurationError, match=f"^{copies} cannot be read: "):
        put_back(copies, tmp_path / "backend.sqlite3")
    assert not (tmp_path / "backend.sqlite3").exists()


def test_a_folder_keeps_as_many_copies_as_it_is_told(data: Path, copies: Path) -> None:
    old = [copies / f"nba-backend-2026010{day}T000000Z.sqlite3" for day in (1, 2, 3)]
    for one in (*old, copies / "of-somebody-else.sqlite3"):
        one.touch()
    assert run("backup", "--data", data, "--to", copies, "--keep", 2) == 0
    left = sorted(one.name for one in copies.iterdir())
    assert len(left) == 3
    assert left[0] == old[-1].name
    assert left[-1] == "of-somebody-else.sqlite3"


def test_a_copy_that_was_changed_is_not_put_back(data: Path, copies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = copies / "copy.sqlite3"
    assert run("backup", "--data", data, "--to", copy) == 0
    whole = copy.read_bytes()

    with closing(sqlite3.connect(copy)) as database, database:
        database.execute("UPDATE consent_events SET note = 'x' WHERE position = 2")
    assert run("restore", copy, "--check") == 1
    assert "the ledger is broken at entry 2: the entry was changed" in capsys.readouterr().err

    empty = copies / "empty"
    empty.mkdir()
    for content in (whole[: len(whole) // 2], b"SQLite format 3\0" + bytes(5000), b"", b"no database at all" * 400):
        copy.write_bytes(content)
        assert run("restore", copy, "--data", empty) != 0
        assert list(empty.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("backup", "--data", "{data}/none", "--to", "{data}"), "there is no backend's database in"),
        (("backup", "--data", "{data}", "--to", "{data}/none/a.db"), "cannot be written: No such file or directory"),
        (("backup", "--data", "{data}", "--to", "{data}/none"), "there is no folder"),
        (("backup", "--data", "{data}", "--to", "{data}/a.db", "--keep", "3"), "name a folder that is there with --to"),
        (("backup", "--data", "{data}", "--to", "{data}", "--keep", "0"), "'0' is not a number of copies"),
        (("backup", "--database", "postgresql://nba@127.0.0.1/nba", "--to", "{data}"), "pg_dump --format=custom"),
        (("restore", "{data}/none", "--check"), "there is no file"),
        (("restore", "{data}/backend.sqlite3", "--data", "{data}/none"), "there is no folder"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_way_out(
    data: Path, arguments: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(one.name for one in data.iterdir())
    assert run(*(one.format(data=data) for one in arguments)) == 2
    assert says in capsys.readouterr().err
    assert sorted(one.name for one in data.iterdir()) == before
