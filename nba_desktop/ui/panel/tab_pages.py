"""The place of the tabs, or of what is shown instead of them."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from nba_desktop.ui.panel.action_tabs import ActionTabs


class TabPages(QStackedWidget):
    """Gives way first: it wants no more than its tab bar and a few lines, as its pages scroll."""

    def __init__(self, tabs: ActionTabs) -> None:
        super().__init__()
        self._tabs = tabs
        self.addWidget(tabs)

    def hasHeightForWidth(self) -> bool:
        return False

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self._tabs.least_height(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
