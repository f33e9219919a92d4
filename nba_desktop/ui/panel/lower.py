"""The lower half of the panel: actions, tabs, response row, and what opens over them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nba_desktop.contract.codes import ResponseGroup
from nba_desktop.domain.commands import codes_of
from nba_desktop.domain.panel import ContactState, PanelState, Phase, Tab
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel import keys
from nba_desktop.ui.panel.action_tabs import ActionTabs
from nba_desktop.ui.panel.actions import ActionsBlock
from nba_desktop.ui.panel.consent_drawer import ConsentDrawer
from nba_desktop.ui.panel.reasons import ReasonsSheet
from nba_desktop.ui.panel.responses import ResponseRow
from nba_desktop.ui.panel.why import WhyPage
from nba_desktop.ui.panel.wrap_up import WrapUp
from nba_desktop.ui.primitives.blocks import Rule
from nba_desktop.ui.setters import set_shown


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
    group_opened = Signal(object)
    response_given = Signal(object)
    response_undone = Signal(object)
    note_written = Signal(str)
    note_drafted = Signal(str)
    consent_toggled = Signal(bool)
    read_aloud_toggled = Signal(bool)
    consent_answered = Signal(object, object, object)
    customer_words_entered = Signal(str)
    consent_saved = Signal()
    withdrawal_asked = Signal(object, object)
    withdrawal_confirmed = Signal()
    objection_asked = Signal(bool)
    objection_confirmed = Signal()
    wrap_up_finished = Signal()
    left = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.setProperty("role", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._contact: ContactState | None = None
        self._actions = ActionsBlock()
        self._tabs = ActionTabs(decimal_comma=formats.language == "de")
        self._why = WhyPage(formats)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._tabs)
        self._pages.addWidget(self._why)
        self._wrap_up = WrapUp(formats)
        self._rule = Rule()
        self._responses = ResponseRow()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._actions)
        column.addWidget(self._pages, 1)
        column.addWidget(self._wrap_up, 1)
        column.addWidget(self._rule)
        column.addWidget(self._responses)
        self._drawer = ConsentDrawer(formats, self)
        self._reasons = ReasonsSheet(self)
        self._responses.installEventFilter(self)
        self._connect()
        self._make_keys()
        self.show_state(None, PanelState())

    def set_compact(self, compact: bool) -> None:
        """On a small screen what is said twice is said once, so that the guide keeps its room."""
        self._actions.set_compact(compact)
        self._tabs.set_compact(compact)
        self._responses.set_compact(compact)

    def response_top(self) -> int:
        """Where the response row begins: what opens over the panel ends above it."""
        return self.height() if self._rule.isHidden() else self._rule.y()

    def show_state(self, contact: ContactState | None, state: PanelState) -> None:
        """Show the contact on the screen; without one the place stays empty."""
        self._contact = contact
        wrapping = contact is not None and contact.phase is Phase.WRAP_UP
        set_shown(self._actions, contact is not None and not wrapping)
        set_shown(self._pages, contact is not None and not wrapping)
        set_shown(self._wrap_up, wrapping)
        set_shown(self._rule, contact is not None)
        set_shown(self._responses, contact is not None)
        if contact is not None:
            self._fill(contact, state, wrapping)
        self._show_over(contact)

    def _fill(self, contact: ContactState, state: PanelState, wrapping: bool) -> None:
        if wrapping:
            self._wrap_up.show_state(contact)
        else:
            self._actions.show_state(contact)
            self._tabs.show_library(state.library)
            self._tabs.show_state(contact)
            self._why.show_state(contact, state)
            page = self._why if contact.why_open and contact.view is not None else self._tabs
            if self._pages.currentWidget() is not page:
                self._pages.setCurrentWidget(page)
        self._responses.show_state(contact)

    def _show_over(self, contact: ContactState | None) -> None:
        """What opens over the rest: the consent drawer, and the reasons of a group."""
        drawer = contact is not None and contact.consent.open and contact.view is not None
        if contact is not None and drawer:
            self._drawer.show_state(contact)
        group = contact.open_group if contact else None
        if contact is not None and group is not None:
            self._reasons.show_group(group, codes_of(contact, group))
        opens = drawer and self._drawer.isHidden()
        set_shown(self._drawer, drawer)
        if opens and self._is_covered(self.window().focusWidget()):
            self._drawer.setFocus()
        set_shown(self._reasons, group is not None)
        self._place_over()

    def skips(self, widget: QWidget | None) -> bool:
        """Whether the tabulator passes a widget by: it lies under the open consent drawer."""
        return not self._drawer.isHidden() and self._is_covered(widget)

    def _is_covered(self, widget: QWidget | None) -> bool:
        covering = (self._actions, self._pages, self._wrap_up)
        return widget is not None and any(part is widget or part.isAncestorOf(widget) for part in covering)

    def _place_over(self) -> None:
        """Both end where the response row begins, so that the row stays in sight."""
        bottom = self.response_top()
        if not self._drawer.isHidden():
            self._drawer.setGeometry(0, 0, self.width(), max(0, bottom))
            self._drawer.raise_()
        if not self._reasons.isHidden():
            height = min(self._reasons.sizeHint().height(), max(0, bottom))
            self._reasons.setGeometry(0, bottom - height, self.width(), height)
            self._reasons.raise_()

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
        self._responses.group_opened.connect(self.group_opened)
        self._responses.response_given.connect(self.response_given)
        self._responses.response_undone.connect(self.response_undone)
        self._responses.note_written.connect(self.note_written)
        self._responses.note_drafted.connect(self.note_drafted)
        self._reasons.response_given.connect(self.response_given)
        self._reasons.closed.connect(lambda: self.group_opened.emit(None))
        self._drawer.consent_toggled.connect(self.consent_toggled)
        self._drawer.read_aloud_toggled.connect(self.read_aloud_toggled)
        self._drawer.consent_answered.connect(self.consent_answered)
        self._drawer.customer_words_entered.connect(self.customer_words_entered)
        self._drawer.consent_saved.connect(self.consent_saved)
        self._drawer.withdrawal_asked.connect(self.withdrawal_asked)
        self._drawer.withdrawal_confirmed.connect(self.withdrawal_confirmed)
        self._drawer.objection_asked.connect(self.objection_asked)
        self._drawer.objection_confirmed.connect(self.objection_confirmed)
        self._wrap_up.action_selected.connect(self.action_selected)
        self._wrap_up.response_given.connect(self.response_given)
        self._wrap_up.consent_toggled.connect(self.consent_toggled)
        self._wrap_up.note_asked.connect(self._responses.open_note)
        self._wrap_up.wrap_up_finished.connect(self.wrap_up_finished)

    def _make_keys(self) -> None:
        for place, key in enumerate(keys.DIGITS):
            self._key(key).activated.connect(lambda index=place: self._on_digit(index))
        for place, key in enumerate(keys.ACTIONS):
            self._key(key).activated.connect(lambda index=place: self._on_action_key(index))
        for tab, key in keys.TABS.items():
            self._key(key).activated.connect(lambda chosen=tab: self._on_tab_key(chosen))
        self._key(keys.WHY).activated.connect(self._on_why_key)
        self._key(keys.CONSENT).activated.connect(self._on_consent_key)
        self._key(keys.NOTE).activated.connect(self._responses.open_note)
        self._key(keys.FINISH).activated.connect(self._on_finish_key)
        self._key(keys.UNDO).activated.connect(self._responses.undo)
        self._key(keys.CLOSE).activated.connect(self._on_close_key)

    def _key(self, sequence: str) -> QShortcut:
        return QShortcut(QKeySequence(sequence), self, context=Qt.ShortcutContext.WindowShortcut)

    def _on_digit(self, index: int) -> None:
        contact = self._contact
        if contact is None:
            return
        if contact.open_group is None:
            groups = tuple(ResponseGroup)
            if index < len(groups):
                self._responses.choose(groups[index])
            return
        codes = codes_of(contact, contact.open_group)
        if index < len(codes):
            self.response_given.emit(codes[index])

    def _on_action_key(self, index: int) -> None:
        actions = self._contact.recommendations if self._contact else ()
        if index < len(actions):
            self.action_selected.emit(actions[index].action_id)

    def _on_tab_key(self, tab: Tab) -> None:
        if self._contact is None or self._contact.action is None:
            return
        self.tab_selected.emit(tab)
        if tab is Tab.OBJECTIONS:
            self._tabs.focus_search()

    def _on_why_key(self) -> None:
        if self._contact is not None and self._contact.view is not None:
            self.why_toggled.emit(not self._contact.why_open)

    def _on_consent_key(self) -> None:
        if self._contact is not None and self._contact.authenticated:
            self.consent_toggled.emit(not self._contact.consent.open)

    def _on_finish_key(self) -> None:
        # Leaving the note keeps it, as a click on the button does.
        self._responses.leave_note()
        self._wrap_up.finish()

    def _on_close_key(self) -> None:
        contact = self._contact
        if contact is None:
            return
        if contact.open_group is not None:
            self.group_opened.emit(None)
        elif contact.consent.open:
            self.consent_toggled.emit(False)
        elif contact.why_open:
            self.why_toggled.emit(False)
        else:
            self.left.emit()
