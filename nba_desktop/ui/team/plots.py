"""A figure over the weeks, drawn: a line with its 95 % interval as a band, and a gap where nothing is known."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nba_desktop.ui.setters import set_named
from nba_desktop.ui.theme import current_scale, current_tokens, scaled
from nba_desktop.ui.tokens import Tokens

_HEIGHT: Final = 96
_LEAST_WIDTH: Final = 160
_GAP: Final = 6
_SOFT: Final = 0.28
_DOT: Final = 2.5
_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 25.0, 50.0)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A week's figure with its interval, None where it is not known.

    `words` are what stands in a table, `counted` what a share was computed from.
    """

    week: str
    words: str
    spoken: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure over the weeks, one point for each of them; `axis` writes a value beside the plot.

    `of_all` keeps the scale within 0 to 1. `empty` says why there is nothing, where no week has it.
    """

    title: str
    points: tuple[TrendPoint, ...]
    axis: Callable[[float], str]
    empty: str
    of_all: bool = False

    @property
    def last(self) -> TrendPoint | None:
        """The newest week that has the figure."""
        return next((point for point in reversed(self.points) if point.value is not None), None)


def scale(values: Sequence[float], of_all: bool) -> tuple[float, float]:
    """Return round ends of a scale that holds all values; with `of_all` none beyond 0 and 1."""
    low, high = min(values), max(values)
    spread = (high - low) or abs(high) or 1.0
    step = 10.0 ** (math.floor(math.log10(spread)) - 1)
    step *= next(one for one in _STEPS if one * step * 4 >= spread)
    first, last = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    if first == last:
        last += step
    return (max(0.0, first), min(1.0, last)) if of_all else (first, last)


class TrendPlot(QWidget):
    """Draws a trend; the table of the page has every value in words, and the pointer is told them here."""

    def __init__(self) -> None:
        super().__init__()
        self._trend: Trend | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_trend(self, trend: Trend, spoken: str) -> None:
        """Draw a trend; `spoken` sums it up."""
        set_named(self, f"{trend.title}: {spoken}")
        if trend != self._trend:
            self._trend = trend
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(_LEAST_WIDTH), scaled(_HEIGHT) + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            point = self.point_at(event.pos().x())
            if point is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), f"{point.week}: {point.spoken}", self)
            return True
        return super().event(event)

    def point_at(self, x: float) -> TrendPoint | None:
        """The week that stands nearest to a place."""
        if self._trend is None or not self._trend.points:
            return None
        room = self._within(self._trend, QRectF(self.rect()))
        steps = max(1, len(self._trend.points) - 1)
        place = round((x - room.left()) / max(1.0, room.width()) * steps)
        return self._trend.points[min(max(place, 0), len(self._trend.points) - 1)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.draw(QPainter(self), QRectF(self.rect()), current_tokens())

    def draw(self, painter: QPainter, room: QRectF, tokens: Tokens) -> None:
        """Draw the trend with its axes in these colours."""
        trend = self._trend
        if trend is None or trend.last is None:
            return
        painter.setFont(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room, ends = self._within(trend, room), _ends(trend)
        self._paint_axes(painter, trend, room, ends, tokens)
        low, high = ends

        def at(place: int, value: float) -> QPointF:
            x = room.left() + room.width() * (place / max(1, len(trend.points) - 1))
            return QPointF(x, room.bottom() - room.height() * (min(max(value, low), high) - low) / (high - low))

        for known, run in groupby(enumerate(trend.points), key=lambda one: one[1].value is not None):
            if known:
                _paint_run(painter, list(run), at, tokens)
        newest = max(place for place, point in enumerate(trend.points) if point.value is not None)
        _paint_dot(painter, at(newest, trend.points[newest].value or 0.0), tokens)

    def _within(self, trend: Trend, whole: QRectF) -> QRectF:
        """What the axes and their words leave."""
        metrics = QFontMetricsF(self.font())
        ends = (0.0, 1.0) if trend.last is None else _ends(trend)
        left = max(metrics.horizontalAdvance(trend.axis(end)) for end in ends) + _GAP
        bottom = metrics.height() + _GAP
        return whole.adjusted(left, metrics.height() / 2, -scaled(_DOT) - 1, -bottom)

    def _paint_axes(
        self, painter: QPainter, trend: Trend, room: QRectF, ends: tuple[float, float], tokens: Tokens
    ) -> None:
        metrics = QFontMetricsF(self.font())
        for end, y in zip(ends, (room.bottom(), room.top()), strict=True):
            painter.setPen(QPen(QColor(tokens.border), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(QColor(tokens.muted))
            words = trend.axis(end)
            painter.drawText(
                QPointF(room.left() - _GAP - metrics.horizontalAdvance(words), y + metrics.ascent() / 2 - 1), words
            )
        if ends[0] < 0 < ends[1]:
            y = room.bottom() - room.height() * -ends[0] / (ends[1] - ends[0])
            painter.setPen(QPen(QColor(tokens.edge), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
        painter.setPen(QColor(tokens.muted))
        base = room.bottom() + _GAP + metrics.ascent()
        first, last = trend.points[0].week, trend.points[-1].week
        painter.drawText(QPointF(room.left(), base), first)
        width = metrics.horizontalAdvance(last)
        if len(trend.points) > 1 and width + metrics.horizontalAdvance(first) + 2 * _GAP < room.width():
            painter.drawText(QPointF(room.right() - width, base), last)


def _ends(trend: Trend) -> tuple[float, float]:
    values = [one for point in trend.points for one in (point.value, point.low, point.high) if one is not None]
    return scale(values, trend.of_all)


def _paint_run(
    painter: QPainter, run: list[tuple[int, TrendPoint]], at: Callable[[int, float], QPointF], tokens: Tokens
) -> None:
    """Draw weeks that follow each other."""
    accent = QColor(tokens.accent)
    line = [at(place, point.value) for place, point in run if point.value is not None]
    upper = [at(place, point.high) for place, point in run if point.high is not None]
    lower = [at(place, point.low) for place, point in run if point.low is not None]
    painter.setOpacity(_SOFT)
    if len(upper) == len(lower) == len(line) > 1:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
    elif len(upper) == len(lower) == len(line):
        painter.setPen(QPen(accent, 4 * current_scale()))
        painter.drawLine(upper[0], lower[0])
    painter.setOpacity(1.0)
    painter.setPen(QPen(accent, 1.6 * current_scale()))
    for begin, end in pairwise(line):
        painter.drawLine(begin, end)
    # A week between two gaps would not be seen otherwise.
    if len(line) == 1:
        _paint_dot(painter, line[0], tokens)


def _paint_dot(painter: QPainter, where: QPointF, tokens: Tokens) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.accent))
    painter.drawEllipse(where, scaled(_DOT), scaled(_DOT))
