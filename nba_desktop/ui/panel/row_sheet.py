"""A sheet that opens in place above the response row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.primitives.blocks import Rule


class RowSheet(QWidget):
    """As high as what it holds where there is room, else it scrolls; it covers what lies behind and moves nothing.

    `changed` follows what makes it another height, so that it is placed anew.
    """

    changed = Signal()

    def __init__(self, parent: QWidget, spacing: int = 6) -> None:
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._asked = 0
        self._page = ScrollPage(spacing=spacing)
        # Reached by its controls alone: it is gone again with Esc.
        self._page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page.setMinimumHeight(1)
        self._page.fit_inside()
        self._page.inside.installEventFilter(self)
        self._rule = Rule()
        self.body, self.foot = self._page.body, self._page.foot
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._rule)
        column.addWidget(self._page, 1)
        inside = self._page.inside.layout()
        if inside is not None:
            inside.setContentsMargins(12, 6, 12, 8)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.LayoutRequest
            and self.isVisible()
            and self.height_at(self.width()) != self._asked
        ):
            self.changed.emit()
        return super().eventFilter(watched, event)

    def height_at(self, width: int) -> int:
        """The height in which everything can be read at this width."""
        self._page.inside.ensurePolished()
        inside = self._page.inside.layout()
        return self._rule.height() + (inside.totalHeightForWidth(width) if inside else 0)

    def place(self, width: int, bottom: int) -> None:
        """Stand at the bottom, as high as it needs and there is room."""
        self.ensurePolished()
        self._asked = self.height_at(width)
        height = min(self._asked, max(0, bottom))
        self.setGeometry(0, bottom - height, width, height)
        self.raise_()

    def to_top(self) -> None:
        """Show the beginning."""
        self._page.to_top()
