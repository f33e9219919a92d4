"""Empties the outbox towards the backend, one request at a time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final
from uuid import UUID

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.contract.events import BatchVerdict
from nba_desktop.domain.errors import OutboxError, PanelError
from nba_desktop.domain.outbox import Entry, EntryState, Outcome, Sending, next_batch, on_failure, on_verdict
from nba_desktop.domain.ports import Backend, Tasks
from nba_desktop.domain.receipts import OutboxStatus, Receipt

_AGAIN_MS: Final = 15 * 60_000


class OutboxSender(QObject):
    """Sends what is pending whenever it is woken, and by itself after a back-off; every `again_ms` what was refused.

    `receipt_changed` carries an event's id (UUID) and its new `Receipt`, `status_changed` the new `OutboxStatus`.
    It only reads and marks the outbox; who puts an event there calls `wake` afterwards. What was put is sent
    `gather_ms` later, together with what is put meanwhile: the answer to a call and its picture come first.
    """

    receipt_changed = Signal(object, object)
    status_changed = Signal(object)
    _idle = Signal()

    def __init__(
        self,
        outbox: SqliteOutbox,
        backend: Backend,
        tasks: Tasks,
        *,
        gather_ms: int = 0,
        again_ms: int = _AGAIN_MS,
        monotonic: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._outbox = outbox
        self._backend = backend
        self._tasks = tasks
        self._gather_ms = gather_ms
        self._monotonic = monotonic
        self._chance = chance
        self._sending = Sending()
        self._in_flight = False
        self._stopped = False
        self._status = OutboxStatus()
        # Refused before and not yet answered anew: to everybody who looks they are refused.
        self._retried: set[UUID] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._send_next)
        self._again = QTimer(self)
        self._again.timeout.connect(self.try_again)
        self._again.start(again_ms)

    @property
    def status(self) -> OutboxStatus:
        """The status as it was last told."""
        return self._status

    def wake(self) -> None:
        """Something was put: send it, unless a back-off or a pause is on."""
        if self._in_flight or self._stopped:
            return
        if not 0 <= self._timer.remainingTime() <= self._gather_ms:
            self._timer.start(self._gather_ms)

    def resume(self) -> None:
        """Try at once: there is a new token, or the backend was just reached by another way."""
        sending = self._sending
        # Whether a new token counts is not known yet: nobody is told so until there is an answer.
        self._sending = sending.tried_again() if sending.needs_token else sending.resumed()
        if not self._in_flight and not self._stopped:
            self._timer.start(0)

    def retry_parked(self) -> int:
        """Send the parked events again, once what refused them is mended; how many there are.

        Raises `OutboxError`.
        """
        count = self._outbox.retry_parked()
        self.resume()
        return count

    def try_again(self) -> None:
        """Send what was refused, and what a refused token keeps here: the reason may have gone.

        Only what comes of it is told: nothing shows that it was tried.
        """
        if self._in_flight or self._stopped or (self._sending.paused and not self._sending.needs_token):
            return
        try:
            parked = self._outbox.entries(EntryState.PARKED)
            if parked:
                self._outbox.retry_parked()
        except OutboxError as error:
            self._apply(on_failure(self._sending, (), error, self._monotonic(), self._chance()), ())
            return
        self._retried.update(entry.event_id for entry in parked)
        self._sending = self._sending.tried_again()
        self._timer.start(0)

    def drain(self, timeout_ms: int) -> bool:
        """Before quitting: send what is pending, and say whether nothing is left.

        Returns early when sending fails. The event loop runs meanwhile, without the user's input.
        """
        loop = QEventLoop()
        self._idle.connect(loop.quit)
        QTimer.singleShot(timeout_ms, loop, loop.quit)
        if not self._sending.needs_token:
            self._sending = self._sending.resumed()
        if not self._in_flight:
            self._timer.start(0)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self._idle.disconnect(loop.quit)
        return self._status.waiting == 0 and not self._in_flight

    def stop(self) -> None:
        """Send nothing any more; to be called before the tasks and the outbox are closed."""
        self._stopped = True
        self._timer.stop()
        self._again.stop()

    def _send_next(self) -> None:
        if self._in_flight:
            return
        try:
            pending = self._outbox.entries(EntryState.PENDING, self._sending.limit)
        except OutboxError as error:
            self._apply(on_failure(self._sending, (), error, self._monotonic(), self._chance()), ())
            return
        batch = next_batch(pending, self._sending, self._monotonic())
        self._tell_status()
        if not batch:
            self._rest()
            return
        self._in_flight = True
        for entry in batch:
            if entry.event_id not in self._retried:
                self.receipt_changed.emit(entry.event_id, Receipt.SENT)
        backend, events = self._backend, tuple(entry.json for entry in batch)
        self._tasks.run(
            lambda: backend.send(events),
            lambda verdict: self._on_verdict(batch, verdict),
            lambda error: self._on_failure(batch, error),
        )

    def _on_verdict(self, batch: tuple[Entry, ...], verdict: BatchVerdict) -> None:
        self._apply(on_verdict(self._sending, batch, verdict, self._monotonic(), self._chance()), batch)

    def _on_failure(self, batch: tuple[Entry, ...], error: PanelError) -> None:
        self._apply(on_failure(self._sending, batch, error, self._monotonic(), self._chance()), batch)

    def _apply(self, outcome: Outcome, batch: tuple[Entry, ...]) -> None:
        self._in_flight = False
        if self._stopped:
            return
        self._sending = outcome.sending
        refused = dict(outcome.parked)
        try:
            if outcome.accepted:
                self._outbox.mark_accepted(*outcome.accepted)
            if refused:
                self._outbox.mark_parked(refused)
        except OutboxError as error:
            # They stay pending and are sent again later; the backend knows their ids.
            self._sending = on_failure(self._sending, batch, error, self._monotonic(), self._chance()).sending
        for entry in batch:
            if entry.event_id in outcome.accepted:
                receipt = Receipt.ACCEPTED
            else:
                receipt = Receipt.REFUSED if entry.event_id in refused else Receipt.STORED
            was_refused = entry.event_id in self._retried
            if receipt is not Receipt.STORED:
                self._retried.discard(entry.event_id)
            if receipt is Receipt.ACCEPTED or not was_refused:
                self.receipt_changed.emit(entry.event_id, receipt)
        self._tell_status()
        if self._sending.paused:
            self._rest()
        else:
            self._timer.start(0)

    def _rest(self) -> None:
        """Nothing can be sent now: wake up after the back-off, if there is one."""
        wait = self._sending.retry_at - self._monotonic()
        if self._sending.paused and not self._sending.needs_token:
            self._timer.start(max(1, round(wait * 1000)))
        self._idle.emit()

    def _tell_status(self) -> None:
        try:
            found, again = self._outbox.status(), len(self._retried)
            # What is tried again has lost its reason, which is shown until there is another.
            why = found.why or (self._status.why if again else "")
            status = OutboxStatus(found.waiting - again, found.parked + again, self._sending.paused, why)
        except OutboxError as error:
            status = replace(self._status, paused=error.code)
        if status != self._status:
            self._status = status
            self.status_changed.emit(status)
