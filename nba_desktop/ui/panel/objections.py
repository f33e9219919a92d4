"""What the customer may say against the chosen action, and the one answer to it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import RESPONSE_GROUPS, ResponseGroup
from nba_desktop.contract.recommendation import Objection
from nba_desktop.domain.contact import ContactState, Tab
from nba_desktop.domain.stems import stem_of
from nba_desktop.domain.text_index import Document, TextIndex
from nba_desktop.ui.panel.in_sight import bring_into_sight
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.panel.word_button import WordButton
from nba_desktop.ui.primitives.blocks import Frame
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.fields import Field, set_apart
from nba_desktop.ui.primitives.flow import in_line
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.texts.objection_words import objection_method

_READY = 5
_RESPECT_NO = "respect_no"
_PHRASE, _ANSWER = 4.0, 1.0
_MOST_LINES: Final = 14
"""Of a row with its answer that the page keeps room for."""
_AROUND: Final = 16
"""What a page leaves free above and below a row, in pixels."""


class ObjectionFinder:
    """Finds objections of one action; what customers say counts more than the answer."""

    def __init__(self, objections: tuple[Objection, ...], language: Language) -> None:
        self.objections = objections
        self.language = language
        self._known = {objection.objection_id: objection for objection in objections}
        self._index: TextIndex | None = None

    def find(self, query: str) -> tuple[Objection, ...]:
        """Those that hold every word of `query`, the best first; all in their order when nothing is asked."""
        if not query.strip():
            return self.objections
        if self._index is None:
            documents = (
                Document(o.objection_id, ((" ".join((o.title, o.phrase, *o.also)), _PHRASE), (o.answer, _ANSWER)))
                for o in self.objections
            )
            self._index = TextIndex(documents, stem_of(self.language), compounds=self.language == "de")
        return tuple(self._known[hit.key] for hit in self._index.search(query, every_word=True))


class ObjectionsPage(ScrollPage):
    """Type to find; one click marks an objection as raised and shows its answer.

    An objection has one answer. After it a no is a no, which leads to the response.
    """

    objection_raised = Signal(str)
    group_opened = Signal(object)

    def __init__(self) -> None:
        super().__init__(spacing=4)
        self._contact: ContactState | None = None
        self._action_id: str | None = None
        self._finder = ObjectionFinder((), "de")
        self._search = Field()
        self._search.set_hints(self.tr("Search objections"), self.tr("Search"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._fill)
        self._search.returnPressed.connect(self._on_return)
        self.body.addWidget(set_apart(self._search))
        self._empty = Label(role="small", variant="muted", wrap=True)
        self.body.addWidget(self._empty)
        self._rows = Pool(self.body, self._make_row, _READY)
        self._no = Button(self.tr("The customer says no"), role="chip", trailing="chevron-right")
        set_named(self._no, self.tr("The customer says no: to the response “Declined”"))
        self._no.clicked.connect(lambda: self.group_opened.emit(ResponseGroup.DECLINED))
        self._no_words = Label(
            self.tr("One answer for each objection. A clear no is not an objection: thank and accept it."),
            "small",
            "muted",
            wrap=True,
        )
        self.foot.setContentsMargins(0, 8, 0, 0)
        self.foot.setSpacing(5)
        self.foot.addWidget(self._no_words)
        self.foot.addLayout(in_line(self._no))

    def show_state(self, contact: ContactState) -> None:
        """Show the chosen action's objections, those that were raised with their answers."""
        before, self._contact = self._contact, contact
        same = before is not None and before.contact_id == contact.contact_id
        if not same or contact.action_id != self._action_id or contact.tab is not Tab.OBJECTIONS:
            self.hold(0)
        if contact.action_id != self._action_id:
            self._action_id = contact.action_id
            self._search.clear()
            self.to_top()
        self._fill()
        if same and before is not None:
            self._answer_now(contact.raised - before.raised)

    def _answer_now(self, raised: frozenset[tuple[str, str]]) -> None:
        """Have in sight what has just been raised, with its answer."""
        for row in self._rows.shown_now:
            if (self._action_id, row.objection_id) in raised:
                # How high it is with its answer is known when the layouts have settled.
                QTimer.singleShot(0, row, lambda shown=row: self._have_in_sight(shown))

    def _have_in_sight(self, row: QWidget) -> None:
        if not row.isVisible():
            return
        self.hold(min(row.height() + _AROUND, _MOST_LINES * self.fontMetrics().height()))
        bring_into_sight(row)

    def focus_search(self) -> None:
        """Put the cursor into the search, as the agent asked for this page by key."""
        self._search.setFocus()

    def _fill(self) -> None:
        contact = self._contact
        action = contact.action if contact else None
        objections = action.objections if action else ()
        found = self._found(objections)
        for row, objection in zip(self._rows.shown(len(found)), found, strict=True):
            raised = contact is not None and (self._action_id, objection.objection_id) in contact.raised
            row.show_objection(objection, raised)
        set_shown(self._search, bool(objections))
        none_here = self.tr("No objection is known for this action.")
        set_text(self._empty, self.tr("No objection with these words.") if objections else none_here)
        set_shown(self._empty, action is not None and not found)
        declined = RESPONSE_GROUPS[ResponseGroup.DECLINED]
        may_decline = action is not None and any(code in action.responses for code in declined)
        set_shown(self._no, may_decline)
        set_shown(self._no_words, may_decline)

    def _on_return(self) -> None:
        action = self._contact.action if self._contact else None
        found = self._found(action.objections) if action else ()
        if found and self._search.text().strip():
            self.objection_raised.emit(found[0].objection_id)

    def _found(self, objections: tuple[Objection, ...]) -> tuple[Objection, ...]:
        view = self._contact.view if self._contact else None
        language = view.language if view else self._finder.language
        if (objections, language) != (self._finder.objections, self._finder.language):
            self._finder = ObjectionFinder(objections, language)
        return self._finder.find(self._search.text())

    def _make_row(self) -> _ObjectionRow:
        row = _ObjectionRow()
        row.clicked.connect(self.objection_raised)
        row.no_respected.connect(lambda: self.group_opened.emit(ResponseGroup.DECLINED))
        return row


