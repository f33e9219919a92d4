"""The site's page: what is chosen on it goes out as questions, and their answers into the state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, TypeVar

from nba_desktop.contract.review import JourneyFlow, Period, SiteFigures, TalkTime
from nba_desktop.domain.blocks import BlockState, BlockStatus
from nba_desktop.domain.errors import PanelError
from nba_desktop.domain.ports import Tasks
from nba_desktop.domain.site_figures import SiteState

_LOADING = BlockState(BlockStatus.LOADING)
_READY = BlockState(BlockStatus.READY)

T = TypeVar("T")


class SiteBackend(Protocol):
    """The backend as the site's page asks it; every method blocks and raises `BackendError`.

    Without a period it is the last half-year.
    """

    def site_weeks(self, period: Period | None) -> SiteFigures: ...

    def talk_time(self, period: Period | None) -> TalkTime: ...

    def journey_flow(self, period: Period | None) -> JourneyFlow: ...


class SiteReviewing:
    """Holds the state of the site's page; `show` is told of every change.

    An answer that comes after something newer was asked is dropped; what was on the screen stays until then.
    """

    def __init__(self, backend: SiteBackend, tasks: Tasks, show: Callable[[SiteState], None]) -> None:
        self._backend = backend
        self._tasks = tasks
        self._show = show
        self._asked = 0
        self.state = SiteState()

    def open(self) -> None:
        """Turn to the page; its figures are asked for the first time."""
        if not self.state.opened:
            self._set(replace(self.state, opened=True))
            if self.state.weeks is None:
                self.ask()

    def close(self) -> None:
        """Turn away from the page; its figures stay."""
        self._set(replace(self.state, opened=False))

    def choose_period(self, period: Period) -> None:
        """Look at other weeks."""
        if period != self.state.period:
            self._set(replace(self.state, period=period))
            self.ask()

    def ask(self) -> None:
        """Ask for everything on the page, again where it failed."""
        self._asked += 1
        number, period, backend = self._asked, self.state.period, self._backend
        self._set(replace(self.state, weeks_block=_LOADING, talk_time_block=_LOADING, flow_block=_LOADING))
        self._run(
            number,
            lambda: backend.site_weeks(period),
            lambda found: replace(self.state, weeks=found, weeks_block=_READY, period=found.period),
            lambda failed: replace(self.state, weeks_block=failed),
        )
        self._run(
            number,
            lambda: backend.talk_time(period),
            lambda found: replace(self.state, talk_time=found, talk_time_block=_READY),
            lambda failed: replace(self.state, talk_time_block=failed),
        )
        self._run(
            number,
            lambda: backend.journey_flow(period),
            lambda found: replace(self.state, flow=found, flow_block=_READY),
            lambda failed: replace(self.state, flow_block=failed),
        )

    def _run(
        self,
        number: int,
        work: Callable[[], T],
        found: Callable[[T], SiteState],
        failed: Callable[[BlockState], SiteState],
    ) -> None:
        def on_answer(answer: T) -> None:
            if number == self._asked:
                self._set(found(answer))

        def on_failure(error: PanelError) -> None:
            if number == self._asked:
                self._set(failed(BlockState(BlockStatus.FAILED, error.code)))

        self._tasks.run(work, on_answer, on_failure)

    def _set(self, state: SiteState) -> None:
        if state != self.state:
            self.state = state
            self._show(state)
