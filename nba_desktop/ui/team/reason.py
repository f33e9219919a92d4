"""Before any figure: what they are looked at for, which is written down and shown to those it is about."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nba_desktop.contract.codes import ReviewReason
from nba_desktop.ui.primitives.blocks import Frame
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.fields import Field
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_text
from nba_desktop.ui.texts.review_words import reason_words
from nba_desktop.ui.theme import scaled

_WIDTH = 560


class ReasonPage(QWidget):
    """`given` carries a `ReviewReason` and a line of the lead's own."""

    given = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._reason: ReviewReason | None = None
        card = Frame("card", margins=(20, 16, 20, 16))
        card.setMaximumWidth(scaled(_WIDTH))
        card.body.setSpacing(10)
        self._title = Label(role="title", wrap=True)
        card.body.addWidget(self._title)
        card.body.addWidget(Label(self.tr("What do you look at these figures for?"), wrap=True))
        choices = QWidget()
        row = FlowLayout(choices)
        self._buttons = {reason: Button(reason_words(reason), role="chip") for reason in ReviewReason}
        for reason, button in self._buttons.items():
            button.set_on(False)
            button.clicked.connect(lambda _=False, one=reason: self._choose(one))
            row.addWidget(button)
        card.body.addWidget(choices)
        self._note = Field()
        self._note.set_hints(self.tr("In your own words (may stay empty)"), self.tr("In your own words"))
        self._note.setMaxLength(200)
        self._note.returnPressed.connect(self._give)
        card.body.addWidget(self._note)
        card.body.addWidget(
            Label(
                self.tr(
                    "Who looked, when and what for is written down; whoever the figures are about reads it, "
                    "and so does the works council."
                ),
                "small",
                "muted",
                wrap=True,
            )
        )
        self._look = Button(self.tr("Show the figures"), variant="primary")
        self._look.setEnabled(False)
        self._look.clicked.connect(self._give)
        card.body.addWidget(self._look, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.addStretch(1)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(card, 8)
        centred.addStretch(1)
        column.addLayout(centred)
        column.addStretch(2)

    def ask_for(self, team: str) -> None:
        """Ask for a team's reason anew."""
        set_text(self._title, team)

    def begin(self) -> None:
        """Nothing is chosen yet."""
        self._note.clear()
        self._mark(None)

    def _choose(self, reason: ReviewReason) -> None:
        self._mark(reason)

    def _mark(self, reason: ReviewReason | None) -> None:
        self._reason = reason
        for one, button in self._buttons.items():
            button.set_on(one is reason)
        self._look.setEnabled(reason is not None)

    def _give(self) -> None:
        if self._reason is not None:
            self.given.emit(self._reason, self._note.text())
