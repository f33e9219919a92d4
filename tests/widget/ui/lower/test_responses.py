"""The response row: groups, reasons, receipt, undo, note."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import RESPONSE_GROUPS, ResponseCode, ResponseGroup
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import DroppedAction, NoteState
from nba_desktop.domain.follow_ups import NEED_DATE
from nba_desktop.domain.receipts import Receipt
from nba_desktop.ui.panel.lower import LowerHalf
from nba_desktop.ui.panel.reasons import ReasonsSheet
from nba_desktop.ui.panel.receipt import ReceiptLine
from nba_desktop.ui.primitives.labels import RichLabel
from tests.fakes import states
from tests.widget.ui.looking import button, has, part, seen, settle
from tests.widget.ui.lower.contacts import chosen, response, with_action

ONE_YES = (
    ResponseCode.ACCEPTED_PENDING,
    ResponseCode.DECLINED_PRICE,
    ResponseCode.STOP_TOPIC,
    ResponseCode.THINKING,
    ResponseCode.NOT_DECIDER,
)


def contact(group: ResponseGroup | None = None) -> ContactState:
    fixed = with_action(replace(states.helmut_contact("de"), action_id="RET_FIX12"), "RET_FIX12", responses=ONE_YES)
    return replace(fixed, open_group=group)


def show(lower: LowerHalf, shown: ContactState, language: Language = "de") -> None:
    lower.show_state(shown, states.panel(language, shown))
    settle()


def test_the_row_names_the_action_it_is_for(lower: LowerHalf, language: Language) -> None:
    shown = states.helmut_contact(language)
    show(lower, shown, language)
    words = {"de": "Ergebnis für 1 {}", "en": "Response to 1 {}"}[language]
    assert words.format(chosen(shown).title) in seen(lower)


def test_a_group_with_one_code_records_at_once(qtbot: QtBot, lower: LowerHalf) -> None:
    show(lower, contact())
    with qtbot.waitSignal(lower.response_given) as by_key, qtbot.assertNotEmitted(lower.group_opened):
        QTest.keySequence(lower, QKeySequence("Alt+1"))
    assert by_key.args == [ResponseCode.ACCEPTED_PENDING]


def test_a_group_with_several_codes_opens_its_reasons(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    show(lower, contact(), language)
    with qtbot.waitSignal(lower.group_opened) as by_key:
        QTest.keySequence(lower, QKeySequence("Alt+4"))
    with qtbot.waitSignal(lower.group_opened) as by_click:
        button(lower, {"de": "Abgelehnt", "en": "Declined"}[language]).click()
    assert by_key.args == by_click.args == [ResponseGroup.DECLINED]


def test_the_reasons_lie_over_the_guide_and_end_at_the_row(lower: LowerHalf) -> None:
    show(lower, contact(ResponseGroup.DECLINED))
    sheet = lower.findChild(ReasonsSheet)
    assert sheet is not None
    assert sheet.isVisible()
    assert sheet.geometry().bottom() + 1 == lower.response_top()


def test_a_key_gives_the_reason_in_its_place(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    show(lower, contact(ResponseGroup.DECLINED), language)
    assert has(lower, {"de": "Thema nicht mehr ansprechen", "en": "Do not raise this topic again"}[language])
    with qtbot.waitSignal(lower.response_given) as given:
        QTest.keySequence(lower, QKeySequence("Alt+2"))
    assert given.args == [ResponseCode.STOP_TOPIC]
    with qtbot.assertNotEmitted(lower.response_given), qtbot.assertNotEmitted(lower.group_opened):
        QTest.keySequence(lower, QKeySequence("Alt+3"))


def test_a_click_gives_the_reason(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    show(lower, contact(ResponseGroup.THINKING), language)
    with qtbot.waitSignal(lower.response_given) as given:
        button(lower, {"de": "Entscheidet nicht allein", "en": "Not the decision-maker"}[language]).click()
    assert given.args == [ResponseCode.NOT_DECIDER]


@pytest.mark.parametrize("way", ["escape", "same group", "close"])
def test_an_open_group_closes_again(qtbot: QtBot, lower: LowerHalf, language: Language, way: str) -> None:
    show(lower, contact(ResponseGroup.DECLINED), language)
    with qtbot.waitSignal(lower.group_opened) as closed:
        if way == "escape":
            lower.close_topmost()
        elif way == "close":
            button(lower, {"de": "Schließen", "en": "Close"}[language]).click()
        else:
            button(lower, {"de": "Abgelehnt", "en": "Declined"}[language]).click()
    assert closed.args == [None]


def test_a_group_without_a_code_of_the_action_cannot_be_pressed(lower: LowerHalf, language: Language) -> None:
    show(lower, contact(), language)
    assert not button(lower, {"de": "Interesse", "en": "Interested"}[language]).isEnabled()


def test_every_code_has_a_place_in_a_group(qtbot: QtBot, lower: LowerHalf) -> None:
    everything = with_action(contact(), "RET_FIX12", responses=tuple(ResponseCode))
    for group, codes in RESPONSE_GROUPS.items():
        show(lower, replace(everything, open_group=group))
        for place, code in enumerate(codes, start=1):
            with qtbot.waitSignal(lower.follow_up_begun if code in NEED_DATE else lower.response_given) as given:
                QTest.keySequence(lower, QKeySequence(f"Alt+{place}"))
            assert given.args == [code]


def test_while_it_rings_nothing_can_be_recorded(qtbot: QtBot, lower: LowerHalf) -> None:
    ringing = states.every_state("de")["ringing"].contact
    assert ringing is not None
    show(lower, ringing)
    with qtbot.assertNotEmitted(lower.response_given), qtbot.assertNotEmitted(lower.group_opened):
        for digit in "12345":
            QTest.keySequence(lower, QKeySequence(f"Alt+{digit}"))


@pytest.mark.parametrize("without_actions", ["one_candidate", "offline"])
def test_without_actions_only_why_nothing_was_addressed_can_be_recorded(
    qtbot: QtBot, lower: LowerHalf, without_actions: str
) -> None:
    bare = states.every_state("de")[without_actions].contact
    assert bare is not None
    show(lower, bare)
    with qtbot.assertNotEmitted(lower.response_given), qtbot.assertNotEmitted(lower.group_opened):
        for digit in "1234":
            QTest.keySequence(lower, QKeySequence(f"Alt+{digit}"))
    with qtbot.waitSignal(lower.group_opened) as opened:
        QTest.keySequence(lower, QKeySequence("Alt+5"))
    assert opened.args == [ResponseGroup.NOT_ADDRESSED]


@pytest.mark.parametrize(
    ("reached", "german", "english"),
    [
        (Receipt.STORED, "gespeichert ✓", "stored ✓"),
        (Receipt.SENT, "gespeichert ✓ gesendet ✓", "stored ✓ sent ✓"),
        (Receipt.ACCEPTED, "gespeichert ✓ gesendet ✓ angenommen ✓", "stored ✓ sent ✓ accepted ✓"),
        (Receipt.REFUSED, "abgewiesen ✗", "refused ✗"),
    ],
)
def test_the_receipt_says_how_far_a_response_has_come(
    lower: LowerHalf, language: Language, reached: Receipt, german: str, english: str
) -> None:
    shown = replace(states.helmut_contact(language), responses=(response(ResponseCode.THINKING, receipt=reached),))
    show(lower, shown, language)
    said = {"de": "Möchte überlegen", "en": "Wants to think it over"}[language]
    # Where the kept lines do not hold the title too, the action's place stands for it.
    heads = (f"2 {shown.recommendations[1].title}: {said} · ", f"2 {said} · ")
    line = next(text for text in seen(lower) if text.startswith(heads))
    assert line.endswith((german, english)) or reached is Receipt.REFUSED
    assert (german if language == "de" else english) in line


def test_a_small_screen_says_it_in_one_line(lower: LowerHalf, language: Language) -> None:
    lower.set_row_compact(True)
    show(lower, states.helmut_contact(language), language)
    assert has(lower, {"de": "2 Überlegt · gespeichert ✓", "en": "2 Thinking · stored ✓"}[language])


def test_a_response_is_taken_back_by_click_and_by_key(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    shown = replace(states.helmut_contact(language), responses=(response(ResponseCode.THINKING),))
    show(lower, shown, language)
    with qtbot.waitSignal(lower.response_undone) as by_click:
        button(lower, {"de": "Ändern", "en": "Change"}[language]).click()
    with qtbot.waitSignal(lower.response_undone) as by_key:
        QTest.keySequence(lower, QKeySequence("Alt+U"))
    assert by_click.args == by_key.args == [UUID(int=77)]


def test_without_a_response_there_is_nothing_to_take_back(qtbot: QtBot, lower: LowerHalf) -> None:
    show(lower, replace(states.helmut_contact("de"), responses=()))
    with qtbot.assertNotEmitted(lower.response_undone):
        QTest.keySequence(lower, QKeySequence("Alt+U"))


def test_the_response_to_an_action_that_is_gone_keeps_its_words(lower: LowerHalf, language: Language) -> None:
    shown = replace(states.helmut_contact(language), responses=(response(ResponseCode.THINKING, "GONE"),))
    show(lower, shown, language)
    assert has(lower, {"de": "Möchte überlegen · gespeichert", "en": "Wants to think it over · stored"}[language])


@pytest.mark.parametrize(("width", "compact"), [(440, True), (360, True), (360, False)])
def test_the_receipt_names_what_is_offered_no_more_by_its_title(
    lower: LowerHalf, language: Language, width: int, compact: bool
) -> None:
    lower.set_row_compact(compact)
    lower.resize(width, 568)
    helmut = states.helmut_contact(language)
    assert helmut.view is not None
    decision = helmut.view.decision
    gone, *others = decision.recommendations
    left = decision.model_copy(update={"recommendations": tuple(others)})
    dropped = DroppedAction(gone.model_copy(update={"rank": 0}), decision.decision_id)
    shown = replace(helmut, view=helmut.view.model_copy(update={"decision": left}), dropped=(dropped,))
    show(lower, replace(shown, responses=(response(ResponseCode.ACCEPTED_PENDING, gone.action_id),)), language)
    line = part(lower, ReceiptLine)
    words = line.findChildren(RichLabel)[0]
    assert words.height() == words.minimumHeight()
    assert gone.title in words.accessibleName()
    named = seen(line)[0].partition("…")[0]
    assert gone.title.startswith(named) or gone.title in named
    assert width < 440 or len(named) > len(gone.title.partition(" ")[0])


def test_what_could_not_be_stored_is_said(lower: LowerHalf, language: Language) -> None:
    failed = states.every_state(language)["not_stored"].contact
    assert failed is not None
    show(lower, failed, language)
    assert has(lower, {"de": "Nicht gespeichert: ", "en": "Not stored: "}[language])


def test_the_buttons_stay_where_they_are(lower: LowerHalf, language: Language) -> None:
    def places() -> list[QRect]:
        names = {"de": ("Zugesagt", "Interesse", "Überlegt", "Abgelehnt", "Passt nicht")}
        names["en"] = ("Accepted", "Interested", "Thinking", "Declined", "Not raised")
        # The cards' chips are no buttons, so that each name is that of the group alone.
        return [button(lower, name).geometry() for name in names[language]]

    show(lower, contact(), language)
    before = places()
    for shown in (with_action(contact(), "RET_FIX12", responses=tuple(ResponseCode)), states.helmut_contact(language)):
        show(lower, shown, language)
        assert places() == before


# The note


def note_line(lower: LowerHalf, language: Language) -> QLineEdit:
    name = {"de": "Notiz zum Gespräch", "en": "Note on this call"}[language]
    return next(edit for edit in lower.findChildren(QLineEdit) if edit.accessibleName() == name)


def test_a_note_is_written_in_place(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    show(lower, states.helmut_contact(language), language)
    settle()
    top = lower.response_top()
    QTest.keySequence(lower, QKeySequence("Alt+N"))
    line = note_line(lower, language)
    assert line.isVisible()
    settle()
    assert lower.response_top() == top
    QTest.keyClicks(line, "Ruft Freitag an")
    with qtbot.waitSignal(lower.note_written) as written:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert written.args == ["Ruft Freitag an"]
    assert not line.isVisible()


def test_escape_leaves_the_note_as_it_was(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    kept = replace(states.helmut_contact(language), note=NoteState("alt"), open_group=ResponseGroup.DECLINED)
    show(lower, kept, language)
    QTest.keySequence(lower, QKeySequence("Alt+N"))
    line = note_line(lower, language)
    qtbot.waitUntil(line.hasFocus)
    line.setText("neu")
    with qtbot.assertNotEmitted(lower.note_written), qtbot.assertNotEmitted(lower.group_opened):
        QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "alt"


def test_a_note_being_typed_survives_news_and_belongs_to_its_call(
    qtbot: QtBot, lower: LowerHalf, language: Language
) -> None:
    first = states.helmut_contact(language)
    other = replace(first, contact_id=UUID(int=2), note=NoteState("andere"))
    show(lower, first, language)
    QTest.keySequence(lower, QKeySequence("Alt+N"))
    line = note_line(lower, language)
    with qtbot.waitSignal(lower.note_drafted) as drafted:
        QTest.keyClicks(line, "h")
    QTest.keyClicks(line, "alb")
    assert drafted.args == ["h"]
    show(lower, replace(first, note=NoteState(draft="h"), why_open=True), language)
    assert line.text() == "halb"  # an older draft never undoes what is being typed
    show(lower, other, language)
    assert line.text() == "andere"
    assert not line.isVisible()
    show(lower, replace(first, note=NoteState(draft="halb")), language)
    assert line.text() == "halb"
    assert line.isVisible()
    assert not line.hasFocus()


def test_what_is_said_of_no_action_is_said_of_the_call(lower: LowerHalf, language: Language) -> None:
    shown = states.every_state(language)["one_candidate"].contact
    assert shown is not None
    show(lower, shown, language)
    assert has(lower, QCoreApplication.translate("ResponseRow", "Response to the whole call"))


def test_the_receipt_keeps_its_lines_and_begins_none_with_a_dot(lower: LowerHalf, language: Language) -> None:
    lower.set_row_compact(True)
    lower.resize(360, 568)
    entry = response(ResponseCode.ACCEPTED_PENDING, receipt=Receipt.SENT)
    shown = replace(states.helmut_contact(language), responses=(entry,))
    show(lower, shown, language)
    line = part(lower, ReceiptLine)
    usual = line.height()
    show(lower, replace(shown, responses=(replace(entry, receipt=Receipt.ACCEPTED),)), language)
    assert line.height() == usual
    assert any("\u00a0· " in label.text() for label in line.findChildren(RichLabel))
