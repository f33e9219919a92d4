"""An agent's page on the log of readings, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from nba_desktop.contract.audit import OwnAudit
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ReadBasis, ReadOperation
from nba_desktop.domain.review import ReviewState, View
from nba_desktop.session.reviewing import Reviewing
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.team.window import TeamWindow
from nba_desktop.ui.texts.own_log_words import basis_words, operation_words
from tests.fakes.ports import FakeTasks
from tests.fakes.review import FakeReviewBackend
from tests.widget.ui.looking import button, cut_off, has, nameless, outside, settle

NOW = datetime(2026, 10, 27, 9, 0, tzinfo=UTC)
WORDS = {
    "de": ("Mein Protokoll", "Frühere anzeigen", "keine Verbindung zum Backend", "Nichts.", "Bisher niemand."),
    "en": ("My log", "Show earlier ones", "no connection to the backend", "Nothing.", "Nobody so far."),
}


class EmptyBackend(FakeReviewBackend):
    """A backend that has logged nothing of him yet."""

    def own_log(self, earlier: str | None) -> OwnAudit:
        super().own_log(earlier)
        return OwnAudit(reads=(), looks=())


class Own:
    """An agent's window with the log open."""

    def __init__(self, qtbot: QtBot, language: Language, backend: FakeReviewBackend) -> None:
        self.backend, self.tasks = backend, FakeTasks()
        self.window = TeamWindow(Formats(language, lambda: NOW), own=True)
        qtbot.addWidget(self.window)
        self.reviewing = Reviewing(backend, self.tasks, self.window.show_state, own=True)
        self.window.view_chosen.connect(self.reviewing.open_view)
        self.window.retry_asked.connect(self.reviewing.retry)
        self.window.earlier_reads_asked.connect(self.reviewing.own_log.ask_earlier)
        self.window.show()
        self.reviewing.start()
        self.tasks.finish_all()

    def click(self, words: str) -> None:
        QTest.mouseClick(button(self.window, words), Qt.MouseButton.LeftButton)
        settle()

    def complaints(self) -> list[str]:
        return [*cut_off(self.window), *nameless(self.window), *outside(self.window)]


def test_an_agent_reads_what_is_logged_of_him_and_who_looked_page_by_page(
    qtbot: QtBot, language: Language, light: None
) -> None:
    tab, earlier, offline, _, _ = WORDS[language]
    own = Own(qtbot, language, FakeReviewBackend())
    own.click(tab)
    own.backend.fails = True
    own.tasks.finish_all()
    assert has(own.window, offline)
    own.backend.fails = False
    own.window.retry_asked.emit()
    own.tasks.finish_all()
    settle()
    assert not has(own.window, offline)
    assert has(own.window, "Petra Datenschutz")
    # As it was typed: nothing of it is read as markup.
    assert has(own.window, "Rückruf &amp; &lt;Zusage&gt;")
    own.click(earlier)
    own.tasks.finish_all()
    assert len(own.reviewing.state.own_log.reads) == 6
    assert not [one for one in own.window.findChildren(QAbstractButton) if one.text() == earlier and one.isVisible()]
    assert own.complaints() == []
    QTest.keyClick(own.window, Qt.Key.Key_Escape)
    assert own.reviewing.state.view is View.TEAM


def test_an_empty_log_is_said(qtbot: QtBot, language: Language, light: None) -> None:
    tab, _, _, nothing, nobody = WORDS[language]
    own = Own(qtbot, language, EmptyBackend())
    own.click(tab)
    assert not has(own.window, nothing)
    own.tasks.finish_all()
    assert has(own.window, nothing)
    assert has(own.window, nobody)
    assert own.complaints() == []


def test_only_the_page_of_an_agent_himself_has_it() -> None:
    assert View.OWN_LOG not in ReviewState().views


@pytest.mark.parametrize("operation", [None, *ReadOperation])
def test_every_reading_has_words(operation: ReadOperation | None) -> None:
    assert operation_words(operation)
    assert all(basis_words(one) for one in ReadBasis)
