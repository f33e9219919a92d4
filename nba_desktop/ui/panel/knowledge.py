"""Further information on the chosen action."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.contract.recommendation import Knowledge
from nba_desktop.domain.panel import ContactState
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_shown, set_text

_READY = 3


class KnowledgePage(ScrollPage):
    """One item below the other, title first."""

    def __init__(self) -> None:
        super().__init__(spacing=10)
        self._rows = Pool(self.body, _Item, _READY)
        self._empty = Label(self.tr("There is no further information on this action."), "small", "muted", wrap=True)
        self.body.addWidget(self._empty)

    def show_state(self, contact: ContactState) -> None:
        """Show what is known about the chosen action."""
        items = contact.action.knowledge if contact.action else ()
        for row, item in zip(self._rows.shown(len(items)), items, strict=True):
            row.show_item(item)
        set_shown(self._empty, contact.action is not None and not items)


class _Item(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._title = Label(role="strong", wrap=True)
        self._text = Label(role="small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self._text)

    def show_item(self, item: Knowledge) -> None:
        set_text(self._title, item.title)
        set_text(self._text, item.text)
        set_shown(self._title, bool(item.title))
