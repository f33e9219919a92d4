"""What the customer asks for his own data: a field in one click with his words, or the erasure after one question."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from nba_desktop.contract.codes import DataField
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import WishDraft, WishEntry
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.receipts import Receipt
from nba_desktop.ui.panel.keys import DIGITS, USUAL_KEYS
from nba_desktop.ui.panel.marked_line import MarkedLine
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.reasons import ReasonRow
from nba_desktop.ui.panel.row_sheet import RowSheet
from nba_desktop.ui.primitives.blocks import Rule
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.fields import Field
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, plain, strong
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.texts.receipt_words import receipt
from nba_desktop.ui.texts.wish_words import data_field, wish_words

_LONGEST: Final = 200


class WishSheet(RowSheet):
    """`worded` carries the customer's words and comes before what is wished; that shows its receipt once recorded."""

    worded = Signal(str)
    correction_wished = Signal(object)
    erasure_asked = Signal(bool)
    erasure_wished = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(parent, spacing=3)
        self._words = ""
        self._question = Label(role="smallstrong", wrap=True)
        close = Button(self.tr("Close"), role="link", variant="muted", key=keys[Command.CLOSE])
        close.clicked.connect(self.closed)
        head = FlowLayout(line_spacing=0)
        head.add_stretched(self._question)
        head.addWidget(close)
        self._line = Field()
        self._line.setMaxLength(_LONGEST)
        self._line.editingFinished.connect(self._tell_words)
        self._line.put.connect(self._tell_words)
        self.body.addLayout(head)
        self._said = Pool(self.body, lambda: MarkedLine("check", "good"), ready=0)
        self.body.addWidget(self._line)
        self._rows = {field: self._new_row(field, keys[key]) for field, key in zip(DataField, DIGITS, strict=True)}
        for row in self._rows.values():
            self.body.addWidget(row)
        self._apart = Rule()
        self._erasure = ReasonRow(variant="muted")
        self._erasure.set_text(self.tr("The customer wants all data erased …"))
        self._erasure.clicked.connect(lambda: self.erasure_asked.emit(True))
        self._where = Label(role="small", variant="muted", wrap=True)
        self._report = Button(self.tr("Report the wish for erasure"))
        self._report.clicked.connect(self._erase)
        self._back = Button(self.tr("Back"), role="link")
        self._back.clicked.connect(lambda: self.erasure_asked.emit(False))
        choice = FlowLayout()
        choice.addWidget(self._report)
        choice.addWidget(self._back)
        self.foot.setContentsMargins(0, 4, 0, 0)
        self.foot.setSpacing(4)
        self.foot.addWidget(self._apart)
        self.foot.addWidget(self._erasure)
        self.foot.addWidget(self._where)
        self.foot.addLayout(choice)

    def _new_row(self, field: DataField, key: str) -> ReasonRow:
        row = ReasonRow(key)
        row.set_text(data_field(field))
        set_named(row, data_field(field), key)
        row.clicked.connect(lambda: self._correct(field))
        return row

    def show_state(self, contact: ContactState) -> None:
        """Ask what is to be corrected, or whether all is to be erased; what was recorded stands below."""
        draft = contact.wish or WishDraft()
        set_text(
            self._question,
            self.tr("Should all data of the customer be erased?")
            if draft.erasing
            else self.tr("What is to be corrected in the customer’s data?"),
        )
        words = self.tr("In the customer’s words")
        hints = (
            (words,) if draft.erasing else (self.tr("What is right, in the customer’s words"), self.tr("What is right"))
        )
        self._line.setAccessibleName(hints[0])
        self._line.set_hints(*hints)
        if draft.words != self._words:
            self._words = draft.words
            self._line.show_text(draft.words)
        standing = {one.field for one in contact.wishes if one.receipt is not Receipt.REFUSED}
        for field, row in self._rows.items():
            set_shown(row, not draft.erasing and field not in standing)
        set_shown(self._erasure, not draft.erasing and None not in standing)
        set_shown(self._apart, not draft.erasing)
        for widget in (self._report, self._back):
            set_shown(widget, draft.erasing)
        for line, entry in zip(self._said.shown(len(contact.wishes)), contact.wishes, strict=True):
            _show_entry(line, entry)
        set_text(
            self._where,
            self.tr("Nothing is erased at once: whoever is responsible for data protection looks at it and answers.")
            if draft.erasing
            else self.tr("Those in charge of the data read it and answer. You find the answer between calls."),
        )

    def take_keyboard(self) -> None:
        """Let the agent write down what he hears."""
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose(self, place: int) -> None:
        """Do what a click on the row in this place does."""
        if place < len(self._rows):
            field = tuple(DataField)[place]
            if not self._rows[field].isHidden():
                self._correct(field)

    def _correct(self, field: DataField) -> None:
        self._tell_words()
        self.correction_wished.emit(field)

    def _erase(self) -> None:
        self._tell_words()
        self.erasure_wished.emit()

    def _tell_words(self) -> None:
        text = self._line.text()
        if text != self._words:
            self._words = text
            self.worded.emit(text)


def _show_entry(line: MarkedLine, entry: WishEntry) -> None:
    refused = entry.receipt is Receipt.REFUSED
    line.set_mark("alert" if refused else "check", "bad" if refused else "good")
    line.show_line(f"{strong(wish_words(entry.field))} {plain(receipt(entry.receipt))}")
