"""The panel's window: every part in its place, one state in, the agent's clicks out."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPaintEvent, QResizeEvent, QShortcut, QShowEvent, QWindow
from PySide6.QtWidgets import QLayout, QStackedWidget, QVBoxLayout, QWidget

from nba_desktop.domain.panel import ContactState, PanelState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.icons import window_icon
from nba_desktop.ui.panel import keys
from nba_desktop.ui.panel.call_bar import CallBar
from nba_desktop.ui.panel.call_tabs import CallTabs
from nba_desktop.ui.panel.concern import ConcernView
from nba_desktop.ui.panel.customer import CustomerView
from nba_desktop.ui.panel.journey_strip import JourneyStrip
from nba_desktop.ui.panel.lower import LowerHalf
from nba_desktop.ui.panel.overlays import Overlays
from nba_desktop.ui.panel.ready import ReadyView
from nba_desktop.ui.primitives.blocks import Rule

SIZE: Final = (440, 940)
SMALLEST: Final = (440, 720)
_COMPACT_BELOW: Final = 860
_MOST_STEPS: Final = 200
_TOUCHES: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.MouseButtonPress})
"""A key that is a shortcut never comes as a key press; it is always asked for as an override first."""
_TOUCH_MS: Final = 1000


class PanelWindow(QWidget):
    """Composes the panel; `show_state` is the only way in, the signals are the only way out.

    `decision_painted` carries the id of a decision whose actions have been on the screen, `painted` follows every
    repaint of the window. `touched` says that somebody works here: a key or a mouse button was pressed, told at most
    once a second. `left` is Esc with nothing left to close. The title never names a caller.
    """

    call_selected = Signal(str)
    candidate_chosen = Signal(str)
    item_toggled = Signal(str)
    caller_confirmed = Signal()
    search_requested = Signal(str)
    hit_attached = Signal(str)
    concern_chosen = Signal(str)
    solved_marked = Signal(bool)
    retry_requested = Signal(object)
    action_selected = Signal(str)
    tab_selected = Signal(object)
    why_toggled = Signal(bool)
    bridge_said = Signal()
    step_toggled = Signal(str)
    choice_made = Signal(str, str)
    choice_taken_back = Signal()
    worded = Signal(str, str)
    compact_chosen = Signal(bool)
    knowledge_searched = Signal(str)
    knowledge_asked_again = Signal()
    article_opened = Signal(str)
    article_closed = Signal()
    favourite_toggled = Signal(str)
    own_note_written = Signal(str, str)
    input_entered = Signal(str, str, str)
    objection_raised = Signal(str)
    group_opened = Signal(object)
    response_given = Signal(object)
    response_undone = Signal(object)
    consent_toggled = Signal(bool)
    read_aloud_toggled = Signal(bool)
    consent_answered = Signal(object, object, object)
    customer_words_entered = Signal(str)
    consent_saved = Signal()
    withdrawal_asked = Signal(object, object)
    withdrawal_confirmed = Signal()
    objection_asked = Signal(bool)
    objection_confirmed = Signal()
    note_written = Signal(str)
    note_drafted = Signal(str)
    wrap_up_finished = Signal()
    call_ended_by_hand = Signal()
    sign_in_requested = Signal()
    notice_dismissed = Signal(object)
    left = Signal()
    decision_painted = Signal(object)
    painted = Signal()
    touched = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._state = PanelState()
        self._seen = False
        self._handle: QWindow | None = None
        self._since_touched = QElapsedTimer()
        # Before the native window exists: a call must never take the keyboard from another program.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setObjectName("panel")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setWindowTitle("NBA Desktop")
        self.setWindowIcon(window_icon())
        self._tabs = CallTabs(formats)
        self._bar = CallBar(formats)
        self._ready = ReadyView(formats)
        self._customer = CustomerView(formats)
        self._journey = JourneyStrip(formats)
        self._concern = ConcernView(formats)
        self._lower = LowerHalf(formats)
        self._lay_out()
        self._overlays = Overlays(formats, self)
        self._connect_upper()
        self._connect_lower()
        self._make_keys()
        for watched in (self._customer, self._lower):
            watched.installEventFilter(self)
        # Parents come before their children in Qt's list; sub-layouts are activated with the layout they are in.
        found = [(one, one.parent()) for one in reversed(self.findChildren(QLayout))]
        self._layouts = tuple((one, owner) for one, owner in found if isinstance(owner, QWidget))
        self.setMinimumSize(*SMALLEST)
        self.resize(*SIZE)
        self.show_state(self._state)
        self.setFocus()

    def _lay_out(self) -> None:
        self._call = QWidget()
        call = QVBoxLayout(self._call)
        call.setContentsMargins(0, 0, 0, 0)
        call.setSpacing(0)
        for widget in (self._customer, Rule(), self._journey, self._concern):
            call.addWidget(widget)
        call.addWidget(self._lower, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._ready)
        self._pages.addWidget(self._call)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._tabs, self._bar, Rule()):
            column.addWidget(part)
        column.addWidget(self._pages, 1)

    # ---- state in

    def show_state(self, state: PanelState) -> None:
        """Show the whole state; what is the same as before costs next to nothing."""
        before, self._state = self._state, state
        holder: QWidget | None = self.focusWidget()
        # Each widget shown or hidden would lay out all the widgets around it at once: that is left to the end.
        for layout, _ in self._layouts:
            layout.setEnabled(False)
        self._fill(before, state)
        self._settle()
        self._place_overlays()
        # A control that left with its state gives the keyboard to the window, not to whatever stands next to it.
        if holder is not None and not (holder.isVisible() and holder.isEnabled()):
            self.setFocus()

    def _fill(self, before: PanelState, state: PanelState) -> None:
        contact = state.contact
        same = contact is before.contact and state.concerns is before.concerns
        if before.current != state.current:
            self._concern.close_search()
        self._overlays.show_state(state)
        self._tabs.show_state(state)
        self._bar.show_state(contact, state)
        if not same or contact is None:
            self._lower.show_state(contact, state)
        if contact is None:
            self._ready.show_state(state)
        elif not same:
            self._show_contact(contact, state)
        self._pages.setCurrentWidget(self._ready if contact is None else self._call)

    def _settle(self) -> None:
        """Lay out now, from the inside out: left to Qt's events a half-way layout could be painted first."""
        for layout, _ in self._layouts:
            layout.setEnabled(True)
        for layout, owner in self._layouts:
            if owner.isVisible():
                layout.activate()

    def _show_contact(self, contact: ContactState, state: PanelState) -> None:
        self._customer.show_state(contact)
        self._journey.show_state(contact, state.concerns, self._overlays.timeline_open)
        self._concern.show_state(contact, state.concerns, self._overlays.handover_open)

    def _on_overlays_changed(self) -> None:
        contact = self._state.contact
        if contact is not None:
            self._journey.show_state(contact, self._state.concerns, self._overlays.timeline_open)
            self._concern.show_state(contact, self._state.concerns, self._overlays.handover_open)
        self._place_overlays()

    def _place_overlays(self) -> None:
        page = self._pages.geometry()
        bottom = self.response_top() if self._state.contact else self.height()
        self._overlays.place(page, self._concern.geometry().translated(page.topLeft()), bottom)

    def response_top(self) -> int:
        """Where the response row begins, in the window's coordinates."""
        return self._pages.y() + self._lower.y() + self._lower.response_top()

    # ---- clicks and keys out

    def _connect_upper(self) -> None:
        self._tabs.call_selected.connect(self.call_selected)
        self._bar.search_clicked.connect(self._overlays.open_search)
        self._bar.end_clicked.connect(self.call_ended_by_hand)
        self._ready.search_clicked.connect(self._overlays.open_search)
        self._ready.sign_in_clicked.connect(self.sign_in_requested)
        for view in (self._customer, self._journey, self._concern):
            view.retry_requested.connect(self.retry_requested)
        self._customer.candidate_chosen.connect(self.candidate_chosen)
        self._customer.item_toggled.connect(self.item_toggled)
        self._customer.caller_confirmed.connect(self.caller_confirmed)
        self._customer.search_clicked.connect(self._overlays.open_search)
        self._customer.consent_clicked.connect(self._on_consent_clicked)
        self._journey.timeline_clicked.connect(self._overlays.toggle_timeline)
        self._concern.concern_chosen.connect(self.concern_chosen)
        self._concern.solved_marked.connect(self.solved_marked)
        self._concern.handover_clicked.connect(self._overlays.toggle_handover)
        self._overlays.search_requested.connect(self.search_requested)
        self._overlays.hit_attached.connect(self.hit_attached)
        self._overlays.notice_dismissed.connect(self.notice_dismissed)
        self._overlays.changed.connect(self._on_overlays_changed)

    def _connect_lower(self) -> None:
        lower = self._lower
        lower.retry_requested.connect(self.retry_requested)
        lower.action_selected.connect(self.action_selected)
        lower.tab_selected.connect(self.tab_selected)
        lower.why_toggled.connect(self.why_toggled)
        lower.decision_painted.connect(self.decision_painted)
        lower.bridge_said.connect(self.bridge_said)
        lower.choice_taken_back.connect(self.choice_taken_back)
        lower.worded.connect(self.worded)
        lower.compact_chosen.connect(self.compact_chosen)
        lower.knowledge_searched.connect(self.knowledge_searched)
        lower.knowledge_asked_again.connect(self.knowledge_asked_again)
        lower.article_opened.connect(self.article_opened)
        lower.article_closed.connect(self.article_closed)
        lower.favourite_toggled.connect(self.favourite_toggled)
        lower.own_note_written.connect(self.own_note_written)
        lower.step_toggled.connect(self.step_toggled)
        lower.choice_made.connect(self.choice_made)
        lower.input_entered.connect(self.input_entered)
        lower.objection_raised.connect(self.objection_raised)
        lower.group_opened.connect(self.group_opened)
        lower.response_given.connect(self.response_given)
        lower.response_undone.connect(self.response_undone)
        lower.note_written.connect(self.note_written)
        lower.note_drafted.connect(self.note_drafted)
        lower.consent_toggled.connect(self.consent_toggled)
        lower.read_aloud_toggled.connect(self.read_aloud_toggled)
        lower.consent_answered.connect(self.consent_answered)
        lower.customer_words_entered.connect(self.customer_words_entered)
        lower.consent_saved.connect(self.consent_saved)
        lower.withdrawal_asked.connect(self.withdrawal_asked)
        lower.withdrawal_confirmed.connect(self.withdrawal_confirmed)
        lower.objection_asked.connect(self.objection_asked)
        lower.objection_confirmed.connect(self.objection_confirmed)
        lower.wrap_up_finished.connect(self.wrap_up_finished)
        lower.left.connect(self.left)

    def _make_keys(self) -> None:
        for key, pressed in (
            (keys.SEARCH, self._overlays.open_search),
            (keys.NEXT_CALL, lambda: self._on_call_key(1)),
            (keys.PREVIOUS_CALL, lambda: self._on_call_key(-1)),
            (keys.HANDOVER, self._overlays.toggle_handover),
            (keys.END_BY_HAND, self._bar.end),
            (keys.SIGN_IN, self._ready.sign_in),
            (keys.TIMELINE, self._overlays.toggle_timeline),
            (keys.CONFIRM_CALLER, self._on_confirm_key),
            (keys.CONCERN, self._on_concern_key),
            (keys.SOLVED, lambda: self._on_solved_key(True)),
            (keys.NOT_SOLVED, lambda: self._on_solved_key(False)),
        ):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(pressed)

    def _on_call_key(self, step: int) -> None:
        calls = [contact.interaction.interaction_id for contact in self._state.contacts]
        current = self._state.current
        if len(calls) > 1 and current in calls:
            self.call_selected.emit(calls[(calls.index(current) + step) % len(calls)])
        elif calls and current not in calls:
            self.call_selected.emit(calls[0])

    def _on_consent_clicked(self) -> None:
        contact = self._state.contact
        if contact is not None:
            self._overlays.close_timeline()
            self.consent_toggled.emit(not contact.consent.open)

    def _on_confirm_key(self) -> None:
        self._customer.confirm()

    def _on_concern_key(self) -> None:
        if self._state.contact is not None:
            self._concern.open_search()

    def _on_solved_key(self, solved: bool) -> None:
        contact = self._state.contact
        if contact is not None and contact.interaction.answered_at is not None:
            self.solved_marked.emit(solved)

    # ---- the window itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.height() < _COMPACT_BELOW
        for part in (self._tabs, self._bar, self._customer, self._journey, self._concern):
            part.set_tight(compact)
        self._lower.set_compact(compact)
        self._place_overlays()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not self._handle:
            # Every key and click passes through the native window, whichever control it is for.
            self._handle = handle
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._handle:
            if event.type() in _TOUCHES:
                self._on_touched()
        elif event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._place_overlays()
        return super().eventFilter(watched, event)

    def _on_touched(self) -> None:
        if not self._since_touched.isValid() or self._since_touched.elapsed() >= _TOUCH_MS:
            self._since_touched.start()
            self.touched.emit()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        # Bounded: with nothing else to go to, the keyboard stays where Qt left it.
        for _ in range(_MOST_STEPS):
            if not super().focusNextPrevChild(forwards):
                return False
            if not self._lower.skips(self.focusWidget()):
                return True
        return True

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.UpdateRequest:
            # Qt has just painted everything that was marked for it.
            self.painted.emit()
        return done

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            # The first picture comes with the window's exposure, not by a request for an update.
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)
