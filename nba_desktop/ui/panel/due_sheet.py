"""The due list, in place over the panel: what was promised to customers, to be done between calls."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.due_list import CalendarState, DueState
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.key_map import KeyMap
from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.due_row import DueRow
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.list_sheet import ListSheet
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_shown, set_text, set_variant
from nba_desktop.ui.texts.due_words import due_count
from nba_desktop.ui.texts.failures import failure

_READY: Final = 2
_AT_ONCE: Final = 20
"""Each card is made of many widgets."""


class DueSheet(ListSheet):
    """One card for each promise, what is late first."""

    follow_up_done = Signal(object)
    calendar_asked = Signal()

    def __init__(self, formats: Formats, parent: QWidget, keys: KeyMap = USUAL_KEYS) -> None:
        calendar = _CalendarLine()
        super().__init__(self.tr("Follow-ups"), (calendar,), parent, keys)
        self._file = calendar
        self._file.button.clicked.connect(self.calendar_asked)
        self._formats = formats
        self._state: PanelState | None = None
        self._rows = Pool(self.page.body, self._make_row, _READY)
        self._shown: list[DueRow] = []
        self._most = _AT_ONCE
        self._further = Button(self.tr("Show further ones"), role="link", trailing="chevron-down")
        self._further.clicked.connect(self._show_further)
        self._left_out = Label(role="small", variant="muted", wrap=True)
        self.page.foot.addWidget(self._further, 0, Qt.AlignmentFlag.AlignLeft)
        self.page.foot.addWidget(self._left_out)

    def show_state(self, state: PanelState) -> None:
        """Show the list, or why it is not there."""
        before, self._state = self._state, state
        if before is not None and (before.due, before.concerns, before.backend) == (
            state.due,
            state.concerns,
            state.backend,
        ):
            return
        due = state.due
        if not due.open:
            self._most = _AT_ONCE
        self.show_about(due_count(due) if due.listed is not None else "")
        self._show_why(due)
        self._file.show_calendar(due.calendar, bool(due.waiting))
        shown = due.follow_ups[: self._most]
        self._shown = self._rows.shown(len(shown))
        for row, follow_up in zip(self._shown, shown, strict=True):
            row.show_follow_up(follow_up, state, state.concerns)
        set_shown(self._further, len(due.follow_ups) > len(shown))
        more = due.listed is not None and due.listed.more and len(shown) == len(due.follow_ups)
        set_text(self._left_out, self.tr("There are more than fit into this list. Do these first.") if more else "")
        set_shown(self._left_out, more)

    def places(self) -> list[QWidget]:
        """What can be done, and at the end the way to what follows."""
        places: list[QWidget] = [button for row in self._shown for button in row.places()]
        if not self._further.isHidden():
            places.append(self._further)
        return places

    def _show_further(self) -> None:
        state, first = self._state, self._most
        if state is None:
            return
        self._most += _AT_ONCE
        self._state = None
        self.show_state(state)
        # Where the button was the first of the further ones stands, or the button again below them.
        places = [place for row in self._shown[first:] for place in row.places()]
        (places[0] if places else self._further).setFocus(Qt.FocusReason.TabFocusReason)

    def _show_why(self, due: DueState) -> None:
        words, icon, retry = "", "dots", False
        if due.status is BlockStatus.FAILED:
            why = failure(due.failure or FailureCode.TOO_LATE)
            words, icon, retry = self.tr("The follow-ups could not be fetched: {why}.").format(why=why), "alert", True
        elif due.failure is not None:
            words, icon = self.tr("Not stored: {why}. Please try again.").format(why=failure(due.failure)), "alert"
        elif due.listed is None:
            slow = due.status is BlockStatus.SLOW
            words = self.tr("The follow-ups are being fetched …")
            words = self.tr("The follow-ups are being fetched – this takes longer than usual.") if slow else words
        elif not due.follow_ups:
            words, icon = self.tr("Nothing that you promised is due in the next seven days."), "info"
        self.show_message(icon, words, retry)

    def _make_row(self) -> DueRow:
        row = DueRow(self._formats)
        row.done.connect(self.follow_up_done)
        return row


class _CalendarLine(QWidget):
    """The way to the calendar file, and what became of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self.button = Button(self.tr("Save as a calendar file"), role="link", icon="calendar")
        self._words = Label(role="small", variant="muted", wrap=True)
        row = FlowLayout(self, line_spacing=2)
        row.addWidget(self.button)
        row.add_stretched(self._words)

    def show_calendar(self, calendar: CalendarState, any_waiting: bool) -> None:
        """Offer it while something is open; names are in none of it."""
        set_shown(self, any_waiting)
        words = ""
        if calendar.status is BlockStatus.READY:
            words = self.tr("Saved; it names no customer.")
        elif calendar.status is BlockStatus.LOADING:
            words = self.tr("Being saved …")
        elif calendar.failure is not None:
            words = self.tr("Not saved: {why}.").format(why=failure(calendar.failure))
        set_text(self._words, words)
        set_shown(self._words, bool(words))
        set_variant(self._words, "bad" if calendar.failure is not None else "muted")
