"""The three actions, why there are none, and why these."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import NoRecommendation, ResponseCode
from nba_desktop.contract.recommendation import Because
from nba_desktop.domain.blocks import Block, BlockState, BlockStatus
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.errors import FailureCode
from nba_desktop.ui.panel.action_card import ActionCard
from nba_desktop.ui.panel.lower import LowerHalf
from tests.fakes import states
from tests.widget.ui.looking import button, has, seen
from tests.widget.ui.lower.contacts import response


def show(lower: LowerHalf, contact: ContactState, language: Language = "de") -> None:
    lower.show_state(contact, states.panel(language, contact))


def cards(lower: LowerHalf) -> list[ActionCard]:
    return [card for card in lower.findChildren(ActionCard) if card.isVisibleTo(lower)]


def test_a_card_says_rank_kind_closing_form_minutes_and_reason(lower: LowerHalf, language: Language) -> None:
    contact = states.helmut_contact(language)
    show(lower, replace(contact, responses=(), addressed=frozenset()), language)
    first = contact.recommendations[0]
    expected = {"de": ("Service · gleich erledigt", "1 Min."), "en": ("Service · done at once", "1 min")}[language]
    for words in ("1", first.title, first.reason, *expected):
        assert words in seen(cards(lower)[0])
    assert cards(lower)[0].accessibleName() == f"1 {first.title}, {expected[0]}, {expected[1]}"


def test_a_click_and_a_key_choose_an_action(qtbot: QtBot, lower: LowerHalf) -> None:
    show(lower, states.helmut_contact("de"))
    with qtbot.waitSignal(lower.action_selected) as by_click:
        QTest.mouseClick(cards(lower)[1], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(lower.action_selected) as by_space:
        QTest.keyClick(cards(lower)[2], Qt.Key.Key_Space)
    assert by_click.args == ["RET_FIX12"]
    assert by_space.args == ["XS_MAINTAIN"]


def test_a_card_pressed_and_left_again_chooses_nothing(qtbot: QtBot, lower: LowerHalf) -> None:
    show(lower, states.helmut_contact("de"))
    card = cards(lower)[1]
    with qtbot.assertNotEmitted(lower.action_selected):
        QTest.mousePress(card, Qt.MouseButton.LeftButton)
        QTest.mouseRelease(card, Qt.MouseButton.LeftButton, pos=card.rect().bottomRight() * 2)


def test_the_chosen_action_is_marked(lower: LowerHalf) -> None:
    show(lower, replace(states.helmut_contact("de"), action_id="RET_FIX12"))
    assert [card.property("on") for card in cards(lower)] == ["false", "true", "false"]


def test_an_answered_action_shows_its_answer_in_words(lower: LowerHalf) -> None:
    contact = replace(states.helmut_contact("en"), responses=(response(ResponseCode.DECLINED_PRICE),))
    show(lower, contact, "en")
    lower_words = seen(cards(lower)[1])
    assert {"Declined", "Abgelehnt"} & set(lower_words)


def test_a_retracted_answer_is_gone_from_the_card(lower: LowerHalf) -> None:
    taken_back = replace(response(ResponseCode.DECLINED_PRICE), retracted=True)
    show(lower, replace(states.helmut_contact("de"), responses=(taken_back,)))
    assert not {"Declined", "Abgelehnt"} & set(seen(cards(lower)[1]))


def test_a_quiet_action_can_be_read_but_does_not_invite(lower: LowerHalf) -> None:
    quiet = states.every_state("de")["authenticated"].contact
    assert quiet is not None
    show(lower, quiet)
    titles = [card._title for card in cards(lower)]
    assert quiet.recommendations[2].title in seen(cards(lower)[2])
    assert [title.property("variant") for title in titles] == ["", "muted", "muted"]


def test_a_small_screen_keeps_the_reason_of_the_chosen_action_alone(lower: LowerHalf) -> None:
    contact = replace(states.helmut_contact("de"), addressed=frozenset())
    lower.set_compact(True)
    show(lower, contact)
    shown = [action.reason in seen(lower) for action in contact.recommendations]
    assert shown == [True, False, False]
    lower.set_compact(False)
    assert all(action.reason in seen(lower) for action in contact.recommendations)


def test_nothing_moves_once_an_action_was_raised_and_answered(lower: LowerHalf) -> None:
    contact = replace(states.helmut_contact("de"), addressed=frozenset(), responses=())
    show(lower, contact)
    before = [(card.y(), card.height()) for card in cards(lower)]
    raised = states.helmut_contact("de")
    assert raised.action_id in raised.addressed
    show(lower, raised)
    assert all(action.reason in seen(lower) for action in raised.recommendations)
    assert [(card.y(), card.height()) for card in cards(lower)] == before


@pytest.mark.parametrize("because", NoRecommendation)
def test_no_action_says_why(lower: LowerHalf, because: NoRecommendation, language: Language) -> None:
    view = states.helmut_view(language).model_copy(update={"decision": states.no_decision(because)})
    show(lower, states.contact_of(view), language)
    assert cards(lower) == []
    words = {
        NoRecommendation.NOT_AUTHENTICATED: ("nach der Legitimation", "after authentication"),
        NoRecommendation.UNKNOWN_CUSTOMER: ("welcher Kunde", "which customer"),
        NoRecommendation.NOTHING_ELIGIBLE: ("passt keine Aktion", "No action fits"),
        NoRecommendation.NONE_DUE: ("keine Empfehlung", "No recommendation is due"),
        NoRecommendation.FAILED: ("ausgefallen", "recommendations failed"),
        NoRecommendation.NO_CATALOGUE: ("Aktionskatalog", "catalogue of actions"),
    }[because]
    assert has(lower, words[language == "en"])


def test_actions_that_did_not_come_offer_a_retry(qtbot: QtBot, lower: LowerHalf) -> None:
    failed = states.every_state("de")["failed"].contact
    assert failed is not None
    show(lower, failed)
    retry = button(lower, "Try again") if has(lower, "Try again") else button(lower, "Erneut")
    with qtbot.waitSignal(lower.retry_requested) as asked:
        retry.click()
    assert asked.args == [Block.ACTIONS]


def test_cards_stay_when_a_newer_ranking_did_not_come(qtbot: QtBot, lower: LowerHalf) -> None:
    failed = BlockState(BlockStatus.FAILED, FailureCode.TOO_LATE)
    show(lower, replace(states.helmut_contact("de"), actions_block=failed))
    assert len(cards(lower)) == 3
    outdated = button(lower, "Outdated") if has(lower, "Outdated") else button(lower, "Veraltet")
    with qtbot.waitSignal(lower.retry_requested):
        outdated.click()


def test_what_has_just_raised_an_action_is_said_over_the_cards_until_it_is_raised(lower: LowerHalf) -> None:
    contact = states.helmut_contact("de")
    (care,) = [one for one in contact.recommendations if one.action_id == "XS_MAINTAIN"]
    assert contact.view is not None
    reason = Because(code="event", params={"text": "Preisänderung zum 1. Januar angeschrieben", "percent": 60})
    others = tuple(one for one in contact.recommendations if one is not care)
    new = care.model_copy(update={"because": (reason,)})
    decision = contact.view.decision.model_copy(update={"recommendations": (*others, new)})
    told = replace(
        contact, view=contact.view.model_copy(update={"decision": decision}), news=frozenset({"XS_MAINTAIN"})
    )
    show(lower, told)
    assert has(lower, f"{care.title} – Preisänderung zum 1. Januar angeschrieben")
    show(lower, replace(told, addressed=told.addressed | {"XS_MAINTAIN"}))
    assert not has(lower, "Preisänderung zum 1. Januar angeschrieben")


def test_a_decision_is_painted_once(qtbot: QtBot, new_lower: LowerHalf) -> None:
    contact = states.helmut_contact("de")
    painted: list[UUID] = []
    new_lower.decision_painted.connect(painted.append)
    show(new_lower, contact)
    qtbot.waitUntil(lambda: bool(painted))
    show(new_lower, replace(contact, action_id="RET_FIX12"))
    new_lower.grab()
    qtbot.wait(1)
    assert painted == [states.DECISION]


def test_a_decision_behind_nothing_on_the_screen_is_not_painted(qtbot: QtBot, new_lower: LowerHalf) -> None:
    painted: list[UUID] = []
    new_lower.decision_painted.connect(painted.append)
    masked = states.every_state("de")["one_candidate"].contact
    assert masked is not None
    show(new_lower, masked)
    new_lower.grab()
    qtbot.wait(1)
    assert painted == []


def test_why_shows_reasons_and_what_is_missing(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    contact = states.helmut_contact(language)
    show(lower, contact, language)
    with qtbot.waitSignal(lower.why_toggled) as toggled:
        button(lower, {"de": "Warum diese?", "en": "Why these?"}[language]).click()
    assert toggled.args == [True]
    show(lower, replace(contact, why_open=True), language)
    assert contact.view is not None
    missing = contact.view.decision.why_not[0]
    outranked = {"de": "Platz 4 – andere Aktionen passen besser", "en": "Place 4 – other actions fit better"}[language]
    assert has(lower, f"{missing.title}: {outranked}")
    assert has(lower, {"de": "Nicht gezeigt – Reihenfolge", "en": "Not shown – Order"}[language])
