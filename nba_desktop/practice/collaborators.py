"""What the session is given in the practice: a clock, tasks and stores that leave nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QObject

from nba_desktop.adapters.clock import QtClock
from nba_desktop.adapters.preferences_file import PreferencesFile
from nba_desktop.contract.events import AnyEvent
from nba_desktop.domain.errors import PanelError
from nba_desktop.domain.own import Own
from nba_desktop.domain.ports import Backend, Clock
from nba_desktop.domain.preferences import Preferences
from nba_desktop.domain.receipts import OutboxStatus, Receipt

T = TypeVar("T")

_ANSWER_MS = 150
_SENT_MS = 250
_ACCEPTED_MS = 400


class PracticeClock(QtClock):
    """Time that goes on from the moment of the recording, so that what was a week ago then is a week ago now."""

    def __init__(self, start: datetime, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._start = start
        self._began = monotonic()

    def now(self) -> datetime:
        """The time of the practice in UTC."""
        return self._start + timedelta(seconds=monotonic() - self._began)


class PracticeTasks:
    """Implements the port `Tasks` without threads: the answer comes a moment later, as over a network."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def run(
        self, work: Callable[[], T], on_success: Callable[[T], None], on_failure: Callable[[PanelError], None]
    ) -> None:
        """Do `work` after a short while and call back."""

        def finish() -> None:
            try:
                result = work()
            except PanelError as error:
                on_failure(error)
            else:
                on_success(result)

        self._clock.call_later(_ANSWER_MS, finish)


class PracticeOutbox:
    """Implements the port `Outbox` in memory: what is put is stored, sent, and accepted by the practice's backend."""

    def __init__(self, backend: Backend, clock: Clock) -> None:
        self._backend = backend
        self._clock = clock
        self._waiting = 0
        self.on_receipt: Callable[[UUID, Receipt], None] = lambda _event_id, _receipt: None
        self.on_status: Callable[[OutboxStatus], None] = lambda _status: None

    def put(self, *events: AnyEvent) -> None:
        """Take the events; their receipts follow."""
        self._waiting += len(events)
        self._clock.call_later(_SENT_MS, lambda: self._send(events))

    def _send(self, events: tuple[AnyEvent, ...]) -> None:
        for event in events:
            self.on_receipt(event.event_id, Receipt.SENT)
        self.on_status(OutboxStatus(waiting=self._waiting))
        self._clock.call_later(_ACCEPTED_MS, lambda: self._settle(events))

    def _settle(self, events: tuple[AnyEvent, ...]) -> None:
        answer = self._backend.send(tuple(event.model_dump_json() for event in events))
        self._waiting -= len(events)
        self.on_status(OutboxStatus(waiting=self._waiting))
        for verdict in answer.verdicts:
            self.on_receipt(verdict.event_id, Receipt.REFUSED if verdict.verdict == "refused" else Receipt.ACCEPTED)


class PracticeOwn:
    """Implements the port `OwnStore`: own wordings, notes and favourites of the practice end with it."""

    def save(self, own: Own) -> None:
        """Keep nothing."""


class PracticePreferences(PreferencesFile):
    """The agent's own choices as he made them in the panel; those of the practice end with it."""

    def save(self, preferences: Preferences) -> None:
        """Keep nothing."""

    def _aside(self) -> Preferences:
        return Preferences()
