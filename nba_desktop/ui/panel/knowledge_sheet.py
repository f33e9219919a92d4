"""The whole knowledge in place over the panel, for when there is no call."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.knowledge import KnowledgePage
from nba_desktop.ui.panel.overlay import Overlay
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import SectionHeader


class KnowledgeSheet(Overlay):
    """The same page as in the tabs, without an action's own articles."""

    def __init__(self, parent: QWidget, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(parent)
        close = Button(self.tr("Close"), role="link", icon="cross", key=keys[Command.CLOSE])
        close.clicked.connect(self.closed)
        self.page = KnowledgePage()
        self.page.setAccessibleName(self.tr("Knowledge"))
        head = QVBoxLayout()
        head.setContentsMargins(12, 8, 12, 0)
        head.addWidget(SectionHeader(self.tr("Knowledge"), close))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.page, 1)

    def open(self) -> None:
        """Come to the front with the keyboard in the search."""
        self.show()
        self.raise_()
        self.page.focus_search()
