"""The consent drawer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language, new_id
from nba_desktop.domain.consent_draft import ConsentAnswer, ConsentDraft
from nba_desktop.domain.contact import ContactState
from nba_desktop.ui.panel.consent_drawer import ConsentDrawer
from nba_desktop.ui.panel.lower import LowerHalf
from tests.fakes import states
from tests.fakes.states.responses_states import resting
from tests.widget.ui.looking import button, has, seen, settle
from tests.widget.ui.lower.contacts import ADV, EMAIL, PHONE, POST, every_contact, in_wrap_up, with_consents

SHA = "a" * 64
SAVE = {"de": "Antworten speichern", "en": "Save answers"}


def contact(language: Language = "de", **draft: object) -> ContactState:
    return replace(states.helmut_contact(language), consent=replace(ConsentDraft(open=True), **draft))  # type: ignore[arg-type]


def show(lower: LowerHalf, shown: ContactState, language: Language) -> None:
    lower.show_state(shown, states.panel(language, shown))
    settle()


def drawer(lower: LowerHalf) -> ConsentDrawer:
    found = lower.findChild(ConsentDrawer)
    assert found is not None
    return found


def answers(lower: LowerHalf) -> list[QAbstractButton]:
    """The answer buttons of all channels."""
    names = tuple(f": {word}" for word in ("Ja", "Nein", "Nicht gefragt", "Yes", "No", "Not asked"))
    return [
        candidate
        for candidate in drawer(lower).findChildren(QAbstractButton)
        if candidate.isVisibleTo(lower) and candidate.accessibleName().endswith(names)
    ]


def test_the_drawer_ends_above_the_response_row(lower: LowerHalf, language: Language) -> None:
    show(lower, contact(language), language)
    assert drawer(lower).isVisible()
    assert drawer(lower).geometry().bottom() + 1 == lower.response_top()


def test_the_wording_is_shown_word_for_word(lower: LowerHalf, language: Language) -> None:
    shown = contact(language)
    show(lower, shown, language)
    assert shown.view is not None
    assert shown.view.consents is not None
    assert has(lower, shown.view.consents.wordings[0].text)


def test_the_wording_keeps_the_customers_language(lower: LowerHalf, language: Language) -> None:
    other: Language = "en" if language == "de" else "de"
    consents = states.helmut_consents(other)
    show(lower, with_consents(contact(language), wordings=consents.wordings), language)
    assert has(lower, consents.wordings[0].text)
    named = {("de", "en"): "Englisch, Fassung 3", ("en", "de"): "German, version 3"}
    assert named[language, other] in seen(lower)


def test_nothing_is_preset_and_all_answers_weigh_the_same(lower: LowerHalf, language: Language) -> None:
    show(lower, contact(language), language)
    assert len(answers(lower)) == 3 * 3  # what stands (post) is not asked for again
    assert not any(answer.isChecked() for answer in answers(lower))
    assert {answer.property("variant") for answer in answers(lower)} == {""}
    yes_and_no = [a for a in answers(lower) if a.accessibleName().endswith((": Ja", ": Nein", ": Yes", ": No"))]
    assert len({answer.width() for answer in yes_and_no}) == 1
    assert {answer.height() for answer in answers(lower)} == {answers(lower)[0].height()}
    assert not button(lower, {"de": "Vorgelesen", "en": "Read aloud"}[language]).isChecked()


def test_an_answer_is_told_with_purpose_and_channel(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    show(lower, contact(language), language)
    with qtbot.waitSignal(lower.consent_answered) as answered:
        name = {"de": "E-Mail: Nein", "en": "E-mail: No"}[language]
        next(answer for answer in answers(lower) if answer.accessibleName() == name).click()
    assert answered.args == [ADV, EMAIL, ConsentAnswer.NO]
    assert not any(answer.isChecked() for answer in answers(lower))


def test_a_channel_that_rests_is_asked_only_when_the_customer_raises_it(lower: LowerHalf, language: Language) -> None:
    shown = resting(contact(language))
    show(lower, shown, language)
    until = {"de": "wieder fragen ab 22. Jan 27", "en": "ask again from 22 Jan 27"}[language]
    assert any(until in one for one in seen(lower))
    only = {"de": "nur, wenn der Kunde es anspricht", "en": "only if the customer raises it"}[language]
    assert any(only in one for one in seen(lower))
    assert len(answers(lower)) == 3
    named = {"de": "E-Mail: Kunde spricht es an", "en": "E-mail: customer raises it"}[language]
    next(one for one in drawer(lower).findChildren(QAbstractButton) if one.accessibleName() == named).click()
    assert len(answers(lower)) == 2 * 3
    show(lower, replace(shown, contact_id=new_id()), language)
    assert len(answers(lower)) == 3
    show(lower, replace(shown, consent=replace(shown.consent, answers=((ADV, EMAIL, ConsentAnswer.YES),))), language)
    assert len(answers(lower)) == 2 * 3


def test_a_ticked_answer_moves_nothing(lower: LowerHalf, language: Language) -> None:
    show(lower, contact(language), language)
    before = [answer.geometry() for answer in answers(lower)]
    show(lower, contact(language, answers=((ADV, PHONE, ConsentAnswer.YES), (ADV, EMAIL, ConsentAnswer.NO))), language)
    assert sum(answer.isChecked() for answer in answers(lower)) == 2
    assert [answer.geometry() for answer in answers(lower)] == before


@pytest.mark.parametrize(
    ("read_aloud", "given", "may_save"),
    [
        (False, (), False),
        (True, (), False),
        (False, ((ADV, PHONE, ConsentAnswer.YES),), False),
        (False, ((ADV, PHONE, ConsentAnswer.NO),), False),
        (False, ((ADV, PHONE, ConsentAnswer.NOT_ASKED),), True),
        (True, ((ADV, PHONE, ConsentAnswer.YES), (ADV, EMAIL, ConsentAnswer.NO)), True),
    ],
)
def test_saving_needs_an_answer_and_the_wording_read_aloud(
    qtbot: QtBot, lower: LowerHalf, language: Language, read_aloud: bool, given: tuple[object, ...], may_save: bool
) -> None:
    read = frozenset({SHA}) if read_aloud else frozenset()
    show(lower, contact(language, read_aloud=read, answers=given), language)
    save = button(lower, SAVE[language])
    assert save.isEnabled() is may_save
    if may_save:
        with qtbot.waitSignal(lower.consent_saved):
            save.click()
    else:
        why = {
            "de": ("Bitte zuerst den Text vorlesen.", "Noch keine Antwort."),
            "en": ("Read the wording aloud first.", "No answer yet."),
        }[language]
        assert has(lower, why[0] if given else why[1])


def test_reading_aloud_is_ticked_by_the_state_alone(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    show(lower, contact(language), language)
    tick = button(lower, {"de": "Vorgelesen", "en": "Read aloud"}[language])
    with qtbot.waitSignal(lower.read_aloud_toggled) as toggled:
        tick.click()
    assert toggled.args == [SHA]
    assert not tick.isChecked()
    show(lower, contact(language, read_aloud=frozenset({SHA})), language)
    assert tick.isChecked()


def test_the_customers_words_are_told(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    show(lower, contact(language), language)
    line = next(edit for edit in drawer(lower).findChildren(QLineEdit) if edit.isVisibleTo(lower))
    QTest.keyClicks(line, "Ja, gern")
    with qtbot.waitSignal(lower.customer_words_entered) as entered:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert entered.args == ["Ja, gern"]


def test_the_words_being_typed_are_told_before_the_wrap_up_is_finished(
    qtbot: QtBot, lower: LowerHalf, language: Language
) -> None:
    show(lower, in_wrap_up(contact(language)), language)
    line = next(edit for edit in drawer(lower).findChildren(QLineEdit) if edit.isVisibleTo(lower))
    QTest.keyClicks(line, "Ja, gern")
    with qtbot.waitSignals([lower.customer_words_entered, lower.wrap_up_finished], order="strict"):
        QTest.keyClick(lower, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)


def test_a_withdrawal_takes_two_clicks(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    show(lower, contact(language), language)
    ask = {"de": "Einwilligung für Post widerrufen", "en": "Withdraw the consent for Post"}[language]
    confirm = {"de": "Widerruf für Post speichern", "en": "Record the withdrawal for Post"}[language]
    with qtbot.waitSignal(lower.withdrawal_asked) as asked, qtbot.assertNotEmitted(lower.withdrawal_confirmed):
        button(lower, ask).click()
    assert asked.args == [ADV, POST]
    show(lower, contact(language, withdrawal_asked=(ADV, POST)), language)
    with qtbot.waitSignal(lower.withdrawal_confirmed):
        button(lower, confirm).click()


def test_an_objection_stands_apart_and_is_confirmed(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    show(lower, contact(language), language)
    with qtbot.waitSignal(lower.objection_asked) as asked, qtbot.assertNotEmitted(lower.objection_confirmed):
        button(lower, {"de": "Werbewiderspruch", "en": "Marketing objection"}[language]).click()
    assert asked.args == [True]
    show(lower, contact(language, objection_asked=True), language)
    with qtbot.waitSignal(lower.objection_confirmed):
        button(lower, {"de": "Widerspruch speichern", "en": "Record objection"}[language]).click()
    with qtbot.waitSignal(lower.objection_asked) as left:
        button(lower, {"de": "Abbrechen", "en": "Leave it"}[language]).click()
    assert left.args == [False]


def test_an_objection_on_file_is_said_and_nothing_is_asked(lower: LowerHalf, language: Language) -> None:
    show(lower, every_contact(language)["consent_objected"], language)
    assert has(lower, {"de": "Ein Werbewiderspruch liegt vor", "en": "A marketing objection is on file"}[language])
    assert answers(lower) == []
    assert not has(lower, SAVE[language])


def test_every_recorded_line_has_its_receipt(lower: LowerHalf, language: Language) -> None:
    show(lower, every_contact(language)["consent_answered"], language)
    assert has(lower, {"de": "gespeichert ✓ gesendet ✓ angenommen ✓", "en": "stored ✓ sent ✓ accepted ✓"}[language])
    assert has(lower, {"de": "Nachweis schwach", "en": "weak proof"}[language])


@pytest.mark.parametrize("opened", [False, True])
def test_a_key_opens_and_closes_the_drawer(qtbot: QtBot, lower: LowerHalf, opened: bool) -> None:
    show(lower, contact("de", open=opened), "de")
    with qtbot.waitSignal(lower.consent_toggled) as toggled:
        QTest.keySequence(lower, QKeySequence("Alt+E"))
    assert toggled.args == [not opened]


def test_escape_closes_the_drawer(qtbot: QtBot, lower: LowerHalf) -> None:
    show(lower, contact("de"), "de")
    with qtbot.waitSignal(lower.consent_toggled) as toggled:
        lower.close_topmost()
    assert toggled.args == [False]


def test_before_authentication_there_is_no_drawer(qtbot: QtBot, lower: LowerHalf) -> None:
    masked = states.every_state("de")["one_candidate"].contact
    assert masked is not None
    show(lower, masked, "de")
    with qtbot.assertNotEmitted(lower.consent_toggled):
        QTest.keySequence(lower, QKeySequence("Alt+E"))
