"""Waiting for something to come about while Qt goes on, and being asked to end meanwhile."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

LIMIT_S = 20.0

_WAKE_MS = 200


class DemoError(Exception):
    """The call did not go as it must; the text says which step."""


class Ending:
    """Whether this process has been asked to end; the temporary folder must go, too, so it does not just die."""

    def __init__(self) -> None:
        self.signal = 0

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Note SIGTERM and Ctrl+C while this lasts, and leave Qt's loop."""
        before = {number: signal.signal(number, self._on_signal) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self.signal = number
        QCoreApplication.exit(0)

    def exec(self) -> int:
        """Run Qt's loop until its last window is closed or the process is asked to end."""
        if self.signal:
            return 0
        # Python's signal handlers only run when Python does.
        awake = QTimer(interval=_WAKE_MS)
        awake.timeout.connect(self._leave_when_asked)
        awake.start()
        return QCoreApplication.exec()

    def _leave_when_asked(self) -> None:
        if self.signal:
            # Not `quit`, which asks the windows first: in a call they would stay.
            QCoreApplication.exit(0)


class Waiting:
    """Waits while Qt goes on; waking it to look again, since polling would starve the panel's own threads."""

    def __init__(self, ending: Ending) -> None:
        self._ending = ending
        self._is_closed: Callable[[], bool] = lambda: False
        self._ticks = QTimer(interval=5)

    def may_end_with(self, is_closed: Callable[[], bool]) -> None:
        """End, too, once the person has closed the window."""
        self._is_closed = is_closed

    @property
    def ended(self) -> bool:
        """Whether there is nobody left to wait for."""
        return bool(self._ending.signal) or self._is_closed()

    def until(self, what: str, is_so: Callable[[], bool], limit_s: float = LIMIT_S) -> None:
        """Return once `is_so`. Raises `DemoError` with `what` when it is not in time, or when the demo is to end."""
        if not self.holds(is_so, limit_s):
            raise DemoError(f"after {limit_s:g} s still not so: {what}")

    def holds(self, is_so: Callable[[], bool], limit_s: float) -> bool:
        """Wait for `is_so` and say whether it came about in time. Raises `DemoError` when the demo is to end."""
        deadline = time.monotonic() + limit_s
        self._ticks.start()
        try:
            while not is_so():
                if self.ended:
                    raise DemoError("the demo was ended")
                if time.monotonic() > deadline:
                    return False
                QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        finally:
            self._ticks.stop()
        return True
