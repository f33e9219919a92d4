"""What a screen reader says by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.domain.call import InteractionState
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import Block, BlockState, BlockStatus, Notice, PanelState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.announcements import announcements
from tests.fakes.desk import Desk
from tests.fakes.states import helmut_contact, loading_contact, now, panel


def said(before: PanelState, after: PanelState, language: Language) -> list[str]:
    return [one.words for one in announcements(before, after, Formats(language, now))]


def test_a_call_that_rings_is_said_with_number_and_queue(language: Language) -> None:
    ringing = panel(language, loading_contact())
    words = said(PanelState(), ringing, language)
    assert len(words) == 1
    assert words[0].startswith({"de": "Klingelt", "en": "Ringing"}[language])


def test_nothing_is_said_of_what_stays(language: Language) -> None:
    state = panel(language, helmut_contact(language))
    assert said(state, replace(state), language) == []


def test_what_an_agent_waits_for_is_said(language: Language) -> None:
    contact = helmut_contact(language)
    view = contact.view
    assert view is not None
    before = panel(language, replace(contact, view=None, responses=()))
    words = said(before, panel(language, replace(contact, responses=())), language)
    titles = ", ".join(f"{one.rank}. {one.title}" for one in contact.recommendations)
    assert {"de": "Anrufer legitimiert", "en": "Caller authenticated"}[language] in words
    assert any(titles in one for one in words)


def test_a_block_that_failed_is_said_once_for_all_of_them(language: Language) -> None:
    contact = loading_contact()
    failed = BlockState(BlockStatus.FAILED, FailureCode.OFFLINE)
    after = replace(contact, customer_block=failed, journey_block=failed, actions_block=failed)
    assert contact.block(Block.CUSTOMER).status is not BlockStatus.FAILED
    assert len(said(panel(language, contact), panel(language, after), language)) == 1


@pytest.mark.parametrize("code", [FailureCode.DISK_FULL, FailureCode.UNAUTHORISED])
def test_what_belongs_to_no_call_interrupts(code: FailureCode, language: Language) -> None:
    before = panel(language, helmut_contact(language))
    after = replace(before, notices=(Notice(code),))
    (only,) = announcements(before, after, Formats(language, now))
    assert only.urgent


def test_the_end_of_a_call_and_a_response_are_said(desk_state: tuple[PanelState, PanelState]) -> None:
    before, after = desk_state
    words = said(before, after, "en")
    assert any("Wrap-up" in one for one in words)
    assert any(one.startswith("Recorded: ") for one in words)


@pytest.fixture
def desk_state() -> tuple[PanelState, PanelState]:
    desk = Desk()
    desk.answer_call()
    desk.authenticate()
    desk.solve()
    before = desk.session.state
    desk.session.respond(ResponseCode.THINKING)
    contact = desk.contact()
    ended = replace(contact, interaction=replace(contact.interaction, state=InteractionState.WRAP_UP))
    return before, replace(desk.session.state, contacts=(ended,))
