"""Everything in the panel, in one language and with one set of keys: made anew when either becomes another one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import createdByPython

from nba_desktop.domain.contact import ContactState, Phase
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.panel import PanelState
from nba_desktop.domain.preferences import Setup
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.call_bar import CallBar
from nba_desktop.ui.panel.call_tabs import CallTabs
from nba_desktop.ui.panel.concern import ConcernView
from nba_desktop.ui.panel.covering import lies_under
from nba_desktop.ui.panel.customer import CustomerView
from nba_desktop.ui.panel.helping import Helping
from nba_desktop.ui.panel.journey_strip import JourneyStrip
from nba_desktop.ui.panel.leaving import Bequeaths, usable
from nba_desktop.ui.panel.lower import DrawerPlace, LowerHalf
from nba_desktop.ui.panel.overlay import Overlay
from nba_desktop.ui.panel.overlays import Overlays
from nba_desktop.ui.panel.page_scroll import PageScroll
from nba_desktop.ui.panel.panel_signals import PanelSignals
from nba_desktop.ui.panel.preferences import PreferencesView
from nba_desktop.ui.panel.ready import ReadyView
from nba_desktop.ui.primitives.blocks import Rule
from nba_desktop.ui.setters import set_shown
from nba_desktop.ui.shortcuts import add_shortcut
from nba_desktop.ui.theme import scaled

_COMPACT_BELOW: Final = 860
_SMALL_BELOW: Final = 800
_DENSEST: Final = 2
_LINES_IN_SIGHT: Final = 40
_EMS_IN_SIGHT: Final = 20
_LEAST_PREFERENCES: Final = 220


class PanelContent(QWidget):
    """Composes the panel within its window `out`, whose signals its parts emit."""

    def __init__(self, formats: Formats, setup: Setup, out: PanelSignals) -> None:
        super().__init__(out)
        self._out = out
        keys = setup.keys
        self._formats, self._setup = formats, setup
        self._preferences: PreferencesView | None = None
        self._before_preferences: QWidget | None = None
        self._state = PanelState()
        self._density = self._least_density = 0
        self.setProperty("role", "plain")
        self._tabs = CallTabs(formats, keys)
        self._bar = CallBar(formats, keys)
        self._ready = ReadyView(formats, keys, practising=setup.practising)
        self._customer = CustomerView(formats, keys)
        self._journey = JourneyStrip(formats, keys)
        self._concern = ConcernView(formats, keys)
        # Filled before it is put above the lower half: the tabulator goes the way in which they came in.
        self._lower = LowerHalf(formats, keys, above=self._make_upper())
        self._lay_out()
        self._overlays = Overlays(formats, keys, self)
        self.helping = Helping(keys, self, practising=setup.practising)
        self._connect_upper()
        self._connect_lower()
        self._make_keys(keys)
        for watched in (self._customer, self._lower):
            watched.installEventFilter(self)
        self._lower.page.moved.connect(self._place_overlays)
        self._overlays.grown.connect(self._on_grown)
        self._lower.grown.connect(self._on_grown)
        self._layouts, self._has_grown = self._find_layouts(), False
        self.show_state(self._state)

    def _make_upper(self) -> QWidget:
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._customer, Rule(), self._journey, self._concern):
            column.addWidget(widget)
        return upper

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        self._ready_place = PageScroll(self._ready)
        self._pages.addWidget(self._ready_place)
        self._pages.addWidget(self._lower)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._tabs, self._bar, Rule()):
            column.addWidget(part)
        column.addWidget(self._pages, 1)

    def _find_layouts(self) -> tuple[tuple[QLayout, QWidget], ...]:
        # What Qt made for itself it also deletes, unknown to Python: to touch it then is a crash. A stack's stays.
        ours = [one for one in self.findChildren(QLayout) if createdByPython(one) or isinstance(one, QStackedLayout)]
        # Parents come before their children in Qt's list; sub-layouts are activated with the layout they are in.
        found = [(one, one.parent()) for one in reversed(ours)]
        return tuple((one, owner) for one, owner in found if isinstance(owner, QWidget))

    def _on_grown(self) -> None:
        self._has_grown = True

    # ---- state in

    def show_state(self, state: PanelState) -> None:
        """Show the whole state; what is the same as before costs next to nothing."""
        before, self._state = self._state, state
        holder: QWidget | None = self._out.focusWidget()
        # Each widget shown or hidden would lay out all the widgets around it at once: that is left to the end.
        for layout, _ in self._layouts:
            layout.setEnabled(False)
        if state.contact is None and self._density != self._least_density:
            # Between calls: done while one rings, everything of the call before would be filled once more.
            self._set_density(self._least_density)
        self._fill(before, state)
        self._settle()
        self._make_room_for_guide()
        self._place_overlays()
        # A control that left with its state gives the keyboard to what is open around it, else to the window: not to
        # whatever stands next to it.
        if holder is not None and not (holder.isVisible() and holder.isEnabled()):
            self._place_left_by(holder).setFocus()

    def _place_left_by(self, holder: QWidget) -> QWidget:
        around: QWidget | None = holder
        while around is not None:
            heir = usable(around.heir_of(holder)) if isinstance(around, Bequeaths) else None
            if heir is not None:
                return heir
            if isinstance(around, Overlay) and around.isVisible():
                return around
            if isinstance(around, Overlay | DrawerPlace) and around.isHidden():
                # What the agent opened and has left again gives it back to where it was.
                return around.before or self._out
            around = around.parentWidget()
        return self._out

    def _fill(self, before: PanelState, state: PanelState) -> None:
        contact = state.contact
        same = contact is before.contact and state.concerns is before.concerns
        if before.current != state.current:
            self._concern.close_search()
            if self._preferences is not None and not self._preferences.waits_for_key:
                self._close_preferences()
        if self._preferences is not None:
            self._preferences.show_density(state.library.own.compact)
        self._overlays.show_state(state)
        self.helping.show_state(state)
        self._tabs.show_state(state)
        self._bar.show_state(contact, state)
        if not same or contact is None:
            self._lower.show_state(contact, state)
        if contact is None:
            self._ready.show_state(state)
        elif not same:
            self._show_contact(before.contact, contact, state)
        self._pages.setCurrentWidget(self._ready_place if contact is None else self._lower)

    def _settle(self) -> None:
        """Lay out now, from the inside out: left to Qt's events a half-way layout could be painted first."""
        if self._has_grown:
            self._layouts, self._has_grown = self._find_layouts(), False
        for layout, _ in self._layouts:
            layout.setEnabled(True)
        for layout, owner in self._layouts:
            if owner.isVisible():
                layout.activate()
                if layout is owner.layout() and layout.geometry() != owner.rect():
                    # It was resized while its layout was held back.
                    layout.setGeometry(owner.rect())
        self._fit()

    def _fit(self) -> None:
        """Give what scrolls as a whole its size now."""
        if self._state.contact is None:
            self._ready_place.fit()
        else:
            self._lower.fit()

    def _show_contact(self, before: ContactState | None, contact: ContactState, state: PanelState) -> None:
        self._customer.show_state(contact)
        # While it rings nothing competes with who may be calling.
        ringing = contact.phase is Phase.RINGING
        for part in (self._journey, self._concern):
            set_shown(part, not ringing)
        if not ringing or before is None or before.contact_id != contact.contact_id:
            self._show_journey_and_concern(contact, state)

    def _show_journey_and_concern(self, contact: ContactState, state: PanelState) -> None:
        self._journey.show_state(contact, state.concerns, self._overlays.timeline_open)
        self._concern.show_state(contact, state.concerns, self._overlays.handover_open)

    def _on_overlays_changed(self) -> None:
        contact = self._state.contact
        if contact is not None:
            self._show_journey_and_concern(contact, self._state)
        if self._overlays.is_open:
            # It came in front of them.
            self._close_preferences()
            self.helping.put_help_away()
        self._place_overlays()

    def _place_overlays(self) -> None:
        page = self._pages.geometry()
        bottom = self.response_top() if self._state.contact else self.height()
        concern = QRect(self._concern.mapTo(self, QPoint(0, 0)), self._concern.size())
        crowded = self._is_crowded()
        # With large text the response row leaves too little room above itself to read in.
        covering = crowded or self._lower.page.scrolls
        self._overlays.place(page, concern, self.height() if crowded else bottom, covering=covering)
        self.helping.place(page, self.rect(), self.height() if crowded else bottom)
        if self._preferences is not None:
            # With very large text the response row leaves too little room above itself to read in.
            bottom = bottom if bottom - page.top() >= scaled(_LEAST_PREFERENCES) else self.height()
            self._preferences.setGeometry(0, page.top(), page.width(), max(0, bottom - page.top()))

    def response_top(self) -> int:
        """Where the response row begins, in the window's coordinates."""
        return self._pages.y() + self._lower.y() + self._lower.response_top()

    # ---- the preferences

    def show_setup(self, setup: Setup) -> None:
        """Show in the preferences what the panel is set to."""
        self._setup = setup
        if self._preferences is not None:
            self._preferences.show_setup(setup)

    def open_preferences(self) -> PreferencesView:
        """Show the preferences over everything else; they are made when they are first asked for."""
        preferences = self._preferences = self._preferences or self._make_preferences()
        if preferences.isHidden():
            self._before_preferences = self._out.focusWidget()
        preferences.show_setup(self._setup)
        preferences.show_density(self._state.library.own.compact)
        preferences.open()
        self._place_overlays()
        return preferences

    def _make_preferences(self) -> PreferencesView:
        preferences = PreferencesView(self._formats, self, self._setup.keys)
        preferences.closed.connect(self._close_preferences)
        preferences.language_chosen.connect(self._out.language_chosen)
        preferences.theme_chosen.connect(self._out.theme_chosen)
        preferences.text_size_chosen.connect(self._out.text_size_chosen)
        preferences.compact_chosen.connect(self._out.compact_chosen)
        preferences.key_chosen.connect(self._out.key_chosen)
        preferences.keys_reset.connect(self._out.keys_reset)
        return preferences

    def _close_preferences(self) -> None:
        if self._preferences is None or self._preferences.isHidden():
            return
        holder: QWidget | None = self._out.focusWidget()
        had_keyboard = holder is not None and self._preferences.isAncestorOf(holder)
        self._preferences.hide()
        before, self._before_preferences = self._before_preferences, None
        if had_keyboard:
            (before if before is not None and before.isVisible() and before.isEnabled() else self._out).setFocus()

    def _toggle_preferences(self) -> None:
        if self._preferences is None or self._preferences.isHidden():
            self.open_preferences()
        else:
            self._close_preferences()

    # ---- made anew

    def kept_open(self) -> object:
        """What lies over the panel, for the content that takes this one's place."""
        preferences = self._preferences
        scrolled = None if preferences is None or preferences.isHidden() else preferences.scrolled
        return self._overlays.kept_open(), scrolled

    def open_again(self, kept: object) -> None:
        """Open what lay over the panel."""
        if isinstance(kept, tuple):
            opened, scrolled = kept
            self._overlays.open_again(opened)
            if scrolled is not None:
                self.open_preferences().scroll_to(scrolled)

    # ---- clicks and keys out

    def _connect_upper(self) -> None:
        self._tabs.call_selected.connect(self._out.call_selected)
        self._bar.search_clicked.connect(self._overlays.open_search)
        self._bar.end_clicked.connect(self._out.call_ended_by_hand)
        self._bar.menu_clicked.connect(self._out.menu_asked)
        self._ready.preferences_clicked.connect(self.open_preferences)
        self._ready.search_clicked.connect(self._overlays.open_search)
        self._ready.sign_in_clicked.connect(self._out.sign_in_requested)
        self._ready.day_clicked.connect(self._overlays.toggle_day)
        self._ready.due_clicked.connect(self._overlays.toggle_due)
        self._ready.answers_clicked.connect(self._overlays.toggle_answers)
        self._ready.knowledge_clicked.connect(self._overlays.toggle_knowledge)
        for view in (self._customer, self._journey, self._concern):
            view.retry_requested.connect(self._out.retry_requested)
        self._customer.candidate_chosen.connect(self._out.candidate_chosen)
        self._customer.item_toggled.connect(self._out.item_toggled)
        self._customer.item_failed.connect(self._out.item_failed)
        self._customer.speaker_named.connect(self._out.speaker_named)
        self._customer.caller_confirmed.connect(self._out.caller_confirmed)
        self._customer.search_clicked.connect(self._overlays.open_search)
        self._customer.consent_clicked.connect(self._on_consent_clicked)
        self._journey.timeline_clicked.connect(self._overlays.toggle_timeline)
        self._concern.concern_chosen.connect(self._out.concern_chosen)
        self._concern.solved_marked.connect(self._out.solved_marked)
        self._concern.handover_clicked.connect(self._overlays.toggle_handover)
        self._concern.flag_toggled.connect(self._out.flag_toggled)
        self._concern.follow_up_begun.connect(self._out.follow_up_begun)
        self._concern.follow_up_planned.connect(self._out.follow_up_planned)
        self._concern.follow_up_time_entered.connect(self._out.follow_up_time_entered)
        self._concern.follow_up_words_entered.connect(self._out.follow_up_words_entered)
        self._concern.follow_up_cancelled.connect(self._out.follow_up_cancelled)
        self._overlays.search_requested.connect(self._out.search_requested)
        self._overlays.hit_attached.connect(self._out.hit_attached)
        self._overlays.notice_dismissed.connect(self._out.notice_dismissed)
        self._overlays.journey_wanted.connect(self._out.journey_wanted)
        self._overlays.day_toggled.connect(self._out.day_toggled)
        self._overlays.day_corrected.connect(self._out.day_corrected)
        self._overlays.day_cancelled.connect(self._out.day_cancelled)
        self._overlays.due_toggled.connect(self._out.due_toggled)
        self._overlays.follow_up_done.connect(self._out.follow_up_done)
        self._overlays.calendar_asked.connect(self._out.calendar_asked)
        self._overlays.answers_toggled.connect(self._out.answers_toggled)
        self._overlays.knowledge_searched.connect(self._out.knowledge_searched)
        self._overlays.knowledge_asked_again.connect(self._out.knowledge_asked_again)
        self._overlays.article_opened.connect(self._out.article_opened)
        self._overlays.article_closed.connect(self._out.article_closed)
        self._overlays.favourite_toggled.connect(self._out.favourite_toggled)
        self._overlays.own_note_written.connect(self._out.own_note_written)
        self._overlays.changed.connect(self._on_overlays_changed)
        self._ready.help_clicked.connect(self.helping.toggle_help)
        self._ready.tour_clicked.connect(self.helping.ask_for_tour)
        self._ready.practice_clicked.connect(self.helping.ask_for_practice)
        self._ready.own_review_clicked.connect(self.helping.ask_for_own_review)
        self.helping.changed.connect(self._place_overlays)
        self.helping.tour_asked.connect(self._out.tour_asked)
        self.helping.tour_ended.connect(self._out.tour_ended)
        self.helping.practice_asked.connect(self._out.practice_asked)
        self.helping.own_review_asked.connect(self._out.own_review_asked)

    def _connect_lower(self) -> None:
        lower = self._lower
        lower.retry_requested.connect(self._out.retry_requested)
        lower.action_selected.connect(self._out.action_selected)
        lower.tab_selected.connect(self._out.tab_selected)
        lower.why_toggled.connect(self._out.why_toggled)
        lower.decision_painted.connect(self._out.decision_painted)
        lower.bridge_said.connect(self._out.bridge_said)
        lower.choice_taken_back.connect(self._out.choice_taken_back)
        lower.worded.connect(self._out.worded)
        lower.compact_chosen.connect(self._out.compact_chosen)
        lower.knowledge_searched.connect(self._out.knowledge_searched)
        lower.knowledge_asked_again.connect(self._out.knowledge_asked_again)
        lower.article_opened.connect(self._out.article_opened)
        lower.article_closed.connect(self._out.article_closed)
        lower.favourite_toggled.connect(self._out.favourite_toggled)
        lower.own_note_written.connect(self._out.own_note_written)
        lower.step_toggled.connect(self._out.step_toggled)
        lower.choice_made.connect(self._out.choice_made)
        lower.input_entered.connect(self._out.input_entered)
        lower.objection_raised.connect(self._out.objection_raised)
        lower.question_toggled.connect(self._out.question_toggled)
        lower.question_noted.connect(self._out.question_noted)
        lower.questioned.connect(self._out.questioned)
        lower.group_opened.connect(self._out.group_opened)
        lower.response_given.connect(self._out.response_given)
        lower.response_undone.connect(self._out.response_undone)
        lower.response_noted.connect(self._out.response_noted)
        lower.follow_up_begun.connect(self._out.follow_up_begun)
        lower.follow_up_words_entered.connect(self._out.follow_up_words_entered)
        lower.follow_up_time_entered.connect(self._out.follow_up_time_entered)
        lower.follow_up_planned.connect(self._out.follow_up_planned)
        lower.follow_up_cancelled.connect(self._out.follow_up_cancelled)
        lower.confirmation_requested.connect(self._out.confirmation_requested)
        lower.note_written.connect(self._out.note_written)
        lower.note_drafted.connect(self._out.note_drafted)
        lower.consent_toggled.connect(self._out.consent_toggled)
        lower.read_aloud_toggled.connect(self._out.read_aloud_toggled)
        lower.consent_answered.connect(self._out.consent_answered)
        lower.customer_words_entered.connect(self._out.customer_words_entered)
        lower.consent_saved.connect(self._out.consent_saved)
        lower.withdrawal_asked.connect(self._out.withdrawal_asked)
        lower.withdrawal_confirmed.connect(self._out.withdrawal_confirmed)
        lower.objection_asked.connect(self._out.objection_asked)
        lower.objection_confirmed.connect(self._out.objection_confirmed)
        lower.proof_toggled.connect(self._out.proof_toggled)
        lower.concern_day_chosen.connect(self._concern.choose_day)
        lower.wrap_up_finished.connect(self._out.wrap_up_finished)
        lower.left.connect(self._out.left)

    def _make_keys(self, keys: KeyMap) -> None:
        for command, pressed in (
            (Command.SEARCH, self._overlays.open_search),
            (Command.CLOSE, self._on_close_key),
            (Command.HELP, self.helping.toggle_help),
            (Command.PRACTICE, self.helping.ask_for_practice),
            (Command.OWN_REVIEW, self.helping.ask_for_own_review),
            (Command.PREFERENCES, self._toggle_preferences),
            (Command.NEXT_CALL, lambda: self._on_call_key(1)),
            (Command.PREVIOUS_CALL, lambda: self._on_call_key(-1)),
            (Command.HANDOVER, self._overlays.toggle_handover),
            (Command.END_BY_HAND, self._bar.end),
            (Command.SIGN_IN, self._ready.sign_in),
            (Command.DAY, self._overlays.toggle_day),
            (Command.DUE, self._overlays.toggle_due),
            (Command.ANSWERS, self._overlays.toggle_answers),
            (Command.TIMELINE, self._overlays.toggle_timeline),
            (Command.CONFIRM_CALLER, self._on_confirm_key),
            (Command.CONCERN, self._on_concern_key),
            (Command.SOLVED, lambda: self._on_solved_key(True)),
            (Command.NOT_SOLVED, lambda: self._on_solved_key(False)),
            (Command.FOLLOW_UP, self._on_follow_up_key),
            (Command.FLAGS, self._on_flags_key),
            (Command.SPEAKER, self._on_speaker_key),
        ):
            add_shortcut(self, keys[command], pressed)

    def _on_close_key(self) -> None:
        """Close what lies in front, wherever the keyboard is; only where nothing is open the panel is left."""
        if self.helping.close():
            return
        if self._preferences is not None and not self._preferences.isHidden():
            self._close_preferences()
        elif not self._overlays.close_topmost():
            self._lower.close_topmost()

    def _on_call_key(self, step: int) -> None:
        calls = [contact.interaction.interaction_id for contact in self._state.contacts]
        current = self._state.current
        if len(calls) > 1 and current in calls:
            self._out.call_selected.emit(calls[(calls.index(current) + step) % len(calls)])
        elif calls and current not in calls:
            self._out.call_selected.emit(calls[0])

    def _on_consent_clicked(self) -> None:
        contact = self._state.contact
        if contact is not None:
            self._overlays.close_timeline()
            self._out.consent_toggled.emit(not contact.consent.open)

    def _on_confirm_key(self) -> None:
        self._customer.confirm()

    def _on_concern_key(self) -> None:
        if self._state.contact is not None:
            self._concern.open_search()

    def _on_follow_up_key(self) -> None:
        if self._state.contact is not None:
            self._concern.ask_follow_up()

    def _on_flags_key(self) -> None:
        if self._state.contact is not None:
            self._concern.toggle_flags()

    def _on_speaker_key(self) -> None:
        if self._state.contact is not None:
            self._customer.ask_speaker()

    def _on_solved_key(self, solved: bool) -> None:
        contact = self._state.contact
        if contact is not None and contact.interaction.answered_at is not None:
            self._out.solved_marked.emit(solved)

    def set_barred(self, barred: bool) -> None:
        """Without the window's own bar the call bar has a button for the panel's menu."""
        self._bar.set_menu(not barred)

    def skips(self, widget: QWidget | None) -> bool:
        """Whether the tabulator and screen readers pass a widget by: it is covered by what is open over it."""
        if widget is None:
            return False
        preferences = self._preferences
        if preferences is not None and not preferences.isHidden():
            return self._pages.isAncestorOf(widget) or lies_under(widget, preferences)
        covered = (self._ready_place, self._lower.page) if self._overlays.cover_page else ()
        if any(part.isAncestorOf(widget) for part in covered) or self._overlays.cover(widget):
            return True
        return self._lower.skips(widget) or self.helping.skips(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.height() < _COMPACT_BELOW
        for part in (self._tabs, self._bar, self._customer, self._journey, self._concern):
            part.set_tight(compact)
        self._lower.set_roomy(self._is_crowded())
        self._lower.set_row_compact(compact)
        self._least_density = 1 if compact else 0
        was_dense = self._density > self._least_density
        self._set_density(self._least_density)
        if was_dense:
            # With the room of before it would seem to fit.
            self._settle()
        self._make_room_for_guide()
        self._place_overlays()

    def _set_density(self, density: int) -> None:
        """How much is said once, or in tooltips alone: 0 nothing, 1 as on a small screen, 2 what can be."""
        self._density = density
        compact, dense = density > 0, density > 1
        self._lower.set_compact(compact)
        self._journey.set_small(dense or self.height() < _SMALL_BELOW)
        for part in (self._customer, self._journey, self._concern, self._lower):
            part.set_dense(dense)

    def _make_room_for_guide(self) -> None:
        """Where bridge and first step would lie below the window's edge, what stands above them says less.

        It stays so until there is no call: nothing moves back. With very large text, and while the agent has something
        open in place, everything scrolls as a whole.
        """
        contact = self._state.contact
        if contact is None or contact.action is None or not contact.authenticated or self._is_crowded():
            return
        if contact.phase is Phase.WRAP_UP or contact.follow_up_draft is not None:
            return
        while self._lower.page.scrolls if self._density == 0 else not self._lower.shows_first_step:
            if self._density == _DENSEST:
                return
            self._set_density(self._density + 1)
            self._settle()

    def _is_crowded(self) -> bool:
        """Whether text is too large for the window, or the window too narrow for it, to have everything in sight."""
        line = self.fontMetrics().height()
        return self.height() < _LINES_IN_SIGHT * line or self.width() < _EMS_IN_SIGHT * line

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._place_overlays()
        return super().eventFilter(watched, event)
