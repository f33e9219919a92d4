"""The panel and its local store: painted first, opened as soon as its key is there, and nothing of it in plain."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.agent_stores import ENCRYPTED_FILE, PLAIN_FILE, STORE_KEY
from nba_desktop.adapters.flight.recorder import FOLDER
from nba_desktop.adapters.flight.ring import read_records
from nba_desktop.adapters.sign_in.tokens import Agent, SignedIn, Tokens
from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.adapters.store_key import read_key
from nba_desktop.agent_link import Entrance
from nba_desktop.app import Launch, Panel
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.domain.errors import FailureCode
from nba_desktop.ui.texts.failures import notice_words
from tests.fakes.keyrings import KeptSecrets
from tests.fakes.site_keys import PUBLIC, opened

CALL = "nba-desktop:call?number=%2B493512805504&id=1&state=answered"
NOTE = "Kanarienvogel Zwitscherling"
ISSUER = "http://127.0.0.1:9/login"
SIGN_IN = {"method": "openid", "issuer": ISSUER, "client_id": "panel"}
NOBODY = Entrance()

Start = Callable[..., Panel]


class SlowSecrets(KeptSecrets):
    """Answers when the test lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.may_answer = threading.Event()

    def read(self, name: str) -> str:
        self.may_answer.wait(20)
        return super().read(name)


@pytest.fixture
def start(qapp: QApplication, tmp_path: Path) -> Iterator[Start]:
    started: list[Panel] = []

    def start_panel(
        secrets: KeptSecrets, call: str | None = None, entrance: Entrance = NOBODY, **settings: Any
    ) -> Panel:
        backend = {"mode": "site", "url": "http://127.0.0.1:9"}
        file = tmp_path / "settings.json"
        file.write_text(json.dumps({"backend": backend, **settings}), encoding="utf-8")
        launch = Launch(
            data_dir=tmp_path / "data",
            settings_file=file,
            language="en",
            token=None if entrance is not NOBODY else "token",
            first_call=call,
            secrets=secrets,
            entrance=entrance,
        )
        panel = Panel(launch, qapp)
        started.append(panel)
        panel.start()
        return panel

    yield start_panel
    for panel in started:
        panel.stop()


def opened_panel(start: Start, qtbot: QtBot, secrets: KeptSecrets, **given: Any) -> Panel:
    panel = start(secrets, **given)
    qtbot.waitUntil(lambda: panel.is_recording, timeout=10_000)
    return panel


def words(panel: Panel) -> list[str]:
    return [notice_words(notice) for notice in panel.session.state.notices]


def assert_nothing_in_plain(folder: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert NOTE.encode() not in content, file
            assert b"493512805504" not in content, file


def test_the_panel_is_painted_before_its_key_is_there_and_the_first_call_waits_for_it(
    start: Start, qtbot: QtBot
) -> None:
    secrets = SlowSecrets()
    panel = start(secrets, CALL)
    qtbot.waitUntil(lambda: panel._connected, timeout=5_000)
    assert panel.window.isVisible()
    assert (panel.is_recording, panel.session.state.contact) == (False, None)
    secrets.may_answer.set()
    qtbot.waitUntil(lambda: panel.session.state.contact is not None, timeout=10_000)
    assert panel.store is not None
    assert panel.store.status().waiting == 1


def test_nothing_of_a_call_lies_on_the_disk_in_plain(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    secrets, folder = KeptSecrets(), tmp_path / "data"
    panel = opened_panel(start, qtbot, secrets, site_public_key=PUBLIC)
    panel.on_message(CALL)
    panel.session.write_note(NOTE)
    panel._own.save(panel._own.load().noted("move", "Umzug", NOTE))
    assert_nothing_in_plain(folder)
    panel.stop()
    assert_nothing_in_plain(folder)
    key = read_key(STORE_KEY, secrets)
    outbox = SqliteOutbox(folder / ENCRYPTED_FILE, key=key)
    assert any(NOTE in one for one in outbox.stored())
    outbox.close()
    assert any(NOTE in one.event for one in opened(folder / f"{ENCRYPTED_FILE}.sealed"))
    assert {one["kind"] for one in read_records(folder / FOLDER, key).records} >= {"start", "heard"}
    again = opened_panel(start, qtbot, secrets)
    assert again._own.load().note_on("move") == NOTE


def test_a_locked_keyring_is_said_and_the_panel_works_on(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    panel = opened_panel(start, qtbot, KeptSecrets(FailureCode.KEYRING_LOCKED))
    assert [notice.code for notice in panel.session.state.notices] == [FailureCode.STORE_NOT_ENCRYPTED]
    assert "unencrypted" in words(panel)[0]
    panel.on_message(CALL)
    assert panel.store is not None
    assert panel.store.status().waiting == 1
    assert (tmp_path / "data" / PLAIN_FILE).exists()


def test_where_nothing_may_lie_in_plain_nothing_is_recorded_without_a_key_and_the_form_is_kept(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = opened_panel(start, qtbot, KeptSecrets(FailureCode.KEYRING_MISSING), outbox_encryption="required")
    assert [notice.code for notice in panel.session.state.notices] == [FailureCode.STORE_FORBIDDEN]
    panel.on_message(CALL)
    panel.session.respond(ResponseCode.NOT_ADDRESSED_TIME)
    contact = panel.session.state.contact
    assert contact is not None
    assert (contact.responses, contact.failure) == ((), FailureCode.STORE_FORBIDDEN)
    assert not list((tmp_path / "data").glob("outbox*"))


def test_with_the_sites_key_a_run_without_keyring_leaves_sealed_entries_only(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    secrets = KeptSecrets(FailureCode.KEYRING_SILENT)
    panel = opened_panel(start, qtbot, secrets, outbox_encryption="required", site_public_key=PUBLIC)
    assert [notice.code for notice in panel.session.state.notices] == [FailureCode.STORE_IN_MEMORY]
    panel.on_message(CALL)
    panel.session.write_note(NOTE)
    panel.stop()
    (left,) = (tmp_path / "data").glob("outbox*")
    entries = opened(left)
    assert any(NOTE in one.event for one in entries)
    assert {one.by.token_hash is not None for one in entries} == {True}
    assert not (tmp_path / "data" / FOLDER).exists()
    assert not (tmp_path / "data" / "own.json").exists()


# ---- two agents at one workstation


def signed_in(subject: str) -> Entrance:
    return Entrance(SignedIn(Agent(ISSUER, subject, subject.title()), Tokens("access-token", 3600.0, "refresh-token")))


def test_who_signs_in_after_another_neither_sees_nor_sends_what_that_one_recorded(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    secrets, waiting = KeptSecrets(), []
    files: dict[Path, bytes] = {}
    for subject in ("anna", "ben", "anna"):
        panel = opened_panel(start, qtbot, secrets, entrance=signed_in(subject), sign_in=SIGN_IN)
        assert panel.store is not None
        waiting.append(panel.store.status().waiting)
        store = panel.store.path
        assert store is not None
        panel.on_message(CALL)
        panel.session.write_note(NOTE)
        panel.stop()
        # What is another's is not even opened.
        assert all(path.read_bytes() == content for path, content in files.items() if path != store)
        files[store] = store.read_bytes()
    assert waiting == [0, 0, 3]
    assert len(files) == len(secrets.by_name) == 2
    assert_nothing_in_plain(tmp_path / "data")
    assert b"refresh-token" not in b"".join(path.read_bytes() for path in files)
    assert not list((tmp_path / "data").glob("outbox*"))
