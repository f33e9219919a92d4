"""The upper half: call, caller, customer, journey, concern; what is shown and what a click says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nba_desktop.contract.codes import ChurnClass, ConsentState, Speaker
from nba_desktop.contract.customer import Identification
from nba_desktop.domain.blocks import Block
from nba_desktop.domain.call_event import Party
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import LinkState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.call_bar import CallBar
from nba_desktop.ui.panel.concern_field import ConcernSearch
from nba_desktop.ui.panel.journey_strip import JourneyNode
from nba_desktop.ui.panel.window import PanelWindow
from nba_desktop.ui.primitives.chips import Chip
from tests.fakes import states
from tests.widget.ui.looking import button, has, part, seen

STATES = states.every_state("de")


def chip(panel: PanelWindow, words: str) -> Chip:
    found = [one for one in panel.findChildren(Chip) if one.isVisible() and words in one.accessibleName() + one.text()]
    assert len(found) == 1, [one.accessibleName() for one in panel.findChildren(Chip)]
    return found[0]


# The call


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ringing", ["Klingelt", "0351 2805504", "Privatkunden Strom"]),
        ("solved", ["Im Gespräch", "03:12"]),
        ("held", ["Gehalten", "03:12"]),
        ("wrap_up", ["Nachbearbeitung", "03:12"]),
        ("no_call", ["Bereit", "Kein Gespräch. Das nächste erscheint hier von selbst."]),
        ("withheld_number", ["Nummer unterdrückt"]),
    ],
)
def test_the_call_is_said_in_words(window: PanelWindow, name: str, words: list[str]) -> None:
    window.show_state(STATES[name])
    assert set(words) <= set(seen(window))


def test_the_timer_runs_while_the_call_does(qtbot: QtBot, german_formats: Formats) -> None:
    moment = [states.NOW]
    bar = CallBar(Formats("de", lambda: moment[0]))
    qtbot.addWidget(bar)
    bar.show()
    state = STATES["solved"]
    bar.show_state(state.contact, state)
    moment[0] += timedelta(seconds=65)
    qtbot.waitUntil(lambda: "04:17" in seen(bar), timeout=5000)
    ended = STATES["wrap_up"]
    bar.show_state(ended.contact, ended)
    assert "03:12" in seen(bar)
    assert not bar.findChildren(QTimer)[0].isActive()


def test_the_links_and_what_waits_are_told_on_the_bar(window: PanelWindow) -> None:
    window.show_state(STATES["offline"])
    assert chip(window, "Telefonanlage wird verbunden …").property("variant") == "muted"
    backend = chip(window, "Kein Backend seit 10:00: keine Verbindung zum Backend")
    assert "12 Eingaben warten auf das Senden" in backend.accessibleName()
    assert "eine Eingabe wurde abgewiesen" in backend.toolTip()
    assert backend.text() == "13"
    assert backend.property("variant") == "bad"


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (LinkState("down", failure=FailureCode.LOGIN_REFUSED), "Bis dahin erscheint kein Anruf von selbst"),
        (LinkState("off"), "wenn ein anderes Programm sie übergibt"),
        (LinkState("connecting"), "wird verbunden"),
    ],
)
def test_without_a_call_the_panel_says_whether_one_would_be_seen(
    window: PanelWindow, link: LinkState, words: str
) -> None:
    window.show_state(replace(STATES["no_call"], telephony=link))
    assert has(window, words)


def test_two_calls_have_two_tabs(qtbot: QtBot, window: PanelWindow) -> None:
    window.show_state(STATES["two_calls"])
    assert button(window, "Brandt · Im Gespräch").isChecked()
    with qtbot.waitSignal(window.call_selected) as chosen:
        button(window, "089 123456").click()
    assert chosen.args == ["i-2"]
    window.show_state(STATES["solved"])
    assert not has(window, "089 123456")


# The caller


def test_a_withheld_an_unknown_and_a_missing_number_are_three_things(window: PanelWindow) -> None:
    said = []
    for status, party in (
        ("withheld", Party(presentation="restricted")),
        ("unknown", states.HELMUT_NUMBER),
        ("unknown", Party()),
    ):
        view = states.masked_view(identification=Identification(status=status))
        window.show_state(states.panel("de", states.contact_of(view, party)))
        said.append(
            next(t for t in ("Nummer unterdrückt", "Unbekannte Nummer", "Keine Nummer übermittelt") if has(window, t))
        )
    assert len(set(said)) == 3


def test_nothing_but_the_candidate_is_seen_before_authentication(window: PanelWindow) -> None:
    window.show_state(STATES["one_candidate"])
    assert has(window, "Helmut Brandt")
    assert has(window, "K-•••776 · 01••• Dresden")
    assert has(window, "Die Kundenreise erscheint nach der Legitimation.")
    assert has(window, "Wahrscheinliche Anliegen erscheinen nach der Legitimation.")
    for hidden in ("Kundenwert", "Abwanderung", "Werbung", "Kunde seit", "Zähler "):
        assert not has(window, hidden), hidden


def test_a_caller_is_confirmed_once_enough_answers_are_right(qtbot: QtBot, window: PanelWindow) -> None:
    window.show_state(STATES["one_candidate"])
    assert has(window, "Möglicher Anrufer: Festnetznummer · 0 von 2 richtig")
    assert not button(window, "Legitimiert").isEnabled()
    with qtbot.assertNotEmitted(window.caller_confirmed):
        QTest.keyClick(window, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    with qtbot.waitSignal(window.item_toggled) as ticked:
        button(window, "Geburtsdatum ••.••.1950 – offen").click()
    assert ticked.args == ["birth_date"]
    assert not button(window, "Geburtsdatum ••.••.1950 – offen").isChecked()  # only the state ticks it

    window.show_state(STATES["two_items_ticked"])
    assert button(window, "Geburtsdatum ••.••.1950 – richtig").isChecked()
    assert has(window, "2 von 2 richtig")
    with qtbot.waitSignal(window.caller_confirmed):
        button(window, "Legitimiert").click()
    with qtbot.waitSignal(window.caller_confirmed):
        QTest.keyClick(window, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)


def test_several_candidates_are_picked_from_with_the_reason_of_each(qtbot: QtBot, window: PanelWindow) -> None:
    window.show_state(STATES["several_candidates"])
    assert has(window, "Wer ruft an?")
    assert has(window, "Maximiliane Pohl-Schwarzenberger · K-•••120 · weitere Nummer")
    with qtbot.waitSignal(window.candidate_chosen) as chosen:
        button(window, "Ilse Brandt").click()
    assert chosen.args == ["c-ilse"]
    contact = STATES["several_candidates"].contact
    assert contact is not None
    window.show_state(states.panel("de", replace(contact, chosen_customer="c-ilse")))
    assert button(window, "Ilse Brandt · K-•••777 · Mobilnummer").isChecked()
    assert has(window, "Geburtsdatum ••.••.1950")


# The customer


def test_the_customer_stands_there_as_in_the_picture(window: PanelWindow) -> None:
    window.show_state(STATES["solved"])
    for words in (
        "Helmut Brandt",
        "K-104 776 · Kunde seit 2008",
        "legitimiert",
        "Kundenwert A 1,1–1,5 T€",
        "Abwanderung: mittel",
        "Ansprache: Sie, ruhig, Unterlagen per Post · Zuletzt: Frau Öztürk, 4. Nov",
        "1 offener Vorgang",
        "Gelöst 03:02",
    ):
        assert has(window, words), words
    value = chip(window, "Kundenwert A")
    assert value.toolTip() == "steigend, Stand 9. November, über 5 Jahre"
    for channel, state in (("Telefon", "offen"), ("E-Mail", "nein"), ("SMS", "offen"), ("Post", "ja")):
        assert chip(window, f"{channel}: {state}").isVisible()


def test_an_objection_stands_in_place_of_the_channels(window: PanelWindow) -> None:
    window.show_state(STATES["guarded"])
    assert has(window, "Werbewiderspruch")
    assert has(window, "Beschwerde offen")
    assert not [one for one in window.findChildren(Chip) if one.isVisible() and one.accessibleName() == "Post: ja"]


def test_a_high_risk_is_shown_by_more_than_its_colour(window: PanelWindow) -> None:
    value = states.helmut_value().model_copy(update={"churn": ChurnClass.HIGH})
    view = states.helmut_view().model_copy(update={"value": value})
    window.show_state(states.panel("de", states.contact_of(view)))
    high = chip(window, "Abwanderung: hoch")
    assert high.property("variant") == "bad"
    width = high.sizeHint().width()
    high.show_parts("Abwanderung: hoch")
    assert high.sizeHint().width() < width  # there was a sign before the words


def test_a_value_that_nobody_calculated_is_said_to_be_missing(window: PanelWindow) -> None:
    view = states.helmut_view().model_copy(update={"value": None})
    window.show_state(states.panel("de", states.contact_of(view)))
    assert chip(window, "Kundenwert nicht berechnet").isVisible()
    assert not has(window, "Abwanderung")


def test_what_is_not_for_this_speaker_leaves_its_place_empty(window: PanelWindow) -> None:
    kept = {"value": None, "consents": None, "speaker": Speaker.REPRESENTATIVE}
    window.show_state(states.panel("de", states.contact_of(states.helmut_view().model_copy(update=kept))))
    assert not has(window, "Kundenwert")
    assert not [one for one in window.findChildren(Chip) if one.isVisible() and "Post:" in one.accessibleName()]


@pytest.mark.parametrize("state", list(ConsentState), ids=str)
def test_every_state_of_a_consent_fits_on_the_line(window: PanelWindow, state: ConsentState) -> None:
    consents = states.helmut_consents()
    statuses = tuple(one.model_copy(update={"state": state}) for one in consents.statuses)
    view = states.helmut_view().model_copy(update={"consents": consents.model_copy(update={"statuses": statuses})})
    window.show_state(states.panel("de", states.contact_of(view)))
    shown = [one for one in window.findChildren(Chip) if one.isVisible() and one.accessibleName().startswith("Post:")]
    assert [one.geometry().right() < window.width() for one in shown] == [True]


def test_the_consent_link_opens_and_closes_the_drawer(qtbot: QtBot, window: PanelWindow) -> None:
    window.show_state(STATES["solved"])
    with qtbot.waitSignal(window.consent_toggled) as opened:
        button(window, "Einwilligung").click()
    assert opened.args == [True]


@pytest.mark.parametrize("block", [Block.CUSTOMER, Block.JOURNEY, Block.CONCERN])
def test_a_failed_block_says_why_and_can_be_tried_again(qtbot: QtBot, window: PanelWindow, block: Block) -> None:
    window.show_state(STATES["failed"])
    words = {
        Block.CUSTOMER: "Anrufer nicht verfügbar: es dauerte zu lange.",
        Block.JOURNEY: "Kundenreise nicht verfügbar: es dauerte zu lange.",
        Block.CONCERN: "Wahrscheinliche Anliegen nicht verfügbar: es dauerte zu lange.",
    }[block]
    with qtbot.waitSignal(window.retry_requested) as asked:
        button(window, words).click()
    assert asked.args == [block]


# The journey


def test_the_strip_says_each_contact_with_channel_and_experience(window: PanelWindow) -> None:
    window.show_state(STATES["solved"])
    nodes = [node.accessibleName() for node in window.findChildren(JourneyNode) if node.isVisible()]
    assert nodes == [
        "12. Sep, Zähler, Zählerstand gemeldet: 18.250 kWh, gutes Erleben",
        "2. Okt, E-Mail, Preisänderung zum 1. Januar 2027 angekündigt, neutrales Erleben",
        "3. Nov, Telefon, Anruf 2-mal weiterverbunden, schlechtes Erleben",
        "4. Nov, Telefon, Anruf zu Abschlag: Vorgang offen geblieben, schlechtes Erleben",
        "Gestern, Portal, Im Portal begonnen: Abschlag, nach 2 Min. abgebrochen, neutrales Erleben",
        "Jetzt: dieser Anruf",
    ]


def test_a_short_journey_shows_only_what_there_was(window: PanelWindow) -> None:
    journey = states.helmut_journey().model_copy(update={"touchpoints": states.helmut_journey().touchpoints[:2]})
    view = states.helmut_view().model_copy(update={"journey": journey.model_copy(update={"media_breaks": ()})})
    window.show_state(states.panel("de", states.contact_of(view)))
    assert len([node for node in window.findChildren(JourneyNode) if node.isVisible()]) == 3
    assert has(window, "Kein Medienbruch in den letzten Kontakten.")


def test_a_first_contact_has_no_journey(window: PanelWindow) -> None:
    window.show_state(STATES["no_history"])
    assert has(window, "Erster Kontakt: Es gibt noch keine Kundenreise.")
    assert not [node for node in window.findChildren(JourneyNode) if node.isVisible()]


# The concern


def test_a_probable_concern_says_why_and_is_chosen_by_a_click(qtbot: QtBot, window: PanelWindow) -> None:
    window.show_state(STATES["authenticated"])
    assert button(window, "Preisänderung").toolTip() == "Preisänderung zum 1. Januar 2027"
    with qtbot.waitSignal(window.concern_chosen) as chosen:
        button(window, "Abschlag").click()
    assert chosen.args == ["instalment"]


def test_a_concern_that_was_not_probable_stands_first(window: PanelWindow) -> None:
    window.show_state(STATES["concern_chosen"])
    assert button(window, "Rechnung").isChecked()
    assert button(window, "Rechnung").x() < button(window, "Abschlag").x()


@pytest.mark.parametrize(("typed", "code"), [("umz", "move"), ("nachzahlung", "bill"), ("Stromausf", "outage")])
def test_a_concern_is_found_by_its_name_or_a_synonym(qtbot: QtBot, window: PanelWindow, typed: str, code: str) -> None:
    window.show_state(STATES["authenticated"])
    QTest.keyClick(window, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, typed)
    with qtbot.waitSignal(window.concern_chosen) as chosen:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == [code]
    assert not field.isVisible()


@pytest.mark.parametrize(("typed", "downs", "code"), [("absch", 0, "instalment"), ("zah", 2, "meter_reading")])
def test_a_found_concern_is_taken_from_the_list(
    qtbot: QtBot, window: PanelWindow, typed: str, downs: int, code: str
) -> None:
    window.show_state(STATES["authenticated"])
    QTest.keyClick(window, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    field = part(window, ConcernSearch)
    QTest.keyClicks(field, typed)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    for _ in range(downs):
        QTest.keyClick(popup, Qt.Key.Key_Down)
    with qtbot.waitSignal(window.concern_chosen) as chosen:
        QTest.keyClick(popup, Qt.Key.Key_Return)
    assert chosen.args == [code]
    assert QApplication.activePopupWidget() is None


def test_an_unknown_concern_is_not_guessed(qtbot: QtBot, window: PanelWindow) -> None:
    window.show_state(STATES["authenticated"])
    QTest.keyClick(window, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "qqq")
    with qtbot.assertNotEmitted(window.concern_chosen):
        QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not field.isVisible()
    assert button(window, "Abschlag").isVisible()


@pytest.mark.parametrize(
    ("key", "words", "solved"), [(Qt.Key.Key_S, "Gelöst", True), (Qt.Key.Key_X, "Nicht gelöst", False)]
)
def test_solved_and_not_solved_by_click_and_by_key(
    qtbot: QtBot, window: PanelWindow, key: Qt.Key, words: str, solved: bool
) -> None:
    window.show_state(STATES["authenticated"])
    exact = next(b for b in window.findChildren(type(button(window, "Nicht gelöst"))) if b.text() == words)
    with qtbot.waitSignal(window.solved_marked) as clicked:
        exact.click()
    with qtbot.waitSignal(window.solved_marked) as pressed:
        QTest.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
    assert clicked.args == pressed.args == [solved]


def test_a_call_that_only_rings_cannot_be_solved(qtbot: QtBot, window: PanelWindow) -> None:
    window.show_state(STATES["ringing"])
    with qtbot.assertNotEmitted(window.solved_marked):
        QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    assert not has(window, "Gelöst")