class _ObjectionRow(QWidget):
    clicked = Signal(str)
    no_respected = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._objection_id = ""
        self._phrase = WordButton()
        self._phrase.clicked.connect(lambda: self.clicked.emit(self._objection_id))
        self._answer_frame = Frame("callout", margins=(9, 3, 0, 3))
        self._answer_frame.setProperty("variant", "accent")
        self._answer_frame.body.setSpacing(1)
        self._method = Label(role="tiny", variant="muted")
        self._answer = Label(wrap=True)
        self._answer_frame.body.addWidget(self._method)
        self._answer_frame.body.addWidget(self._answer)
        self._respect = Button(self.tr("Record the no"), role="chip", trailing="chevron-right")
        self._respect.clicked.connect(self.no_respected)
        self._answer_frame.body.addLayout(in_line(self._respect))
        indented = QVBoxLayout()
        indented.setContentsMargins(26, 0, 0, 4)
        indented.addWidget(self._answer_frame)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._phrase)
        column.addLayout(indented)

    @property
    def objection_id(self) -> str:
        return self._objection_id

    def show_objection(self, objection: Objection, raised: bool) -> None:
        self._objection_id = objection.objection_id
        phrase = self.tr("“{sentence}”").format(sentence=objection.phrase)
        self._phrase.show_words(phrase, icon="check" if raised else "chat", on=raised, under=objection.title)
        name = self.tr("Raised: {phrase}") if raised else self.tr("Mark as raised: {phrase}")
        set_named(self._phrase, name.format(phrase=objection.phrase))
        method = objection_method(objection.method)
        set_text(self._method, method)
        set_shown(self._method, bool(method))
        set_shown(self._respect, objection.method == _RESPECT_NO)
        set_text(self._answer, objection.answer)
        set_shown(self._answer_frame, raised)
