"""Background work for the panel: work, success, failure."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import Final, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from nba_desktop.domain.errors import PanelError

T = TypeVar("T")

_log: Final = logging.getLogger(__name__)

_TAKEN_BY_THEN_S: Final = 0.002


class QtTasks(QObject):
    """Implements the port `Tasks` with a few threads of its own; callbacks come in this object's thread.

    A `PanelError` goes to `on_failure`. Any other exception is a defect: it is logged by its type and raised again in
    this object's thread, where the program's own handler for defects sees it; neither callback comes then.

    Python's threads instead of a QThreadPool: there `threading.local` is empty again in every job, so that no HTTP
    connection would ever be used twice, and its destructor waits without limit for a request that hangs.
    """

    _settled = Signal(object)

    def __init__(self, max_threads: int = 4, name: str = "tasks", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._settled.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._threads = [
            threading.Thread(target=_work, args=(self._jobs,), name=f"{name}-{number}", daemon=True)
            for number in range(max_threads)
        ]
        for thread in self._threads:
            thread.start()

    def run(
        self,
        work: Callable[[], T],
        on_success: Callable[[T], None],
        on_failure: Callable[[PanelError], None],
    ) -> None:
        """Do `work` in a thread and call back; after `close` the work is dropped."""
        taken = threading.Event()

        def job() -> None:
            taken.set()
            settled: Callable[[], None]
            try:
                result = work()
            except PanelError as error:
                settled = _bound(on_failure, error)
            except BaseException as defect:  # noqa: BLE001 - raised again where the program's handler sees it
                settled = _raising(defect)
            else:
                settled = _bound(on_success, result)
            with self._lock:
                if not self._closed:
                    self._settled.emit(settled)

        if not self._closed:
            self._jobs.put(job)
            # The thread needs the interpreter to send its request, and would get it only when this one has painted
            # what it shows meanwhile. Where all threads are busy, nothing is gained and not much lost.
            taken.wait(_TAKEN_BY_THEN_S)

    def close(self, wait_ms: int = 0) -> bool:
        """End: no callback comes after this returns, and work not begun is dropped.

        Waits up to `wait_ms` for what is running and says whether all of it ended; a thread that hangs on is left
        behind and ends with the process.
        """
        with self._lock:
            self._closed = True
        while not self._jobs.empty():
            self._jobs.get()
        for _ in self._threads:
            self._jobs.put(None)
        deadline = time.monotonic() + wait_ms / 1000
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _deliver(self, settled: Callable[[], None]) -> None:
        # Events emitted before `close` may still be in the queue.
        if not self._closed:
            settled()


def _work(jobs: SimpleQueue[Callable[[], None] | None]) -> None:
    while (job := jobs.get()) is not None:
        job()


def _bound(callback: Callable[[T], None], value: T) -> Callable[[], None]:
    return lambda: callback(value)


def _raising(defect: BaseException) -> Callable[[], None]:
    def settled() -> None:
        # Only the type and the place: the message of a foreign exception may hold personal data.
        trace = defect.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else "?"
        _log.error("background work failed with %s in %s", type(defect).__name__, place)
        raise defect

    return settled
