"""What opens in place over the panel: timeline, colleague's part, search, knowledge, lists; the notices in front."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtWidgets import QWidget

from nba_desktop.domain.blocks import BlockStatus, SearchState
from nba_desktop.domain.contact import ContactState, Phase
from nba_desktop.domain.key_map import KeyMap
from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.answers_sheet import AnswersSheet
from nba_desktop.ui.panel.covering import lies_under
from nba_desktop.ui.panel.day_sheet import DaySheet
from nba_desktop.ui.panel.due_sheet import DueSheet
from nba_desktop.ui.panel.handover import HandoverSheet, handover_of
from nba_desktop.ui.panel.knowledge_sheet import KnowledgeSheet
from nba_desktop.ui.panel.later import Later
from nba_desktop.ui.panel.list_sheet import ListSheet
from nba_desktop.ui.panel.notices import NoticeBar
from nba_desktop.ui.panel.overlay import Overlay
from nba_desktop.ui.panel.passing_on import pass_on
from nba_desktop.ui.panel.search import SearchView
from nba_desktop.ui.panel.timeline import Timeline

_List = Later[DaySheet] | Later[DueSheet] | Later[AnswersSheet]
_Kind = Later[Timeline] | Later[HandoverSheet] | Later[SearchView] | Later[KnowledgeSheet] | _List


def _search_of(state: PanelState) -> SearchState:
    return state.contact.search if state.contact else state.search


class Overlays(QObject):
    """One of them is open at a time, and made when it first is.

    `changed` says that one was opened or left and they must be placed anew, `grown` that one was made.
    """

    search_requested = Signal(str)
    hit_attached = Signal(str)
    named_looked_up = Signal()
    named_put_away = Signal()
    crm_asked = Signal(str)
    notice_dismissed = Signal(object)
    agent_sign_in_asked = Signal()
    journey_wanted = Signal()
    day_toggled = Signal(bool)
    day_corrected = Signal(object, object, object)
    day_cancelled = Signal(object, object)
    due_toggled = Signal(bool)
    follow_up_done = Signal(object)
    calendar_asked = Signal()
    answers_toggled = Signal(bool)
    knowledge_searched = Signal(str)
    knowledge_asked_again = Signal()
    article_opened = Signal(str)
    article_closed = Signal()
    favourite_toggled = Signal(str)
    own_note_written = Signal(str, str)
    changed = Signal()
    grown = Signal()

    def __init__(self, formats: Formats, keys: KeyMap, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._state = PanelState()
        self._formats, self._keys = formats, keys
        self._timeline = Later(self._make_timeline, self.grown.emit)
        self._handover = Later(self._make_handover, self.grown.emit)
        self._search = Later(self._make_search, self.grown.emit)
        self._day = Later(self._make_day, self.grown.emit)
        self._due = Later(self._make_due, self.grown.emit)
        self._answers = Later(self._make_answers, self.grown.emit)
        self._knowledge = Later(self._make_knowledge, self.grown.emit)
        self._notices = NoticeBar(window, keys)
        pass_on(self._notices, self, "notice_dismissed", "named_looked_up", "named_put_away", "agent_sign_in_asked")

    @property
    def timeline_open(self) -> bool:
        """Whether the timeline is open."""
        return self._timeline.is_shown

    @property
    def cover_page(self) -> bool:
        """Whether the search, a list or the knowledge lies over the whole page."""
        return any(one.is_shown for one in self._whole())

    @property
    def is_open(self) -> bool:
        """Whether any of them is open."""
        return any(not one.isHidden() for one in self._made())

    @property
    def handover_open(self) -> bool:
        """Whether the colleague's part is open."""
        return self._handover.is_shown

    def cover(self, widget: QWidget) -> bool:
        """Whether a widget lies under what is open; what stands in an overlay does not."""
        made = [one for one in self._made() if not one.isHidden()]
        return any(lies_under(widget, one) for one in made) and not any(
            one is widget or one.isAncestorOf(widget) for one in (*made, self._notices)
        )

    def _whole(self) -> tuple[_Kind, ...]:
        return self._search, self._day, self._due, self._answers, self._knowledge

    def _made(self) -> list[Overlay]:
        kinds = (self._timeline.made, self._handover.made, *(one.made for one in self._whole()))
        return [one for one in kinds if one is not None]

    # ---- state in

    def show_state(self, state: PanelState) -> None:
        """Show the state in what is open, and leave what has nothing to show any more."""
        before, self._state = self._state, state
        self._notices.show_state(state)
        if before.current != state.current:
            # A call that comes while its customer is being searched for leaves the search as it is.
            self._leave(keep_search=before.current is None)
            if state.current is not None:
                self._put_lists_away(None)
        if state.contact is not before.contact or state.concerns is not before.concerns:
            self._refill(before.contact, state.contact)
        if state.contact is not before.contact or state.search is not before.search:
            self._fill_search()
            self._open_named(before, state)
        self._show_lists(before, state)
        if self._knowledge.is_shown:
            self._knowledge.get().page.show_library(state.library)

    def _open_named(self, before: PanelState, state: PanelState) -> None:
        """The search for somebody whom the CRM names is opened each time he is; another call's stays as it was left."""
        was, now = _search_of(before), _search_of(state)
        asked = now.status is BlockStatus.LOADING and was.status is not BlockStatus.LOADING
        if before.current == state.current and now.named and (asked or not was.named or was.query != now.query):
            self.open_search()

    def _show_lists(self, before: PanelState, state: PanelState) -> None:
        """The lists are open by the panel's state; the one that was opened last has the others put away."""
        if state.day.open or before.day.open:
            self._day.get().show_day(state.day, state.concerns)
        if state.due.open or before.due.open:
            self._due.get().show_state(state)
        if state.answers.open or before.answers.open:
            self._answers.get().show_answers(state.answers)
        for one, was, is_open in (
            (self._day, before.day.open, state.day.open),
            (self._due, before.due.open, state.due.open),
            (self._answers, before.answers.open, state.answers.open),
        ):
            if not is_open:
                self._leave_one(one)
            elif not one.is_shown:
                self._leave(keep_search=False)
                self._open(one.get())
                self.changed.emit()
                if not was:
                    self._put_lists_away(one)

    def _put_lists_away(self, but: _List | None) -> None:
        """Ask for it; a click's command is never given while a state is being shown."""
        state = self._state
        for one, is_open, toggled in (
            (self._day, state.day.open, self.day_toggled),
            (self._due, state.due.open, self.due_toggled),
            (self._answers, state.answers.open, self.answers_toggled),
        ):
            if is_open and one is not but:
                QTimer.singleShot(0, self, partial(toggled.emit, False))

    def _refill(self, before: ContactState | None, contact: ContactState | None) -> None:
        if self.timeline_open and (contact is None or not self._fill_timeline(contact)):
            self.close_timeline()
        if self.handover_open and (contact is None or not self._fill_handover(contact)):
            self.close_handover()
        if contact is not None and contact.authenticated and before is not None and not before.authenticated:
            # Whoever was being searched for has been settled.
            self.close_search()

    def _fill_timeline(self, contact: ContactState) -> bool:
        has_journey = contact.view is not None and contact.view.journey is not None
        if has_journey:
            self._timeline.get().show_contact(contact, self._state.concerns)
        return has_journey

    def _fill_handover(self, contact: ContactState) -> bool:
        handover = handover_of(contact) if contact.phase is not Phase.WRAP_UP else None
        if handover is not None:
            self._handover.get().show_handover(handover, self._state.concerns)
        return handover is not None

    def _fill_search(self) -> None:
        contact = self._state.contact
        if self._search.made is not None:
            self._search.made.show_state(_search_of(self._state), contact)

    def _leave(self, keep_search: bool) -> None:
        self._timeline.hide()
        self._handover.hide()
        self._knowledge.hide()
        if not keep_search and self._search.made is not None:
            self._search.hide()
            self._search.made.clear()

    # ---- opened and left by the agent

    def toggle_timeline(self) -> None:
        """Show all contacts over the lower part, or close them again."""
        contact = self._state.contact
        if self.timeline_open:
            self.close_timeline()
        elif contact is not None and self._fill_timeline(contact):
            self._search.hide()
            self._handover.hide()
            self._open(self._timeline.get())
            self.changed.emit()

    def open_case(self) -> bool:
        """Ask for the case that is chosen in the timeline in the CRM; False where there is none."""
        return self.timeline_open and self._timeline.get().open_case()

    def toggle_handover(self) -> None:
        """Show what a colleague had of this call, or close it again."""
        contact = self._state.contact
        if self.handover_open:
            self.close_handover()
        elif contact is not None and self._fill_handover(contact):
            self._search.hide()
            self._timeline.hide()
            self._open(self._handover.get())
            self.changed.emit()

    def open_search(self) -> None:
        """Show the search for the customer: with or without a call, and for another one than is bound to it."""
        self._timeline.hide()
        self._handover.hide()
        search = self._search.get()
        self._fill_search()
        self._open(search)
        self.changed.emit()

    def toggle_day(self) -> None:
        """Ask to show today's calls, or to close them again."""
        self.day_toggled.emit(not self._state.day.open)

    def toggle_due(self) -> None:
        """Ask to show what is due, or to close it again."""
        self.due_toggled.emit(not self._state.due.open)

    def toggle_answers(self) -> None:
        """Ask to show the answers to the agent's feedback, or to close them again."""
        self.answers_toggled.emit(not self._state.answers.open)

    def toggle_knowledge(self) -> None:
        """Show the whole knowledge where there is no call, or close it again."""
        if self._knowledge.is_shown:
            self._leave_one(self._knowledge)
            return
        knowledge = self._knowledge.get()
        knowledge.page.show_library(self._state.library)
        self._leave(keep_search=False)
        self._open(knowledge)
        self.changed.emit()

    def _open(self, overlay: Timeline | HandoverSheet | SearchView | ListSheet | KnowledgeSheet) -> None:
        """Open it by the agent's wish: it has the keyboard now, and gives it back to where it was."""
        overlay.remember(self._window.window().focusWidget())
        overlay.open()

    def close_topmost(self) -> bool:
        """Close what is open, wherever the keyboard is; False when nothing is."""
        for overlay in (*self._whole(), self._timeline, self._handover):
            if overlay.is_shown:
                overlay.get().closed.emit()
                return True
        return False

    def give_way(self) -> None:
        """Leave what is open for what lies under it; the lists a moment later, by the panel's state."""
        for overlay in (self._timeline, self._handover, self._search, self._knowledge):
            self._leave_one(overlay)
        self._put_lists_away(None)

    def _make_timeline(self) -> Timeline:
        timeline = Timeline(self._formats, self._window, self._keys)
        timeline.closed.connect(self.close_timeline)
        timeline.rest_wanted.connect(self.journey_wanted)
        timeline.crm_asked.connect(self.crm_asked)
        return timeline

    def _make_handover(self) -> HandoverSheet:
        handover = HandoverSheet(self._formats, self._window, self._keys)
        handover.closed.connect(self.close_handover)
        return handover

    def _make_search(self) -> SearchView:
        search = SearchView(self._window, self._keys)
        search.closed.connect(self.close_search)
        search.search_requested.connect(self.search_requested)
        search.hit_attached.connect(self._on_hit_attached)
        return search

    def _make_day(self) -> DaySheet:
        day = DaySheet(self._formats, self._window, self._keys)
        day.closed.connect(lambda: self.day_toggled.emit(False))
        day.asked_again.connect(lambda: self.day_toggled.emit(True))
        day.day_corrected.connect(self.day_corrected)
        day.day_cancelled.connect(self.day_cancelled)
        return day

    def _make_due(self) -> DueSheet:
        due = DueSheet(self._formats, self._window, self._keys)
        due.closed.connect(lambda: self.due_toggled.emit(False))
        due.asked_again.connect(lambda: self.due_toggled.emit(True))
        due.follow_up_done.connect(self.follow_up_done)
        due.calendar_asked.connect(self.calendar_asked)
        return due

    def _make_answers(self) -> AnswersSheet:
        answers = AnswersSheet(self._formats, self._window, self._keys)
        answers.closed.connect(lambda: self.answers_toggled.emit(False))
        answers.asked_again.connect(lambda: self.answers_toggled.emit(True))
        return answers

    def _make_knowledge(self) -> KnowledgeSheet:
        sheet = KnowledgeSheet(self._window, self._keys)
        sheet.closed.connect(lambda: self._leave_one(self._knowledge))
        sheet.page.knowledge_searched.connect(self.knowledge_searched)
        sheet.page.knowledge_asked_again.connect(self.knowledge_asked_again)
        sheet.page.article_opened.connect(self.article_opened)
        sheet.page.article_closed.connect(self.article_closed)
        sheet.page.favourite_toggled.connect(self.favourite_toggled)
        sheet.page.own_note_written.connect(self.own_note_written)
        return sheet

    def close_timeline(self) -> None:
        """Leave the timeline."""
        self._leave_one(self._timeline)

    def close_handover(self) -> None:
        """Leave the colleague's part."""
        self._leave_one(self._handover)

    def close_search(self) -> None:
        """Leave the search; what was found stays for the next look."""
        self._leave_one(self._search)

    def _leave_one(self, overlay: _Kind) -> None:
        if overlay.is_shown:
            view, window = overlay.get(), self._window.window()
            holder: QWidget | None = window.focusWidget()
            held = holder is not None and view.isAncestorOf(holder)
            view.hide()
            if held or holder is view:
                (view.before or window).setFocus()
            self.changed.emit()

    def _on_hit_attached(self, customer_id: str) -> None:
        self.close_search()
        self.hit_attached.emit(customer_id)

    # ---- made anew

    def kept_open(self) -> str:
        """What of it is open, by name; empty when nothing is. The lists are open by the panel's state."""
        return next((name for name, overlay, _ in self._kinds() if overlay.is_shown), "")

    def open_again(self, kept: str) -> None:
        """Open what was open in the overlays that these take the place of."""
        for name, overlay, toggle in self._kinds():
            if name == kept and not overlay.is_shown:
                toggle()

    def _kinds(self) -> tuple[tuple[str, _Kind, Callable[[], None]], ...]:
        return (
            ("timeline", self._timeline, self.toggle_timeline),
            ("handover", self._handover, self.toggle_handover),
            ("search", self._search, self.open_search),
            ("knowledge", self._knowledge, self.toggle_knowledge),
        )

    # ---- places

    def notice_height(self, width: int) -> int:
        """How high a notice is at this width; 0 without one."""
        return 0 if self._notices.isHidden() else self._notices.heightForWidth(width)

    def place(self, page: QRect, concern: QRect, bottom: int, row: int, covering: bool = False) -> None:
        """Place what is open over the page; `concern` is the concern's place in the window.

        Everything ends at `bottom`, where the response row begins, so that the row stays in sight and in reach; with
        large text what was opened covers the row too, but a notice always ends at `row`, where it begins.
        With `covering` there is not enough room below the concern: the whole page is covered.
        """
        width = page.width()
        if self.timeline_open:
            timeline = self._timeline.get()
            fits = bottom - concern.top() >= timeline.least_height()
            top = concern.top() if fits and not covering else page.top()
            timeline.place(QRect(0, top, width, max(0, bottom - top)))
        for whole in self._whole():
            if whole.is_shown:
                whole.get().setGeometry(0, page.top(), width, max(0, bottom - page.top()))
        if self.handover_open:
            top = page.top() if covering else concern.bottom() + 1
            handover = self._handover.get()
            height = handover.height_at(width)
            # The response row is in sight as a whole or not at all.
            height = height if top + height <= row else max(0, bottom - top)
            handover.setGeometry(0, top, width, height)
        if not self._notices.isHidden():
            height = self.notice_height(width)
            self._notices.setGeometry(0, max(0, row - height), width, height)
            self._notices.raise_()
