"""Today's calls, in place over the panel: what was recorded can be corrected until the day ends."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from nba_desktop.contract.contact import Concern
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.key_map import KeyMap
from nba_desktop.domain.panel import DayState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.day_row import DayRow
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.list_sheet import ListSheet
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.setters import set_shown
from nba_desktop.ui.texts.failures import failure

_READY: Final = 2
_AT_ONCE: Final = 20
"""A day may have hundreds of calls, and each row is made of many widgets."""


class DaySheet(ListSheet):
    """One card for each call, the newest first; choosing another response corrects the one it stands for."""

    day_corrected = Signal(object, object, object)
    day_cancelled = Signal(object, object)

    def __init__(self, formats: Formats, parent: QWidget, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(self.tr("Today’s calls"), (), parent, keys)
        self._formats = formats
        self._day: DayState | None = None
        self._concerns: tuple[Concern, ...] = ()
        self._rows = Pool(self.page.body, self._make_row, _READY)
        self._shown: list[DayRow] = []
        self._most = _AT_ONCE
        self._earlier = Button(self.tr("Show earlier calls"), role="link", trailing="chevron-down")
        self._earlier.clicked.connect(self._show_earlier)
        self.page.foot.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignLeft)

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
        self.show_about(words if contacts else "")
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
        self.show_message(icon, words, retry)

    def _make_row(self) -> DayRow:
        row = DayRow(self._formats)
        row.corrected.connect(self.day_corrected)
        row.cancelled.connect(self.day_cancelled)
        row.opened.connect(self._on_opened)
        return row

    def _on_opened(self, opened: object) -> None:
        """Only one response is being corrected at a time."""
        for row in self._shown:
            if row is not opened:
                row.close_codes()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and any(row.close_codes() for row in self._shown):
            # The first Esc puts the codes away, the second leaves the day.
            return
        super().keyPressEvent(event)

    def places(self) -> list[QWidget]:
        """What can be corrected, and at the end the way to earlier calls."""
        places: list[QWidget] = [button for row in self._shown for button in row.places()]
        if not self._earlier.isHidden():
            places.append(self._earlier)
        return places
