"""What a workstation has sealed comes in by a command when the workstation cannot send it any more."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from nba_desktop.adapters.sealing import read_site_key
from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.backend.app import open_app
from nba_desktop.backend.cli import main
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.opening import open_store
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.base import new_id
from nba_desktop.contract.events import AnyEvent, ContactNoteWritten
from nba_desktop.contract.sealed import SealedBy
from tests.fakes.backend_site import CATALOGUE, NOW, authenticated, started, with_customers

RESOURCES = Path(__file__).parents[3] / "resources"
KEY = b"k" * 32
WHY = ("--by", "dana", "--reason", "Laptop verloren")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "backend.sqlite3").write_bytes(with_customers())
    with open_app(BackendConfig(data=folder, resources=RESOURCES, catalogue=CATALOGUE)):
        pass
    return folder


class Workstation:
    """An outbox that seals to a key made by the command, and is lost in the middle of its work."""

    def __init__(self, folder: Path, public: str, by: SealedBy) -> None:
        self.folder = folder
        self.outbox = SqliteOutbox(folder / "outbox.sqlcipher", key=KEY, seal=read_site_key(public, lambda: by))

    @property
    def left(self) -> Path:
        """What somebody has copied from its disk, with the log."""
        copied = self.folder.with_name("copied")
        shutil.copytree(self.folder, copied, dirs_exist_ok=True)
        return copied / "outbox.sqlcipher.sealed"


@pytest.fixture
def private(tmp_path: Path) -> Path:
    return tmp_path / "site.jwk"


@pytest.fixture
def public(private: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert run("site-key", "create", "--out", private) == 0
    return capsys.readouterr().out


@pytest.fixture
def workstation(tmp_path: Path, public: str, data: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Workstation]:
    assert run("token", "create", "--data", data, "--agent", "anna", "--role", "agent") == 0
    token = capsys.readouterr().out.strip()
    by = SealedBy(token_hash=hashlib.sha256(token.encode()).hexdigest())
    workstation = Workstation(tmp_path / "panel", public, by)
    yield workstation
    workstation.outbox.close()


def run(*arguments: object) -> int:
    try:
        return main([str(one) for one in arguments], RESOURCES)
    except SystemExit as end:
        return int(str(end.code))


def call() -> tuple[AnyEvent, ...]:
    begun = started()
    note = ContactNoteWritten(
        event_id=new_id(), contact_id=begun.contact_id, seq=3, at=begun.at, text="will im Mai umziehen"
    )
    return begun, authenticated(begun.contact_id), note


def recorded(data: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(data / "backend.sqlite3")) as connection:
        rows = connection.execute("SELECT event_id, agent_id FROM events ORDER BY contact_id, seq").fetchall()
    return [(str(UUID(event_id)), agent) for event_id, agent in rows]


def test_the_private_key_is_its_makers_alone_and_never_made_anew(
    private: Path, public: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    secret, told = json.loads(private.read_text(encoding="utf-8")), json.loads(public)
    assert "d" in secret
    assert told == {name: value for name, value in secret.items() if name != "d"}
    assert run("site-key", "create", "--out", private) == 2
    assert "is there already" in capsys.readouterr().err
    beside = private.with_name("site.public.jwk")
    assert beside.read_text(encoding="utf-8") == public
    assert run("site-key", "public", private) == 0
    assert json.loads(capsys.readouterr().out) == told
    assert run("site-key", "public", beside) == 2
    assert "is the public key" in capsys.readouterr().err
    beside.unlink()
    assert run("site-key", "create", "--out", private) == 2
    assert not beside.exists()
    assert json.loads(private.read_text(encoding="utf-8")) == secret


def test_what_a_lost_workstation_had_sealed_is_taken_in_once_under_its_agent(
    workstation: Workstation, data: Path, private: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = call()
    workstation.outbox.put(*events)
    left = workstation.left
    assert b"umziehen" not in left.read_bytes()
    assert run("recover", left, "--data", data, "--key", private, *WHY) == 0
    assert recorded(data) == [(str(event.event_id), "anna") for event in events]
    shown = capsys.readouterr().out
    assert shown.splitlines()[1].split() == ["anna", "3", "0", "0", "0", "0", "0"]
    assert "umziehen" not in shown
    assert run("recover", left, "--data", data, "--key", private, *WHY) == 0
    assert capsys.readouterr().out.splitlines()[1].split() == ["anna", "0", "3", "0", "0", "0", "0"]
    assert len(recorded(data)) == 3
    with closing(sqlite3.connect(data / "backend.sqlite3")) as connection:
        looked = connection.execute("SELECT agent_id, operation, reason FROM readings").fetchall()
    assert looked == [("dana", "recover", "Laptop verloren")] * 2


def test_what_was_sent_is_sealed_no_more(
    workstation: Workstation, data: Path, private: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = call()
    workstation.outbox.put(*events)
    workstation.outbox.mark_accepted(*(event.event_id for event in events))
    assert run("recover", workstation.left, "--data", data, "--key", private, *WHY) == 0
    assert "everything that was sealed was sent" in capsys.readouterr().out


def test_entries_that_nobody_is_known_for_wait_for_a_name(
    tmp_path: Path, public: str, data: Path, private: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workstation = Workstation(tmp_path / "panel", public, SealedBy())
    workstation.outbox.put(*call())
    left = workstation.left
    workstation.outbox.close()
    assert run("recover", left, "--data", data, "--key", private, *WHY) == 1
    assert "name with --agent" in capsys.readouterr().out
    assert recorded(data) == []
    assert run("recover", left, "--data", data, "--key", private, *WHY, "--agent", "ben") == 0
    assert {agent for _, agent in recorded(data)} == {"ben"}


def test_who_was_signed_in_is_found_by_his_account(
    tmp_path: Path, public: str, data: Path, private: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    issuer = "https://login.example.com"
    with open_store(BackendConfig(data=data, resources=RESOURCES)) as store, store.write() as unit:
        ensure_agent(unit.access, "carla", NOW)
        unit.access.add_sign_in("carla", issuer, "7", NOW)
    workstation = Workstation(tmp_path / "panel", public, SealedBy(issuer=issuer, subject="7"))
    workstation.outbox.put(*call())
    left = workstation.left
    workstation.outbox.close()
    assert run("recover", left, "--data", data, "--key", private, *WHY, "--agent", "ben") == 0
    assert {agent for _, agent in recorded(data)} == {"carla"}


def test_what_breaks_the_rules_is_refused_by_name_and_the_rest_comes_in(
    workstation: Workstation, data: Path, private: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begun, _, note = call()
    workstation.outbox.put(begun, authenticated(begun.contact_id, "c-nobody"), note)
    assert run("recover", workstation.left, "--data", data, "--key", private, *WHY) == 1
    shown = capsys.readouterr().out
    assert "refused: unknown_customer" in shown
    assert [event_id for event_id, _ in recorded(data)] == [str(begun.event_id), str(note.event_id)]


def test_another_key_opens_nothing_and_that_is_said(
    workstation: Workstation, public: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workstation.outbox.put(*call())
    other = tmp_path / "other.jwk"
    assert run("site-key", "create", "--out", other) == 0
    capsys.readouterr()
    assert run("recover", workstation.left, "--data", data, "--key", other, *WHY) == 1
    shown = capsys.readouterr().out
    assert shown.count("no_key") == 5
    wanted, given = json.loads(public)["kid"], json.loads(other.read_text(encoding="utf-8"))["kid"]
    assert f"sealed to another key: {wanted}; given: {given}" in shown
    assert recorded(data) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no database at all\n" * 300, "is damaged or cut off, or no file of sealed entries"),
        (b"", "is empty or cut off: was"),
        (None, "there is no file"),
    ],
)
def test_a_file_that_holds_nothing_sealed_is_said(
    data: Path, tmp_path: Path, private: Path, public: str, content: bytes | None, words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    file = tmp_path / "x.sealed"
    if content is not None:
        file.write_bytes(content)
    assert run("recover", file, "--data", data, "--key", private, *WHY) == 2
    assert words in capsys.readouterr().err


def test_a_private_key_that_others_may_read_is_refused_with_the_way_out(
    data: Path, private: Path, public: str, capsys: pytest.CaptureFixture[str]
) -> None:
    private.chmod(0o644)
    assert run("recover", private, "--data", data, "--key", private, *WHY) == 2
    assert f"every user of this machine may read {private}: chmod o= {private}" in capsys.readouterr().err


def test_the_public_key_recovers_nothing(
    data: Path, tmp_path: Path, public: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "public.jwk"
    file.write_text(public, encoding="utf-8")
    file.chmod(0o600)
    assert run("recover", file, "--data", data, "--key", file, *WHY) == 2
    assert "is the public key" in capsys.readouterr().err
