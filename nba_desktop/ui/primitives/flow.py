"""A layout that puts widgets in a row and goes on in the next row when the width is used up."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Left to right, then down; hidden widgets take no room; every row is centred on its tallest widget."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 6, line_spacing: int = 5) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._spacing = spacing
        self._line_spacing = line_spacing
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        # Every layout around this one asks again, many times in one pass.
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return height

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self._spacing * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, move: bool) -> int:
        top = rect.top()
        line: list[tuple[QLayoutItem, QSize]] = []
        used = 0
        for item in self._shown():
            hint = item.sizeHint()
            if line and used + self._spacing + hint.width() > rect.width():
                top += self._place_line(line, rect.left(), top, move) + self._line_spacing
                line, used = [], 0
            used += hint.width() + (self._spacing if line else 0)
            line.append((item, hint))
        bottom = top + self._place_line(line, rect.left(), top, move)
        return bottom - rect.top()

    def _place_line(self, line: list[tuple[QLayoutItem, QSize]], left: int, top: int, move: bool) -> int:
        height = max((hint.height() for _, hint in line), default=0)
        for item, hint in line:
            if move:
                item.setGeometry(QRect(QPoint(left, top + (height - hint.height()) // 2), hint))
            left += hint.width() + self._spacing
        return height
