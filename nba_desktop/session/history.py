"""Asks for the journey behind its head, page after page, for the call on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final
from uuid import UUID

from nba_desktop.contract.journey import JourneyPage
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.errors import FailureCode, PanelError
from nba_desktop.domain.history import HistoryState, HistoryStatus, whole_journey
from nba_desktop.domain.ports import Backend, Clock, Tasks
from nba_desktop.session.board import Board
from nba_desktop.session.questions import SLOW_AFTER_MS, TOO_LATE_AFTER_MS

PAGE: Final = 1000
"""Touchpoints in one answer."""
_WAITING: Final = (HistoryStatus.LOADING, HistoryStatus.SLOW)


class History:
    """Every public method is an event or a command and ends in `show`."""

    def __init__(self, board: Board, tasks: Tasks, clock: Clock, backend: Callable[[], Backend | None]) -> None:
        self._board = board
        self._tasks = tasks
        self._clock = clock
        self._backend = backend

    def load(self) -> None:
        """Have the whole journey of the contact on the screen; nothing when it is there or on its way."""
        contact = self._board.state.contact
        if contact is None or not contact.authenticated:
            return
        history = _of_this_customer(contact)
        if history.status not in (*_WAITING, HistoryStatus.COMPLETE):
            self._ask(contact, history)

    def _ask(self, contact: ContactState, history: HistoryState) -> None:
        view, backend, contact_id = contact.view, self._backend(), contact.contact_id
        head = view.journey if view else None
        points = whole_journey(head, history, view.customer_id if view else None)
        if head is None or len(points) >= head.total or not points:
            self._put(contact, replace(history, status=HistoryStatus.COMPLETE, failure=None))
        elif backend is None:
            self._put(contact, replace(history, status=HistoryStatus.FAILED, failure=FailureCode.OFFLINE))
        else:
            asked, before = history.asked + 1, points[-1].touchpoint_id
            self._put(contact, replace(history, status=HistoryStatus.LOADING, failure=None, asked=asked))
            self._clock.call_later(SLOW_AFTER_MS, lambda: self._on_slow(contact_id, asked))
            self._clock.call_later(TOO_LATE_AFTER_MS, lambda: self._on_too_late(contact_id, asked))
            self._tasks.run(
                lambda: backend.journey(contact_id, before, PAGE),
                lambda page: self._on_page(contact_id, asked, page),
                lambda error: self._on_failure(contact_id, asked, error),
            )

    def _on_page(self, contact_id: UUID, asked: int, page: JourneyPage) -> None:
        contact = self._asked(contact_id, asked)
        if contact is None or page.contact_id != contact_id:
            return
        history = _of_this_customer(contact)
        older = (*history.older, *page.touchpoints)
        self._put(contact, replace(history, older=older, status=HistoryStatus.COMPLETE, failure=None))
        if page.more and page.touchpoints:
            contact = self._board.kept(contact)
            self._ask(contact, contact.history)

    def _on_failure(self, contact_id: UUID, asked: int, error: PanelError) -> None:
        contact = self._asked(contact_id, asked)
        if contact is not None:
            self._put(contact, replace(contact.history, status=HistoryStatus.FAILED, failure=error.code))

    def _on_slow(self, contact_id: UUID, asked: int) -> None:
        contact = self._asked(contact_id, asked)
        if contact is not None and contact.history.status is HistoryStatus.LOADING:
            self._put(contact, replace(contact.history, status=HistoryStatus.SLOW))

    def _on_too_late(self, contact_id: UUID, asked: int) -> None:
        contact = self._asked(contact_id, asked)
        if contact is not None and contact.history.status in _WAITING:
            late = replace(contact.history, status=HistoryStatus.FAILED, failure=FailureCode.TOO_LATE)
            self._put(contact, late)

    def _asked(self, contact_id: UUID, asked: int) -> ContactState | None:
        """The contact of a question, unless it is gone, has asked a newer one or has another customer."""
        contact = next((one for one in self._board.state.contacts if one.contact_id == contact_id), None)
        if contact is None or not contact.authenticated or contact.history.asked != asked:
            return None
        return contact if _of_this_customer(contact) is contact.history else None

    def _put(self, contact: ContactState, history: HistoryState) -> None:
        self._board.put(replace(contact, history=history))
        self._board.show()


def _of_this_customer(contact: ContactState) -> HistoryState:
    """What is known of the customer whom the contact is with now."""
    customer_id = contact.view.customer_id if contact.view else None
    if contact.history.customer_id == customer_id:
        return contact.history
    return HistoryState(customer_id=customer_id, asked=contact.history.asked)
