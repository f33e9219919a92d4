"""The due list and the answers between calls, and the question what is wrong with an action."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import DataField, FeedbackReason
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.answers_sheet import AnswersSheet
from nba_desktop.ui.panel.day_sheet import DaySheet
from nba_desktop.ui.panel.due_row import DueRow
from nba_desktop.ui.panel.due_sheet import DueSheet
from nba_desktop.ui.panel.guide_tools import GuideTools
from nba_desktop.ui.panel.lower import LowerHalf
from nba_desktop.ui.panel.question_sheet import QuestionSheet
from nba_desktop.ui.panel.ready_waiting import ReadyWaiting
from nba_desktop.ui.panel.strip import Strip
from nba_desktop.ui.panel.window import PanelWindow
from nba_desktop.ui.panel.wish_sheet import WishSheet
from nba_desktop.ui.texts.announcements import announcements
from tests.fakes import states
from tests.fakes.states.responses_states import response_states
from tests.fakes.states.waiting import LATE, NOW_DUE, TODAY, follow_ups, waiting_states
from tests.widget.ui.lending import Lent
from tests.widget.ui.looking import button, cut_off, has, nameless, outside, part, sees, settle


@pytest.fixture
def panel(panels: Lent[PanelWindow], formats: Formats) -> Iterator[PanelWindow]:
    with panels.lent(formats) as window:
        yield window


def show(panel: PanelWindow, name: str, language: Language) -> None:
    panel.show_state(waiting_states(language)[name])
    settle()


DONE = {"de": "Erledigt", "en": "Done"}


def test_the_ready_view_says_what_waits_and_nothing_moves(panel: PanelWindow, language: Language) -> None:
    panel.show_state(states.panel(language))
    settle()
    waiting = part(panel, ReadyWaiting)
    before = waiting.geometry()
    show(panel, "ready_late", language)
    assert has(waiting, {"de": "2 heute fällig, 1 überfällig", "en": "2 due today, 1 overdue"}[language])
    show(panel, "ready_due_now", language)
    assert has(waiting, {"de": "Jetzt fällig: Rückruf, 10:00", "en": "Now due: Callback, 10:00"}[language])
    show(panel, "ready_answered", language)
    assert has(waiting, {"de": "1 Antwort auf Ihre Hinweise", "en": "1 answer to what you reported"}[language])
    assert waiting.geometry() == before
    assert panel.focusWidget() is panel


def test_the_lists_are_opened_by_key_and_from_the_ready_view(
    qtbot: QtBot, panel: PanelWindow, language: Language
) -> None:
    show(panel, "ready_late", language)
    for signal, key, words in (
        (panel.due_toggled, "Alt+I", {"de": "überfällig", "en": "overdue"}),
        (panel.answers_toggled, "Ctrl+H", {"de": "Ihre Hinweise", "en": "What you reported"}),
    ):
        with qtbot.waitSignal(signal) as by_key:
            QTest.keySequence(panel, QKeySequence(key))
        with qtbot.waitSignal(signal) as by_click:
            button(part(panel, ReadyWaiting), words[language]).click()
        assert by_key.args == by_click.args == [True]


def test_the_own_review_is_wished_for_between_calls_only(qtbot: QtBot, panel: PanelWindow, language: Language) -> None:
    panel.show_state(states.panel(language))
    with qtbot.waitSignal(panel.own_review_asked):
        QTest.keySequence(panel, QKeySequence("Ctrl+R"))
    with qtbot.waitSignal(panel.own_review_asked):
        button(panel, {"de": "Meine Auswertung", "en": "My review"}[language]).click()
    panel.show_state(states.helmut(language))
    with qtbot.assertNotEmitted(panel.own_review_asked):
        QTest.keySequence(panel, QKeySequence("Ctrl+R"))


def test_a_promise_is_shown_with_its_customer_masked_and_in_his_words(panel: PanelWindow, language: Language) -> None:
    show(panel, "due", language)
    sheet = part(panel, DueSheet)
    assert has(sheet, {"de": "Herr B. · •••• 0815", "en": "Mr B. · •••• 0815"}[language])
    assert has(sheet, {"de": "„gestern nach der Arbeit“", "en": "“yesterday after work”"}[language])
    assert has(sheet, {"de": "Preisgarantie 12 Monate", "en": "Fixed price for 12 months"}[language])
    assert has(sheet, {"de": "überfällig", "en": "overdue"}[language])
    assert has(sheet, {"de": "jetzt fällig", "en": "now due"}[language])
    nobody = {"de": "Kunde nicht festgestellt · ", "en": "Customer not identified · "}[language]
    assert has(sheet, nobody + Formats(language, states.now).phone("", "+493512805504").replace("\u00a0", " "))
    assert (cut_off(sheet), outside(sheet), nameless(sheet)) == ([], [], [])


def test_the_due_list_is_worked_by_keys_alone(qtbot: QtBot, panel: PanelWindow, language: Language) -> None:
    show(panel, "due", language)
    QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.follow_up_done) as done:
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Space)
    assert done.args == [NOW_DUE]
    QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Up)
    with qtbot.waitSignal(panel.follow_up_done) as first:
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Space)
    assert first.args == [LATE]
    with qtbot.waitSignal(panel.due_toggled) as left:
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Escape)
    assert left.args == [False]


def test_what_is_done_says_how_far_it_is_and_what_was_refused_can_be_done_again(
    qtbot: QtBot, panel: PanelWindow, language: Language
) -> None:
    show(panel, "due_done", language)
    sheet = part(panel, DueSheet)
    accepted = {"de": "erledigt · gespeichert ✓ gesendet ✓ angenommen ✓", "en": "done · stored ✓ sent ✓ accepted ✓"}
    assert has(sheet, accepted[language])
    assert has(sheet, {"de": "sobald das Backend da ist", "en": "as soon as the backend is there"}[language])
    rows = {row.places()[0]: row for row in sheet.findChildren(DueRow) if row.isVisible() and row.places()}
    assert len(rows) == 2
    with qtbot.waitSignal(panel.follow_up_done) as again:
        next(iter(rows)).click()
    assert again.args == [TODAY]


def test_the_calendar_is_asked_for_and_its_end_is_said(qtbot: QtBot, panel: PanelWindow, language: Language) -> None:
    show(panel, "due", language)
    with qtbot.waitSignal(panel.calendar_asked):
        button(panel, {"de": "Als Kalenderdatei speichern", "en": "Save as a calendar file"}[language]).click()
    show(panel, "due_saved", language)
    assert has(panel, {"de": "sie nennt keinen Kunden", "en": "it names no customer"}[language])
    show(panel, "due_not_saved", language)
    assert has(panel, {"de": "Nicht gespeichert", "en": "Not saved"}[language])


@pytest.mark.parametrize(
    ("name", "german", "english", "retry"),
    [
        ("due_loading", "werden geholt …", "are being fetched …", False),
        ("due_late", "dauert länger als sonst", "takes longer than usual", False),
        ("due_failed", "das Backend hat", "the backend has a fault", True),
        ("due_empty", "nichts fällig", "Nothing that you promised", False),
        ("due_not_stored", "Nicht gespeichert", "Not stored", False),
        ("answers_loading", "werden geholt …", "are being fetched …", False),
        ("answers_late", "dauert länger als sonst", "takes longer than usual", False),
        ("answers_failed", "keine Verbindung", "no connection", True),
        ("answers_empty", "noch nichts gemeldet", "reported nothing yet", False),
    ],
)
def test_a_list_that_is_not_there_says_why(
    qtbot: QtBot, panel: PanelWindow, language: Language, name: str, german: str, english: str, retry: bool
) -> None:
    show(panel, name, language)
    assert has(panel, german if language == "de" else english)
    again = {"de": "Erneut versuchen", "en": "Try again"}[language]
    assert has(panel, again) is retry
    if retry:
        with qtbot.waitSignal(panel.due_toggled if name.startswith("due") else panel.answers_toggled) as asked:
            button(panel, again).click()
        assert asked.args == [True]


def test_a_long_list_begins_with_what_is_due_first(panel: PanelWindow, language: Language) -> None:
    state = waiting_states(language)["due"]
    assert state.due.listed is not None
    first = follow_ups(language)[0]
    many = tuple(first.model_copy(update={"follow_up_id": UUID(int=number)}) for number in range(45))
    listed = state.due.listed.model_copy(update={"follow_ups": many, "more": True})
    long = replace(state, due=replace(state.due, listed=listed))

    def rows() -> int:
        return sum(row.isVisible() for row in part(panel, DueSheet).findChildren(DueRow))

    words = {"de": "Weitere zeigen", "en": "Show further ones"}[language]
    left_out = {"de": "mehr, als in diese Liste passen", "en": "more than fit into this list"}[language]
    panel.show_state(long)
    assert rows() == 20
    button(panel, words).click()
    assert (rows(), has(panel, left_out)) == (40, False)
    button(panel, words).click()
    assert (rows(), has(panel, left_out), has(panel, words)) == (45, True, False)
    panel.show_state(replace(long, due=replace(long.due, open=False)))
    panel.show_state(long)
    assert rows() == 20


def test_one_list_gives_way_to_another_and_all_to_a_call(qtbot: QtBot, panel: PanelWindow, language: Language) -> None:
    due, answers = waiting_states(language)["due"], waiting_states(language)["answers"]
    day = response_states(language)["day"]
    panel.show_state(day)
    assert sees(panel, DaySheet)
    with qtbot.waitSignal(panel.day_toggled) as left:
        panel.show_state(replace(due, day=day.day))
    assert left.args == [False]
    panel.show_state(due)
    assert sees(panel, DueSheet)
    assert not sees(panel, DaySheet)
    with qtbot.waitSignal(panel.due_toggled) as left:
        panel.show_state(replace(due, answers=answers.answers))
    assert left.args == [False]
    panel.show_state(answers)
    assert sees(panel, AnswersSheet)
    with qtbot.waitSignal(panel.answers_toggled) as left:
        panel.show_state(replace(states.every_state(language)["ringing"], answers=answers.answers))
    assert left.args == [False]


def test_a_new_answer_comes_first_and_is_marked(panel: PanelWindow, language: Language) -> None:
    show(panel, "answers", language)
    sheet = part(panel, AnswersSheet)
    assert has(sheet, {"de": "Der neue Preis steht", "en": "The new price has been"}[language])
    assert has(sheet, {"de": "Veraltet", "en": "Out of date"}[language])
    assert has(sheet, {"de": "Noch keine Antwort.", "en": "No answer yet."}[language])
    assert has(sheet, {"de": "neu", "en": "new"}[language])
    assert has(sheet, {"de": "Berichtigung: Anschrift", "en": "Correction: Address"}[language])
    assert has(sheet, {"de": "nicht ausgeführt – Bitte den", "en": "not carried out – Please ask"}[language])
    assert (cut_off(sheet), outside(sheet), nameless(sheet)) == ([], [], [])


def test_the_strip_and_a_screen_reader_say_quietly_what_is_due(
    qtbot: QtBot, formats: Formats, language: Language
) -> None:
    words = {"de": "Jetzt fällig: Rückruf, 10:00", "en": "Now due: Callback, 10:00"}[language]
    before, now = waiting_states(language)["ready_late"], waiting_states(language)["ready_due_now"]
    strip = Strip(formats)
    qtbot.addWidget(strip)
    strip.show_state(now)
    # Folded out the panel says it itself; the strip does from the moment on that it is shown.
    strip.show()
    assert strip.words == (words, "", "")
    strip.show_state(before)
    assert words not in strip.words
    (said,) = announcements(before, now, formats)
    assert (said.words, said.urgent) == (words, False)
    assert announcements(now, now, formats) == ()
    in_a_call = replace(states.helmut(language), due=now.due)
    assert announcements(replace(in_a_call, due=before.due), in_a_call, formats) == ()


# ---- the question what is wrong with an action


def test_the_question_is_opened_by_the_guides_link_and_by_key(
    qtbot: QtBot, lower: LowerHalf, language: Language
) -> None:
    state = states.helmut(language)
    lower.show_state(state.contact, state)
    settle()
    link = button(part(lower, GuideTools), {"de": "Passt nicht / veraltet melden", "en": "Report: wrong"}[language])
    with qtbot.waitSignal(lower.question_toggled):
        link.click()
    with qtbot.waitSignal(lower.question_toggled):
        QTest.keySequence(lower, QKeySequence("Ctrl+M"))
    wrap_up = states.every_state(language)["wrap_up"]
    lower.show_state(wrap_up.contact, wrap_up)
    with qtbot.assertNotEmitted(lower.question_toggled):
        QTest.keySequence(lower, QKeySequence("Ctrl+M"))


def test_a_reason_is_one_click_or_key_and_takes_the_line_along(
    qtbot: QtBot, lower: LowerHalf, language: Language
) -> None:
    state = waiting_states(language)["questioning"]
    lower.show_state(state.contact, state)
    settle()
    sheet = part(lower, QuestionSheet)
    assert (cut_off(sheet), outside(sheet), nameless(sheet)) == ([], [], [])
    QTest.keyClicks(part(sheet, QLineEdit), "x y")
    said: list[object] = []
    lower.question_noted.connect(said.append)
    lower.questioned.connect(said.append)
    button(sheet, {"de": "Veraltet", "en": "Out of date"}[language]).click()
    assert said == ["x y", FeedbackReason.OUT_OF_DATE]
    with qtbot.waitSignal(lower.questioned) as by_key:
        QTest.keySequence(lower, QKeySequence("Alt+1"))
    assert by_key.args == [FeedbackReason.WRONG]
    with qtbot.assertNotEmitted(lower.questioned):
        QTest.keySequence(lower, QKeySequence("Alt+6"))
    with qtbot.waitSignal(lower.question_toggled):
        lower.close_topmost()


def test_what_was_said_shows_its_receipt_and_is_not_said_twice(
    qtbot: QtBot, lower: LowerHalf, language: Language
) -> None:
    state = waiting_states(language)["questioned"]
    lower.show_state(state.contact, state)
    settle()
    said = {"de": "Gemeldet: Veraltet gespeichert ✓ gesendet ✓", "en": "Reported: Out of date stored ✓ sent ✓"}
    assert has(lower, said[language])
    assert not part(lower, QuestionSheet).findChildren(QLineEdit)[0].isVisible()
    with qtbot.assertNotEmitted(lower.questioned):
        QTest.keySequence(lower, QKeySequence("Alt+1"))
    refused = waiting_states(language)["question_refused"]
    lower.show_state(refused.contact, refused)
    assert has(lower, {"de": "abgewiesen", "en": "refused"}[language])


# ---- what the customer asks for his own data


def test_a_correction_is_one_click_or_key_and_takes_the_words_along(
    qtbot: QtBot, lower: LowerHalf, language: Language
) -> None:
    state = states.helmut(language)
    lower.show_state(state.contact, state)
    with qtbot.waitSignal(lower.wish_toggled):
        QTest.keySequence(lower, QKeySequence("Ctrl+D"))
    ringing = states.every_state(language)["ringing"]
    lower.show_state(ringing.contact, ringing)
    with qtbot.assertNotEmitted(lower.wish_toggled):
        QTest.keySequence(lower, QKeySequence("Ctrl+D"))
    state = waiting_states(language)["wishing"]
    lower.show_state(state.contact, state)
    settle()
    sheet = part(lower, WishSheet)
    assert (cut_off(sheet), outside(sheet), nameless(sheet)) == ([], [], [])
    line = part(sheet, QLineEdit)
    assert lower.window().focusWidget() is line
    QTest.keyClicks(line, "x y")
    said: list[object] = []
    lower.wish_worded.connect(said.append)
    lower.correction_wished.connect(said.append)
    button(sheet, {"de": "Rufnummer", "en": "Telephone number"}[language]).click()
    QTest.keySequence(lower, QKeySequence("Alt+1"))
    assert said == ["x y", DataField.TELEPHONE, DataField.ADDRESS]
    with qtbot.waitSignal(lower.wish_toggled):
        lower.close_topmost()


def test_an_erasure_is_asked_about_first_and_what_was_said_shows_its_receipt(
    qtbot: QtBot, lower: LowerHalf, language: Language
) -> None:
    state = waiting_states(language)["wished"]
    lower.show_state(state.contact, state)
    settle()
    sheet = part(lower, WishSheet)
    assert (cut_off(sheet), outside(sheet), nameless(sheet)) == ([], [], [])
    assert has(sheet, {"de": "Berichtigung: Anschrift gespeichert ✓", "en": "Correction: Address stored ✓"}[language])
    with qtbot.assertNotEmitted(lower.correction_wished):
        QTest.keySequence(lower, QKeySequence("Alt+1"))
    # What was refused may be said again.
    with qtbot.waitSignal(lower.erasure_asked) as asked:
        button(sheet, {"de": "alle Daten gelöscht", "en": "all data erased"}[language]).click()
    assert asked.args == [True]
    state = waiting_states(language)["wishing_erasure"]
    lower.show_state(state.contact, state)
    settle()
    assert (cut_off(sheet), outside(sheet), nameless(sheet)) == ([], [], [])
    with qtbot.assertNotEmitted(lower.correction_wished):
        QTest.keySequence(lower, QKeySequence("Alt+1"))
    with qtbot.waitSignal(lower.erasure_wished):
        button(sheet, {"de": "Wunsch nach Löschung melden", "en": "Report the wish for erasure"}[language]).click()
