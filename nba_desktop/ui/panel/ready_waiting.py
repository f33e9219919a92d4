"""What waits for the agent between two calls: promises that are due, and answers to what he said."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.setters import set_named
from nba_desktop.ui.texts.due_words import due_count, due_now


class ReadyWaiting(QWidget):
    """Two lines that are always there, so that nothing moves when something comes to wait."""

    due_clicked = Signal()
    answers_clicked = Signal()

    def __init__(self, formats: Formats, keys: KeyMap) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._formats = formats
        self._due = Button(role="link", icon="clock", key=keys[Command.DUE])
        self._due.clicked.connect(self.due_clicked)
        self._answers = Button(role="link", icon="chat", key=keys[Command.ANSWERS])
        self._answers.clicked.connect(self.answers_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for link in (self._due, self._answers):
            line = FlowLayout(centred=True)
            line.addWidget(link)
            column.addLayout(line)

    def show_state(self, state: PanelState) -> None:
        """Say what waits; a promise whose time has come stands in the place of the counts."""
        due, now = due_count(state.due), due_now(state.due, self._formats)
        self._due.set_text(now or due)
        self._due.set_icon("alert" if state.due.late and not now else "clock")
        set_named(self._due, " · ".join(filter(None, (now, due))))
        new = len(state.answers.new)
        words = self.tr("%n answer(s) to what you reported", "", new) if new else self.tr("What you reported")
        self._answers.set_text(words)
        set_named(self._answers, words)
