"""Today's calls, in place over the panel: what was recorded can be corrected until the day ends."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.contract.contact import Concern
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.panel import DayState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.day_row import DayRow
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.overlay import Overlay
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.primitives.blocks import BlockMessage
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import Label, SectionHeader
from nba_desktop.ui.setters import set_shown, set_text
from nba_desktop.ui.texts.failures import failure

_READY: Final = 2
_AT_ONCE: Final = 20
"""A day may have hundreds of calls, and each row is made of many widgets."""


class DaySheet(Overlay):
    """One card for each call, the newest first; choosing another response corrects the one it stands for."""

    day_corrected = Signal(object, object, object)
    asked_again = Signal()

    def __init__(self, formats: Formats, parent: QWidget, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(parent)
        self._formats = formats
        self._day: DayState | None = None
        self._concerns: tuple[Concern, ...] = ()
        close = Button(self.tr("Close"), role="link", icon="cross", key=keys[Command.CLOSE])
        close.clicked.connect(self.closed)
        self._until = Label(role="small", variant="muted", wrap=True)
        self._message = BlockMessage()
        self._message.retry_clicked.connect(self.asked_again)
        self._page = ScrollPage(spacing=6)
        self._page.fit_inside()
        self.setAccessibleName(self.tr("Today’s calls"))
        # The keyboard is the sheet's: the page would keep the arrows for itself.
        self._page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._rows = Pool(self._page.body, self._make_row, _READY)
        self._shown: list[DayRow] = []
        self._most = _AT_ONCE
        self._earlier = Button(self.tr("Show earlier calls"), role="link", trailing="chevron-down")
        self._earlier.clicked.connect(self._show_earlier)
        self._page.foot.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignLeft)
        head = QVBoxLayout()
        head.setContentsMargins(12, 8, 12, 0)
        head.setSpacing(4)
        head.addWidget(SectionHeader(self.tr("Today’s calls"), close))
        head.addWidget(self._until)
        head.addWidget(self._message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._page, 1)

    def open(self) -> None:
        """Come to the front with the keyboard in it: the arrows lead to the first response."""
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_day(self, state: DayState, concerns: tuple[Concern, ...]) -> None:
        """Show the day, or why it is not there."""
        if state is self._day and concerns is self._concerns:
            return
        self._day, self._concerns = state, concerns
        if not state.open:
            self._most = _AT_ONCE
        contacts = state.day.contacts if state.day else ()
        self._show_message(state, bool(contacts))
        words = self.tr("A response can be corrected until the end of the day.")
        set_text(self._until, words)
        set_shown(self._until, bool(contacts))
        shown = contacts[: self._most]
        self._shown = self._rows.shown(len(shown))
        for row, contact in zip(self._shown, shown, strict=True):
            row.show_contact(contact, state, concerns)
        set_shown(self._earlier, len(contacts) > len(shown))

    def _show_earlier(self) -> None:
        day, first = self._day, self._most
        if day is None:
            return
        self._most += _AT_ONCE
        self._day = None
        self.show_day(day, self._concerns)
        # Where the button was the first of the earlier ones stands, or the button again below them.
        places = [place for row in self._shown[first:] for place in row.places()]
        (places[0] if places else self._earlier).setFocus(Qt.FocusReason.TabFocusReason)

    def _show_message(self, state: DayState, filled: bool) -> None:
        words, icon, retry = "", "dots", False
        if state.status is BlockStatus.FAILED:
            why = failure(state.failure or FailureCode.TOO_LATE)
            words, icon, retry = self.tr("Today’s calls are not there: {why}.").format(why=why), "alert", True
        elif state.status is BlockStatus.SLOW:
            words = self.tr("Today’s calls are being fetched – this takes longer than usual.")
        elif state.status in (BlockStatus.LOADING, BlockStatus.IDLE) and not filled:
            words = self.tr("Today’s calls are being fetched …")
        elif state.failure is not None:
            words, icon = self.tr("Not stored: {why}. Please try again.").format(why=failure(state.failure)), "alert"
        elif state.status is BlockStatus.READY and not filled:
            words, icon = self.tr("No call of today is on record yet."), "info"
        set_shown(self._message, bool(words))
        if words:
            self._message.show_message(icon, words, retry)

    def _make_row(self) -> DayRow:
        row = DayRow(self._formats)
        row.corrected.connect(self.day_corrected)
        row.opened.connect(self._on_opened)
        return row

    def _on_opened(self, opened: object) -> None:
        """Only one response is being corrected at a time."""
        for row in self._shown:
            if row is not opened:
                row.close_codes()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        if event.key() == Qt.Key.Key_Escape and any(row.close_codes() for row in self._shown):
            # The first Esc puts the codes away, the second leaves the day.
            return
        super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        """Go through what can be corrected by the arrows."""
        places: list[QWidget] = [button for row in self._shown for button in row.places()]
        if not self._earlier.isHidden():
            places.append(self._earlier)
        here = next((n for n, place in enumerate(places) if place.hasFocus()), None)
        if not places:
            bar = self._page.verticalScrollBar()
            bar.setValue(bar.value() + step * bar.singleStep())
            return
        there = (0 if step > 0 else len(places) - 1) if here is None else max(0, min(len(places) - 1, here + step))
        places[there].setFocus(Qt.FocusReason.TabFocusReason)
        self._page.ensureWidgetVisible(places[there])
