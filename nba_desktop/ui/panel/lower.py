"""The lower half of the panel: actions, tabs, response row, and what opens over them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.domain.contact import ContactState, Phase
from nba_desktop.domain.key_map import KeyMap
from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.action_tabs import ActionTabs
from nba_desktop.ui.panel.actions import ActionsBlock
from nba_desktop.ui.panel.consent_drawer import ConsentDrawer
from nba_desktop.ui.panel.covering import lies_under
from nba_desktop.ui.panel.drawer_place import DrawerPlace
from nba_desktop.ui.panel.in_sight import bring_into_sight
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.later import Later
from nba_desktop.ui.panel.lower_keys import LowerKeys
from nba_desktop.ui.panel.lower_signals import LowerSignals
from nba_desktop.ui.panel.page_scroll import PageScroll
from nba_desktop.ui.panel.passing_on import pass_on
from nba_desktop.ui.panel.quiet_line import QuietLine
from nba_desktop.ui.panel.response_sheets import ResponseSheets
from nba_desktop.ui.panel.responses import ResponseRow
from nba_desktop.ui.panel.tab_pages import TabPages
from nba_desktop.ui.panel.why import WhyPage
from nba_desktop.ui.panel.wrap_up import WrapUp
from nba_desktop.ui.primitives.blocks import Rule
from nba_desktop.ui.setters import set_shown

_SPARE: Final = 40
"""What the guide has more where everything scrolls: there it takes no room from anything."""


class LowerHalf(LowerSignals):
    """Composes the lower half; its signals are those of its parts, its keys those that the parts show."""

    def __init__(self, formats: Formats, keys: KeyMap = USUAL_KEYS, above: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("role", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._contact: ContactState | None = None
        self._unfilled: tuple[ContactState, PanelState] | None = None
        self._quiet = QuietLine()
        self._actions = ActionsBlock(keys)
        self._tabs = ActionTabs(formats.language == "de", keys)
        self._formats, self._keys, self._roomy = formats, keys, False
        self._why = Later(self._make_why, self.grown.emit)
        self._pages = TabPages(self._tabs)
        self._wrap_up = Later(self._make_wrap_up, self.grown.emit)
        self._rule = Rule()
        self._responses = ResponseRow(formats, keys)
        self._lay_out(above)
        self._drawer = Later(self._make_drawer, self.grown.emit)
        self._sheets = ResponseSheets(formats, self, keys, self._responses.promise)
        self._responses.installEventFilter(self)
        self._connect()
        self._shortcuts = LowerKeys(
            keys, self, self._tabs, self._responses, self._sheets, self.fill_hidden, self._reveal_pages, self._finish
        )
        self.show_state(None, PanelState())

    def _lay_out(self, above: QWidget | None) -> None:
        """What stands above the response row scrolls as a whole where it is too high; the row stays."""
        self._above = above or QWidget()
        for part in (self._above, self._pages):
            part.setMinimumWidth(1)
        page = QWidget()
        self._inside = inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self._above)
        inside.addWidget(self._quiet)
        inside.addWidget(self._actions)
        inside.addWidget(self._pages, 1)
        self._scroll = PageScroll(page, spare=_SPARE)
        self._scroll.moved.connect(self._place_over)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._kept_free = QWidget()
        self._kept_free.setProperty("role", "plain")
        self._kept_free.setFixedHeight(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._kept_free)
        column.addWidget(self._rule)
        column.addWidget(self._responses)

    def _make_why(self) -> WhyPage:
        why = WhyPage(self._formats)
        why.set_roomy(self._roomy)
        self._pages.addWidget(why)
        return why

    def _make_wrap_up(self) -> WrapUp:
        wrap_up = WrapUp(self._formats, self._keys)
        wrap_up.setMinimumWidth(1)
        wrap_up.set_roomy(self._roomy)
        wrap_up.hide()
        self._inside.addWidget(wrap_up, 1)
        pass_on(wrap_up, self, "action_selected", "response_given", "consent_toggled", "follow_up_begun")
        pass_on(wrap_up, self, "confirmation_requested", "wrap_up_finished")
        wrap_up.note_asked.connect(self._responses.open_note)
        return wrap_up

    def _make_drawer(self) -> DrawerPlace:
        """A place over the rest, which scrolls where it cannot hold the drawer."""
        place = DrawerPlace(ConsentDrawer(self._formats, self, self._keys), self)
        place.hide()
        pass_on(place.drawer, self, "consent_toggled", "read_aloud_toggled", "consent_answered", "consent_saved")
        pass_on(place.drawer, self, "customer_words_entered", "withdrawal_asked", "withdrawal_confirmed")
        pass_on(place.drawer, self, "objection_asked", "objection_confirmed", "proof_toggled")
        return place

    def set_roomy(self, roomy: bool) -> None:
        """Where text is large or the panel narrow the pages keep some lines, and everything around them scrolls."""
        self._roomy = roomy
        for part in (self._tabs, self._why.made, self._wrap_up.made):
            if part is not None:
                part.set_roomy(roomy)

    def keep_free(self, height: int) -> bool:
        """Keep so much free above the response row in the wrap-up, which ends there; say whether it was another height.

        In a call nothing moves for what lies over its page.
        """
        wrapping = self._contact is not None and self._contact.phase is Phase.WRAP_UP
        before, kept = self._kept_free.minimumHeight(), height if wrapping else 0
        self._kept_free.setFixedHeight(kept)
        return kept != before

    def fit(self) -> None:
        """Give what scrolls as a whole, and what is open over it, their places now."""
        self._scroll.fit()
        self._place_over()

    @property
    def page(self) -> PageScroll:
        """What stands between the call bar and the response row."""
        return self._scroll

    def set_compact(self, compact: bool) -> None:
        """On a small screen what is said twice is said once, so that the guide keeps its room."""
        self._actions.set_compact(compact)
        self._tabs.set_compact(compact)

    def set_row_compact(self, compact: bool) -> None:
        """The same for the response row, which never changes in a call."""
        self._responses.set_compact(compact)

    def set_dense(self, dense: bool) -> None:
        """Give the guide what room is left to give."""
        self._quiet.set_dense(dense)

    @property
    def shows_first_step(self) -> bool:
        """Whether bridge and first step have room while everything else is in sight."""
        return not self._scroll.scrolls and self._pages.height() >= self._tabs.good_height(self.width())

    @property
    def shows_steps(self) -> bool:
        """Whether bridge and three steps have room."""
        return self._pages.height() >= self._tabs.good_height(self.width(), steps=3)

    def response_top(self) -> int:
        """Where the response row begins: what opens over the panel ends above it."""
        return self.height() if self._rule.isHidden() else self._rule.y()

    def show_state(self, contact: ContactState | None, state: PanelState) -> None:
        """Show the contact on the screen; without one the place stays empty."""
        before, self._contact = self._contact, contact
        self._shortcuts.show_state(contact)
        another = contact is None or before is None or contact.contact_id != before.contact_id
        if another and self._drawer.made is not None:
            self._drawer.made.forget()
        if before is not None and another:
            self._scroll.verticalScrollBar().setValue(0)
        phase = contact.phase if contact else None
        # While it rings nothing competes with who may be calling.
        present, wrapping = phase not in (None, Phase.RINGING), phase is Phase.WRAP_UP
        set_shown(self._actions, present and not wrapping)
        set_shown(self._pages, present and not wrapping)
        if wrapping:
            wrap_up = self._wrap_up.get()
            if another or wrap_up.isHidden():
                wrap_up.reveal()
            set_shown(wrap_up, True)
        else:
            self._wrap_up.hide()
        set_shown(self._rule, present)
        set_shown(self._responses, present)
        if contact is None or wrapping or not present:
            set_shown(self._quiet, False)
        else:
            self._quiet.show_state(contact)
        # The number of an only call is painted first: what is hidden is filled when it comes into sight. What is typed
        # in the call before stays its own.
        waited = self._unfilled is not None
        waits = not present and len(state.contacts) == 1 and (before is None or waited)
        self._unfilled = (contact, state) if contact is not None and waits else None
        if contact is not None and not waits and (present or another or waited):
            self._fill(contact, state, wrapping)
        self._show_over(contact)

    def show_library(self, state: PanelState) -> None:
        """Show what was found or kept while the contact stayed as it was."""
        if self._unfilled is None:
            self._tabs.show_library(state.library)
        else:
            self._unfilled = (self._unfilled[0], state)

    def fill_hidden(self) -> None:
        """Fill what was left as it was while nobody saw it: something is about to act on it."""
        unfilled, self._unfilled = self._unfilled, None
        if unfilled is not None:
            self._fill(*unfilled, wrapping=False)

    def _fill(self, contact: ContactState, state: PanelState, wrapping: bool) -> None:
        if wrapping:
            self._wrap_up.get().show_state(contact)
        else:
            self._actions.show_state(contact)
            self._tabs.show_library(state.library)
            self._tabs.show_state(contact)
            explaining = contact.why_open and contact.view is not None
            page = self._why.get() if explaining else self._tabs
            if self._why.made is not None:
                self._why.made.show_state(contact, state)
            if self._pages.currentWidget() is not page:
                self._pages.setCurrentWidget(page)
        self._responses.show_state(contact)

    def _show_over(self, contact: ContactState | None) -> None:
        """What opens over the rest: the consent drawer, and what belongs to the response row."""
        drawer = contact is not None and contact.consent.open and contact.view is not None
        if contact is not None and drawer:
            place = self._drawer.get()
            place.drawer.show_state(contact)
            opens = place.isHidden()
            set_shown(place.drawer, True)
            set_shown(place, True)
            if self._shortcuts.take_drawer_opened() and opens:
                place.take_keyboard()
            elif opens and self._is_covered(self.window().focusWidget()):
                place.drawer.setFocus()
        else:
            self._drawer.hide()
        self._sheets.show_state(contact)
        self._share_digits()
        self._place_over()

    def _share_digits(self) -> None:
        """The keys of digits are those of what is open; the row shows its own when they are its own."""
        self._responses.set_keys_free(not self._sheets.takes_digits and not self._shortcuts.asks_concern_day)

    def skips(self, widget: QWidget | None) -> bool:
        """Whether the tabulator passes a widget by: it lies under the consent drawer, or a sheet of the response."""
        return widget is not None and (self.is_under_drawer(widget) or self._sheets.cover(widget))

    def is_under_drawer(self, widget: QWidget) -> bool:
        """Whether a widget lies under the consent drawer; a sheet of the response lies over it."""
        place = self._drawer.made
        if place is None or place.isHidden() or any(one.isAncestorOf(widget) for one in self._sheets.open_ones()):
            return False
        return self._is_covered(widget) or lies_under(widget, place)

    def _is_covered(self, widget: QWidget | None) -> bool:
        if widget is None:
            return False
        covered = (self._actions, self._pages, self._wrap_up.made)
        return any(part is widget or part.isAncestorOf(widget) for part in covered if part is not None)

    def _place_over(self) -> None:
        """All end where the response row begins, so that the row stays in sight."""
        bottom, width, covered = self.response_top(), self.width(), self._scroll.covered
        # A page that scrolls within what scrolls has its own bar beside that of the whole.
        for part in (self._pages, self._wrap_up.made):
            if part is not None and part.contentsMargins().right() != covered:
                part.setContentsMargins(0, 0, covered, 0)
        place = self._drawer.made
        if place is not None and not place.isHidden():
            # Where everything scrolls, the drawer needs the whole of what can be seen.
            top = 0 if self._scroll.scrolls else self._above.height()
            place.setGeometry(0, top, width, max(0, bottom - top))
            place.fit()
            place.raise_()
        self._sheets.place(width, bottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_over()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._responses and event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._place_over()
        return super().eventFilter(watched, event)

    # ---- signals and keys

    def _connect(self) -> None:
        pass_on(self._actions, self, "action_selected", "why_toggled", "retry_requested", "decision_painted")
        tabs, responses, sheets = self._tabs, self._responses, self._sheets
        tabs.question_clicked.connect(self.question_toggled)
        pass_on(tabs, self, "tab_selected", "bridge_said", "choice_taken_back", "worded", "compact_chosen")
        pass_on(tabs, self, "group_opened", "knowledge_searched", "knowledge_asked_again", "article_opened")
        pass_on(tabs, self, "article_closed", "favourite_toggled", "own_note_written", "step_toggled", "choice_made")
        pass_on(tabs, self, "input_entered", "objection_raised", "consent_toggled", "grown")
        responses.response_given.connect(sheets.give)
        responses.more_clicked.connect(sheets.toggle_after)
        pass_on(responses, self, "group_opened", "response_undone", "note_written", "note_drafted")
        pass_on(sheets, self, "response_given", "response_noted", "group_opened", "action_selected")
        pass_on(sheets, self, "follow_up_begun", "follow_up_words_entered", "follow_up_time_entered")
        pass_on(sheets, self, "follow_up_planned", "follow_up_cancelled", "confirmation_requested")
        pass_on(sheets, self, "question_toggled", "question_noted", "questioned", "grown")
        pass_on(sheets, self, "wish_toggled", "wish_worded", "correction_wished", "erasure_asked", "erasure_wished")
        sheets.objection_begun.connect(self._on_objection_begun)
        sheets.changed.connect(self._share_digits)
        sheets.changed.connect(self._place_over)

    def _on_objection_begun(self) -> None:
        self.consent_toggled.emit(True)
        self.objection_asked.emit(True)

    def _reveal_pages(self) -> None:
        bring_into_sight(self._pages)
        self.revealed.emit()

    def uncover_by(self, uncover: Callable[[], bool]) -> None:
        """Before a digit chooses, `uncover` has in sight what it chooses from; True says that it was not."""
        self._shortcuts.uncover = uncover

    def take_keyboard_over(self) -> None:
        """Take the keyboard out of a field that lies under what belongs to a response."""
        self._sheets.take_keyboard_over()

    @property
    def over(self) -> tuple[QWidget, ...]:
        """What is open above the response row: the consent drawer, a sheet of the response."""
        drawer = self._drawer.made
        return (*((drawer,) if drawer is not None and not drawer.isHidden() else ()), *self._sheets.open_ones())

    def _finish(self) -> None:
        place = self._drawer.made
        if place is not None and not place.isHidden():
            place.drawer.keep_words()
        if self._wrap_up.made is not None:
            self._wrap_up.made.finish()

    def close_topmost(self) -> None:
        """Close what is open in front; where nothing is, leave the panel."""
        self._shortcuts.close_topmost()
