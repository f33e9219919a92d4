"""The tabs of the chosen action: guide, benefits, objections, knowledge."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nba_desktop.domain.key_map import KeyMap
from nba_desktop.domain.library import LibraryState
from nba_desktop.domain.panel import ContactState, Tab
from nba_desktop.ui.panel.benefits import BenefitsPage
from nba_desktop.ui.panel.guide import GuidePage
from nba_desktop.ui.panel.keys import TABS, USUAL_KEYS, shown
from nba_desktop.ui.panel.knowledge import KnowledgePage
from nba_desktop.ui.panel.objections import ObjectionsPage
from nba_desktop.ui.primitives.blocks import Rule
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import EvenLayout
from nba_desktop.ui.setters import set_enabled, set_named


class ActionTabs(QWidget):
    """The tab bar with its counts, and the page below it; only the page scrolls."""

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
    group_opened = Signal(object)
    knowledge_searched = Signal(str)
    knowledge_asked_again = Signal()
    article_opened = Signal(str)
    article_closed = Signal()
    favourite_toggled = Signal(str)
    own_note_written = Signal(str, str)

    def __init__(self, decimal_comma: bool, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__()
        self._keys = keys
        self.setAccessibleName(self.tr("Chosen action"))
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._guide = GuidePage(decimal_comma, keys=keys)
        self._benefits = BenefitsPage()
        self._objections = ObjectionsPage()
        self._knowledge = KnowledgePage()
        words = {
            Tab.GUIDE: self.tr("Guide"),
            Tab.BENEFITS: self.tr("Benefits"),
            Tab.OBJECTIONS: self.tr("Objections"),
            Tab.KNOWLEDGE: self.tr("Knowledge"),
        }
        self._pages = QStackedWidget()
        self._buttons: dict[Tab, Button] = {}
        self._bar = bar = EvenLayout(spacing=2, line_spacing=0)
        bar.setContentsMargins(12, 0, 12, 0)
        pages = (self._guide, self._benefits, self._objections, self._knowledge)
        for tab, page in zip(Tab, pages, strict=True):
            button = self._make_button(tab, words[tab])
            bar.addWidget(button)
            self._buttons[tab] = button
            page.setAccessibleName(words[tab])
            self._pages.addWidget(page)
        self._guide.bridge_said.connect(self.bridge_said)
        self._guide.step_toggled.connect(self.step_toggled)
        self._guide.choice_made.connect(self.choice_made)
        self._guide.input_entered.connect(self.input_entered)
        self._guide.consent_toggled.connect(self.consent_toggled)
        self._guide.choice_taken_back.connect(self.choice_taken_back)
        self._guide.worded.connect(self.worded)
        self._guide.compact_chosen.connect(self.compact_chosen)
        self._objections.objection_raised.connect(self.objection_raised)
        self._objections.group_opened.connect(self.group_opened)
        self._knowledge.knowledge_searched.connect(self.knowledge_searched)
        self._knowledge.knowledge_asked_again.connect(self.knowledge_asked_again)
        self._knowledge.article_opened.connect(self.article_opened)
        self._knowledge.article_closed.connect(self.article_closed)
        self._knowledge.favourite_toggled.connect(self.favourite_toggled)
        self._knowledge.own_note_written.connect(self.own_note_written)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(Rule())
        column.addWidget(self._pages, 1)

    def least_height(self, width: int) -> int:
        """The least height at a width: the tab bar, and as much of a page as it keeps."""
        return self._bar.heightForWidth(width) + 1 + self._guide.minimumHeight()

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
        for page in (self._guide, self._benefits, self._objections, self._knowledge):
            page.show_state(contact)
        index = list(Tab).index(contact.tab)
        if self._pages.currentIndex() != index:
            self._pages.setCurrentIndex(index)

    def show_library(self, library: LibraryState) -> None:
        """Show the knowledge that was found, and what is the agent's own."""
        self._guide.show_library(library)
        self._knowledge.show_library(library)

    def focus_search(self, tab: Tab) -> None:
        """Put the cursor into the search of the objections or of the knowledge."""
        if tab is Tab.OBJECTIONS:
            self._objections.focus_search()
        elif tab is Tab.KNOWLEDGE:
            self._knowledge.focus_search()

    def guide_back(self) -> None:
        """What the key of the guide's way back does."""
        if self._pages.currentWidget() is self._guide:
            self._guide.back()

    def _make_button(self, tab: Tab, words: str) -> Button:
        button = Button(words, role="tab", key=self._keys[TABS[tab]])
        button.clicked.connect(lambda: self.tab_selected.emit(tab))
        return button
