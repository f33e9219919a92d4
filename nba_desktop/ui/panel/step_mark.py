"""The round mark before a step: its number, or a tick once it is done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from nba_desktop.ui.icons import paint_icon
from nba_desktop.ui.theme import current_tokens, scaled

_SIZE, _CIRCLE, _NUMBER = 24, 20, 11


class StepMark(QAbstractButton):
    """A round check box with a number; a click alone changes nothing, the state that it leads to does."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self._grow()
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_mark(self, number: int, done: bool, name: str) -> None:
        """Show the number or the tick; `name` is the step for a screen reader."""
        self.setText(str(number))
        self.setChecked(done)
        if self.accessibleName() != name:
            self.setAccessibleName(name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def _grow(self) -> None:
        self.setFixedSize(scaled(_SIZE), scaled(_SIZE))

    def nextCheckState(self) -> None:
        """The state decides."""

    def sizeHint(self) -> QSize:
        return QSize(scaled(_SIZE), scaled(_SIZE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # The circle is smaller than what can be clicked.
        edge_room = scaled(_SIZE - _CIRCLE) // 2 + 1
        circle = QRectF(self.rect()).adjusted(edge_room, edge_room, -edge_room, -edge_room)
        edge = QColor(tokens.accent if self.hasFocus() or self.underMouse() else tokens.edge)
        if self.isChecked():
            painter.setPen(QPen(edge, 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.good))
            painter.drawEllipse(circle)
            size = scaled(_CIRCLE - 8)
            left = (self.width() - size) // 2
            paint_icon(painter, "check", QColor(tokens.window), left, left, size)
            return
        painter.setPen(QPen(edge, 2 if self.hasFocus() else 1.2))
        painter.drawEllipse(circle)
        font = QFont(self.font())
        font.setPixelSize(scaled(_NUMBER))
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
