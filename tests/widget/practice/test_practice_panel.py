"""A practice call from ringing to the end, by keys and clicks, which leaves nothing behind."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from nba_desktop import paths
from nba_desktop.adapters.settings import Settings
from nba_desktop.contract.codes import FeedbackReason, QuietReason
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.call import InteractionState
from nba_desktop.domain.contact import ContactState, Phase
from nba_desktop.domain.errors import SettingsError
from nba_desktop.domain.key_map import Command
from nba_desktop.domain.receipts import Receipt
from nba_desktop.practice.panel import Practice, PracticePanel
from nba_desktop.ui.panel.practice_band import PracticeStep, PracticeView
from nba_desktop.ui.texts.customer_words import security_word
from tests.fakes.desktops import FakeDesktop
from tests.widget.ui.looking import seen, settle


@pytest.fixture
def desktop() -> FakeDesktop:
    return FakeDesktop()


@pytest.fixture
def practice(qapp: QApplication, qtbot: QtBot, own_home: Path, desktop: FakeDesktop) -> Iterator[PracticePanel]:
    preferences = own_home / "config" / "nba-desktop" / "preferences.json"
    panel = PracticePanel(Practice(paths.resource("practice"), preferences, Settings(), "de", "light"), qapp, desktop)
    panel.start()
    panel.window.activateWindow()
    qtbot.waitUntil(panel.window.isActiveWindow)
    yield panel
    panel.stop()
    assert desktop.closed
    # Windows of earlier tests would be styled with those of the next.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def contact(practice: PracticePanel) -> ContactState:
    found = practice.session.state.contact
    assert found is not None
    return found


def press(practice: PracticePanel, keys: str) -> None:
    QTest.keySequence(practice.window, QKeySequence(keys))


def click(practice: PracticePanel, words: str) -> None:
    buttons = practice.window.findChildren(QAbstractButton)
    found = [
        one for one in buttons if one.isVisible() and one.isEnabled() and words in one.text() + one.accessibleName()
    ]
    assert found, words
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def go_on(practice: PracticePanel, qtbot: QtBot, step: PracticeStep) -> None:
    """Press the key of the band's button as soon as it shows the step."""
    qtbot.waitUntil(lambda: practice.band.step is step)
    press(practice, "Alt+T")


def ring_and_answer(practice: PracticePanel, qtbot: QtBot) -> None:
    go_on(practice, qtbot, PracticeStep.READY)
    qtbot.waitUntil(lambda: contact(practice).view is not None)
    assert contact(practice).interaction.state is InteractionState.OFFERED
    go_on(practice, qtbot, PracticeStep.RINGING)
    qtbot.waitUntil(lambda: contact(practice).interaction.state is InteractionState.LIVE)


def authenticate(practice: PracticePanel, qtbot: QtBot) -> None:
    candidate = contact(practice).candidate
    assert candidate is not None
    for item in candidate.security_items[:2]:
        words = security_word(item.code)
        qtbot.waitUntil(partial(sees, practice, words))
        click(practice, words)
    qtbot.waitUntil(lambda: contact(practice).items_missing == 0)
    settle()
    press(practice, "Alt+A")
    qtbot.waitUntil(lambda: contact(practice).authenticated)


def sees(practice: PracticePanel, words: str) -> bool:
    return any(words in one.text() for one in practice.window.findChildren(QAbstractButton) if one.isVisible())


def says(root: QWidget, words: str) -> bool:
    return any(words in one for one in seen(root))


def finish(practice: PracticePanel, qtbot: QtBot) -> None:
    go_on(practice, qtbot, PracticeStep.TALKING)
    qtbot.waitUntil(lambda: contact(practice).interaction.state is InteractionState.WRAP_UP)
    practice.session.finish_wrap_up()
    qtbot.waitUntil(lambda: practice.session.state.contact is None)


def files(home: Path) -> dict[Path, tuple[int, int]]:
    return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in home.rglob("*") if path.is_file()}


def open_sockets() -> set[str]:
    folder = Path("/proc/self/fd")
    targets = (os.readlink(folder / name) for name in os.listdir(folder) if (folder / name).exists())
    return {target for target in targets if target.startswith("socket:")}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at its own open files")
