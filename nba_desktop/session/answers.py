"""What the agent reported and what was answered: fetched between calls, seen once."""

from __future__ import annotations

from dataclasses import replace

from nba_desktop.contract.feedback import OwnFeedback
from nba_desktop.domain.answers import AnswersState, new_answers, newest_answer, reported
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.ports import Clock, Tasks
from nba_desktop.session.asking import Asking
from nba_desktop.session.board import Board
from nba_desktop.session.library import Library
from nba_desktop.session.questions import Questions


class Answers:
    """Every public method is an event or a command and ends in `show`; how far was read stays on this machine."""

    def __init__(self, board: Board, questions: Questions, library: Library, tasks: Tasks, clock: Clock) -> None:
        self._board = board
        self._library = library
        self._asking: Asking[OwnFeedback] = Asking(questions, tasks, clock, self._on_status, self._on_answers)

    @property
    def state(self) -> AnswersState:
        """The answers as they are shown."""
        return self._board.state.answers

    def toggle(self, opened: bool) -> None:
        """Open them, which asks for them anew, or put them away: what was shown is new no more."""
        if opened:
            self._set(open=True)
            self._mark_seen()
            self.refresh()
        else:
            self._set(open=False, new=frozenset() if self.state.open else self.state.new)

    def refresh(self) -> None:
        """Ask for them anew; what is there stays until the answer comes."""
        language = self._board.state.language
        self._asking.ask(lambda backend: backend.own_feedback(language))

    def on_backend(self) -> None:
        """The backend is there (again): fetch what could not be had."""
        if self._asking.status in (BlockStatus.IDLE, BlockStatus.FAILED):
            self.refresh()

    def _on_status(self, status: BlockStatus, failure: FailureCode | None) -> None:
        self._set(status=status, failure=failure)

    def _on_answers(self, feedback: OwnFeedback) -> None:
        new = new_answers(reported(feedback), self._library.state.own.answers_seen_until)
        if self.state.open:
            # What was new when he opened them stays marked while he looks.
            new |= self.state.new
        self._set(feedback=feedback, new=new)
        self._mark_seen()

    def _mark_seen(self) -> None:
        """What is open has been seen, here and at the next start."""
        feedback, own = self.state.feedback, self._library.state.own
        newest = newest_answer(reported(feedback))
        if self.state.open and newest is not None and newest != own.answers_seen_until:
            failure = self._library.keep_own(replace(own, answers_seen_until=newest))
            if failure is not None:
                self._set(failure=failure)

    def _set(self, **changes: object) -> None:
        state = self._board.state
        self._board.set(replace(state, answers=replace(state.answers, **changes)))  # type: ignore[arg-type]
