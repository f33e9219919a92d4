"""What a screen reader says by itself."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from PySide6.QtGui import QAccessible

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ResponseCode
from nba_desktop.domain.blocks import Block, BlockState, BlockStatus
from nba_desktop.domain.call import InteractionState
from nba_desktop.domain.consent_draft import ConsentAnswer, ConsentDraft
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import ResponseEntry
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import Notice, PanelState
from nba_desktop.domain.receipts import OutboxStatus, Receipt
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.announcer import Announcer
from nba_desktop.ui.panel.window import PanelWindow
from nba_desktop.ui.texts.announcements import announcements
from nba_desktop.ui.texts.receipt_words import receipt
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


def test_what_was_taken_back_is_said(language: Language) -> None:
    before = panel(language, answered(Receipt.ACCEPTED))
    (entry,) = before.contacts[0].responses
    taken_back = replace(before.contacts[0], responses=(replace(entry, retracted=True),))
    (only,) = said(before, panel(language, taken_back), language)
    assert only.startswith({"de": "Zurückgenommen: ", "en": "Taken back: "}[language])


def test_the_way_to_the_backend_is_said_only_where_it_ends_badly(language: Language) -> None:
    stored, sent, refused = (
        panel(language, answered(reached)) for reached in Receipt if reached is not Receipt.ACCEPTED
    )
    assert said(stored, sent, language) == []
    (only,) = announcements(sent, refused, Formats(language, now))
    assert only.urgent
    assert receipt(Receipt.REFUSED) in only.words


def test_a_refused_consent_interrupts(language: Language) -> None:
    contact = helmut_contact(language)
    line = (ConsentPurpose.ADV_OWN, ConsentChannel.PHONE, ConsentAnswer.YES, uuid4())
    sent, refused = (
        panel(language, replace(contact, consent=ConsentDraft(recorded=((*line, reached),))))
        for reached in (Receipt.SENT, Receipt.REFUSED)
    )
    (recorded,) = announcements(panel(language, contact), sent, Formats(language, now))
    assert not recorded.urgent
    (only,) = announcements(sent, refused, Formats(language, now))
    assert only.urgent


def test_an_entry_that_was_set_aside_interrupts(language: Language) -> None:
    before = panel(language)
    (only,) = announcements(before, replace(before, outbox=OutboxStatus(parked=1)), Formats(language, now))
    assert only.urgent


def answered(reached: Receipt) -> ContactState:
    contact = helmut_contact("en")
    entry = ResponseEntry(UUID(int=7), "A", ResponseCode.THINKING, contact.interaction.started_at, reached)
    return replace(contact, responses=(entry,))


def test_nothing_is_put_into_words_while_nobody_listens(window: PanelWindow) -> None:
    was_active = QAccessible.isActive()
    QAccessible.setActive(False)
    formats = CountingFormats("en", now)
    announcer = Announcer(window, formats)
    announcer.show_state(panel("en", loading_contact()))
    assert formats.worded == 0
    QAccessible.setActive(True)
    announcer.show_state(panel("en"))
    announcer.show_state(panel("en", loading_contact()))
    QAccessible.setActive(was_active)
    assert formats.worded == 1


class CountingFormats(Formats):
    """Counts how often a number was put into words."""

    worded = 0

    def phone(self, raw: str, e164: str | None) -> str:
        self.worded += 1
        return super().phone(raw, e164)
