"""What the agent promises for later, in the contact on the screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from uuid import UUID

from nba_desktop.contract.codes import ConsentChannel, ResponseCode
from nba_desktop.contract.events import ConcernSolved
from nba_desktop.domain import follow_ups
from nba_desktop.domain.blocks import Block
from nba_desktop.domain.contact import ContactState, Phase
from nba_desktop.domain.owed import is_left_knowingly, owed
from nba_desktop.domain.pen import Step
from nba_desktop.domain.ports import Clock
from nba_desktop.session.board import Board
from nba_desktop.session.desk import CallDesk
from nba_desktop.session.questions import Question, Questions


class Promises:
    """Follow-ups and confirmations: first the question in place, then what is recorded."""

    def __init__(self, board: Board, desk: CallDesk, questions: Questions, clock: Clock) -> None:
        self._board = board
        self._desk = desk
        self._questions = questions
        self._clock = clock

    def begin(self, code: ResponseCode | None) -> None:
        """Ask for the day of a response, or with None of the concern; the same again puts the question away."""
        self._board.change(lambda c: follow_ups.begin(c, code))

    def enter_words(self, words: str) -> None:
        """Keep the customer's words about it."""
        self._board.change(lambda c: follow_ups.worded(c, words))

    def enter_time(self, at_time: time | None) -> None:
        """Keep the time of day that he named."""
        self._board.change(lambda c: follow_ups.timed(c, at_time))

    def plan(self, due: date) -> None:
        """Record the promise with what it belongs to; a concern's outcome has the actions ranked again."""
        contact = self._desk.talking()
        if contact is not None:
            self._record(contact, follow_ups.plan(contact, self._clock.now(), due))

    def cancel(self, event_id: UUID) -> None:
        """Take a promise back."""
        contact = self._board.state.contact
        if contact is not None:
            self._record(contact, follow_ups.cancel(contact, self._clock.now(), event_id))

    def request_confirmation(self, channel: ConsentChannel) -> None:
        """Have the confirmation in text form sent."""
        contact = self._board.state.contact
        if contact is not None:
            self._record(contact, follow_ups.request_confirmation(contact, self._clock.now(), channel))

    def stay_for(self, contact: ContactState) -> bool:
        """Stay once before a contact is finished with something owed to the customer: nobody leaves that by a slip."""
        if contact.phase is not Phase.WRAP_UP or is_left_knowingly(contact):
            return False
        self._board.change(lambda c: replace(c, owed_left=owed(c)))
        return True

    def _record(self, contact: ContactState, step: Step) -> None:
        recorded = self._board.record(contact, step)
        settled = next((event for event in step.events if isinstance(event, ConcernSolved)), None)
        if recorded is not None and settled is not None and recorded.authenticated:
            concern = settled
            question = Question(lambda backend: backend.settle_concern(concern), (Block.ACTIONS,), concern.event_id)
            self._questions.ask(recorded, question)
