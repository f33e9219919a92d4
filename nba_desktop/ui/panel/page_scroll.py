"""A place that scrolls as a whole where it cannot hold what stands in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class PageScroll(QScrollArea):
    """Gives its widget the whole place; where that is too little for it, the height it needs, and a scroll bar.

    Unlike Qt's own resizing it asks for the least height at the width, so that pages within scroll before the whole
    does. `moved` follows whenever the widget stands elsewhere or has another height.
    """

    moved = Signal()

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = inside
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The page is reached by its controls, which come into sight when the keyboard gets to them.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        self.verticalScrollBar().valueChanged.connect(self.moved)

    @property
    def scrolls(self) -> bool:
        """Whether the widget is higher than its place."""
        return self._inside.height() > self.height()

    def needed_height(self, width: int) -> int:
        """The least height of the widget at a width."""
        layout = self._inside.layout()
        if layout is None:
            return self._inside.minimumSizeHint().height()
        if layout.hasHeightForWidth():
            return layout.totalMinimumHeightForWidth(width)
        return layout.totalMinimumSize().height()

    def fit(self) -> None:
        """Give the widget its size now."""
        inside = self._inside
        width, needed = self.width(), self.needed_height(self.width())
        if needed > self.height():
            width -= self.verticalScrollBar().sizeHint().width()
            needed = self.needed_height(width)
        if inside.size().toTuple() != (width, max(self.height(), needed)):
            inside.resize(width, max(self.height(), needed))
            self.moved.emit()
        layout = inside.layout()
        if layout is not None and layout.isEnabled() and layout.geometry() != inside.rect():
            # It was resized while its layout was held back.
            layout.setGeometry(inside.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        handled = super().eventFilter(watched, event)
        if watched is self._inside and event.type() is QEvent.Type.LayoutRequest:
            self.fit()
        return handled
