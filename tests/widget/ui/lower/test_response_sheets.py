"""What belongs to a response: its day, its confirmation in text form, its one line."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ConsentChannel, FollowUpKind, ResponseCode
from nba_desktop.domain.entries import FollowUpDraft, QuestionDraft, WishDraft
from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.panel.confirmation_sheet import ConfirmationRow, ConfirmationSheet
from nba_desktop.ui.panel.follow_up_row import FollowUpRow
from nba_desktop.ui.panel.follow_up_sheet import FollowUpSheet
from nba_desktop.ui.panel.lower import LowerHalf
from nba_desktop.ui.panel.question_sheet import QuestionSheet
from nba_desktop.ui.panel.reasons import ReasonsSheet
from nba_desktop.ui.panel.wish_sheet import WishSheet
from nba_desktop.ui.primitives.buttons import Button
from tests.fakes import states
from tests.fakes.states.responses_states import FIXED, responded, response_states
from tests.widget.ui.looking import button, cut_off, has, outside, part, sees, settle


def show(lower: LowerHalf, state: PanelState) -> None:
    lower.show_state(state.contact, state)
    settle()


@pytest.fixture
def shown(language: Language) -> dict[str, PanelState]:
    return response_states(language)


def test_a_callback_is_promised_by_its_reason_and_a_day(
    qtbot: QtBot, lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    show(lower, shown["reasons_interest"])
    with qtbot.waitSignal(lower.follow_up_begun) as begun, qtbot.assertNotEmitted(lower.response_given):
        button(lower, {"de": "Rückruf gewünscht", "en": "Wants a callback"}[language]).click()
    assert begun.args == [ResponseCode.INTEREST_CALLBACK]
    show(lower, shown["day_asked"])
    assert part(lower, FollowUpSheet).isVisible()
    with qtbot.waitSignal(lower.follow_up_planned) as planned, qtbot.assertNotEmitted(lower.group_opened):
        QTest.keySequence(lower, QKeySequence("Alt+2"))
    assert planned.args == [states.NOW.date() + timedelta(days=1)]


def test_the_only_reason_of_a_group_asks_for_its_day_too(
    qtbot: QtBot, lower: LowerHalf, shown: dict[str, PanelState]
) -> None:
    contact = shown["text_form_needed"].contact
    assert contact is not None
    assert contact.view is not None
    decision = contact.view.decision
    callback = {"responses": (ResponseCode.INTEREST_CALLBACK,)}
    only = tuple(action.model_copy(update=callback) for action in decision.recommendations)
    decision = decision.model_copy(update={"recommendations": only})
    contact = replace(contact, view=contact.view.model_copy(update={"decision": decision}))
    show(lower, states.panel("de", contact))
    with qtbot.waitSignal(lower.follow_up_begun), qtbot.assertNotEmitted(lower.response_given):
        QTest.keySequence(lower, QKeySequence("Alt+2"))


def test_escape_puts_the_days_away(qtbot: QtBot, lower: LowerHalf, shown: dict[str, PanelState]) -> None:
    show(lower, shown["day_asked"])
    with qtbot.waitSignal(lower.follow_up_begun) as same_again, qtbot.assertNotEmitted(lower.left):
        lower.close_topmost()
    assert same_again.args == [ResponseCode.INTEREST_CALLBACK]


def test_while_the_concern_is_promised_its_days_alone_have_the_digits(
    lower: LowerHalf, shown: dict[str, PanelState]
) -> None:
    contact = shown["text_form_due"].contact
    assert contact is not None
    show(lower, shown["text_form_due"])
    assert part(lower, ConfirmationSheet).isVisible()
    promised = replace(contact, follow_up_draft=FollowUpDraft(FollowUpKind.CONCERN))
    show(lower, states.panel("de", promised))
    assert not part(lower, ConfirmationSheet).isVisible()
    assert not any(one.key == "Alt+1" for one in lower.findChildren(Button) if one.isVisible())
    show(lower, states.panel("de", replace(promised, consent=replace(contact.consent, open=True))))
    assert any(one.key == "Alt+1" for one in lower.findChildren(Button) if one.isVisible())


def test_the_objection_is_reached_from_the_reasons_of_a_decline(
    qtbot: QtBot, lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    show(lower, shown["reasons_interest"])
    words = {"de": "Werbewiderspruch …", "en": "Marketing objection …"}[language]
    assert not has(lower, words)
    show(lower, shown["reasons_declined"])
    with qtbot.waitSignals([lower.group_opened, lower.consent_toggled, lower.objection_asked]):
        button(lower, words).click()


def test_without_consents_there_is_no_way_to_the_objection(
    lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    contact = shown["reasons_declined"].contact
    assert contact is not None
    assert contact.view is not None
    masked = replace(contact, view=contact.view.model_copy(update={"consents": None}))
    show(lower, states.panel(language, masked))
    assert part(lower, ReasonsSheet).isVisible()
    assert not has(lower, {"de": "Werbewiderspruch …", "en": "Marketing objection …"}[language])


def test_not_raising_an_action_is_said_to_be_held_against_nobody(
    lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    show(lower, shown["reasons_not_raised"])
    assert has(lower, {"de": "niemandem angelastet", "en": "held against nobody"}[language])


def test_the_duty_of_text_form_is_said_before_anything_is_agreed(
    lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    show(lower, shown["text_form_needed"])
    assert has(lower, {"de": "12 Monate · Textform", "en": "12 months · Text form"}[language])
    assert not sees(lower, ConfirmationSheet)
    show(lower, states.panel(language, states.helmut_contact(language)))
    assert not has(lower, {"de": "machen · Textform", "en": "fit · Text form"}[language])


def test_after_a_yes_the_text_form_is_one_click_away(
    qtbot: QtBot, lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    show(lower, shown["text_form_due"])
    sheet = part(lower, ConfirmationSheet)
    assert sheet.isVisible()
    assert sheet.geometry().bottom() + 1 == lower.response_top()
    with qtbot.waitSignal(lower.confirmation_requested) as requested:
        button(sheet, {"de": "Textform senden per E-Mail", "en": "Send the text form by E-mail"}[language]).click()
    assert requested.args == [ConsentChannel.EMAIL]
    show(lower, shown["text_form_sent"])
    assert has(sheet, {"de": "gespeichert ✓ gesendet ✓ angenommen ✓", "en": "stored ✓ sent ✓ accepted ✓"}[language])
    assert not has(sheet, "SMS")


@pytest.mark.parametrize("way", ["escape", "close", "another action"])
def test_what_a_response_needs_is_never_forced(
    lower: LowerHalf, shown: dict[str, PanelState], language: Language, way: str
) -> None:
    due = shown["text_form_due"]
    show(lower, due)
    sheet = part(lower, ConfirmationSheet)
    if way == "escape":
        lower.close_topmost()
    elif way == "close":
        button(sheet, {"de": "Schließen", "en": "Close"}[language]).click()
    else:
        assert due.contact is not None
        due = states.panel(language, replace(due.contact, action_id="SRV_INSTALMENT"))
    show(lower, due)
    assert not sheet.isVisible()
    assert has(lower, {"de": "Textform", "en": "Text form"}[language])


def test_more_opens_and_closes_what_belongs_to_the_last_response(
    qtbot: QtBot, lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    show(lower, shown["noted"])
    assert not sees(lower, ConfirmationSheet)
    more = button(lower, {"de": "Mehr", "en": "More"}[language])
    more.click()
    sheet = part(lower, ConfirmationSheet)
    assert sheet.isVisible()
    line = note_line(sheet)
    assert line.text() == {"de": "Fragt seine Frau", "en": "Asks his wife"}[language]
    line.setText("Freitag")
    with qtbot.waitSignal(lower.response_noted) as noted:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert noted.args == [UUID(int=71), "Freitag"]
    more.click()
    assert not sheet.isVisible()


@pytest.mark.parametrize("question", ["question", "wish"])
def test_more_puts_away_what_else_is_asked_in_its_place(
    lower: LowerHalf, shown: dict[str, PanelState], language: Language, question: str
) -> None:
    contact = shown["noted"].contact
    assert contact is not None
    asked = QuestionDraft(str(contact.action_id))
    open_now = replace(contact, question=asked) if question == "question" else replace(contact, wish=WishDraft())
    show(lower, states.panel(language, open_now))
    for put_away in (lower.question_toggled, lower.wish_toggled):
        put_away.connect(lambda: show(lower, states.panel(language, contact)))
    assert not sees(lower, ConfirmationSheet)
    button(lower, {"de": "Mehr", "en": "More"}[language]).click()
    assert sees(lower, ConfirmationSheet)
    assert not sees(lower, QuestionSheet if question == "question" else WishSheet)


def note_line(sheet: ConfirmationSheet) -> QLineEdit:
    return next(line for line in sheet.findChildren(QLineEdit) if line.isVisibleTo(sheet))


def test_more_chooses_the_action_of_the_response_first(
    qtbot: QtBot, lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    show(lower, states.panel(language, states.helmut_contact(language)))
    with qtbot.waitSignal(lower.action_selected) as selected:
        button(lower, {"de": "Mehr", "en": "More"}[language]).click()
    assert selected.args == [FIXED]


def test_a_promised_day_stands_on_the_receipt_and_can_be_taken_back(
    qtbot: QtBot, lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    show(lower, shown["day_promised"])
    button(lower, {"de": "13. Nov", "en": "13 Nov"}[language]).click()
    sheet = part(lower, ConfirmationSheet)
    assert has(sheet, {"de": "Freitag nach der Arbeit", "en": "Friday after work"}[language])
    with qtbot.waitSignal(lower.follow_up_cancelled) as cancelled:
        deeds = [one for one in part(sheet, FollowUpRow).findChildren(QAbstractButton) if one.isVisibleTo(sheet)]
        assert len(deeds) == 1
        deeds[0].click()
    assert cancelled.args == [UUID(int=72)]


def test_a_promise_without_a_day_offers_one_in_place(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    sent = responded(states.helmut_contact(language), ResponseCode.INTEREST_INFO)
    show(lower, states.panel(language, sent))
    with qtbot.waitSignal(lower.follow_up_begun) as begun:
        button(lower, {"de": "Termin nennen …", "en": "Agree on a day …"}[language]).click()
    assert begun.args == [ResponseCode.INTEREST_INFO]


def test_thinking_it_over_may_have_a_day(
    qtbot: QtBot, lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    show(lower, shown["noted"])
    button(lower, {"de": "Mehr", "en": "More"}[language]).click()
    with qtbot.waitSignal(lower.follow_up_begun) as begun:
        button(lower, {"de": "Termin nennen …", "en": "Agree on a day …"}[language]).click()
    assert begun.args == [ResponseCode.THINKING]


def test_the_wrap_up_asks_for_the_confirmation_that_is_due(
    qtbot: QtBot, lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    show(lower, shown["wrap_up_owed"])
    assert not sees(lower, ConfirmationSheet)
    row = next(one for one in lower.findChildren(ConfirmationRow) if one.isVisibleTo(lower))
    with qtbot.waitSignals([lower.action_selected, lower.confirmation_requested]):
        button(row, "SMS").click()


def test_the_wrap_up_asks_for_the_day_of_a_promise_until_there_is_one(
    qtbot: QtBot, lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    show(lower, shown["wrap_up_promised"])
    with qtbot.waitSignal(lower.follow_up_begun) as begun:
        button(lower, {"de": "Termin nennen", "en": "Agree on a day"}[language]).click()
    assert begun.args == [ResponseCode.INTEREST_INFO]
    show(lower, shown["wrap_up_planned"])
    assert not has(lower, {"de": "Termin nennen …", "en": "Agree on a day …"}[language])


def test_a_narrow_window_says_less_and_cuts_nothing_off(lower: LowerHalf, shown: dict[str, PanelState]) -> None:
    lower.resize(328, 568)
    for name in ("text_form_due", "reasons_declined", "day_promised", "wrap_up_owed"):
        show(lower, shown[name])
        assert not outside(lower), name
        for sheet in (*lower.findChildren(ConfirmationSheet), *lower.findChildren(ReasonsSheet)):
            assert not cut_off(sheet), name


def test_a_response_to_another_action_brings_no_sheet(lower: LowerHalf, language: Language) -> None:
    contact = responded(states.helmut_contact(language), ResponseCode.ACCEPTED_PENDING)
    show(lower, states.panel(language, replace(contact, action_id="XS_MAINTAIN")))
    assert not sees(lower, ConfirmationSheet)


def test_the_day_sheet_grows_with_its_field_and_what_is_wrong_and_shrinks_again(
    lower: LowerHalf, shown: dict[str, PanelState]
) -> None:
    lower.resize(440, 700)
    show(lower, shown["day_asked"])
    sheet = part(lower, FollowUpSheet)
    usual = sheet.height()
    QTest.keySequence(lower, QKeySequence("Alt+6"))
    settle()
    opened = sheet.height()
    assert opened > usual
    field = next(one for one in sheet.findChildren(QLineEdit) if one.hasFocus() or one is lower.window().focusWidget())
    QTest.keyClicks(field, "1.1.26")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()
    assert sheet.height() > opened
    assert sheet.geometry().bottom() < lower.response_top()
    assert not cut_off(sheet)
    assert not outside(sheet)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    settle()
    assert sheet.height() == usual
    assert field.accessibleDescription() == ""


@pytest.mark.parametrize(
    ("key", "channel"), [("Alt+1", ConsentChannel.EMAIL), ("Alt+2", ConsentChannel.SMS), ("Alt+3", ConsentChannel.POST)]
)
def test_the_digits_are_the_ways_of_the_text_form_while_it_is_asked_for(
    qtbot: QtBot, lower: LowerHalf, shown: dict[str, PanelState], key: str, channel: ConsentChannel
) -> None:
    show(lower, shown["text_form_due"])
    with qtbot.waitSignal(lower.confirmation_requested) as asked, qtbot.assertNotEmitted(lower.group_opened):
        QTest.keySequence(lower, QKeySequence(key))
    assert asked.args == [channel]


def test_the_keys_are_shown_where_they_work(lower: LowerHalf, shown: dict[str, PanelState], language: Language) -> None:
    accepted = {"de": "Zugesagt", "en": "Accepted"}[language]
    show(lower, shown["text_form_due"])
    ways = part(lower, ConfirmationRow).findChildren(Button)
    assert [way.key for way in ways if way.isVisible()] == ["Alt+1", "Alt+2", "Alt+3"]
    groups = [one for one in lower.findChildren(Button) if one.isVisible() and one.text() == accepted]
    assert [one.key for one in groups] == [""]
    lower.close_topmost()
    assert [one.key for one in groups] == ["Alt+1"]
