"""Today's calls and their correction; the knowledge that needs no call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.domain.contact import Tab
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.day_row import DayRow
from nba_desktop.ui.panel.day_sheet import DaySheet
from nba_desktop.ui.panel.knowledge_sheet import KnowledgeSheet
from nba_desktop.ui.panel.lower import LowerHalf
from nba_desktop.ui.panel.window import PanelWindow
from tests.fakes import states
from tests.fakes.states.responses_states import response_states
from tests.widget.ui.lending import Lent
from tests.widget.ui.looking import button, cut_off, has, nameless, outside, part, settle


@pytest.fixture
def panel(panels: Lent[PanelWindow], formats: Formats) -> Iterator[PanelWindow]:
    with panels.lent(formats) as window:
        yield window


@pytest.fixture
def sheet(formats: Formats) -> Iterator[DaySheet]:
    behind = QWidget()
    behind.resize(440, 600)
    widget = DaySheet(formats, behind)
    widget.setGeometry(behind.rect())
    behind.show()
    widget.open()
    yield widget
    behind.close()
    delete(behind)


def show_day(sheet: DaySheet, name: str, language: Language) -> None:
    state = response_states(language)[name]
    sheet.show_day(state.day, state.concerns)
    settle()


def show(panel: PanelWindow, name: str, language: Language) -> DaySheet:
    panel.show_state(response_states(language)[name])
    settle()
    return part(panel, DaySheet)


def test_the_day_is_opened_by_key_and_from_the_ready_view(qtbot: QtBot, panel: PanelWindow, language: Language) -> None:
    panel.show_state(states.panel(language))
    with qtbot.waitSignal(panel.day_toggled) as by_key:
        QTest.keySequence(panel, QKeySequence("Alt+Y"))
    with qtbot.waitSignal(panel.day_toggled) as by_click:
        button(panel, {"de": "Heutige Gespräche", "en": "Today’s calls"}[language]).click()
    assert by_key.args == by_click.args == [True]
    panel.show_state(states.helmut(language))
    with qtbot.waitSignal(panel.day_toggled):
        QTest.keySequence(panel, QKeySequence("Alt+Y"))


def test_a_call_is_shown_with_what_was_recorded(sheet: DaySheet, language: Language) -> None:
    show_day(sheet, "day", language)
    assert sheet.isVisible()
    assert has(sheet, "09:03 Brandt, H.")
    assert has(sheet, {"de": "Abschlag · Privatkunden", "en": "Instalment · Privatkunden"}[language])
    assert has(sheet, {"de": "12 Monate: Möchte überlegen", "en": "12 months: Wants to think it over"}[language])
    assert has(sheet, {"de": "Kein Ergebnis erfasst.", "en": "No response recorded."}[language])
    assert not cut_off(sheet)
    assert not outside(sheet)
    assert not nameless(sheet)


def test_what_was_promised_with_a_response_is_shown_and_what_a_correction_does_to_it(
    sheet: DaySheet, language: Language
) -> None:
    show_day(sheet, "day", language)
    assert has(sheet, {"de": "Möchte überlegen · Rückruf: ", "en": "Wants to think it over · Callback: "}[language])
    falls = {"de": "Bei einem Ergebnis ohne diese Zusage", "en": "With a response that does not promise this"}[language]
    assert not has(sheet, falls)
    button(sheet, {"de": "Berichtigen …", "en": "Correct …"}[language]).click()
    settle()
    assert has(sheet, falls)
    assert not cut_off(sheet)


def test_another_code_is_chosen_in_place(qtbot: QtBot, sheet: DaySheet, language: Language) -> None:
    show_day(sheet, "day", language)
    words = {"de": "Interesse – Unterlagen senden", "en": "Interested – send information"}[language]
    assert not has(sheet, words)
    button(sheet, {"de": "Berichtigen …", "en": "Correct …"}[language]).click()
    settle()
    with qtbot.waitSignal(sheet.day_corrected) as corrected:
        button(sheet, words).click()
    assert corrected.args == [UUID(int=92), UUID(int=91), ResponseCode.INTEREST_INFO]


def test_the_same_code_corrects_nothing(qtbot: QtBot, sheet: DaySheet, language: Language) -> None:
    show_day(sheet, "day", language)
    button(sheet, {"de": "Berichtigen …", "en": "Correct …"}[language]).click()
    settle()
    chosen = {"de": "Möchte überlegen", "en": "Wants to think it over"}[language]
    with qtbot.assertNotEmitted(sheet.day_corrected):
        next(b for b in sheet.findChildren(type(button(sheet, chosen))) if b.text() == chosen).click()
    assert not has(sheet, {"de": "Interesse – Unterlagen senden", "en": "Interested – send information"}[language])


def test_a_correction_has_its_receipt(sheet: DaySheet, language: Language) -> None:
    show_day(sheet, "day_corrected", language)
    assert has(sheet, {"de": "berichtigt · gespeichert ✓ gesendet ✓", "en": "corrected · stored ✓ sent ✓"}[language])


def test_the_day_is_worked_by_keys_alone(qtbot: QtBot, panel: PanelWindow, language: Language) -> None:
    sheet = show(panel, "day", language)
    QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Down)
    correct = button(sheet, {"de": "Berichtigen …", "en": "Correct …"}[language])
    assert panel.focusWidget() is correct
    QTest.keyClick(correct, Qt.Key.Key_Space)
    QTest.keyClick(correct, Qt.Key.Key_Down)
    QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.day_corrected) as corrected:
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Space)
    assert corrected.args[2] is ResponseCode.INTEREST_INFO
    with qtbot.assertNotEmitted(panel.day_toggled):
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Escape)
    with qtbot.waitSignal(panel.day_toggled) as left:
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Escape)
    assert left.args == [False]


@pytest.mark.parametrize(
    ("name", "german", "english", "retry"),
    [
        ("day_loading", "werden geholt …", "are being fetched …", False),
        ("day_late", "dauert länger als sonst", "takes longer than usual", False),
        ("day_failed", "das Backend hat", "the backend has a fault", True),
        ("day_offline", "keine Verbindung", "no connection", True),
        ("day_empty", "noch kein Gespräch", "No call of today", False),
        ("day_not_stored", "Nicht gespeichert", "Not stored", False),
    ],
)
def test_a_day_that_is_not_there_says_why(
    qtbot: QtBot, sheet: DaySheet, language: Language, name: str, german: str, english: str, retry: bool
) -> None:
    show_day(sheet, name, language)
    assert has(sheet, german if language == "de" else english)
    assert has(sheet, {"de": "Erneut versuchen", "en": "Try again"}[language]) is retry
    if retry:
        with qtbot.waitSignal(sheet.asked_again):
            button(sheet, {"de": "Erneut versuchen", "en": "Try again"}[language]).click()


def test_the_day_gives_way_to_a_call(qtbot: QtBot, panel: PanelWindow, language: Language) -> None:
    show(panel, "day", language)
    ringing = replace(states.every_state(language)["ringing"], day=response_states(language)["day"].day)
    with qtbot.waitSignal(panel.day_toggled) as left:
        panel.show_state(ringing)
    assert left.args == [False]
    panel.show_state(states.every_state(language)["ringing"])
    assert not part(panel, DaySheet).isVisible()


def test_knowledge_is_searched_without_a_call(qtbot: QtBot, panel: PanelWindow, language: Language) -> None:
    panel.show_state(states.panel(language))
    QTest.keySequence(panel, QKeySequence("Alt+K"))
    sheet = part(panel, KnowledgeSheet)
    assert sheet.isVisible()
    assert panel.focusWidget() is next(line for line in sheet.findChildren(QLineEdit) if line.isVisibleTo(sheet))
    with qtbot.waitSignal(panel.knowledge_searched) as searched:
        QTest.keyClicks(panel.focusWidget(), "u")
    assert searched.args == ["u"]
    QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_knowledge_is_searched_before_anything_is_recommended(
    qtbot: QtBot, lower: LowerHalf, language: Language
) -> None:
    masked = states.every_state(language)["one_candidate"]
    lower.show_state(masked.contact, masked)
    settle()
    with qtbot.waitSignal(lower.tab_selected) as selected:
        QTest.keySequence(lower, QKeySequence("Alt+K"))
    assert selected.args == [Tab.KNOWLEDGE]
    with qtbot.assertNotEmitted(lower.tab_selected):
        QTest.keySequence(lower, QKeySequence("Alt+G"))
    assert masked.contact is not None
    contact = replace(masked.contact, tab=Tab.KNOWLEDGE)
    lower.show_state(contact, states.panel(language, contact))
    settle()
    assert has(lower, {"de": "Durchsuchen Sie den ganzen Katalog", "en": "Search the whole catalogue"}[language])


def test_a_long_day_begins_with_its_newest_calls_and_shows_earlier_ones_when_asked(
    sheet: DaySheet, language: Language
) -> None:
    state = response_states(language)["day"]
    assert state.day.day is not None
    first = state.day.day.contacts[0]
    many = tuple(first.model_copy(update={"contact_id": UUID(int=number)}) for number in range(45))
    long = replace(state.day, day=state.day.day.model_copy(update={"contacts": many}))

    def rows() -> int:
        return sum(row.isVisible() for row in sheet.findChildren(DayRow))

    sheet.show_day(long, state.concerns)
    words = {"de": "Frühere Gespräche zeigen", "en": "Show earlier calls"}[language]
    assert rows() == 20
    button(sheet, words).click()
    assert rows() == 40
    button(sheet, words).click()
    assert rows() == 45
    assert not has(sheet, words)
    sheet.show_day(replace(long, open=False), state.concerns)
    sheet.show_day(long, state.concerns)
    assert rows() == 20
