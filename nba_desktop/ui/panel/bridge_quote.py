"""The bridge sentence, what tells that it was said, and the pen to word it oneself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from nba_desktop.domain.template import Part
from nba_desktop.ui.panel.said_label import SaidLabel
from nba_desktop.ui.primitives.blocks import Frame
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_enabled, set_named, set_shown

_ROOM_FOR_WORDS = 12
"""Characters of the sentence that must fit beside the buttons, in ems; else the buttons go below."""


class BridgeQuote(Frame):
    """The sentence first; the buttons beside it, or below where the text is large and the panel narrow."""

    said_clicked = Signal()
    wording_asked = Signal()

    def __init__(self) -> None:
        super().__init__("quote", horizontal=True)
        self._words = SaidLabel()
        self._own = Label(self.tr("Your own wording"), "tiny", "accent")
        self._pen = Button(role="tool", icon="pen")
        set_named(self._pen, self.tr("Word the bridge sentence yourself"))
        self._pen.clicked.connect(self.wording_asked)
        self._said = Button(role="chip")
        self._said.clicked.connect(self.said_clicked)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._words)
        words.addWidget(self._own)
        self._buttons = QWidget()
        self._buttons.setProperty("role", "plain")
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._pen)
        row.addWidget(self._said)
        self.body.addLayout(words, 1)
        self.body.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)

    def show_bridge(self, parts: Sequence[Part], action: str, said: bool, own: bool, may_word: bool) -> None:
        """Show the sentence; `action` is its title, `said` whether it was raised, `own` whether it is the agent's."""
        self._words.show_parts(parts, self.tr("“{sentence}”"))
        set_shown(self._own, own)
        set_shown(self._pen, may_word)
        self._said.set_text(self.tr("Raised"))
        self._said.set_icon("check" if said else "speak")
        self._said.set_variant("good" if said else "")
        self._said.set_on(said)
        set_enabled(self._said, not said)
        name = self.tr("{action} was raised with the customer") if said else self.tr("Mark {action} as raised")
        set_named(self._said, name.format(action=action))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._words.ensurePolished()
        room = self.width() - 20 - self.body.spacing() - self._buttons.sizeHint().width()
        beside = room >= _ROOM_FOR_WORDS * self._words.fontMetrics().height()
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self.body.direction() != direction:
            self.body.setDirection(direction)
