"""A list in place over the whole page: a heading, what is said of the list, and cards to go through by the arrows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.panel.overlay import Overlay
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.primitives.blocks import BlockMessage
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import Label, SectionHeader
from nba_desktop.ui.setters import set_shown, set_text


class ListSheet(Overlay):
    """Its cards go into `page.body`; `below` stands under the heading. `asked_again` is the wish to have it anew."""

    asked_again = Signal()

    def __init__(self, title: str, below: tuple[QWidget, ...], parent: QWidget, keys: KeyMap) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        close = Button(self.tr("Close"), role="link", icon="cross", key=keys[Command.CLOSE])
        close.clicked.connect(self.closed)
        self._about = Label(role="small", variant="muted", wrap=True)
        self._message = BlockMessage()
        self._message.retry_clicked.connect(self.asked_again)
        self.page = ScrollPage(spacing=6)
        self.page.fit_inside()
        # The keyboard is the sheet's: the page would keep the arrows for itself.
        self.page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        head = QVBoxLayout()
        head.setContentsMargins(12, 8, 12, 0)
        head.setSpacing(4)
        head.addWidget(SectionHeader(title, close))
        for widget in (self._about, *below, self._message):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.page, 1)

    def open(self) -> None:
        """Come to the front with the keyboard in it: the arrows lead to the first thing that can be done."""
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def places(self) -> list[QWidget]:
        """What the arrows go through, in the order of the list."""
        return []

    def show_about(self, words: str) -> None:
        """Say in a line what the list is for; without words it takes no room."""
        set_text(self._about, words)
        set_shown(self._about, bool(words))

    def show_message(self, icon: str, words: str, retry: bool = False) -> None:
        """Say why the list is not there, or what was not kept; without words it takes no room."""
        set_shown(self._message, bool(words))
        if words:
            self._message.show_message(icon, words, retry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        places = self.places()
        here = next((n for n, place in enumerate(places) if place.hasFocus()), None)
        if not places:
            bar = self.page.verticalScrollBar()
            bar.setValue(bar.value() + step * bar.singleStep())
            return
        there = (0 if step > 0 else len(places) - 1) if here is None else max(0, min(len(places) - 1, here + step))
        places[there].setFocus(Qt.FocusReason.TabFocusReason)
        self.page.ensureWidgetVisible(places[there])
