"""The reasons of an open response group, in place above the response row."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nba_desktop.contract.codes import ResponseCode, ResponseGroup
from nba_desktop.ui.panel import keys
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.primitives.blocks import Rule, Section
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_text
from nba_desktop.ui.texts.response_words import response_code, response_group_question, response_reason


class ReasonsSheet(Section):
    """One row a reason, each with its key; it covers what lies behind it and moves nothing."""

    response_given = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(top=0, bottom=6, spacing=1)
        self.setParent(parent)
        self._codes: tuple[ResponseCode, ...] = ()
        self._made = 0
        self._question = Label(role="smallstrong")
        self._close = Button(self.tr("Close"), role="link", variant="muted", key=keys.CLOSE)
        self._close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(0, 6, 0, 0)
        head.addWidget(self._question, 1)
        head.addWidget(self._close)
        self.body.addWidget(Rule())
        self.body.addLayout(head)
        self._rows = Pool(self.body, self._make_row, ready=len(keys.DIGITS))
        self.hide()

    def show_group(self, group: ResponseGroup, codes: tuple[ResponseCode, ...]) -> None:
        """Show the reasons a group offers for the chosen action."""
        self._codes = codes
        set_text(self._question, response_group_question(group))
        for row, code in zip(self._rows.shown(len(codes)), codes, strict=True):
            row.set_text(response_reason(code))
            set_named(row, response_code(code), row.key)

    def _make_row(self) -> Button:
        place = self._made
        self._made += 1
        row = Button(role="row", key=keys.DIGITS[place] if place < len(keys.DIGITS) else "")
        row.clicked.connect(lambda: self.response_given.emit(self._codes[place]))
        return row
