"""Shares as bars: an interval with its value and what was expected, and how far recommendations came."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nba_desktop.contract.review import Rate
from nba_desktop.ui.theme import current_tokens, scaled

_TRACK: Final = 14
_BAND: Final = 8
_LEAST: Final = 90
_SOFT: Final = 0.4


def paint_interval(painter: QPainter, room: QRectF, rate: Rate, expected: float | None, most: float) -> None:
    """Draw a rate within `room`, of which the right end stands for the share `most`: its interval as a band, its value
    as a line, what was expected as a dashed one."""
    tokens = current_tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    track = QRectF(room.left(), room.center().y() - scaled(_TRACK) / 2, room.width(), scaled(_TRACK))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.chip))
    painter.drawRoundedRect(track, 3, 3)
    if rate.hidden or rate.value is None or rate.low is None or rate.high is None:
        return

    def x(share: float) -> float:
        return track.left() + track.width() * min(1.0, max(0.0, share / most))

    band = QRectF(x(rate.low), room.center().y() - scaled(_BAND) / 2, x(rate.high) - x(rate.low), scaled(_BAND))
    painter.setBrush(QColor(tokens.accent))
    painter.setOpacity(_SOFT)
    painter.drawRoundedRect(band, 2, 2)
    painter.setOpacity(1.0)
    if expected is not None:
        painter.setPen(QPen(QColor(tokens.text), max(1.0, scaled(1.5)), Qt.PenStyle.DashLine))
        painter.drawLine(int(x(expected)), int(track.top() - 3), int(x(expected)), int(track.bottom() + 3))
    painter.setPen(QPen(QColor(tokens.accent), max(2.0, scaled(3))))
    painter.drawLine(int(x(rate.value)), int(track.top()), int(x(rate.value)), int(track.bottom()))


class IntervalBar(QWidget):
    """A rate on a scale from nothing to all; the words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self._rate = Rate()
        self._expected: float | None = None
        self._most = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rate(self, rate: Rate, expected: float | None = None, most: float = 1.0) -> None:
        """Draw a rate."""
        if (rate, expected, most) != (self._rate, self._expected, self._most):
            self._rate, self._expected, self._most = rate, expected, most
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(_LEAST), scaled(_TRACK) + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_interval(QPainter(self), QRectF(self.rect()), self._rate, self._expected, self._most)


class CountBar(QWidget):
    """A count beside the greatest one of its kind; `good` is the last step, which is what it is all for."""

    def __init__(self, good: bool = False) -> None:
        super().__init__()
        self._part = 0.0
        self._good = good
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_part(self, part: float) -> None:
        """Draw a share of the whole width."""
        if part != self._part:
            self._part = part
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(_LEAST), scaled(_TRACK))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.good if self._good else tokens.accent))
        painter.drawRoundedRect(QRectF(0, 0, self.width() * self._part, self.height()), 2, 2)
