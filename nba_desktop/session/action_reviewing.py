"""The page on actions: which of them is looked at goes out as a question, and its answer into the state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from nba_desktop.contract.review import ActionAsked, ActionReview, Period
from nba_desktop.domain.action_figures import ActionsState
from nba_desktop.domain.blocks import BlockState, BlockStatus
from nba_desktop.domain.errors import PanelError
from nba_desktop.domain.ports import Tasks


class ActionBackend(Protocol):
    """The backend as the page on actions asks it; blocks and raises `BackendError`."""

    def action(self, action_id: str, asked: ActionAsked) -> ActionReview: ...


class ActionReviewing:
    """Holds the state of the page; `show` is told of every change.

    No person is in an answer, so that nothing is written down and no reason is asked for. An answer that comes after
    something newer was asked is dropped.
    """

    def __init__(self, backend: ActionBackend, tasks: Tasks, show: Callable[[ActionsState], None]) -> None:
        self._backend = backend
        self._tasks = tasks
        self._show = show
        self._number = 0
        self.state = ActionsState()

    def open(self, asked: ActionAsked | None, action_id: str | None = None) -> None:
        """Turn to the page, and with `action_id` to one action of the calls in `asked`.

        Without it the calls that were chosen on the page stay. `asked` is None where nothing can be counted yet.
        """
        state = replace(self.state, opened=True, asked=self.state.asked or asked)
        if action_id is not None:
            state = replace(_turned(state, action_id), asked=asked)
        self._set(state)
        if action_id is not None:
            self.ask()

    def close(self) -> None:
        """Turn away from the page; its figures stay."""
        self._set(replace(self.state, opened=False))

    def choose_action(self, action_id: str) -> None:
        """Look at an action."""
        self._set(_turned(self.state, action_id))
        self.ask()

    def choose_period(self, period: Period) -> None:
        """Count the calls of other days."""
        self._choose({"period": period})

    def choose_queue(self, queue: str | None) -> None:
        """Count the calls of one queue alone, or of all."""
        self._choose({"queue": queue})

    def choose_concern(self, concern: str | None) -> None:
        """Count the calls for one contact reason alone, or for all."""
        self._choose({"concern": concern})

    def ask(self) -> None:
        """Ask for the action that is looked at, again where it failed."""
        asked, action_id = self.state.asked, self.state.action_id
        if asked is None or action_id is None:
            return
        self._number += 1
        number = self._number
        self._set(replace(self.state, block=BlockState(BlockStatus.LOADING)))

        def on_answer(review: ActionReview) -> None:
            if number == self._number:
                self._set(replace(self.state, review=review, block=BlockState(BlockStatus.READY)))

        def on_failure(error: PanelError) -> None:
            if number == self._number:
                self._set(replace(self.state, block=BlockState(BlockStatus.FAILED, error.code)))

        self._tasks.run(lambda: self._backend.action(action_id, asked), on_answer, on_failure)

    def _choose(self, change: dict[str, object]) -> None:
        if self.state.asked is None:
            return
        chosen = ActionAsked.model_validate({**self.state.asked.model_dump(), **change})
        if chosen != self.state.asked:
            self._set(replace(self.state, asked=chosen))
            self.ask()

    def _set(self, state: ActionsState) -> None:
        if state != self.state:
            self.state = state
            self._show(state)


def _turned(state: ActionsState, action_id: str) -> ActionsState:
    """The figures of another action are none of this one."""
    kept = state.review if state.action_id == action_id else None
    return replace(state, action_id=action_id, review=kept)
