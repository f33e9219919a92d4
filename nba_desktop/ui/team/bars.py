"""Shares as bars: an interval with its value and what was expected, and how far recommendations came."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nba_desktop.contract.review import Rate
from nba_desktop.ui.theme import current_tokens, scaled
from nba_desktop.ui.tokens import Tokens

_TRACK: Final = 14
_BAND: Final = 8
_LEAST: Final = 90
_SOFT: Final = 0.4
_SCALE_STEPS: Final = (0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0)


def scale_end(shares: Iterable[float]) -> float:
    """Return the share at which a common scale of bars ends, so that the highest of them still fits."""
    highest = max(shares, default=1.0)
    return next((step for step in _SCALE_STEPS if step >= highest), 1.0)


def paint_interval(
    painter: QPainter, room: QRectF, rate: Rate, expected: float | None, most: float, tokens: Tokens
) -> None:
    """Draw a rate within `room`, of which the right end stands for the share `most`: its interval as a band, its value
    as a line, what was expected as a dashed one."""
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

    def draw(self, painter: QPainter, room: QRectF, tokens: Tokens) -> None:
        """Draw the rate in these colours."""
        paint_interval(painter, room, self._rate, self._expected, self._most, tokens)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.draw(QPainter(self), QRectF(self.rect()), current_tokens())


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

    def draw(self, painter: QPainter, room: QRectF, tokens: Tokens) -> None:
        """Draw the share in these colours."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.good if self._good else tokens.accent))
        painter.drawRoundedRect(QRectF(room.left(), room.top(), room.width() * self._part, room.height()), 2, 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.draw(QPainter(self), QRectF(self.rect()), current_tokens())
