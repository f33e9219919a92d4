"""What the agent chooses holds at once, and at the next start."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.app import Launch, Panel
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.key_map import Command
from nba_desktop.ui.panel.note import NoteLine
from nba_desktop.ui.texts.failures import notice_words
from nba_desktop.ui.theme import current_scale, current_tokens
from nba_desktop.ui.tokens import CONTRAST_DARK, DARK, LIGHT
from tests.fakes.keyrings import KeptSecrets
from tests.widget.ui.looking import has, part

CALL = "nba-desktop:call?number=%2B493512805504&id=1&state=answered"
Start = Callable[..., Panel]


@pytest.fixture
def start(qapp: QApplication, tmp_path: Path) -> Iterator[Start]:
    started: list[Panel] = []

    def start_panel(**given: Any) -> Panel:
        settings = tmp_path / "settings.json"
        nowhere = "http://127.0.0.1:9"
        launch = Launch(
            data_dir=tmp_path / "data",
            settings_file=settings,
            backend_url=nowhere,
            token="t",
            secrets=KeptSecrets(),
            **given,
        )
        panel = Panel(launch, qapp)
        started.append(panel)
        panel.start()
        return panel

    yield start_panel
    for panel in started:
        panel.stop()


def kept(tmp_path: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads((tmp_path / "preferences.json").read_text(encoding="utf-8"))
    return values


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def test_every_choice_holds_at_once_and_at_the_next_start(start: Start, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"language": "de", "theme": "light"}')
    panel = start()
    assert has(panel.window, "Bereit")
    panel.window.language_chosen.emit("en")
    panel.window.theme_chosen.emit("contrast_dark")
    panel.window.text_size_chosen.emit(150)
    panel.window.key_chosen.emit(Command.NOTE, "F8")
    assert has(panel.window, "Ready")
    assert (panel.language, panel.session.state.language) == ("en", "en")
    assert panel.strip.words[0] == "Ready"
    assert (current_tokens(), current_scale()) == (CONTRAST_DARK, 1.5)
    chosen = {"form": 1, "language": "en", "theme": "contrast_dark", "text_size": 150, "keys": {"note": "F8"}}
    assert kept(tmp_path) == chosen
    panel.stop()
    again = start().preferring.setup
    assert (again.language, again.theme, again.text_size) == ("en", "contrast_dark", 150)
    assert again.keys[Command.NOTE] == "F8"
    assert (tmp_path / "settings.json").read_text() == '{"language": "de", "theme": "light"}'


def test_in_mid_call_the_note_that_is_being_typed_and_the_call_stay(start: Start, qtbot: QtBot) -> None:
    panel = start(language="de", theme="light")
    qtbot.waitUntil(lambda: panel.is_recording)
    panel.on_message(CALL)
    settle()
    contact = panel.session.state.contact
    assert contact is not None
    QTest.keyClick(panel.window, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    note = part(panel.window, NoteLine)
    note.setFocus()
    QTest.keyClicks(note, "ruft morgen")
    panel.window.language_chosen.emit("en")
    settle()
    after = panel.session.state.contact
    assert after is not None
    assert after.contact_id == contact.contact_id
    assert "ruft morgen" in (after.note.text, after.note.draft)
    assert has(panel.window, "In call")


def test_another_size_styles_once_and_nothing_that_is_thrown_away(
    start: Start, qtbot: QtBot, qapp: QApplication
) -> None:
    panel = start(language="de", theme="light")
    qtbot.waitUntil(lambda: panel.is_recording)
    panel.on_message(CALL)
    settle()
    old = part(panel.window, NoteLine)
    sheets: dict[QObject, list[str]] = {old: [], panel.strip: []}

    class Style(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.StyleChange:
                sheets[watched].append(qapp.styleSheet())
            return False

    seen = Style()
    for watched in sheets:
        watched.installEventFilter(seen)
    panel.window.text_size_chosen.emit(150)
    # As the sheet of before was taken off, and as the new one was put on.
    assert [bool(sheet) for sheet in sheets[panel.strip]] == [False, True]
    assert not any(sheets[old])
    settle()
    assert f"font-size: {round(13 * 1.5)}px" in qapp.styleSheet()
    new = part(panel.window, NoteLine)
    assert new.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)
    assert new.font().pixelSize() > 13
    assert panel.strip.font().pixelSize() == round(13 * 1.5)


def test_what_the_start_was_told_holds_until_another_choice(start: Start, tmp_path: Path) -> None:
    (tmp_path / "preferences.json").write_text('{"theme": "light", "language": "en"}')
    panel = start(language="de", theme="dark")
    assert (panel.language, current_tokens()) == ("de", DARK)
    panel.window.theme_chosen.emit("light")
    assert current_tokens() == LIGHT
    assert panel.language == "de"


def test_a_key_that_another_command_has_is_never_kept(start: Start, tmp_path: Path) -> None:
    panel = start(language="en", theme="light")
    panel.window.key_chosen.emit(Command.NOTE, "Alt+S")
    assert panel.preferring.setup.keys[Command.NOTE] == "Alt+N"
    assert not (tmp_path / "preferences.json").exists()


def test_the_sites_keys_hold_until_the_agent_chooses_and_again_after_a_reset(start: Start, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"keys": {"note": "F7"}, "hotkey": ""}')
    panel = start(language="en", theme="light")
    assert (panel.preferring.setup.keys[Command.NOTE], panel.preferring.hotkey) == ("F7", "")
    panel.window.key_chosen.emit(Command.NOTE, "Alt+N")
    assert kept(tmp_path)["keys"] == {"note": "Alt+N"}
    panel.window.keys_reset.emit()
    assert panel.preferring.setup.keys[Command.NOTE] == "F7"
    assert kept(tmp_path)["keys"] == {}


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ('{"note": "Alt+S"}', ["Note on the call", "Concern solved", "Alt+S"]),
        ('{"note": "N"}', ["Note on the call", "N cannot"]),
        ('{"dance": "Alt+S"}', ["dance"]),
    ],
)
def test_a_kept_key_that_cannot_be_is_said_with_both_names(
    start: Start, tmp_path: Path, keys: str, said: list[str]
) -> None:
    (tmp_path / "settings.json").write_text(f'{{"keys": {keys}}}')
    panel = start(language="en", theme="light")
    (notice,) = panel.session.state.notices
    assert notice.code is FailureCode.KEY_UNUSABLE
    for words in said:
        assert words in notice_words(notice)
    assert panel.preferring.setup.keys[Command.NOTE] == "Alt+N"


def test_damaged_preferences_are_said_and_set_aside(start: Start, tmp_path: Path) -> None:
    (tmp_path / "preferences.json").write_text("{bad")
    panel = start(language="en", theme="light")
    (notice,) = panel.session.state.notices
    assert notice.code is FailureCode.PREFERENCES_DAMAGED
    assert "preferences.json.damaged-" in notice_words(notice)
    assert len(list(tmp_path.glob("preferences.json.damaged-*"))) == 1


def test_a_choice_that_cannot_be_kept_holds_all_the_same_and_is_said(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = start(language="en", theme="light")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("nba_desktop.adapters.preferences_file.write_atomically", full)
    panel.window.theme_chosen.emit("dark")
    assert current_tokens() == DARK
    (notice,) = panel.session.state.notices
    assert notice.code is FailureCode.PREFERENCES_UNWRITABLE
    assert "No space left" in notice_words(notice)


class Field(QPlainTextEdit):
    """A field that keeps what was typed when somebody goes on to something else."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.kept: list[str] = []

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is Qt.FocusReason.OtherFocusReason:
            self.kept.append(self.toPlainText())


@pytest.mark.parametrize("active", [True, False])
def test_what_is_being_typed_when_the_program_ends_is_kept(start: Start, active: bool, qtbot: QtBot) -> None:
    panel = start(language="en", theme="light")
    panel.window.activateWindow()
    qtbot.waitUntil(panel.window.isActiveWindow)
    field = Field(panel.window)
    field.show()
    field.setFocus()
    field.setPlainText("typed")
    if not active:
        other = QWidget()
        qtbot.addWidget(other)
        other.show()
        other.activateWindow()
        qtbot.waitUntil(other.isActiveWindow)
        field.kept.clear()
    panel.stop()
    assert field.kept == ["typed"]
