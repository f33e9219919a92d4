"""The marketing objection: apart from the consents, with a confirmation."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.domain.receipts import Receipt
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_shown, set_text
from nba_desktop.ui.texts.receipt_words import receipt


class ObjectionBox(QWidget):
    """Asks once more before an objection is recorded, as it ends all advertising at once."""

    objection_asked = Signal(bool)
    objection_confirmed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._words = Label(role="small", wrap=True)
        self._ask = Button(self.tr("Marketing objection …"), role="chip")
        self._ask.clicked.connect(lambda: self.objection_asked.emit(True))
        self._confirm = Button(self.tr("Record objection"), role="chip", variant="bad")
        self._confirm.clicked.connect(self.objection_confirmed)
        self._leave = Button(self.tr("Leave it"), role="chip")
        self._leave.clicked.connect(lambda: self.objection_asked.emit(False))
        buttons = FlowLayout()
        for button in (self._ask, self._confirm, self._leave):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self._words)
        column.addLayout(buttons)

    def show_objection(self, objected: bool, asked: bool, recorded: Receipt | None) -> None:
        """Show whether an objection is on file, being asked for, or how far the recorded one has come."""
        if objected:
            words = self.tr("A marketing objection is on file; it overrides every consent.")
            set_text(self._words, f"{words} {receipt(recorded)}" if recorded else words)
        else:
            set_text(
                self._words,
                self.tr("The customer wants no advertising in any channel? This takes effect at once.")
                if asked
                else self.tr("If the customer objects to all advertising:"),
            )
        set_shown(self._ask, not objected and not asked)
        set_shown(self._confirm, not objected and asked)
        set_shown(self._leave, not objected and asked)
