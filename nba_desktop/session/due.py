"""The agent's due list: what he promised to customers, what of it is done, and the same as a calendar file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from nba_desktop.contract.follow_up import FollowUp, FollowUps
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.due_list import AHEAD, CalendarState, DueState, next_time, reached_by
from nba_desktop.domain.errors import FailureCode, PanelError
from nba_desktop.domain.ports import Backend, Clock, Tasks
from nba_desktop.domain.receipts import Receipt
from nba_desktop.session.asking import Asking
from nba_desktop.session.board import Board
from nba_desktop.session.library import Library
from nba_desktop.session.questions import Questions


class Due:
    """Every public method is an event or a command and ends in `show`.

    What is said to be done is kept on this machine first, and sent until the backend has taken it.
    """

    def __init__(self, board: Board, questions: Questions, library: Library, tasks: Tasks, clock: Clock) -> None:
        self._board = board
        self._questions = questions
        self._library = library
        self._tasks = tasks
        self._clock = clock
        self._asking: Asking[FollowUps] = Asking(questions, tasks, clock, self._on_status, self._on_list)
        self._sending: set[UUID] = set()
        self._watched = 0

    @property
    def state(self) -> DueState:
        """The list as it is shown."""
        return self._board.state.due

    # ---- the list

    def toggle(self, opened: bool) -> None:
        """Open the list, which asks for it anew, or put it away."""
        self._set(open=opened, calendar=CalendarState())
        if opened:
            self.refresh()

    def refresh(self) -> None:
        """Ask for the list anew; what is listed stays until the answer comes."""
        until, language = self._clock.now().astimezone().date() + AHEAD, self._board.state.language
        self._asking.ask(lambda backend: backend.follow_ups(until, language))

    def on_backend(self) -> None:
        """The backend is there (again): fetch what could not be had, and send what waits."""
        for follow_up_id in self._library.state.own.done_unsent:
            self._send(follow_up_id)
        if self._asking.status in (BlockStatus.IDLE, BlockStatus.FAILED):
            self.refresh()

    def _on_status(self, status: BlockStatus, failure: FailureCode | None) -> None:
        self._set(status=status, failure=failure)

    def _on_list(self, listed: FollowUps) -> None:
        # What the backend has taken as done is not listed any more; what waits for it still is.
        there = {one.follow_up_id for one in listed.follow_ups}
        done = tuple(one for one in self.state.done if one[0] in there and one[1] is not Receipt.REFUSED)
        unsent = self._library.state.own.done_unsent
        known = {one for one, _ in done}
        done = (*done, *((one, Receipt.STORED) for one in unsent if one in there and one not in known))
        self._set(listed=listed, done=done)
        self._watch()

    def _watch(self) -> None:
        """See what is due by now, and look again when the next promise is."""
        self._watched += 1
        listed, watched = self.state.listed, self._watched
        if listed is None:
            return
        now = self._clock.now().astimezone()
        reached = reached_by(listed, now)
        if reached != self.state.reached:
            self._set(reached=reached)
        coming = next_time(listed, now)
        if coming is not None:
            delay = round((coming - now).total_seconds() * 1000) + 1
            self._clock.call_later(delay, lambda: self._watch_again(watched))

    def _watch_again(self, watched: int) -> None:
        if watched == self._watched:
            self._watch()

    # ---- done

    def done(self, follow_up_id: UUID) -> None:
        """Say that a promise was kept."""
        if self.state.receipt_of(follow_up_id) not in (None, Receipt.REFUSED):
            return
        own = self._library.state.own
        failure = self._library.keep_own(own.with_done(follow_up_id))
        if failure is not None:
            self._set(failure=failure)
            return
        self._put(follow_up_id, Receipt.STORED)
        self._send(follow_up_id)

    def _send(self, follow_up_id: UUID) -> None:
        backend = self._questions.backend
        if backend is None or follow_up_id in self._sending:
            return
        self._sending.add(follow_up_id)
        if self.state.receipt_of(follow_up_id) is not None:
            self._put(follow_up_id, Receipt.SENT)
        self._tasks.run(
            self._work(backend, follow_up_id),
            lambda _: self._on_sent(follow_up_id),
            lambda error: self._on_not_sent(follow_up_id, error),
        )

    def _work(self, backend: Backend, follow_up_id: UUID) -> Callable[[], FollowUp]:
        language = self._board.state.language
        return lambda: backend.finish_follow_up(follow_up_id, language)

    def _on_sent(self, follow_up_id: UUID) -> None:
        self._settle(follow_up_id, Receipt.ACCEPTED)
        self._questions.set_link("up")

    def _on_not_sent(self, follow_up_id: UUID, error: PanelError) -> None:
        if error.code is FailureCode.REFUSED:
            self._settle(follow_up_id, Receipt.REFUSED)
            return
        self._sending.discard(follow_up_id)
        if self.state.receipt_of(follow_up_id) is not None:
            self._put(follow_up_id, Receipt.STORED)
        self._questions.on_backend_failure(error)

    def _settle(self, follow_up_id: UUID, receipt: Receipt) -> None:
        self._sending.discard(follow_up_id)
        # Where this cannot be kept, it is sent once more at the next start, which changes nothing.
        self._library.keep_own(self._library.state.own.without_done(follow_up_id))
        if self.state.receipt_of(follow_up_id) is not None:
            self._put(follow_up_id, receipt)

    def _put(self, follow_up_id: UUID, receipt: Receipt) -> None:
        others = tuple(one for one in self.state.done if one[0] != follow_up_id)
        failure = self.state.failure if self.state.status is BlockStatus.FAILED else None
        self._set(done=(*others, (follow_up_id, receipt)), failure=failure)

    # ---- the calendar

    def keep_calendar(self, keep: Callable[[bytes], None]) -> None:
        """Have all that is open as a calendar file; `keep` runs in the background and may raise a `PanelError`."""
        backend, language = self._questions.backend, self._board.state.language
        if backend is None:
            self._set(calendar=CalendarState(BlockStatus.FAILED, FailureCode.OFFLINE))
            return
        self._set(calendar=CalendarState(BlockStatus.LOADING))
        self._tasks.run(
            lambda: keep(backend.follow_up_calendar(language)),
            lambda _: self._set(calendar=CalendarState(BlockStatus.READY)),
            lambda error: self._set(calendar=CalendarState(BlockStatus.FAILED, error.code)),
        )

    def _set(self, **changes: object) -> None:
        state = self._board.state
        self._board.set(replace(state, due=replace(state.due, **changes)))  # type: ignore[arg-type]
