"""A promise in one click: its day, with time and words where the customer named them, and how it is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import FollowUpKind, ResponseCode
from nba_desktop.domain.entries import FollowUpDraft
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.follow_up_row import FollowUpRow
from tests.fakes import states
from tests.fakes.states.conversation import planned_follow_up
from tests.widget.ui.conftest import spoken
from tests.widget.ui.looking import button, has, nameless, seen

CALLBACK = FollowUpDraft(FollowUpKind.CALLBACK, ResponseCode.INTEREST_CALLBACK)


@pytest.fixture
def english(qapp: QApplication) -> Iterator[Language]:
    yield from spoken(qapp, "en")


@pytest.fixture
def row(qtbot: QtBot, english: Language, light: None) -> FollowUpRow:
    shown = FollowUpRow(Formats(english, states.now))
    qtbot.addWidget(shown)
    shown.show_draft(CALLBACK)
    shown.show()
    return shown


def field(row: FollowUpRow, name: str) -> QLineEdit:
    return next(one for one in row.findChildren(QLineEdit) if one.accessibleName().startswith(name))


def test_the_question_names_what_is_promised(row: FollowUpRow) -> None:
    assert has(row, "Callback – on which day?")
    assert not nameless(row)
    row.show_draft(FollowUpDraft(FollowUpKind.CONCERN))
    assert has(row, "Follow-up – by which day?")


def test_one_click_promises_a_day(qtbot: QtBot, row: FollowUpRow) -> None:
    assert button(row, "In 3 days, Fri").accessibleDescription() == "Fri, 13 November"
    with qtbot.waitSignal(row.planned) as planned:
        button(row, "Tomorrow").click()
    assert planned.args == [date(2026, 11, 11)]


@pytest.mark.parametrize(("place", "day"), [(0, 10), (1, 11), (2, 13), (3, 17), (4, 24)])
def test_each_digit_promises_its_day(qtbot: QtBot, row: FollowUpRow, place: int, day: int) -> None:
    with qtbot.waitSignal(row.planned) as planned:
        row.choose(place)
    assert planned.args == [date(2026, 11, day)]


def test_a_closed_row_promises_nothing(qtbot: QtBot, row: FollowUpRow) -> None:
    row.show_draft(None)
    assert not row.isVisible()
    with qtbot.assertNotEmitted(row.planned):
        row.choose(0)


def test_another_day_is_typed_in_place(qtbot: QtBot, row: FollowUpRow) -> None:
    day = field(row, "Day")
    assert not day.isVisible()
    row.choose(5)
    assert day.isVisible()
    QTest.keyClicks(day, "1/12")
    with qtbot.waitSignal(row.planned) as planned:
        QTest.keyClick(day, Qt.Key.Key_Return)
    assert planned.args == [date(2026, 12, 1)]


def test_a_day_gone_by_is_refused_in_place(qtbot: QtBot, row: FollowUpRow) -> None:
    row.choose(5)
    day = field(row, "Day")
    QTest.keyClicks(day, "9/11/2026")
    with qtbot.assertNotEmitted(row.planned):
        button(row, "Promise").click()
    assert has(row, "Too early: 10/11/2026 at the earliest.")
    assert day.accessibleDescription() == "Too early: 10/11/2026 at the earliest."
    QTest.keyClick(day, Qt.Key.Key_Backspace)
    assert not has(row, "Too early")


def test_nothing_typed_is_no_day(qtbot: QtBot, row: FollowUpRow) -> None:
    row.choose(5)
    with qtbot.assertNotEmitted(row.planned):
        QTest.keyClick(field(row, "Day"), Qt.Key.Key_Return)


def test_esc_in_the_field_leaves_only_the_field(qtbot: QtBot, row: FollowUpRow) -> None:
    row.choose(5)
    day = field(row, "Day")
    with qtbot.assertNotEmitted(row.closed):
        QTest.keyClick(day, Qt.Key.Key_Escape)
    assert not day.isVisible()
    assert row.isVisible()


def test_time_and_words_go_before_the_day(qtbot: QtBot, row: FollowUpRow) -> None:
    heard: list[object] = []
    row.time_entered.connect(heard.append)
    row.words_entered.connect(heard.append)
    row.planned.connect(heard.append)
    QTest.keyClicks(field(row, "Time"), "2:30 pm")
    QTest.keyClicks(field(row, "What was agreed"), " after work ")
    button(row, "In 1 week").click()
    assert heard[-3:] == [time(14, 30), "after work", date(2026, 11, 17)]


def test_words_that_assistive_technology_puts_in_are_told_at_once(qtbot: QtBot, row: FollowUpRow) -> None:
    with qtbot.waitSignal(row.words_entered) as told:
        field(row, "What was agreed").setText("after work")
    assert told.args == ["after work"]
    with qtbot.assertNotEmitted(row.words_entered):
        row.show_draft(replace(CALLBACK, words="at noon"), "another")


def test_a_time_that_is_none_holds_the_promise_back(qtbot: QtBot, row: FollowUpRow) -> None:
    field(row, "Time").setText("later")
    with qtbot.assertNotEmitted(row.planned):
        row.choose(1)
    assert has(row, "Please enter a time such as 14:30.")


def test_what_is_being_typed_is_left_alone_until_another_call_is_shown(row: FollowUpRow) -> None:
    row.show_draft(CALLBACK, "one")
    words = field(row, "What was agreed")
    words.setText("after wo")
    row.show_draft(replace(CALLBACK, at_time=time(9)), "one")
    assert (words.text(), field(row, "Time").text()) == ("after wo", "09:00")
    row.show_draft(replace(CALLBACK, words="at noon"), "another")
    assert (words.text(), field(row, "Time").text()) == ("at noon", "")


def test_a_promise_says_its_day_and_how_far_it_has_come(qtbot: QtBot, row: FollowUpRow) -> None:
    row.show_draft(None)
    row.show_entry(planned_follow_up("en"))
    assert row.isVisible()
    assert has(row, "Follow-up: Fri, 13 November at 14:30 “on the mobile, please” · stored ✓ sent ✓")
    with qtbot.waitSignal(row.cancelled):
        button(row, "Cancel: Follow-up: Fri, 13 November at 14:30").click()
    row.show_entry(replace(planned_follow_up("en"), cancelled=True))
    assert not row.isVisible()


def test_german_days_are_short_and_german(qtbot: QtBot, german_formats: Formats) -> None:
    row = FollowUpRow(german_formats)
    qtbot.addWidget(row)
    row.show_draft(CALLBACK)
    row.choose(5)
    assert field(row, "").placeholderText()
    assert "31.12.2026" in [one.placeholderText() for one in row.findChildren(QLineEdit)]
    assert any(text.endswith(", Fr") for text in seen(row))


def test_a_time_of_today_that_is_over_is_not_promised(qtbot: QtBot, row: FollowUpRow) -> None:
    now = Formats("en", states.now).now()
    field(row, "Time").setText("0:01")
    with qtbot.assertNotEmitted(row.planned):
        row.choose(0)
    assert has(row, f"Too early: {Formats('en', states.now).clock(now.time())} at the earliest.")
    with qtbot.waitSignal(row.planned):
        row.choose(1)
