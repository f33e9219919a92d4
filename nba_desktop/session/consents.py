"""The consent drawer of the contact on the screen: ticked, read aloud, recorded, taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose
from nba_desktop.contract.events import ConsentRecorded
from nba_desktop.domain import consents
from nba_desktop.domain.blocks import Block
from nba_desktop.domain.consent_draft import ConsentAnswer, ConsentDraft
from nba_desktop.domain.contact import ContactState, Phase
from nba_desktop.domain.pen import Step
from nba_desktop.domain.ports import Clock
from nba_desktop.domain.receipts import Receipt
from nba_desktop.session.board import Board
from nba_desktop.session.desk import CallDesk


class Consents:
    """What is ticked waits in the state until it is saved; what is recorded is on the disk before it is shown."""

    def __init__(self, board: Board, desk: CallDesk, clock: Clock) -> None:
        self._board = board
        self._desk = desk
        self._clock = clock
        self._objections: dict[UUID, str] = {}

    def toggle(self, opened: bool) -> None:
        """Open or close the consent drawer; what was ticked stays."""
        self._board.change(lambda c: replace(c, consent=replace(c.consent, open=opened and c.authenticated)))

    def stay_for(self, contact: ContactState) -> bool:
        """Open the drawer before a contact is finished with something in it that only saving would keep; once."""
        draft = contact.consent
        if contact.phase is not Phase.WRAP_UP or draft.leaving or not draft.is_begun:
            return False
        self._board.change(lambda c: replace(c, consent=replace(draft, open=c.authenticated, leaving=True)))
        return True

    def toggle_read_aloud(self, text_sha256: str) -> None:
        """Confirm that one wording was read aloud in this very version, or take that back."""
        self._board.change(
            lambda c: _with_draft(c, replace(c.consent, read_aloud=c.consent.read_aloud ^ {text_sha256}))
        )

    def answer(self, purpose: ConsentPurpose, channel: ConsentChannel, answer: ConsentAnswer) -> None:
        """Tick what the customer said to one channel; the same click again unticks it."""

        def answered(contact: ContactState) -> ContactState:
            draft = contact.consent
            others = tuple(a for a in draft.answers if a[:2] != (purpose, channel))
            same = draft.answer_of(purpose, channel) is answer
            return _with_draft(
                contact, replace(draft, answers=others if same else (*others, (purpose, channel, answer)))
            )

        self._board.change(answered)

    def enter_words(self, words: str) -> None:
        """Keep what the customer said, word for word, for the proof."""
        self._board.change(lambda c: _with_draft(c, replace(c.consent, customer_words=words[:200])))

    def save(self) -> None:
        """Record the drawer's answers."""
        self._do(consents.save_consents)

    def ask_withdrawal(self, purpose: ConsentPurpose, channel: ConsentChannel) -> None:
        """First click of a withdrawal; the same again takes it back."""
        asked = (purpose, channel)
        self._board.change(
            lambda c: _with_draft(
                c, replace(c.consent, withdrawal_asked=None if c.consent.withdrawal_asked == asked else asked)
            )
        )

    def confirm_withdrawal(self) -> None:
        """Second click of a withdrawal."""
        self._do(consents.withdraw_consent)

    def ask_objection(self, asked: bool) -> None:
        """Open or close the confirmation of a marketing objection."""
        self._board.change(lambda c: _with_draft(c, replace(c.consent, objection_asked=asked)))

    def confirm_objection(self) -> None:
        """Record the marketing objection; the actions are asked for again once the backend has it."""
        contact = self._board.state.contact
        step = consents.object_to_advertising(contact, self._clock.now()) if contact else None
        if contact is None or step is None or self._board.record(contact, step) is None:
            return
        for event in step.events:
            if isinstance(event, ConsentRecorded) and event.event is ConsentEventType.OBJECTED:
                self._objections[event.event_id] = contact.interaction.interaction_id

    def on_receipt(self, event_id: UUID, receipt: Receipt) -> None:
        """Once the backend has an objection, the actions are asked for again."""
        if receipt is Receipt.ACCEPTED and event_id in self._objections:
            self._desk.refresh(self._objections.pop(event_id), (Block.ACTIONS,))

    def _do(self, command: Callable[[ContactState, datetime], Step]) -> None:
        contact = self._board.state.contact
        if contact:
            self._board.record(contact, command(contact, self._clock.now()))


def _with_draft(contact: ContactState, draft: ConsentDraft) -> ContactState:
    """The contact with what the agent did in the drawer: he is not about to leave any more."""
    return replace(contact, consent=replace(draft, leaving=False))
