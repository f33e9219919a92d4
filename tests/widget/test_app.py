"""The composition root: what goes wrong at the start is said, and the panel works on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.agent_stores import ENCRYPTED_FILE, STORE_KEY
from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.adapters.store_key import read_key
from nba_desktop.app import Launch, Panel
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.call_event import LinkState
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.receipts import OutboxStatus
from nba_desktop.ui.texts.failures import notice_words
from tests.fakes.keyrings import KeptSecrets

# Nobody listens there: the panel is on its own.
NOWHERE = "http://127.0.0.1:9"
CALL = "nba-desktop:call?number=%2B493512805504&id=1&state=answered"
CUSTOMER = "nba-desktop:customer?customer_no=K-104776"

Start = Callable[..., Panel]


@pytest.fixture(params=["de", "en"])
def language(request: pytest.FixtureRequest) -> Language:
    chosen: Language = request.param
    return chosen


@pytest.fixture
def secrets() -> KeptSecrets:
    return KeptSecrets()


@pytest.fixture
def start(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, language: Language, secrets: KeptSecrets
) -> Iterator[Start]:
    started: list[Panel] = []

    def start_panel(data: Path | None = None, url: str | None = NOWHERE, token: str | None = "token") -> Panel:
        folder = data or tmp_path / "data"
        panel = Panel(
            Launch(
                data_dir=folder,
                settings_file=tmp_path / "settings.json",
                language=language,
                theme="light",
                backend_url=url,
                token=token,
                secrets=secrets,
            ),
            qapp,
        )
        started.append(panel)
        panel.start()
        qtbot.waitUntil(lambda: panel.is_recording, timeout=10_000)
        return panel

    yield start_panel
    for panel in started:
        panel.stop()


def notices(panel: Panel) -> list[FailureCode]:
    return [notice.code for notice in panel.session.state.notices]


def test_a_broken_settings_file_is_said_and_left_alone(start: Start, tmp_path: Path) -> None:
    broken = tmp_path / "settings.json"
    broken.write_text('{"langage": "de"}', encoding="utf-8")
    panel = start()
    (notice,) = panel.session.state.notices
    assert notice.code is FailureCode.SETTINGS_INVALID
    assert "langage" in notice_words(notice)
    assert broken.read_text(encoding="utf-8") == '{"langage": "de"}'


def test_broken_settings_never_put_sample_customers_in_the_sites_place(start: Start, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("{bad", encoding="utf-8")
    panel = start(url=None, token=None)
    panel.on_message(CALL)
    contact = panel.session.state.contact
    assert contact is not None
    assert panel.link._embedded is None


def test_the_backends_link_comes_back_by_itself(start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nba_desktop.backend_link._HEALTH_EVERY_MS", 50)
    panel = start()
    qtbot.waitUntil(lambda: panel.session.state.backend.status == "down", timeout=10_000)
    assert panel.link.backend is not None
    monkeypatch.setattr(panel.link.backend, "check_health", lambda: None)
    qtbot.waitUntil(lambda: panel.session.state.backend.status == "up", timeout=10_000)


def test_a_backend_that_answers_with_faults_is_left_to_the_senders_back_off(
    start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = start()
    qtbot.waitUntil(lambda: panel.session.state.backend.status == "down", timeout=10_000)
    assert panel.link.backend is not None
    asked: list[str] = []
    monkeypatch.setattr(panel._call_tasks, "run", lambda *_: asked.append("asked"))
    panel.link._look_after()
    panel.session.on_outbox_status(OutboxStatus(waiting=1, paused=FailureCode.SERVER_FAULT))
    panel.link._look_after()
    assert asked == ["asked"]


def test_the_window_is_no_taller_than_the_screen(start: Start) -> None:
    panel = start()
    assert panel.window.height() <= panel.window.screen().availableGeometry().height()


def test_without_a_keyring_the_panel_says_so_and_shows_the_call(start: Start, qtbot: QtBot) -> None:
    panel = start(token=None)
    panel.on_message(CALL)
    contact = panel.session.state.contact
    assert contact is not None
    assert contact.interaction.caller.e164 == "+493512805504"
    qtbot.waitUntil(lambda: panel.session.state.backend.status == "down", timeout=10_000)
    assert notices(panel) == [FailureCode.KEYRING_MISSING]
    assert all(notice_words(notice) for notice in panel.session.state.notices)


@pytest.mark.expected_log(r"(?s)nba_desktop\.backend_link: .*catalogue\.yaml:3:1: unknown key")
def test_a_backend_that_does_not_start_is_said_with_its_last_words(
    start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying = "import sys; sys.exit('catalogue.yaml:3:1: unknown key')"
    monkeypatch.setattr("nba_desktop.backend_link.backend_command", lambda _: (sys.executable, "-c", dying))
    panel = start(url=None)
    panel.on_message(CALL)
    qtbot.waitUntil(lambda: notices(panel) == [FailureCode.BACKEND_NOT_STARTED], timeout=20_000)
    contact = panel.session.state.contact
    assert contact is not None
    assert contact.actions_block.failure is FailureCode.BACKEND_NOT_STARTED


def test_a_backend_that_is_away_leaves_number_codes_and_note(start: Start, qtbot: QtBot) -> None:
    panel = start()
    panel.on_message(CALL)

    def failed() -> bool:
        contact = panel.session.state.contact
        return contact is not None and contact.customer_block.status is BlockStatus.FAILED

    qtbot.waitUntil(failed, timeout=10_000)
    panel.session.respond(ResponseCode.NOT_ADDRESSED_TIME)
    panel.session.write_note("ruft wieder an")
    assert panel.store is not None
    assert panel.store.status().waiting == 3


def test_what_is_no_call_is_refused_with_a_notice(start: Start) -> None:
    panel = start()
    panel.on_message("nba-desktop:call?state=ringing&number=';DROP TABLE")
    assert panel.session.state.contact is None
    assert notices(panel) == [FailureCode.CALL_URL_INVALID]


def test_a_customer_of_the_crm_is_looked_up_between_calls_and_offered_in_one(start: Start) -> None:
    panel = start()
    panel.on_message("nba-desktop:customer?customer_no=';DROP TABLE")
    assert notices(panel) == [FailureCode.CALL_URL_INVALID]
    assert panel.session.state.search.query == ""
    panel.on_message(CUSTOMER)
    search = panel.session.state.search
    assert (search.query, search.named) == ("K-104776", True)
    panel.on_message(CALL)
    panel.on_message(CUSTOMER)
    assert panel.session.state.contact is not None
    assert panel.session.state.contact.named == "K-104776"


def test_an_address_of_the_crm_that_cannot_be_opened_is_said(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def open_address(url: str) -> bool:
        opened.append(url)
        return len(opened) == 1

    monkeypatch.setattr("nba_desktop.app.open_address", open_address)
    panel = start()
    panel.window.crm_asked.emit("https://crm.example/c/1")
    assert notices(panel) == []
    panel.window.crm_asked.emit("https://crm.example/c/2")
    assert notices(panel) == [FailureCode.CRM_NOT_OPENED]
    assert opened == ["https://crm.example/c/1", "https://crm.example/c/2"]


def test_a_folder_that_cannot_be_written_is_said_and_the_screen_stays_as_it_was(start: Start, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("", encoding="utf-8")
    panel = start(data=blocked)
    assert notices(panel) == [FailureCode.DISK_UNWRITABLE]
    panel.on_message(CALL)
    panel.session.respond(ResponseCode.NOT_ADDRESSED_TIME)
    contact = panel.session.state.contact
    assert contact is not None
    assert contact.responses == ()
    assert contact.failure is FailureCode.DISK_UNWRITABLE


def test_a_damaged_outbox_is_set_aside_and_said(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "outbox.sqlite3").write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    panel = start()
    assert notices(panel) == [FailureCode.STORE_DAMAGED]
    assert len(list(folder.glob("outbox.sqlite3.damaged-*"))) == 1


def test_a_refused_login_at_the_telephone_system_is_no_mere_loss_of_the_line(start: Start) -> None:
    panel = start()
    panel.telephony.on_link(LinkState("asterisk", "down", "login_refused", 60_000))
    assert panel.session.state.telephony.status == "refused"
    assert panel.session.state.telephony.failure is FailureCode.LOGIN_REFUSED
    panel.telephony.on_link(LinkState("asterisk", "connecting"))
    assert panel.session.state.telephony.status == "refused"
    panel.telephony.on_link(LinkState("asterisk", "up"))
    assert panel.session.state.telephony.failure is None


def test_what_was_stored_before_is_told_at_the_next_start(start: Start, qtbot: QtBot) -> None:
    panel = start()
    panel.on_message(CALL)
    panel.stop()
    again = start()
    # The contact's begin, and the end it got with the panel.
    qtbot.waitUntil(lambda: again.session.state.outbox.waiting == 2, timeout=5_000)


def test_the_window_title_never_names_a_caller(start: Start) -> None:
    panel = start()
    panel.on_message(CALL)
    assert panel.window.windowTitle() == "NBA Desktop"


def test_a_note_that_is_typed_when_the_program_ends_is_on_the_disk(
    start: Start, secrets: KeptSecrets, tmp_path: Path
) -> None:
    panel = start()
    panel.on_message(CALL)
    panel.session.draft_note("wants a callback")
    panel.stop()
    again = SqliteOutbox(tmp_path / "data" / ENCRYPTED_FILE, key=read_key(STORE_KEY, secrets))
    try:
        assert any('"wants a callback"' in one for one in again.stored())
    finally:
        again.close()
