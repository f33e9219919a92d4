"""What is wrong with the chosen action, for its owner: a reason in one click, and a line to say more."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nba_desktop.contract.codes import FeedbackReason
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.receipts import Receipt
from nba_desktop.ui.panel.keys import DIGITS, USUAL_KEYS
from nba_desktop.ui.panel.marked_line import MarkedLine
from nba_desktop.ui.panel.reasons import ReasonRow
from nba_desktop.ui.panel.row_sheet import RowSheet
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.fields import Field
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, plain, strong
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.texts.feedback_words import feedback_reason
from nba_desktop.ui.texts.receipt_words import receipt

_LONGEST: Final = 200


class QuestionSheet(RowSheet):
    """`noted` carries the line and comes before `said`, which carries the reason. Once said, it shows the receipt."""

    noted = Signal(str)
    said = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(parent, spacing=3)
        self._noted = ""
        self._question = Label(role="smallstrong", wrap=True)
        close = Button(self.tr("Close"), role="link", variant="muted", key=keys[Command.CLOSE])
        close.clicked.connect(self.closed)
        head = FlowLayout(line_spacing=0)
        head.add_stretched(self._question)
        head.addWidget(close)
        self._line = Field()
        self._line.setMaxLength(_LONGEST)
        self._line.set_hints(self.tr("More about it – no name, no number"), self.tr("More about it"))
        self._line.editingFinished.connect(self._tell_line)
        self._line.put.connect(self._tell_line)
        self.body.addLayout(head)
        self.body.addWidget(self._line)
        self._rows = tuple(
            self._new_row(reason, keys[key]) for reason, key in zip(FeedbackReason, DIGITS, strict=False)
        )
        for row in self._rows:
            self.body.addWidget(row)
        self._said = MarkedLine("check", "good")
        self._said.hide()
        self.body.addWidget(self._said)
        self.foot.setContentsMargins(0, 4, 0, 0)
        where = self.tr("Whoever is responsible for the action reads it. You find the answer between calls.")
        self.foot.addWidget(Label(where, "small", "muted", wrap=True))

    def _new_row(self, reason: FeedbackReason, key: str) -> ReasonRow:
        row = ReasonRow(key)
        row.set_text(feedback_reason(reason))
        set_named(row, feedback_reason(reason), key)
        row.clicked.connect(lambda: self._say(reason))
        return row

    def show_state(self, contact: ContactState) -> None:
        """Ask about the chosen action, or show what was said of it and how far that has come."""
        action, draft, entry = contact.action, contact.question, contact.questioned
        title = action.title if action else ""
        set_text(self._question, self.tr("What is wrong with “{title}”?").format(title=title))
        note = draft.note if draft else ""
        if note != self._noted:
            self._noted = note
            self._line.show_text(note)
        for widget in (self._line, *self._rows):
            set_shown(widget, entry is None)
        set_shown(self._said, entry is not None)
        if entry is not None:
            refused = entry.receipt is Receipt.REFUSED
            self._said.set_mark("alert" if refused else "check", "bad" if refused else "good")
            said = self.tr("Reported: {reason}").format(reason=feedback_reason(entry.reason))
            self._said.show_line(f"{strong(said)} {plain(receipt(entry.receipt))}")

    def choose(self, place: int) -> None:
        """Do what a click on the reason in this place does."""
        if place < len(self._rows) and not self._rows[place].isHidden():
            self._say(tuple(FeedbackReason)[place])

    def _say(self, reason: FeedbackReason) -> None:
        self._tell_line()
        self.said.emit(reason)

    def _tell_line(self) -> None:
        text = self._line.text()
        if text != self._noted:
            self._noted = text
            self.noted.emit(text)
