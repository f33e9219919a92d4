"""The tabs of the chosen action: guide, benefits, objections, knowledge."""

from __future__ import annotations

from typing import Final, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nba_desktop.domain.contact import ContactState, Tab
from nba_desktop.domain.key_map import KeyMap
from nba_desktop.domain.library import LibraryState
from nba_desktop.ui.panel.benefits import BenefitsPage
from nba_desktop.ui.panel.guide import GuidePage
from nba_desktop.ui.panel.keys import TABS, USUAL_KEYS, shown
from nba_desktop.ui.panel.knowledge import KnowledgePage
from nba_desktop.ui.panel.later import Later
from nba_desktop.ui.panel.leaving import first_control
from nba_desktop.ui.panel.objections import ObjectionsPage
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.primitives.blocks import Rule
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import EvenLayout
from nba_desktop.ui.setters import set_enabled, set_named

_BRIDGE: Final = 4.3
_STEP: Final = 2.1
"""In lines: three of the bridge in its frame, and one with a field."""
P = TypeVar("P", bound=ScrollPage)


class ActionTabs(QWidget):
    """The tab bar with its counts, and the page below it; only the page scrolls.

    All pages but the guide are made when they are first looked at, which `grown` says.
    """

    tab_selected = Signal(object)
    bridge_said = Signal()
    step_toggled = Signal(str)
    choice_made = Signal(str, str)
    choice_taken_back = Signal()
    input_entered = Signal(str, str, str)
    objection_raised = Signal(str)
    consent_toggled = Signal(bool)
    worded = Signal(str, str)
    compact_chosen = Signal(bool)
    question_clicked = Signal()
    group_opened = Signal(object)
    knowledge_searched = Signal(str)
    knowledge_asked_again = Signal()
    article_opened = Signal(str)
    article_closed = Signal()
    favourite_toggled = Signal(str)
    own_note_written = Signal(str, str)
    grown = Signal()

    def __init__(self, decimal_comma: bool, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__()
        self._keys = keys
        self.setAccessibleName(self.tr("Chosen action"))
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._guide = GuidePage(decimal_comma, keys=keys)
        self._benefits = Later(lambda: self._placed(Tab.BENEFITS, BenefitsPage()), self.grown.emit)
        self._objections = Later(self._make_objections, self.grown.emit)
        self._knowledge = Later(self._make_knowledge, self.grown.emit)
        self._library = LibraryState()
        self._roomy = False
        self._led_to: Tab | None = None
        self._words = words = {
            Tab.GUIDE: self.tr("Guide"),
            Tab.BENEFITS: self.tr("Benefits"),
            Tab.OBJECTIONS: self.tr("Objections"),
            Tab.KNOWLEDGE: self.tr("Knowledge"),
        }
        self._pages = QStackedWidget()
        self._buttons: dict[Tab, Button] = {}
        self._bar = bar = EvenLayout(spacing=2, line_spacing=0)
        bar.setContentsMargins(12, 0, 12, 0)
        for tab in Tab:
            button = self._make_button(tab, words[tab])
            bar.addWidget(button)
            self._buttons[tab] = button
        self._placed(Tab.GUIDE, self._guide)
        self._guide.bridge_said.connect(self.bridge_said)
        self._guide.step_toggled.connect(self.step_toggled)
        self._guide.choice_made.connect(self.choice_made)
        self._guide.input_entered.connect(self.input_entered)
        self._guide.consent_toggled.connect(self.consent_toggled)
        self._guide.choice_taken_back.connect(self.choice_taken_back)
        self._guide.worded.connect(self.worded)
        self._guide.compact_chosen.connect(self.compact_chosen)
        self._guide.question_clicked.connect(self.question_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(Rule())
        column.addWidget(self._pages, 1)

    def set_roomy(self, roomy: bool) -> None:
        """Where everything around them scrolls, the pages keep a few lines."""
        self._roomy = roomy
        for page in self.findChildren(ScrollPage):
            page.set_roomy(roomy)

    def least_height(self, width: int) -> int:
        """The least height at a width: the tab bar, and as much of a page as it keeps."""
        made = (self._guide, self._benefits.made, self._objections.made, self._knowledge.made)
        kept = max(page.minimumHeight() for page in made if page is not None)
        return self._bar.heightForWidth(width) + 1 + kept

    def good_height(self, width: int, steps: int = 1) -> int:
        """The height in which a bridge and the first steps can be read."""
        lines = (_BRIDGE + _STEP * steps) * self.fontMetrics().height()
        return self._bar.heightForWidth(width) + 1 + round(lines)

    def set_compact(self, compact: bool) -> None:
        """On a small screen the keys are in the tooltips only."""
        for tab, button in self._buttons.items():
            button.set_key("" if compact else self._keys[TABS[tab]])
            button.set_tight(compact)

    def show_state(self, contact: ContactState) -> None:
        """Show the chosen action's tabs."""
        action = contact.action
        counts = {
            Tab.BENEFITS: len(action.benefits) if action else 0,
            Tab.OBJECTIONS: len(action.objections) if action else 0,
            Tab.KNOWLEDGE: len(action.knowledge) if action else 0,
        }
        for tab, button in self._buttons.items():
            button.set_on(tab is contact.tab)
            button.set_count(counts.get(tab, 0))
            # What is known in general can be looked up before anything is recommended.
            set_enabled(button, action is not None or tab is Tab.KNOWLEDGE)
            name = f"{button.text()}, {counts[tab]}" if tab in counts else button.text()
            set_named(button, name, shown(self._keys[TABS[tab]]))
        current = self._page_of(contact.tab)
        for page in (self._guide, self._benefits.made, self._objections.made, self._knowledge.made):
            if page is not None:
                page.show_state(contact)
        if self._pages.currentWidget() is not current:
            self._pages.setCurrentWidget(current)
        led_to, self._led_to = self._led_to, None
        if led_to is contact.tab:
            self._lead_into(led_to)

    def heir_of(self, holder: QWidget) -> QWidget | None:
        """With another page in sight the keyboard goes on from its tab, unless it is in the page already."""
        page = self._pages.currentWidget()
        if page is None or page.isAncestorOf(holder) or not self._pages.isAncestorOf(holder):
            return None
        now: QWidget | None = self.window().focusWidget()
        if now is not None and page.isAncestorOf(now):
            return now
        return next((button for tab, button in self._buttons.items() if self._page_of(tab) is page), None)

    def _page_of(self, tab: Tab) -> QWidget:
        if tab is Tab.GUIDE:
            return self._guide
        if tab is Tab.BENEFITS:
            return self._benefits.get()
        return (self._objections if tab is Tab.OBJECTIONS else self._knowledge).get()

    def show_library(self, library: LibraryState) -> None:
        """Show the knowledge that was found, and what is the agent's own."""
        self._library = library
        self._guide.show_library(library)
        if self._knowledge.made is not None:
            self._knowledge.made.show_library(library)

    def take_keyboard(self, tab: Tab) -> None:
        """Take the keyboard into a tab's page: into its search, else to its first control; as soon as it is shown."""
        if self._page_of(tab) is self._pages.currentWidget():
            self._lead_into(tab)
        else:
            self._led_to = tab

    def _lead_into(self, tab: Tab) -> None:
        if tab is Tab.OBJECTIONS:
            self._objections.get().focus_search()
        elif tab is Tab.KNOWLEDGE:
            self._knowledge.get().focus_search()
        else:
            page = self._page_of(tab)
            (first_control(page) or page).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def guide_back(self) -> None:
        """What the key of the guide's way back does."""
        if self._pages.currentWidget() is self._guide:
            self._guide.back()

    def _placed(self, tab: Tab, page: P) -> P:
        page.setAccessibleName(self._words[tab])
        page.keep_in_sight()
        page.fit_inside()
        page.set_roomy(self._roomy)
        self._pages.addWidget(page)
        return page

    def _make_objections(self) -> ObjectionsPage:
        page = self._placed(Tab.OBJECTIONS, ObjectionsPage())
        page.objection_raised.connect(self.objection_raised)
        page.group_opened.connect(self.group_opened)
        return page

    def _make_knowledge(self) -> KnowledgePage:
        page = self._placed(Tab.KNOWLEDGE, KnowledgePage())
        page.show_library(self._library)
        page.knowledge_searched.connect(self.knowledge_searched)
        page.knowledge_asked_again.connect(self.knowledge_asked_again)
        page.article_opened.connect(self.article_opened)
        page.article_closed.connect(self.article_closed)
        page.favourite_toggled.connect(self.favourite_toggled)
        page.own_note_written.connect(self.own_note_written)
        return page

    def _make_button(self, tab: Tab, words: str) -> Button:
        button = Button(words, role="tab", key=self._keys[TABS[tab]])
        button.clicked.connect(lambda: self.tab_selected.emit(tab))
        return button
