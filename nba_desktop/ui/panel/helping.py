"""What helps over the panel: the sheet of keys and the tour; both give way to a call at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from nba_desktop.domain.key_map import KeyMap
from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.panel.help import HelpSheet
from nba_desktop.ui.panel.tour import MakeExample, Tour


class Helping(QObject):
    """Belongs to a panel's content. Tour, practice and review are only for the time without a call.

    `tour_asked`, `practice_asked` and `own_review_asked` are wishes; `tour_ended` says that the tour was seen, or
    skipped.
    """

    tour_asked = Signal()
    practice_asked = Signal()
    own_review_asked = Signal()
    tour_ended = Signal()
    changed = Signal()

    def __init__(self, keys: KeyMap, content: QWidget, *, practising: bool) -> None:
        super().__init__(content)
        self._practising = practising
        self._state = PanelState()
        self._help = HelpSheet(keys, content, practising=practising)
        self._tour = Tour(keys, content)
        self._help.tour_clicked.connect(self.ask_for_tour)
        self._help.practice_clicked.connect(self.ask_for_practice)
        self._tour.ended.connect(self.tour_ended)

    @property
    def is_idle(self) -> bool:
        """Whether there is no call, so that there is time to look around."""
        return not self._state.contacts and not self._practising

    def show_state(self, state: PanelState) -> None:
        """Give way to a call that has come, and the tour to what keeps the panel from its work, too."""
        before, self._state = self._state, state
        if len(state.contacts) > len(before.contacts):
            self._tour.leave()
            self._help.leave()
        elif state.blocked is not None and before.blocked is None:
            self._tour.leave()
        self._help.show_idle(self.is_idle)

    def toggle_help(self) -> None:
        """Open the sheet of keys, or close it."""
        self._help.toggle()
        self.changed.emit()

    def put_help_away(self) -> None:
        """Close the sheet of keys, if it is open: something else came in front of it."""
        self._help.leave()

    def close(self) -> bool:
        """Close what is open here; False when nothing is."""
        for one in (self._tour, self._help):
            if one.is_open:
                one.closed.emit()
                return True
        return False

    def ask_for_tour(self) -> None:
        """Wish to see the tour."""
        if self.is_idle:
            self._help.leave()
            self.tour_asked.emit()

    def ask_for_practice(self) -> None:
        """Wish to practise."""
        if self.is_idle:
            self._help.leave()
            self.practice_asked.emit()

    def ask_for_own_review(self) -> None:
        """Wish to see one's own review."""
        if self.is_idle:
            self._help.leave()
            self.own_review_asked.emit()

    def show_tour(self, make_example: MakeExample) -> None:
        """Show the tour over an example, unless there is a call."""
        if self.is_idle:
            self._help.leave()
            self._tour.open(make_example)

    def skips(self, widget: QWidget | None) -> bool:
        """Whether the tabulator passes a widget by: it lies under what is open here."""
        return self._help.skips(widget) or self._tour.skips(widget)

    def place(self, page: QRect, whole: QRect, bottom: int) -> None:
        """Place the help over the page as far as `bottom`, and the tour over the whole content."""
        self._help.place(page, bottom)
        self._tour.setGeometry(whole)
