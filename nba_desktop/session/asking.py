"""One thing that is asked of the backend beside the calls: the newest question counts, and how it stands is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.errors import FailureCode, PanelError
from nba_desktop.domain.ports import Backend, Clock, Tasks
from nba_desktop.session.questions import SLOW_AFTER_MS, TOO_LATE_AFTER_MS, Questions

T = TypeVar("T")


class Asking(Generic[T]):
    """`on_status` is told of each change of how the question stands, `on_answer` of its answer before that."""

    def __init__(
        self,
        questions: Questions,
        tasks: Tasks,
        clock: Clock,
        on_status: Callable[[BlockStatus, FailureCode | None], None],
        on_answer: Callable[[T], None],
    ) -> None:
        self._questions = questions
        self._tasks = tasks
        self._clock = clock
        self._on_status = on_status
        self._on_answer = on_answer
        self._asked = 0
        self.status = BlockStatus.IDLE

    def ask(self, work: Callable[[Backend], T]) -> None:
        """Ask anew; without a backend that is said at once."""
        self._asked += 1
        asked, backend = self._asked, self._questions.backend
        if backend is None:
            self._set(BlockStatus.FAILED, FailureCode.OFFLINE)
            return
        self._set(BlockStatus.LOADING)
        self._clock.call_later(SLOW_AFTER_MS, lambda: self._on_time(asked, BlockStatus.SLOW))
        self._clock.call_later(
            TOO_LATE_AFTER_MS, lambda: self._on_time(asked, BlockStatus.FAILED, FailureCode.TOO_LATE)
        )
        self._tasks.run(
            lambda: work(backend),
            lambda answer: self._answered(asked, answer),
            lambda error: self._failed(asked, error),
        )

    def _answered(self, asked: int, answer: T) -> None:
        if asked == self._asked:
            self._on_answer(answer)
            self._set(BlockStatus.READY)
        # Last: a link that comes up has what failed asked for anew.
        self._questions.set_link("up")

    def _failed(self, asked: int, error: PanelError) -> None:
        self._questions.on_backend_failure(error)
        if asked == self._asked:
            self._set(BlockStatus.FAILED, error.code)

    def _on_time(self, asked: int, status: BlockStatus, failure: FailureCode | None = None) -> None:
        if asked == self._asked and self.status in (BlockStatus.LOADING, BlockStatus.SLOW):
            self._set(status, failure)

    def _set(self, status: BlockStatus, failure: FailureCode | None = None) -> None:
        self.status = status
        self._on_status(status, failure)
