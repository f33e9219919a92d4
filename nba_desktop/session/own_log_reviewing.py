"""An employee's page on the log of readings: asked for when he opens it, page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Protocol

from nba_desktop.contract.audit import OwnAudit
from nba_desktop.domain.blocks import BlockState, BlockStatus
from nba_desktop.domain.errors import PanelError
from nba_desktop.domain.own_log import OwnLogState, with_page
from nba_desktop.domain.ports import Tasks


class OwnLogBackend(Protocol):
    """The backend as the page asks it; blocks and raises `BackendError`."""

    def own_log(self, earlier: str | None) -> OwnAudit: ...


class OwnLogReviewing:
    """Holds the state of the page; `show` is told of every change, and an answer to an older question is dropped."""

    def __init__(self, backend: OwnLogBackend, tasks: Tasks, show: Callable[[OwnLogState], None]) -> None:
        self._backend = backend
        self._tasks = tasks
        self._show = show
        self._asked = 0
        self.state = OwnLogState()

    def open(self) -> None:
        """Turn to the page, as it is now."""
        if not self.state.opened:
            self._set(replace(self.state, opened=True))
            self.ask()

    def close(self) -> None:
        """Turn away from the page; what is on it stays."""
        self._set(replace(self.state, opened=False))

    def ask(self) -> None:
        """Ask for the newest readings, also where that failed."""
        self._run(None)

    def ask_earlier(self) -> None:
        """Ask for the readings before those that are shown."""
        if self.state.earlier is not None and self.state.block.status is not BlockStatus.LOADING:
            self._run(self.state.earlier)

    def _run(self, earlier: str | None) -> None:
        self._asked += 1
        number = self._asked
        self._set(replace(self.state, block=BlockState(BlockStatus.LOADING)))
        self._tasks.run(
            partial(self._backend.own_log, earlier),
            lambda page: self._on_page(number, page, further=earlier is not None),
            lambda error: self._on_failed(number, error),
        )

    def _on_page(self, number: int, page: OwnAudit, *, further: bool) -> None:
        if number == self._asked:
            self._set(with_page(self.state, page, further=further))

    def _on_failed(self, number: int, error: PanelError) -> None:
        if number == self._asked:
            self._set(replace(self.state, block=BlockState(BlockStatus.FAILED, error.code)))

    def _set(self, state: OwnLogState) -> None:
        if state != self.state:
            self.state = state
            self._show(state)
