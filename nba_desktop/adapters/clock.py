"""The time of day, and timers in the thread that owns the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer


class QtClock(QObject):
    """Implements the port `Clock`; once it is stopped or gone, no callback comes any more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stopped = False

    def now(self) -> datetime:
        """The time in UTC."""
        return datetime.now(UTC)

    def call_later(self, delay_ms: int, callback: Callable[[], None]) -> None:
        """Call back once, in this object's thread."""
        QTimer.singleShot(delay_ms, self, lambda: None if self._stopped else callback())

    def stop(self) -> None:
        """Forget every timer that is still running."""
        self._stopped = True
