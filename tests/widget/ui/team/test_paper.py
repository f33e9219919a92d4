"""Printing: what is on paper is what is on the screen, and nothing goes there that the site keeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPdfWriter, QTextDocument, QTextOption
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTableView, QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ReviewReason
from nba_desktop.domain.review import View
from nba_desktop.session.reviewing import Reviewing
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.team.head import Head
from nba_desktop.ui.team.printing import chosen_printer
from nba_desktop.ui.team.window import TeamWindow
from nba_desktop.ui.theme import apply_theme
from tests.fakes.ports import FakeTasks
from tests.fakes.review import CHOICES, FakeReviewBackend
from tests.widget.ui.conftest import spoken
from tests.widget.ui.looking import part, seen, settle

NOW = datetime(2026, 10, 27, 9, 0, tzinfo=UTC)
BOTH = CHOICES.model_copy(update={"may_see_actions": True})
PAGES: dict[str, Callable[[Reviewing], None]] = {
    "team": lambda _: None,
    "agent": lambda reviewing: reviewing.open_agent("A-4F7H2J6N"),
    "action": lambda reviewing: reviewing.open_actions("price_guarantee"),
    "site": lambda reviewing: reviewing.open_view(View.SITE),
}
_FIGURE = re.compile(r"\d[\d.,:]*")


@pytest.fixture
def formats(language: Language, light: None) -> Formats:
    return Formats(language, lambda: NOW)


@pytest.fixture
def german_in_the_dark(qapp: QApplication) -> Iterator[Formats]:
    apply_theme(qapp, Qt.ColorScheme.Dark, 1.5)
    for language in spoken(qapp, "de"):
        yield Formats(language, lambda: NOW)
    apply_theme(qapp, Qt.ColorScheme.Light)


def shown(qtbot: QtBot, formats: Formats, page: str, *, own: bool = False, may_export: bool = True) -> TeamWindow:
    window, tasks = TeamWindow(formats, own=own), FakeTasks()
    qtbot.addWidget(window)
    choices = BOTH.model_copy(update={"may_export": may_export})
    reviewing = Reviewing(FakeReviewBackend(choices), tasks, window.show_state, own)
    window.resize(1400, 1000)
    window.show()
    reviewing.start()
    tasks.finish_all()
    if not own:
        reviewing.give_reason(ReviewReason.COACHING_TALK, "")
        tasks.finish_all()
    PAGES[page](reviewing)
    tasks.finish_all()
    settle()
    return window


def figures_on_screen(window: TeamWindow) -> set[str]:
    texts = seen(window)
    for table in window.findChildren(QTableView):
        model = table.model()
        if table.isVisible():
            texts += [
                str(model.index(row, column).data())
                for row in range(model.rowCount())
                for column in range(model.columnCount())
            ]
    return {figure for text in texts for figure in _FIGURE.findall(text)}


def figures_on(paper: QTextDocument) -> set[str]:
    return set(_FIGURE.findall(paper.toPlainText().replace("\u00a0", " ")))


@pytest.mark.parametrize("page", PAGES)
def test_the_figures_on_paper_are_those_of_the_screen(qtbot: QtBot, formats: Formats, page: str) -> None:
    window = shown(qtbot, formats, page)
    on_screen, on_paper = figures_on_screen(window), figures_on(window.paper())
    assert len(on_paper) > 20
    assert on_screen == on_paper


def test_words_are_not_broken_on_paper(qtbot: QtBot, formats: Formats) -> None:
    paper = shown(qtbot, formats, "agent").paper()
    assert paper.defaultTextOption().wrapMode() is QTextOption.WrapMode.WordWrap


def test_an_agent_prints_his_own_page_with_who_looked(qtbot: QtBot, german_formats: Formats) -> None:
    window = shown(qtbot, german_formats, "team", own=True)
    text = window.paper().toPlainText()
    assert "Teamleitung A-LEAD2345 – Coachinggespräch" in text
    assert "„Zu teuer“ 31" in text


def test_paper_is_white_whatever_the_screen_looks_like(
    qtbot: QtBot, german_in_the_dark: Formats, tmp_path: Path
) -> None:
    window = shown(qtbot, german_in_the_dark, "agent")
    paper = window.paper()
    picture = paper.resource(QTextDocument.ResourceType.ImageResource, "picture:1")
    assert isinstance(picture, QImage)
    assert picture.pixelColor(0, 0) == QColor("white")
    block = paper.begin()
    while block.isValid():
        for part_ in block.textFormats():
            assert part_.format.foreground().color().lightness() < 128, block.text()
        block = block.next()
    file = tmp_path / "page.pdf"
    paper.print_(QPdfWriter(str(file)))
    assert file.stat().st_size > 10_000


def test_the_keys_print_where_the_site_lets_figures_leave(qtbot: QtBot, formats: Formats) -> None:
    for may_export in (True, False):
        window = shown(qtbot, formats, "team", may_export=may_export)
        asked: list[bool] = []
        window.print_asked.connect(lambda asked=asked: asked.append(True))
        QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        assert bool(asked) is may_export
        window.show_state(replace(window._state, reason=None))
        QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        assert len(asked) == int(may_export)


def test_nothing_is_printed_when_no_printer_is_chosen(qtbot: QtBot, qapp: QApplication, light: None) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    def cancel() -> None:
        dialog = qapp.activeModalWidget()
        assert isinstance(dialog, QDialog)
        dialog.reject()

    QTimer.singleShot(0, cancel)
    assert chosen_printer(window) is None


def test_printing_stands_among_the_files(qtbot: QtBot, formats: Formats) -> None:
    window = shown(qtbot, formats, "team")
    with qtbot.waitSignal(window.print_asked):
        part(window, Head).export_menu().actions()[-1].trigger()
