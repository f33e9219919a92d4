"""The panel's icons: SVG files of 24 × 24 in one stroke, painted in the colour of the text beside them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from nba_desktop.paths import resource
from nba_desktop.ui.setters import set_shown

_BODY: Final = 13
"""The text size in pixels that the icons beside words are drawn for."""


def pixmap(name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
    """An icon as a pixmap of `size` device-independent pixels; Qt's pixmap cache keeps it.

    Raises `FileNotFoundError` when there is no icon of that name.
    """
    key = f"icon/{name}/{colour.name()}/{size}/{ratio}"
    cached = QPixmap()
    if QPixmapCache.find(key, cached):
        return cached
    source = resource("icons", f"{name}.svg").read_bytes().replace(b"currentColor", colour.name().encode())
    painted = QPixmap(QSize(size, size) * ratio)
    painted.fill(Qt.GlobalColor.transparent)
    painter = QPainter(painted)
    QSvgRenderer(QByteArray(source)).render(painter)
    painter.end()
    painted.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, painted)
    return painted


def paint_icon(painter: QPainter, name: str, colour: QColor, x: int, y: int, size: int) -> None:
    """Paint an icon with its upper left corner at `x`, `y`."""
    painter.drawPixmap(x, y, pixmap(name, colour, size, painter.device().devicePixelRatio()))


def window_icon() -> QIcon:
    """The program's own icon for task bar and window frame."""
    return QIcon(str(resource("icons", "nba-desktop.svg")))


class Icon(QWidget):
    """One icon in the text colour that the style sheet gives to it (`variant` good, bad, accent, muted)."""

    def __init__(self, name: str, size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._drawn = self._size = size
        self.setFixedSize(size, size)
        if not name:
            self.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            # Large text has large icons.
            self._size = max(self._drawn, round(self._drawn * self.font().pixelSize() / _BODY))
            self.setFixedSize(self._size, self._size)

    def set_name(self, name: str) -> None:
        """Show another icon; an empty name shows none and takes no room."""
        if name != self._name:
            self._name = name
            self.update()
        set_shown(self, bool(name))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._name:
            painter = QPainter(self)
            paint_icon(painter, self._name, self.palette().color(self.foregroundRole()), 0, 0, self._size)