def test_a_complete_practice_call_changes_no_file_and_opens_no_socket(
    practice: PracticePanel, qtbot: QtBot, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the practice opens a socket")

    monkeypatch.setattr(socket.socket, "__init__", refuse)
    before, sockets = files(own_home), open_sockets()
    ring_and_answer(practice, qtbot)
    authenticate(practice, qtbot)
    practice.session.choose_concern("price_change")
    press(practice, "Alt+S")
    qtbot.waitUntil(lambda: contact(practice).solved is True)
    qtbot.waitUntil(lambda: not any(one.quiet for one in contact(practice).recommendations))
    settle()
    press(practice, "Ctrl+1")
    settle()
    press(practice, "Alt+1")
    qtbot.waitUntil(lambda: contact(practice).last_response is not None)
    qtbot.waitUntil(lambda: [one.receipt for one in contact(practice).responses] == [Receipt.ACCEPTED])
    practice.session.library.search("Preis")
    qtbot.waitUntil(lambda: bool(practice.session.state.library.found))
    practice.session.library.toggle_favourite(practice.session.state.library.found[0].article.article_id)
    practice.session.ask_question()
    practice.session.question(FeedbackReason.OUT_OF_DATE)
    qtbot.waitUntil(lambda: [one.receipt for one in contact(practice).questions] == [Receipt.ACCEPTED])
    practice.session.due.toggle(True)
    practice.session.answers.toggle(True)
    qtbot.waitUntil(lambda: practice.session.state.answers.status is BlockStatus.READY)
    assert (practice.session.state.due.follow_ups, practice.session.state.answers.said) == ((), ())
    practice.session.write_note("Eine Notiz")
    practice.window.key_chosen.emit(Command.NOTE, "Ctrl+J")
    assert practice.preferring.setup.keys[Command.NOTE] == "Ctrl+J"
    assert open_sockets() <= sockets
    finish(practice, qtbot)
    qtbot.waitUntil(lambda: practice.session.state.outbox.waiting == 0)
    assert files(own_home) == before
    assert open_sockets() <= sockets


def test_the_window_says_that_it_is_the_practice_and_nothing_in_it_moves(practice: PracticePanel, qtbot: QtBot) -> None:
    assert practice.window.windowTitle() != "NBA Desktop"
    assert practice.band.accessibleName()
    heights = {practice.band.height()}
    ring_and_answer(practice, qtbot)
    heights.add(practice.band.height())
    authenticate(practice, qtbot)
    heights.add(practice.band.height())
    assert heights == {practice.window.contentsMargins().top()}
    # A click that comes too late is for a step that is over.
    practice.band.step_asked.emit(PracticeStep.READY)
    practice.band.step_asked.emit(PracticeStep.RINGING)
    assert contact(practice).interaction.state is InteractionState.LIVE
    practice.window.language_chosen.emit("en")
    qtbot.waitUntil(lambda: practice.session.state.language == "en")
    assert any(practice.line.call.title.en in words for words in seen(practice.band))
    with qtbot.waitSignal(practice.left):
        practice.band.end_asked.emit()


def test_a_complaint_comes_second_keeps_the_call_quiet_and_the_first_call_comes_again(
    practice: PracticePanel, qtbot: QtBot
) -> None:
    ring_and_answer(practice, qtbot)
    finish(practice, qtbot)
    ring_and_answer(practice, qtbot)
    authenticate(practice, qtbot)
    view = contact(practice).view
    assert view is not None
    assert view.decision.quiet_because == (QuietReason.COMPLAINT,)
    assert practice.line.place == (2, 3)
    for _ in range(2):
        finish(practice, qtbot)
        ring_and_answer(practice, qtbot)
    assert practice.line.place == (1, 3)


def test_a_practice_without_its_recordings_says_which_file_is_missing(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"en\.json"):
        PracticePanel(Practice(tmp_path, tmp_path / "preferences.json", Settings(), "en", "light"), qapp)


def test_a_band_that_would_take_too_much_of_the_window_is_one_line_until_there_is_room_again(
    practice: PracticePanel, qtbot: QtBot
) -> None:
    window, band = practice.window, practice.band
    window.resize(360, 960)
    settle()
    usual = band.height()
    assert says(band, "nichts wird aufgezeichnet")
    practice.preferring.choose_text_size(200)
    qtbot.waitUntil(lambda: not says(band, "nichts wird aufgezeichnet"))
    assert band.height() < window.height() // 3
    assert window.contentsMargins().top() == band.height()
    told = [one.toolTip() for one in band.findChildren(QWidget) if one.isVisible()]
    assert any("nichts wird aufgezeichnet" in one for one in told)
    ring_and_answer(practice, qtbot)
    qtbot.waitUntil(lambda: band.step is PracticeStep.TALKING)
    # What he says is never in a tooltip alone.
    assert says(band, "Der Anrufer sagt: „Brandt hier.")
    assert says(band, "Haken Sie ab")
    click(practice, "Auflegen")
    qtbot.waitUntil(lambda: contact(practice).interaction.state is InteractionState.WRAP_UP)
    practice.preferring.choose_text_size(100)
    window.resize(360, 960)
    qtbot.waitUntil(lambda: says(band, "nichts wird aufgezeichnet"))
    qtbot.waitUntil(lambda: band.height() == usual)


def test_with_nobody_known_the_band_says_to_search_from_the_greeting_on(practice: PracticePanel) -> None:
    view = PracticeView(PracticeStep.TALKING, Phase.GREETING, "Unbekannt", 3, 3, nobody_known=True)
    practice.band.show_view(view)
    assert says(practice.band, "Suchen Sie den Kunden")
    practice.band.show_view(replace(view, nobody_known=False))
    assert says(practice.band, "Haken Sie ab")


def test_esc_with_nothing_open_gives_the_keyboard_back(practice: PracticePanel, desktop: FakeDesktop) -> None:
    # Asked for before the window is there, so that the one before it is known.
    assert desktop.forward == [practice.window]
    assert desktop.given_back == 0
    press(practice, "Esc")
    assert desktop.given_back == 1
