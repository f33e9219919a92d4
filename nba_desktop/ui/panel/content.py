"""Everything in the panel, in one language and with one set of keys: made anew when either becomes another one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nba_desktop.domain.contact import ContactState, Phase
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.panel import PanelState
from nba_desktop.domain.preferences import Setup
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.blocked_view import BlockedView
from nba_desktop.ui.panel.call_bar import CallBar
from nba_desktop.ui.panel.call_tabs import CallTabs
from nba_desktop.ui.panel.concern import ConcernView
from nba_desktop.ui.panel.content_keys import CallKeys
from nba_desktop.ui.panel.content_signals import (
    connect_bar,
    connect_lower,
    connect_over,
    connect_ready,
    connect_upper,
)
from nba_desktop.ui.panel.covering import lies_under
from nba_desktop.ui.panel.customer import CustomerView
from nba_desktop.ui.panel.density import COMPACT_BELOW, Density, is_crowded
from nba_desktop.ui.panel.drawer_place import DrawerPlace
from nba_desktop.ui.panel.helping import Helping
from nba_desktop.ui.panel.journey_strip import JourneyStrip
from nba_desktop.ui.panel.later import Later
from nba_desktop.ui.panel.leaving import Bequeaths, usable
from nba_desktop.ui.panel.lower import LowerHalf
from nba_desktop.ui.panel.overlay import Overlay
from nba_desktop.ui.panel.overlays import Overlays
from nba_desktop.ui.panel.page_scroll import PageScroll
from nba_desktop.ui.panel.panel_signals import PanelSignals
from nba_desktop.ui.panel.preferences import PreferencesView
from nba_desktop.ui.panel.preferences_over import PreferencesOver
from nba_desktop.ui.panel.ready import ReadyView
from nba_desktop.ui.panel.settling import Settling
from nba_desktop.ui.panel.sign_in_view import SignInView
from nba_desktop.ui.primitives.blocks import Rule
from nba_desktop.ui.setters import set_shown
from nba_desktop.ui.shortcuts import add_shortcut


class PanelContent(QWidget):
    """Composes the panel within its window `out`, whose signals its parts emit."""

    def __init__(self, formats: Formats, setup: Setup, out: PanelSignals) -> None:
        super().__init__(out)
        self._out = out
        self._keys = keys = setup.keys
        self._state = PanelState()
        self._is_behind = self._is_filling = False
        self._settling = Settling(self)
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
        self._preferences = PreferencesOver(formats, setup, self, out)
        self.helping = Helping(keys, self, practising=setup.practising)
        self._connect()
        self._make_keys(keys)
        self._call_keys = CallKeys(
            keys,
            self,
            self._customer,
            self._concern,
            out,
            self._fill_hidden,
            self._uncover_keyboard,
            lambda: self._uncover(self._concern),
        )
        for watched in (self._customer, self._lower):
            watched.installEventFilter(self)
        self._lower.page.moved.connect(self._on_moved)
        self._density = Density(self._customer, self._journey, self._concern, self._lower, self._settle)
        self._overlays.grown.connect(self._settling.on_grown)
        self._lower.grown.connect(self._settling.on_grown)
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
        self._blocked = Later(self._make_blocked)
        self._sign_in = Later(self._make_sign_in)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._tabs, self._bar, Rule()):
            column.addWidget(part)
        column.addWidget(self._pages, 1)

    def _make_blocked(self) -> BlockedView:
        view = BlockedView()
        view.settings_clicked.connect(self._open_settings)
        self._pages.addWidget(view)
        return view

    def _make_sign_in(self) -> SignInView:
        view = SignInView(self._keys)
        view.sign_in_clicked.connect(self._out.agent_sign_in_asked)
        view.given_up.connect(self._out.agent_sign_in_given_up)
        self._pages.addWidget(view)
        return view

    # ---- state in

    def show_state(self, state: PanelState) -> None:
        """Show the whole state; what is the same as before costs next to nothing."""
        before, self._state = self._state, state
        holder: QWidget | None = self._out.focusWidget()
        over = self._lower.over
        self._is_filling = True
        self._settling.hold()
        if state.contact is None:
            self._density.rest()
        self._fill(before, state)
        self._settle()
        self._is_filling = False
        self._make_room()
        for opened in self._lower.over:
            if opened not in over:
                self._uncover(opened)
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
            if not self._preferences.waits_for_key:
                self._preferences.close()
        self._preferences.show_density(state.library.own.compact)
        self._call_keys.show_state(state)
        self._overlays.show_state(state)
        self.helping.show_state(state)
        self._tabs.show_state(state)
        self._bar.show_state(contact, state)
        if not same or contact is None:
            self._lower.show_state(contact, state)
        elif state.library is not before.library:
            self._lower.show_library(state)
        if state.blocked is not None:
            self._blocked.get().show_blocked(state.blocked)
        if state.sign_in.has_page:
            self._sign_in.get().show_sign_in(state.sign_in)
        if contact is None:
            self._ready.show_state(state)
        elif not same:
            self._show_contact(before.contact, contact, state)
        self._pages.setCurrentWidget(self._page_of(state))

    def _page_of(self, state: PanelState) -> PageScroll | LowerHalf:
        """What is shown below the bar: a call keeps its place, whatever blocks the panel meanwhile."""
        if state.contact is not None:
            return self._lower
        if state.blocked is not None:
            return self._blocked.get()
        return self._sign_in.get() if state.sign_in.has_page else self._ready_place

    def _settle(self) -> None:
        """Lay out now, and give what scrolls as a whole its size."""
        self._settling.settle()
        self._page_of(self._state).fit()

    def _make_room(self) -> None:
        """Have the guide in sight, and the end of the wrap-up; with very large text everything scrolls as a whole."""
        if self._lower.keep_free(self._overlays.notice_height(self.width())):
            self._settle()
        if not is_crowded(self):
            self._density.make_room(self._state.contact)
        self._place_overlays()

    def _show_contact(self, before: ContactState | None, contact: ContactState, state: PanelState) -> None:
        self._customer.show_state(contact)
        # While it rings nothing competes with who may be calling.
        ringing = contact.phase is Phase.RINGING
        for part in (self._journey, self._concern):
            set_shown(part, not ringing)
        if ringing and before is None and len(state.contacts) == 1:
            # Nor with painting his number: what is hidden is filled when it comes into sight.
            self._is_behind = True
        elif not ringing or before is None or before.contact_id != contact.contact_id:
            self._show_journey_and_concern(contact, state)

    def _fill_hidden(self) -> None:
        """Fill what was left as it was while nobody saw it: something is about to act on it."""
        contact = self._state.contact
        if contact is not None and self._is_behind:
            self._show_journey_and_concern(contact, self._state)
        self._lower.fill_hidden()

    def _show_journey_and_concern(self, contact: ContactState, state: PanelState) -> None:
        self._is_behind = False
        self._journey.show_state(contact, state.concerns, self._overlays.timeline_open)
        self._concern.show_state(contact, state.concerns, self._overlays.handover_open)

    def _on_overlays_changed(self) -> None:
        contact = self._state.contact
        if contact is not None:
            self._show_journey_and_concern(contact, self._state)
        if self._overlays.is_open:
            # It came in front of them.
            self._preferences.close()
            self.helping.put_help_away()
        self._place_overlays()
        self._lower.take_keyboard_over()

    def _uncover(self, widget: QWidget) -> bool:
        """Have a part in sight that something acts on; say whether it was covered."""
        covered = self._overlays.cover(widget)
        if covered:
            self._overlays.give_way()
        return covered

    def _uncover_keyboard(self) -> None:
        """Nobody types into what he does not see: what covers the place that a key has led to is left."""
        holder: QWidget | None = self._out.focusWidget()
        if holder is None or not self._pages.isAncestorOf(holder):
            return
        if self._overlays.is_open or self._lower.over:
            # What the key has opened may have moved the rest.
            self._settle()
            self._place_overlays()
        self._uncover(holder)
        if self._lower.is_under_drawer(holder):
            # It keeps what was ticked in it.
            self._out.consent_toggled.emit(False)

    def _uncover_choice(self) -> bool:
        """Have in sight what the digits belong to, above the response row or in the concern."""
        contact = self._state.contact
        draft = contact.follow_up_draft if contact is not None else None
        of_concern = (self._concern,) if draft is not None and draft.code is None else ()
        return any(self._uncover(one) for one in (*self._lower.over, *of_concern))

    def _place_overlays(self) -> None:
        page = self._pages.geometry()
        bottom = self.response_top() if self._state.contact else self.height()
        concern = QRect(self._concern.mapTo(self, QPoint(0, 0)), self._concern.size())
        crowded = is_crowded(self)
        # With large text the response row leaves too little room above itself to read in.
        covering = crowded or self._lower.page.scrolls
        self._overlays.place(page, concern, self.height() if crowded else bottom, bottom, covering=covering)
        self.helping.place(page, self.rect(), self.height() if crowded else bottom)
        self._preferences.place(page.top(), page.width(), bottom, self.height())

    def response_top(self) -> int:
        """Where the response row begins, in the window's coordinates."""
        return self._pages.y() + self._lower.y() + self._lower.response_top()

    # ---- the preferences

    def show_setup(self, setup: Setup) -> None:
        """Show in the preferences what the panel is set to."""
        self._preferences.show_setup(setup)

    def open_preferences(self) -> PreferencesView:
        """Show the preferences over everything else."""
        preferences = self._preferences.open(self._state.library.own.compact)
        self._place_overlays()
        return preferences

    def _open_settings(self) -> None:
        """Show the settings in force at once; leaving them leads back to where they were asked for."""
        self.open_preferences().open_settings(at_once=True)

    def _toggle_preferences(self) -> None:
        if self._preferences.shown is None:
            self.open_preferences()
        else:
            self._preferences.close()

    # ---- made anew

    def kept_open(self) -> object:
        """What lies over the panel, for the content that takes this one's place."""
        # What is open in a hidden part may be of the call before.
        self._fill_hidden()
        return self._overlays.kept_open(), self._preferences.kept_open()

    def open_again(self, kept: object) -> None:
        """Open what lay over the panel."""
        if isinstance(kept, tuple):
            opened, preferences = kept
            self._overlays.open_again(opened)
            if preferences is not None:
                self.open_preferences()
                self._preferences.show_again(preferences)

    # ---- clicks and keys out

    def _connect(self) -> None:
        connect_bar(self._tabs, self._bar, self._overlays, self._out)
        connect_ready(self._ready, self._overlays, self.helping, self._out)
        connect_upper(self._customer, self._journey, self._concern, self._overlays, self._out)
        connect_over(self._overlays, self.helping, self._out)
        connect_lower(self._lower, self._concern, self._out)
        self._lower.revealed.connect(lambda: self._uncover(self._lower.page))
        self._lower.keyed.connect(self._uncover_keyboard)
        self._lower.uncover_by(self._uncover_choice)
        self._ready.preferences_clicked.connect(self.open_preferences)
        self._customer.consent_clicked.connect(self._on_consent_clicked)
        self._overlays.changed.connect(self._on_overlays_changed)
        self.helping.changed.connect(self._place_overlays)

    def _make_keys(self, keys: KeyMap) -> None:
        for command, pressed in (
            (Command.SEARCH, self._overlays.open_search),
            (Command.CLOSE, self._on_close_key),
            (Command.HELP, self.helping.toggle_help),
            (Command.PRACTICE, self.helping.ask_for_practice),
            (Command.OWN_REVIEW, self.helping.ask_for_own_review),
            (Command.PREFERENCES, self._toggle_preferences),
            (Command.HANDOVER, self._overlays.toggle_handover),
            (Command.END_BY_HAND, self._bar.end),
            (Command.SIGN_IN, self._on_sign_in_key),
            (Command.DAY, self._overlays.toggle_day),
            (Command.DUE, self._overlays.toggle_due),
            (Command.ANSWERS, self._overlays.toggle_answers),
            (Command.TIMELINE, self._overlays.toggle_timeline),
            (Command.CRM, self._on_crm_key),
        ):
            add_shortcut(self, keys[command], pressed)

    def _on_close_key(self) -> None:
        """Close what lies in front, wherever the keyboard is; only where nothing is open the panel is left."""
        if self.helping.close():
            return
        if self._preferences.shown is not None:
            self._preferences.leave()
        elif not self._overlays.close_topmost():
            self._lower.close_topmost()

    def _on_sign_in_key(self) -> None:
        """To the backend first: without it a telephone system tells nobody anything."""
        if self._state.sign_in.is_wanted:
            self._out.agent_sign_in_asked.emit()
        else:
            self._ready.sign_in()

    def _on_crm_key(self) -> None:
        """Ask for the case that is chosen in the timeline, else for the customer."""
        if self._state.contact is not None and not self._overlays.open_case():
            self._customer.open_in_crm()

    def _on_consent_clicked(self) -> None:
        contact = self._state.contact
        if contact is not None:
            self._overlays.close_timeline()
            self._out.consent_toggled.emit(not contact.consent.open)

    def set_barred(self, barred: bool) -> None:
        """Without the window's own bar the call bar has a button for the panel's menu."""
        self._bar.set_menu(not barred)

    def skips(self, widget: QWidget | None) -> bool:
        """Whether the tabulator and screen readers pass a widget by: it is covered by what is open over it."""
        if widget is None:
            return False
        preferences = self._preferences.shown
        if preferences is not None:
            return self._pages.isAncestorOf(widget) or lies_under(widget, preferences)
        covered = self._coverable() if self._overlays.cover_page else ()
        if any(part.isAncestorOf(widget) for part in covered) or self._overlays.cover(widget):
            return True
        return self._lower.skips(widget) or self.helping.skips(widget)

    def _coverable(self) -> tuple[QWidget, ...]:
        """What a list over the whole page covers: in a call the response row stays."""
        page = self._page_of(self._state)
        return (self._lower.page if page is self._lower else page,)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.height() < COMPACT_BELOW
        for part in (self._tabs, self._bar, self._customer, self._journey, self._concern):
            part.set_tight(compact)
        self._lower.set_roomy(is_crowded(self))
        self._lower.set_row_compact(compact)
        self._density.fit(self.height())
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._settling.on_restyled()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self._settling.is_restyled:
            # Everything in it has its new style now.
            self._settle()
            self._make_room()
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._on_moved()
        return super().eventFilter(watched, event)

    def _on_moved(self) -> None:
        # While everything moves to its new place they would be placed many times over; then they are placed once.
        if not self._is_filling:
            self._place_overlays()
