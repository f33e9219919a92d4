"""What the customer asks for his own data, in the contact on the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from nba_desktop.contract.codes import DataField
from nba_desktop.domain import wishes
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.pen import Step
from nba_desktop.domain.ports import Clock
from nba_desktop.session.board import Board


class Wishes:
    """First the question in place, then what is recorded; whoever decides about it answers later."""

    def __init__(self, board: Board, clock: Clock) -> None:
        self._board = board
        self._clock = clock

    def toggle(self) -> None:
        """Ask what is wrong with the customer's data, or put the question away."""
        self._board.change(wishes.ask)

    def enter_words(self, words: str) -> None:
        """Keep the customer's words about it."""
        self._board.change(lambda c: wishes.worded(c, words))

    def correct(self, field: DataField) -> None:
        """Record what is to be corrected."""
        self._record(lambda c, now: wishes.wish_correction(c, now, field))

    def ask_erasure(self, asked: bool) -> None:
        """Ask whether all of it is to be erased, or go back."""
        self._board.change(lambda c: wishes.ask_erasure(c, asked))

    def erase(self) -> None:
        """Record that the customer wants his data erased."""
        self._record(wishes.wish_erasure)

    def _record(self, command: Callable[[ContactState, datetime], Step]) -> None:
        contact = self._board.state.contact
        if contact is not None:
            self._board.record(contact, command(contact, self._clock.now()))
