"""The wrap-up: only what is still open."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.domain.actions import offered_by
from nba_desktop.domain.consent_draft import ConsentAnswer, ConsentDraft
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import NoteState
from nba_desktop.domain.owed import owed
from nba_desktop.ui.panel.action_card import ActionCard
from nba_desktop.ui.panel.confirmation_sheet import ConfirmationSheet
from nba_desktop.ui.panel.consent_drawer import ConsentDrawer
from nba_desktop.ui.panel.lower import LowerHalf
from nba_desktop.ui.panel.note import NoteLine
from tests.fakes import states
from tests.widget.ui.looking import button, has, part, settle
from tests.widget.ui.lower.contacts import ADV, EMAIL, PHONE, every_contact, in_wrap_up, response


def show(lower: LowerHalf, shown: ContactState, language: Language) -> None:
    lower.show_state(shown, states.panel(language, shown))
    settle()


def test_an_addressed_action_without_a_code_is_asked_for(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    shown = replace(in_wrap_up(states.helmut_contact(language)), action_id="XS_MAINTAIN")
    show(lower, shown, language)
    missing = shown.recommendations[0]
    assert has(lower, f"1 {missing.title}: " + {"de": "Ergebnis fehlt", "en": "response missing"}[language])
    with qtbot.waitSignal(lower.action_selected) as selected:
        button(lower, {"de": "Auswählen", "en": "Choose"}[language]).click()
    assert selected.args == ["SRV_INSTALMENT"]


def test_an_addressed_action_that_is_offered_no_more_is_asked_for_by_its_title(
    qtbot: QtBot, lower: LowerHalf, language: Language
) -> None:
    helmut = states.helmut_contact(language)
    assert helmut.view is not None
    first, *rest = helmut.recommendations
    decision = helmut.view.decision.model_copy(update={"recommendations": tuple(rest), "decision_id": UUID(int=5)})
    shown = in_wrap_up(offered_by(helmut, helmut.view.model_copy(update={"decision": decision})))
    show(lower, replace(shown, action_id=rest[0].action_id), language)
    assert has(lower, f"{first.title}: " + {"de": "Ergebnis fehlt", "en": "response missing"}[language])
    assert not has(lower, f"1 {first.title}")
    with qtbot.waitSignal(lower.action_selected) as selected:
        button(lower, {"de": "Auswählen", "en": "Choose"}[language]).click()
    assert selected.args == [first.action_id]
    show(lower, replace(shown, action_id=first.action_id), language)
    assert has(lower, {"de": "Ergebnis für {}", "en": "Response to {}"}[language].format(first.title))


def test_what_has_a_code_is_not_asked_for_again(lower: LowerHalf, language: Language) -> None:
    shown = in_wrap_up(states.helmut_contact(language))
    both = (response(ResponseCode.THINKING), response(ResponseCode.ACCEPTED_DONE, "SRV_INSTALMENT"))
    show(lower, replace(shown, responses=both), language)
    assert not has(lower, {"de": "Ergebnis fehlt", "en": "response missing"}[language])
    assert has(lower, {"de": "Alles ist erledigt.", "en": "Everything is settled."}[language])


def test_one_reason_is_asked_for_when_nothing_was_addressed(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    show(lower, every_contact(language)["wrap_up_reason"], language)
    with qtbot.waitSignal(lower.response_given) as given:
        button(lower, {"de": "Keine Zeit", "en": "No time"}[language]).click()
    assert given.args == [ResponseCode.NOT_ADDRESSED_TIME]


def test_half_captured_consents_lead_back_to_the_drawer(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    show(lower, every_contact(language)["wrap_up_open"], language)
    assert has(lower, {"de": "2 Antworten nicht gespeichert", "en": "2 answers not saved"}[language])
    with qtbot.waitSignal(lower.consent_toggled) as toggled:
        button(lower, {"de": "Zur Einwilligung", "en": "Open consent"}[language]).click()
    assert toggled.args == [True]


def test_what_was_promised_is_named(lower: LowerHalf, language: Language) -> None:
    shown = every_contact(language)["wrap_up_open"]
    show(lower, shown, language)
    promised = {"de": "Zugesagt: Zurückrufen – 2 {}", "en": "Promised: Call back – 2 {}"}[language]
    assert has(lower, promised.format(shown.recommendations[1].title))


def test_the_note_is_shown_and_can_be_written(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    show(lower, states.every_state(language)["wrap_up"].contact or states.helmut_contact(language), language)
    assert has(lower, "Ruft wegen Abschlag wieder an · " + {"de": "gespeichert ✓", "en": "stored ✓"}[language])


def test_wrap_up_replaces_the_cards_and_can_always_be_finished(
    qtbot: QtBot, lower: LowerHalf, language: Language
) -> None:
    for name in ("wrap_up_open", "wrap_up_reason", "wrap_up_settled"):
        show(lower, every_contact(language)[name], language)
        assert not any(card.isVisible() for card in lower.findChildren(ActionCard))
        with qtbot.waitSignal(lower.wrap_up_finished):
            button(lower, {"de": "Nachbearbeitung abschließen", "en": "Finish wrap-up"}[language]).click()


def test_what_the_law_wants_is_asked_once_in_the_wrap_up(lower: LowerHalf, language: Language) -> None:
    due = states.every_state(language)["text_form_due"]
    assert due.contact is not None
    lower.show_state(due.contact, due)
    sheet = part(lower, ConfirmationSheet)
    assert sheet.isVisible()
    show(lower, in_wrap_up(due.contact), language)
    assert not sheet.isVisible()
    # In reach, and the way to send it is there once.
    assert has(lower, {"de": "Nachbearbeitung abschließen", "en": "Finish wrap-up"}[language])


def test_what_is_owed_keeps_the_wrap_up_open_until_it_is_left_knowingly(lower: LowerHalf, language: Language) -> None:
    due = states.every_state(language)["text_form_due"].contact
    assert due is not None
    shown = in_wrap_up(due)
    show(lower, shown, language)
    assert has(lower, {"de": "Bleibt offen", "en": "Stays open"}[language])
    again = {"de": "Noch einmal abschließen", "en": "Finishing again"}[language]
    assert not has(lower, again)
    show(lower, replace(shown, owed_left=owed(shown)), language)
    assert has(lower, again)


def test_the_note_that_is_being_typed_stands_in_the_wrap_up(lower: LowerHalf, language: Language) -> None:
    shown = in_wrap_up(states.helmut_contact(language))
    show(lower, replace(shown, note=NoteState(draft="asks for his bill")), language)
    assert has(lower, "asks for his bill")
    assert not has(lower, {"de": "noch keine", "en": "none yet"}[language])


def test_a_note_that_is_full_says_so(lower: LowerHalf, language: Language) -> None:
    show(lower, states.helmut_contact(language), language)
    note = part(lower, NoteLine)
    QTest.keyClick(lower, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    note.setText("x" * 499)
    full = {"de": "500 Zeichen – mehr passt nicht.", "en": "500 characters – no more fit."}[language]
    assert not has(lower, full)
    note.setText("x" * 500)
    assert has(lower, full)


def test_a_consent_that_is_not_saved_says_how_the_wrap_up_is_finished_without_it(
    lower: LowerHalf, language: Language
) -> None:
    shown = in_wrap_up(states.helmut_contact(language))
    draft = ConsentDraft(open=True, customer_words="ja", leaving=True)
    show(lower, replace(shown, consent=draft), language)
    key = {"de": "Alt+F", "en": "Alt+F"}[language]
    assert has(part(lower, ConsentDrawer), key)


ANSWERED = ((ADV, PHONE, ConsentAnswer.YES),)


@pytest.mark.parametrize(
    ("begun", "said"),
    [
        (
            {"read_aloud": frozenset({"a" * 64})},
            "An answer is missing: ask for it, or finish once more ({key}) without it.",
        ),
        (
            {"answers": ANSWERED},
            "A wording was not read aloud: read it, or finish once more ({key}) without the answers.",
        ),
        (
            {"objection_asked": True},
            "An objection is not recorded yet: record it, or finish once more ({key}) without it.",
        ),
        (
            {"withdrawal_asked": (ADV, EMAIL)},
            "A withdrawal is not recorded yet: record it, or finish once more ({key}) without it.",
        ),
    ],
    ids=["answer", "wording", "objection", "withdrawal"],
)
def test_a_consent_that_cannot_be_saved_says_what_is_open(
    lower: LowerHalf, language: Language, begun: dict[str, object], said: str
) -> None:
    draft = replace(ConsentDraft(open=True, leaving=True), **begun)  # type: ignore[arg-type]
    show(lower, replace(in_wrap_up(states.helmut_contact(language)), consent=draft), language)
    words = QCoreApplication.translate("ConsentDrawer", said)
    assert has(part(lower, ConsentDrawer), words.format(key="Alt+F"))
