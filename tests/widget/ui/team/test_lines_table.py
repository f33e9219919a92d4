"""The columns of the review's lines: as wide as what stands in them now needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nba_desktop.contract.review import Period
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.team.table import Line, LinesTable, agent_lines
from nba_desktop.ui.texts.review_words import period_words
from nba_desktop.ui.theme import apply_theme
from tests.fakes.review import AGENTS
from tests.widget.ui.looking import settle

LINES = agent_lines(AGENTS)
LONG = (replace(LINES[0], title="Agent whose name is much longer than any pseudonym"), *LINES[1:])


def filled(table: LinesTable, lines: tuple[Line, ...]) -> list[int]:
    """The widths of the columns once lines are shown."""
    table.show_lines("Agent", lines, None, compared=True)
    return [table.columnWidth(column) for column in range(table.model().columnCount())]


@pytest.fixture
def normal_size_again(qapp: QApplication) -> Iterator[None]:
    yield
    apply_theme(qapp, Qt.ColorScheme.Light)


@pytest.mark.usefixtures("normal_size_again")
def test_columns_follow_what_stands_in_them_and_the_size_of_its_letters(
    qtbot: QtBot, qapp: QApplication, german_formats: Formats
) -> None:
    table = LinesTable(german_formats)
    qtbot.addWidget(table)
    table.resize(3000, 400)
    table.show()
    short = filled(table, LINES)
    long = filled(table, LONG)
    assert long[0] >= QFontMetrics(table.font()).horizontalAdvance(LONG[0].title) > short[0]
    assert filled(table, LINES) == short
    apply_theme(qapp, Qt.ColorScheme.Light, 2.0)
    settle()
    larger = filled(table, LONG)
    assert larger[0] >= QFontMetrics(table.font()).horizontalAdvance(LONG[0].title) > long[0]


def test_what_no_line_may_break_keeps_a_width_of_its_own(qtbot: QtBot, german_formats: Formats) -> None:
    """Too narrow for one line each, titles take two; a share and its sign stay together, and so does one word."""
    table = LinesTable(german_formats)
    qtbot.addWidget(table)
    table.resize(300, 400)
    together = "Kundenberaterinnen\u00a0und\u00a0Kundenberater"
    table.show()
    metrics = QFontMetrics(table.font())
    (broken, *_) = filled(table, (replace(LINES[0], title=together.replace("\u00a0", " ")),))
    (whole, *_) = filled(table, (replace(LINES[0], title=together),))
    assert broken < metrics.horizontalAdvance(together) <= whole


def test_a_line_says_what_of_the_period_it_is_of(qtbot: QtBot, german_formats: Formats) -> None:
    table = LinesTable(german_formats)
    qtbot.addWidget(table)
    periods = (
        Period(first=date(2026, 7, 6), last=date(2026, 8, 2)),
        Period(first=date(2026, 8, 31), last=date(2026, 9, 27)),
    )
    filled(table, (replace(LINES[0], counted=periods), LINES[1]))
    tips = [table.model().index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(2)]
    counted = ", ".join(period_words(one, german_formats) for one in periods)
    assert counted in tips[0]
    assert tips[1] == LINES[1].title
