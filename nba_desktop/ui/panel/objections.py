"""What the customer may say against the chosen action, and the one answer to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from nba_desktop.contract.recommendation import Objection
from nba_desktop.domain.panel import ContactState
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.panel.word_button import WordButton
from nba_desktop.ui.primitives.blocks import Frame
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.texts.objection_words import objection_method

_READY = 5


def found_objections(objections: tuple[Objection, ...], query: str) -> tuple[Objection, ...]:
    """The objections that hold every word of `query` in phrase or answer; hits in the phrase come first."""
    words = query.casefold().split()

    def holds(text: str) -> bool:
        folded = text.casefold()
        return all(word in folded for word in words)

    by_phrase = [objection for objection in objections if holds(objection.phrase)]
    by_answer = [o for o in objections if o not in by_phrase and holds(f"{o.phrase} {o.answer}")]
    return (*by_phrase, *by_answer)


class ObjectionsPage(ScrollPage):
    """Type to find; one click marks an objection as raised and shows its answer."""

    objection_raised = Signal(str)

    def __init__(self) -> None:
        super().__init__(spacing=4)
        self._contact: ContactState | None = None
        self._action_id: str | None = None
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Search objections and answers"))
        self._search.setClearButtonEnabled(True)
        set_named(self._search, self._search.placeholderText())
        self._search.textChanged.connect(self._fill)
        self._search.returnPressed.connect(self._on_return)
        self.body.addWidget(self._search)
        self._empty = Label(role="small", variant="muted", wrap=True)
        self.body.addWidget(self._empty)
        self._rows = Pool(self.body, self._make_row, _READY)

    def show_state(self, contact: ContactState) -> None:
        """Show the chosen action's objections, those that were raised with their answers."""
        self._contact = contact
        if contact.action_id != self._action_id:
            self._action_id = contact.action_id
            self._search.clear()
            self.to_top()
        self._fill()

    def focus_search(self) -> None:
        """Put the cursor into the search, as the agent asked for this page by key."""
        self._search.setFocus()

    def _fill(self) -> None:
        contact = self._contact
        action = contact.action if contact else None
        objections = action.objections if action else ()
        found = found_objections(objections, self._search.text())
        for row, objection in zip(self._rows.shown(len(found)), found, strict=True):
            raised = contact is not None and (self._action_id, objection.objection_id) in contact.raised
            row.show_objection(objection, raised)
        set_shown(self._search, bool(objections))
        none_here = self.tr("No objection is known for this action.")
        set_text(self._empty, self.tr("No objection with these words.") if objections else none_here)
        set_shown(self._empty, action is not None and not found)

    def _on_return(self) -> None:
        action = self._contact.action if self._contact else None
        found = found_objections(action.objections, self._search.text()) if action else ()
        if found and self._search.text().strip():
            self.objection_raised.emit(found[0].objection_id)

    def _make_row(self) -> _ObjectionRow:
        row = _ObjectionRow()
        row.clicked.connect(self.objection_raised)
        return row


class _ObjectionRow(QWidget):
    clicked = Signal(str)

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
        indented = QVBoxLayout()
        indented.setContentsMargins(26, 0, 0, 4)
        indented.addWidget(self._answer_frame)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._phrase)
        column.addLayout(indented)

    def show_objection(self, objection: Objection, raised: bool) -> None:
        self._objection_id = objection.objection_id
        phrase = self.tr("“{sentence}”").format(sentence=objection.phrase)
        self._phrase.show_words(phrase, icon="check" if raised else "chat", on=raised)
        name = self.tr("Raised: {phrase}") if raised else self.tr("Mark as raised: {phrase}")
        set_named(self._phrase, name.format(phrase=objection.phrase))
        method = objection_method(objection.method)
        set_text(self._method, method)
        set_shown(self._method, bool(method))
        set_text(self._answer, objection.answer)
        set_shown(self._answer_frame, raised)
