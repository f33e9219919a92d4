"""A place that scrolls as a whole where it cannot hold what stands in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_MARGIN = 12
"""What every section leaves free at its sides."""


class PageScroll(QScrollArea):
    """Gives its widget the whole place; where that is too little for it, the height it needs, and a scroll bar.

    Unlike Qt's own resizing it asks for the least height at the width, so that pages within scroll before the whole
    does. `moved` follows whenever the widget stands elsewhere or has another height. The bar lies over the widget's
    right margin, so that nothing is set anew when it comes or goes; with `beside` it has a place of its own.
    Where the whole scrolls its widget is higher than needed by `spare`, for the page in it that gives way first.
    """

    moved = Signal()

    def __init__(self, inside: QWidget, parent: QWidget | None = None, *, beside: bool = False, spare: int = 0) -> None:
        super().__init__(parent)
        self._inside = inside
        self._beside, self._spare = beside, spare
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

    @property
    def covered(self) -> int:
        """The width that the scroll bar covers of the widget, from the right."""
        bar = self.verticalScrollBar().sizeHint().width()
        return bar if self.scrolls and not self._beside and bar <= _MARGIN else 0

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
        bar = self.verticalScrollBar().sizeHint().width()
        over = 0
        if needed > self.height():
            if self._beside or bar > _MARGIN:
                width -= bar
                needed = self.needed_height(width)
            else:
                over = bar
            needed += self._spare
        if self.viewportMargins().right() != -over:
            self.setViewportMargins(0, 0, -over, 0)
        if inside.size().toTuple() != (width, max(self.height(), needed)):
            inside.resize(width, max(self.height(), needed))
            self.moved.emit()
        layout = inside.layout()
        if layout is not None and layout.isEnabled() and layout.geometry() != inside.contentsRect():
            # It was resized while its layout was held back.
            layout.setGeometry(inside.contentsRect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        handled = super().eventFilter(watched, event)
        if watched is self._inside and event.type() is QEvent.Type.LayoutRequest:
            self.fit()
        return handled
