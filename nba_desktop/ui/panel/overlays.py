"""What opens in place over the panel: the timeline, the colleague's part, the search; and the notices in front."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from nba_desktop.domain.panel import ContactState, PanelState, Phase
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.handover import HandoverSheet, handover_of
from nba_desktop.ui.panel.notices import NoticeBar
from nba_desktop.ui.panel.search import SearchView
from nba_desktop.ui.panel.timeline import Timeline


class Overlays(QObject):
    """One of them is open at a time; `changed` says that one was opened or left and they must be placed anew."""

    search_requested = Signal(str)
    hit_attached = Signal(str)
    notice_dismissed = Signal(object)
    changed = Signal()

    def __init__(self, formats: Formats, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._state = PanelState()
        self._timeline = Timeline(formats, window)
        self._handover = HandoverSheet(formats, window)
        self._search = SearchView(window)
        self._notices = NoticeBar(window)
        self._timeline.closed.connect(self.close_timeline)
        self._handover.closed.connect(self.close_handover)
        self._search.closed.connect(self.close_search)
        self._search.search_requested.connect(self.search_requested)
        self._search.hit_attached.connect(self._on_hit_attached)
        self._notices.notice_dismissed.connect(self.notice_dismissed)

    @property
    def timeline_open(self) -> bool:
        """Whether the timeline is open."""
        return not self._timeline.isHidden()

    @property
    def handover_open(self) -> bool:
        """Whether the colleague's part is open."""
        return not self._handover.isHidden()

    # ---- state in

    def show_state(self, state: PanelState) -> None:
        """Show the state in what is open, and leave what has nothing to show any more."""
        before, self._state = self._state, state
        self._notices.show_state(state)
        if before.current != state.current:
            # A call that comes while its customer is being searched for leaves the search as it is.
            self._leave(keep_search=before.current is None)
        if state.contact is not before.contact or state.concerns is not before.concerns:
            self._refill(before.contact, state.contact)
        if state.contact is not before.contact or state.search is not before.search:
            self._fill_search()

    def _refill(self, before: ContactState | None, contact: ContactState | None) -> None:
        if self.timeline_open and (contact is None or not self._fill_timeline(contact)):
            self.close_timeline()
        if self.handover_open and (contact is None or not self._fill_handover(contact)):
            self.close_handover()
        if contact is not None and contact.authenticated and before is not None and not before.authenticated:
            # Whoever was being searched for has been settled.
            self.close_search()

    def _fill_timeline(self, contact: ContactState) -> bool:
        journey = contact.view.journey if contact.view else None
        if journey is not None:
            self._timeline.show_journey(journey, self._state.concerns)
        return journey is not None

    def _fill_handover(self, contact: ContactState) -> bool:
        handover = handover_of(contact) if contact.phase is not Phase.WRAP_UP else None
        if handover is not None:
            self._handover.show_handover(handover, self._state.concerns)
        return handover is not None

    def _fill_search(self) -> None:
        contact = self._state.contact
        self._search.show_state(contact.search if contact else self._state.search, contact)

    def _leave(self, keep_search: bool) -> None:
        self._timeline.hide()
        self._handover.hide()
        if not keep_search:
            self._search.hide()
            self._search.clear()

    # ---- opened and left by the agent

    def toggle_timeline(self) -> None:
        """Show all contacts over the lower part, or close them again."""
        contact = self._state.contact
        if self.timeline_open:
            self.close_timeline()
        elif contact is not None and self._fill_timeline(contact):
            self._search.hide()
            self._handover.hide()
            self._timeline.open()
            self.changed.emit()

    def toggle_handover(self) -> None:
        """Show what a colleague had of this call, or close it again."""
        contact = self._state.contact
        if self.handover_open:
            self.close_handover()
        elif contact is not None and self._fill_handover(contact):
            self._search.hide()
            self._timeline.hide()
            self._handover.open()
            self.changed.emit()

    def open_search(self) -> None:
        """Show the search for the customer: with or without a call, and for another one than is bound to it."""
        self._timeline.hide()
        self._handover.hide()
        self._fill_search()
        self._search.open()
        self.changed.emit()

    def close_timeline(self) -> None:
        """Leave the timeline."""
        self._leave_one(self._timeline)

    def close_handover(self) -> None:
        """Leave the colleague's part."""
        self._leave_one(self._handover)

    def close_search(self) -> None:
        """Leave the search; what was found stays for the next look."""
        self._leave_one(self._search)

    def _leave_one(self, overlay: QWidget) -> None:
        if not overlay.isHidden():
            overlay.hide()
            self._window.setFocus()
            self.changed.emit()

    def _on_hit_attached(self, customer_id: str) -> None:
        self.close_search()
        self.hit_attached.emit(customer_id)

    # ---- places

    def place(self, page: QRect, concern: QRect, bottom: int) -> None:
        """Place what is open over the page; `concern` is the concern's place in the window.

        Everything ends at `bottom`, where the response row begins, so that the row stays in sight and in reach.
        """
        width = page.width()
        if self.timeline_open:
            self._timeline.setGeometry(0, concern.top(), width, max(0, bottom - concern.top()))
        if not self._search.isHidden():
            self._search.setGeometry(0, page.top(), width, max(0, bottom - page.top()))
        if self.handover_open:
            top = concern.bottom() + 1
            height = min(self._handover.height_at(width), max(0, bottom - top))
            self._handover.setGeometry(0, top, width, height)
        if not self._notices.isHidden():
            height = self._notices.heightForWidth(width)
            self._notices.setGeometry(0, bottom - height, width, height)
            self._notices.raise_()
