"""The consents of several purposes, what may not be asked, and the proof of what was said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import AuthLevel, ConsentEventType
from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.panel.consent_drawer import ConsentDrawer
from nba_desktop.ui.panel.consent_proof import ProofPage
from nba_desktop.ui.panel.lower import LowerHalf
from nba_desktop.ui.texts.proof_words import proof_event, proof_evidence, proof_level, proof_manner
from tests.fakes.states.responses_states import response_states
from tests.widget.ui.looking import button, cut_off, has, part, seen, settle

SAVE = {"de": "Antworten speichern", "en": "Save answers"}


@pytest.fixture
def shown(language: Language) -> dict[str, PanelState]:
    return response_states(language)


def show(lower: LowerHalf, state: PanelState) -> None:
    lower.show_state(state.contact, state)
    settle()


def test_each_wording_is_read_aloud_for_itself(
    qtbot: QtBot, lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    show(lower, shown["consent_one_unread"])
    read = {"de": "Vorgelesen: {}", "en": "Read aloud: {}"}[language]
    own = button(lower, read.format({"de": "Eigene Angebote", "en": "Our own offers"}[language]))
    usage = button(lower, read.format({"de": "Verbrauchsdaten", "en": "Use of consumption data"}[language]))
    assert own.isChecked()
    assert not usage.isChecked()
    assert not button(lower, SAVE[language]).isEnabled()
    assert has(lower, {"de": "Bitte zuerst vorlesen: Verbrauch", "en": "Read aloud first: Use of"}[language])
    with qtbot.waitSignal(lower.read_aloud_toggled) as toggled:
        usage.click()
    assert toggled.args == ["c" * 64]


def test_a_yes_by_e_mail_is_said_to_need_a_confirmation(
    lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    show(lower, shown["consent_one_unread"])
    assert has(lower, {"de": "„Bestätigung offen“", "en": "“confirmation pending”"}[language])


def test_weak_proof_is_said_and_explained(lower: LowerHalf, shown: dict[str, PanelState], language: Language) -> None:
    show(lower, shown["consent_one_unread"])
    assert has(lower, {"de": "· Nachweis schwach", "en": "· weak proof"}[language])
    assert has(lower, {"de": "Nachweis schwach: Nur Ihr", "en": "Weak proof: only your"}[language])


def test_a_representative_is_not_asked_and_may_withdraw(
    lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    show(lower, shown["consent_representative"])
    assert has(lower, {"de": "Jemand anderes spricht", "en": "Somebody else speaks"}[language])
    assert not has(lower, SAVE[language])
    assert button(lower, {"de": "für Post widerrufen", "en": "Withdraw the consent for Post"}[language]).isEnabled()


def test_the_proof_takes_the_place_of_the_questions(
    qtbot: QtBot, lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    show(lower, shown["consent_one_unread"])
    with qtbot.waitSignal(lower.proof_toggled) as opened:
        button(part(lower, ConsentDrawer), {"de": "Nachweis", "en": "Proof"}[language]).click()
    assert opened.args == [True]
    show(lower, shown["proof"])
    assert part(lower, ProofPage).isVisible()
    assert not has(lower, SAVE[language])
    with qtbot.waitSignal(lower.proof_toggled) as closed:
        button(lower, {"de": "Zurück zu den Fragen", "en": "Back to the questions"}[language]).click()
    assert closed.args == [False]


def test_escape_leads_from_the_proof_to_the_questions_first(
    qtbot: QtBot, lower: LowerHalf, shown: dict[str, PanelState]
) -> None:
    show(lower, shown["proof"])
    with qtbot.waitSignal(lower.proof_toggled) as closed, qtbot.assertNotEmitted(lower.consent_toggled):
        lower.close_topmost()
    assert closed.args == [False]


def test_an_entry_says_who_when_how_with_which_words_and_how_long(
    lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    show(lower, shown["proof"])
    page = part(lower, ProofPage)
    assert has(page, {"de": "Kein Eintrag wurde nachträglich", "en": "No entry was changed"}[language])
    words = {"de": "Wie es belegt ist: Erteilt", "en": "How it is proven: Granted"}[language]
    button(page, words).click()
    settle()
    details = "\n".join(seen(page))
    for expected in ("KB-4711", "0351 •••5504", {"de": "Fassung 2", "en": "version 2"}[language]):
        assert expected in details
    for german, english in (
        ("in einem Anruf des Kunden", "in a call of the customer"),
        ("„Ja, gern“", "“Yes, please”"),
        ("Nachweis schwach", "weak proof"),
        ("10. November 2031", "10 November 2031"),
        ("Dürfen wir Ihren Verbrauch", "May we look at your consumption"),
    ):
        assert (german if language == "de" else english) in details
    assert not cut_off(page)
    button(page, {"de": "Weniger", "en": "Less"}[language]).click()
    assert "KB-4711" not in "\n".join(seen(page))


def test_a_broken_chain_is_said(lower: LowerHalf, shown: dict[str, PanelState], language: Language) -> None:
    show(lower, shown["proof_broken"])
    assert has(lower, {"de": "Ein Eintrag passt nicht", "en": "An entry does not fit"}[language])


@pytest.mark.parametrize(
    ("name", "german", "english"),
    [
        ("proof_loading", "wird geholt", "is being fetched"),
        ("proof_failed", "Der Nachweis fehlt", "The proof is not there"),
        ("proof_empty", "noch nie gefragt", "never asked"),
    ],
)
def test_a_proof_that_is_not_there_says_why(
    lower: LowerHalf, shown: dict[str, PanelState], language: Language, name: str, german: str, english: str
) -> None:
    show(lower, shown[name])
    assert has(part(lower, ProofPage), german if language == "de" else english)


def test_a_proof_that_failed_is_asked_for_again(
    qtbot: QtBot, lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    show(lower, shown["proof_failed"])
    with qtbot.waitSignal(lower.proof_toggled) as again:
        button(part(lower, ProofPage), {"de": "Erneut versuchen", "en": "Try again"}[language]).click()
    assert again.args == [True]


def test_the_objection_comes_into_sight_when_it_is_asked_for(
    qtbot: QtBot, lower: LowerHalf, shown: dict[str, PanelState], language: Language
) -> None:
    show(lower, shown["consent_objecting"])
    record = button(lower, {"de": "Widerspruch speichern", "en": "Record objection"}[language])
    drawer = part(lower, ConsentDrawer)
    qtbot.waitUntil(lambda: drawer.rect().contains(record.mapTo(drawer, record.rect().bottomLeft())))
    assert not record.visibleRegion().isEmpty()


def test_every_code_of_the_proof_has_words_of_its_own(language: Language) -> None:
    tables: tuple[tuple[Callable[..., str], tuple[str, ...]], ...] = (
        (proof_event, tuple(ConsentEventType)),
        (proof_level, tuple(AuthLevel)),
        (proof_manner, ("inbound_call", "outbound_call", "portal", "paper", "email", "by_pigeon")),
        (
            proof_evidence,
            ("recording_ref", "text_confirmation", "doi_click", "signed_paper", "agent_record", "by_pigeon"),
        ),
    )
    for words, codes in tables:
        said = [words(code) for code in codes]
        assert all(said)
        assert len(set(said)) == len(said)
