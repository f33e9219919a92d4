"""The lower half of the panel: actions, tabs, response row, and what opens over them."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nba_desktop.contract.codes import ResponseGroup
from nba_desktop.domain.contact import ContactState, Phase, Tab
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.action_tabs import ActionTabs
from nba_desktop.ui.panel.actions import ActionsBlock
from nba_desktop.ui.panel.consent_drawer import ConsentDrawer
from nba_desktop.ui.panel.covering import lies_under
from nba_desktop.ui.panel.keys import ACTIONS, DIGITS, TABS, USUAL_KEYS
from nba_desktop.ui.panel.later import Later
from nba_desktop.ui.panel.leaving import first_control, usable
from nba_desktop.ui.panel.page_scroll import PageScroll
from nba_desktop.ui.panel.quiet_line import QuietLine
from nba_desktop.ui.panel.response_sheets import ResponseSheets
from nba_desktop.ui.panel.responses import ResponseRow
from nba_desktop.ui.panel.why import WhyPage
from nba_desktop.ui.panel.wrap_up import WrapUp
from nba_desktop.ui.primitives.blocks import Rule
from nba_desktop.ui.setters import set_shown
from nba_desktop.ui.shortcuts import add_shortcut

_SPARE: Final = 40
"""What the guide has more where everything scrolls: there it takes no room from anything."""


class DrawerPlace(PageScroll):
    """The place of the consent drawer; it scrolls where it cannot hold the drawer."""

    def __init__(self, drawer: ConsentDrawer, parent: QWidget) -> None:
        super().__init__(drawer, parent, beside=True)
        self.drawer = drawer
        self._before: QWidget | None = None

    def take_keyboard(self) -> None:
        """Take the keyboard to the first control of the drawer; `before` remembers where it was."""
        self._before = self.window().focusWidget()
        (first_control(self.drawer) or self.drawer).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def before(self) -> QWidget | None:
        """Where the keyboard goes back to; None where that is gone."""
        return usable(self._before)

    def forget(self) -> None:
        """Forget where the keyboard was: there is another call."""
        self._before = None


class LowerHalf(QWidget):
    """Composes the lower half; its signals are those of its parts, its keys those that the parts show."""

    action_selected = Signal(str)
    tab_selected = Signal(object)
    why_toggled = Signal(bool)
    retry_requested = Signal(object)
    decision_painted = Signal(object)
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
    question_toggled = Signal()
    question_noted = Signal(str)
    questioned = Signal(object)
    group_opened = Signal(object)
    response_given = Signal(object)
    response_undone = Signal(object)
    response_noted = Signal(object, str)
    follow_up_begun = Signal(object)
    follow_up_words_entered = Signal(str)
    follow_up_time_entered = Signal(object)
    follow_up_planned = Signal(object)
    follow_up_cancelled = Signal(object)
    confirmation_requested = Signal(object)
    note_written = Signal(str)
    note_drafted = Signal(str)
    consent_toggled = Signal(bool)
    read_aloud_toggled = Signal(str)
    consent_answered = Signal(object, object, object)
    customer_words_entered = Signal(str)
    consent_saved = Signal()
    withdrawal_asked = Signal(object, object)
    withdrawal_confirmed = Signal()
    objection_asked = Signal(bool)
    objection_confirmed = Signal()
    proof_toggled = Signal(bool)
    concern_day_chosen = Signal(int)
    wrap_up_finished = Signal()
    left = Signal()
    grown = Signal()

    def __init__(self, formats: Formats, keys: KeyMap = USUAL_KEYS, above: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("role", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._contact: ContactState | None = None
        self._quiet = QuietLine()
        self._actions = ActionsBlock(keys)
        self._tabs = ActionTabs(formats.language == "de", keys)
        self._formats, self._keys, self._roomy = formats, keys, False
        self._opens_by_key = False
        self._why = Later(self._make_why, self.grown.emit)
        self._pages = _Pages(self._tabs)
        self._pages.addWidget(self._tabs)
        self._wrap_up = Later(self._make_wrap_up, self.grown.emit)
        self._rule = Rule()
        self._responses = ResponseRow(formats, keys)
        self._lay_out(above)
        self._drawer = Later(self._make_drawer, self.grown.emit)
        self._sheets = ResponseSheets(formats, self, keys, self._responses.promise)
        self._responses.installEventFilter(self)
        self._connect()
        self._make_keys(keys)
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
        column.addWidget(self._scroll, 1)
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
        wrap_up.action_selected.connect(self.action_selected)
        wrap_up.response_given.connect(self.response_given)
        wrap_up.consent_toggled.connect(self.consent_toggled)
        wrap_up.follow_up_begun.connect(self.follow_up_begun)
        wrap_up.confirmation_requested.connect(self.confirmation_requested)
        wrap_up.note_asked.connect(self._responses.open_note)
        wrap_up.wrap_up_finished.connect(self.wrap_up_finished)
        return wrap_up

    def _make_drawer(self) -> DrawerPlace:
        """A place over the rest, which scrolls where it cannot hold the drawer."""
        place = DrawerPlace(ConsentDrawer(self._formats, self, self._keys), self)
        place.hide()
        drawer = place.drawer
        drawer.consent_toggled.connect(self.consent_toggled)
        drawer.read_aloud_toggled.connect(self.read_aloud_toggled)
        drawer.consent_answered.connect(self.consent_answered)
        drawer.customer_words_entered.connect(self.customer_words_entered)
        drawer.consent_saved.connect(self.consent_saved)
        drawer.withdrawal_asked.connect(self.withdrawal_asked)
        drawer.withdrawal_confirmed.connect(self.withdrawal_confirmed)
        drawer.objection_asked.connect(self.objection_asked)
        drawer.objection_confirmed.connect(self.objection_confirmed)
        drawer.proof_toggled.connect(self.proof_toggled)
        return place

    def set_roomy(self, roomy: bool) -> None:
        """Where text is large or the panel narrow the pages keep some lines, and everything around them scrolls."""
        self._roomy = roomy
        for part in (self._tabs, self._why.made, self._wrap_up.made):
            if part is not None:
                part.set_roomy(roomy)

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

    def response_top(self) -> int:
        """Where the response row begins: what opens over the panel ends above it."""
        return self.height() if self._rule.isHidden() else self._rule.y()

    def show_state(self, contact: ContactState | None, state: PanelState) -> None:
        """Show the contact on the screen; without one the place stays empty."""
        before, self._contact = self._contact, contact
        another = contact is None or before is None or contact.contact_id != before.contact_id
        if another and self._drawer.made is not None:
            self._drawer.made.forget()
        phase = contact.phase if contact else None
        # While it rings nothing competes with who may be calling.
        present, wrapping = phase not in (None, Phase.RINGING), phase is Phase.WRAP_UP
        set_shown(self._actions, present and not wrapping)
        set_shown(self._pages, present and not wrapping)
        if wrapping:
            set_shown(self._wrap_up.get(), True)
        else:
            self._wrap_up.hide()
        set_shown(self._rule, present)
        set_shown(self._responses, present)
        if contact is None or wrapping or not present:
            set_shown(self._quiet, False)
        else:
            self._quiet.show_state(contact)
        # What is hidden is filled when it comes into sight, and at once with another call: keys act on what is there.
        if contact is not None and (present or another):
            self._fill(contact, state, wrapping)
        self._show_over(contact)

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
            if opens and self._opens_by_key:
                place.take_keyboard()
            elif opens and self._is_covered(self.window().focusWidget()):
                place.drawer.setFocus()
        else:
            self._drawer.hide()
        if drawer:
            self._opens_by_key = False
        self._sheets.show_state(contact)
        self._share_digits()
        self._place_over()

    def _share_digits(self) -> None:
        """The keys of digits are those of what is open; the row shows its own when they are its own."""
        self._responses.set_keys_free(not self._sheets.takes_digits)

    def skips(self, widget: QWidget | None) -> bool:
        """Whether the tabulator passes a widget by: it lies under the consent drawer, or a sheet of the response."""
        if widget is None:
            return False
        place = self._drawer.made
        if place is not None and not place.isHidden() and (self._is_covered(widget) or lies_under(widget, place)):
            return True
        return self._sheets.cover(widget)

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
        self._actions.action_selected.connect(self.action_selected)
        self._actions.why_toggled.connect(self.why_toggled)
        self._actions.retry_requested.connect(self.retry_requested)
        self._actions.decision_painted.connect(self.decision_painted)
        self._tabs.tab_selected.connect(self.tab_selected)
        self._tabs.bridge_said.connect(self.bridge_said)
        self._tabs.choice_taken_back.connect(self.choice_taken_back)
        self._tabs.worded.connect(self.worded)
        self._tabs.compact_chosen.connect(self.compact_chosen)
        self._tabs.question_clicked.connect(self.question_toggled)
        self._tabs.group_opened.connect(self.group_opened)
        self._tabs.knowledge_searched.connect(self.knowledge_searched)
        self._tabs.knowledge_asked_again.connect(self.knowledge_asked_again)
        self._tabs.article_opened.connect(self.article_opened)
        self._tabs.article_closed.connect(self.article_closed)
        self._tabs.favourite_toggled.connect(self.favourite_toggled)
        self._tabs.own_note_written.connect(self.own_note_written)
        self._tabs.step_toggled.connect(self.step_toggled)
        self._tabs.choice_made.connect(self.choice_made)
        self._tabs.input_entered.connect(self.input_entered)
        self._tabs.objection_raised.connect(self.objection_raised)
        self._tabs.consent_toggled.connect(self.consent_toggled)
        self._tabs.grown.connect(self.grown)
        self._responses.group_opened.connect(self.group_opened)
        self._responses.response_given.connect(self._sheets.give)
        self._responses.more_clicked.connect(self._sheets.toggle_after)
        self._responses.response_undone.connect(self.response_undone)
        self._responses.note_written.connect(self.note_written)
        self._responses.note_drafted.connect(self.note_drafted)
        self._connect_sheets()

    def _connect_sheets(self) -> None:
        sheets = self._sheets
        sheets.response_given.connect(self.response_given)
        sheets.response_noted.connect(self.response_noted)
        sheets.group_opened.connect(self.group_opened)
        sheets.action_selected.connect(self.action_selected)
        sheets.follow_up_begun.connect(self.follow_up_begun)
        sheets.follow_up_words_entered.connect(self.follow_up_words_entered)
        sheets.follow_up_time_entered.connect(self.follow_up_time_entered)
        sheets.follow_up_planned.connect(self.follow_up_planned)
        sheets.follow_up_cancelled.connect(self.follow_up_cancelled)
        sheets.confirmation_requested.connect(self.confirmation_requested)
        sheets.question_toggled.connect(self.question_toggled)
        sheets.question_noted.connect(self.question_noted)
        sheets.questioned.connect(self.questioned)
        sheets.objection_begun.connect(self._on_objection_begun)
        sheets.changed.connect(self._share_digits)
        sheets.changed.connect(self._place_over)
        sheets.grown.connect(self.grown)

    def _on_objection_begun(self) -> None:
        self.consent_toggled.emit(True)
        self.objection_asked.emit(True)

    def _make_keys(self, keys: KeyMap) -> None:
        for place, command in enumerate(DIGITS):
            add_shortcut(self, keys[command], partial(self._on_digit, place))
        for place, command in enumerate(ACTIONS):
            add_shortcut(self, keys[command], partial(self._on_action_key, place))
        for tab, command in TABS.items():
            add_shortcut(self, keys[command], partial(self._on_tab_key, tab))
        for command, pressed in (
            (Command.GUIDE_BACK, self._tabs.guide_back),
            (Command.WHY, self._on_why_key),
            (Command.QUESTION, self._on_question_key),
            (Command.CONSENT, self._on_consent_key),
            (Command.NOTE, self._responses.open_note),
            (Command.FINISH, self._on_finish_key),
            (Command.UNDO, self._responses.undo),
        ):
            add_shortcut(self, keys[command], pressed)

    def _on_digit(self, index: int) -> None:
        contact = self._contact
        groups = tuple(ResponseGroup)
        if self._asks_concern_day():
            self.concern_day_chosen.emit(index)
        elif contact is not None and not self._sheets.digit(index) and index < len(groups):
            self._responses.choose(groups[index])

    def _asks_concern_day(self) -> bool:
        """Whether the keys of digits belong to the days offered for the concern."""
        contact = self._contact
        draft = contact.follow_up_draft if contact is not None and contact.open_group is None else None
        return draft is not None and draft.code is None

    def _on_action_key(self, index: int) -> None:
        actions = self._contact.recommendations if self._contact else ()
        if index < len(actions):
            self.action_selected.emit(actions[index].action_id)

    def _on_tab_key(self, tab: Tab) -> None:
        contact = self._contact
        if contact is None or (contact.action is None and tab is not Tab.KNOWLEDGE):
            return
        self.tab_selected.emit(tab)
        self._scroll.ensureWidgetVisible(self._pages, 0, 0)
        self._tabs.take_keyboard(tab)

    def _on_why_key(self) -> None:
        if self._contact is not None and self._contact.view is not None:
            self.why_toggled.emit(not self._contact.why_open)

    def _on_question_key(self) -> None:
        contact = self._contact
        if contact is not None and contact.action is not None and contact.phase is not Phase.WRAP_UP:
            self.question_toggled.emit()

    def _on_consent_key(self) -> None:
        if self._contact is not None and self._contact.authenticated:
            self._opens_by_key = not self._contact.consent.open
            self.consent_toggled.emit(not self._contact.consent.open)

    def _on_finish_key(self) -> None:
        # Leaving the note keeps it, as a click on the button does.
        self._responses.leave_note()
        place = self._drawer.made
        if place is not None and not place.isHidden():
            place.drawer.keep_words()
        if self._wrap_up.made is not None:
            self._wrap_up.made.finish()

    def close_topmost(self) -> None:
        """Close what is open in front; where nothing is, leave the panel."""
        contact = self._contact
        if contact is None:
            self.left.emit()
            return
        if self._sheets.close():
            return
        if self._asks_concern_day():
            self.follow_up_begun.emit(None)
            return
        if contact.consent.open and contact.proof.open:
            self.proof_toggled.emit(False)
        elif contact.consent.open:
            self.consent_toggled.emit(False)
        elif contact.why_open:
            self.why_toggled.emit(False)
        else:
            self.left.emit()


class _Pages(QStackedWidget):
    """Gives way first: it wants no more than its tab bar and a few lines, as its pages scroll."""

    def __init__(self, tabs: ActionTabs) -> None:
        super().__init__()
        self._tabs = tabs

    def hasHeightForWidth(self) -> bool:
        return False

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self._tabs.least_height(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
