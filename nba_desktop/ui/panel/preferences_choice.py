"""One preference with a few possible values, of which one holds."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.ui.panel.lock_mark import LockMark
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_enabled, set_named
from nba_desktop.ui.texts.settings_words import set_by_it


class Choice(QWidget):
    """Its name above its values; `chosen` carries the value that was clicked, and the view is told what came of it.

    A locked one still shows which value holds, and says who has set it.
    """

    chosen = Signal(object)

    def __init__(self, name: str, values: Mapping[object, str]) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self.setAccessibleName(name)
        self._words = dict(values)
        self._buttons: dict[object, Button] = {}
        self._name = name
        self._lock = LockMark()
        head = FlowLayout(spacing=12, line_spacing=1)
        head.addWidget(Label(name, "section"))
        head.addWidget(self._lock)
        flow_widget = QWidget()
        flow_widget.setProperty("role", "plain")
        flow = FlowLayout(flow_widget)
        for value, words in values.items():
            button = Button(words, role="chip")
            button.clicked.connect(lambda _=False, one=value: self.chosen.emit(one))
            flow.addWidget(button)
            self._buttons[value] = button
        self.show_locked(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(flow_widget)

    def take_focus(self) -> bool:
        """Give the keyboard to the value that holds; False where none of them can be chosen."""
        buttons = list(self._buttons.values())
        place = next((button for button in buttons if button.on), buttons[0])
        place.setFocus()
        return place.isEnabled()

    def show_locked(self, locked: bool) -> None:
        """Say whether the machine's policy holds it."""
        self._lock.show_locked(locked)
        for value, button in self._buttons.items():
            set_enabled(button, not locked)
            set_named(button, f"{self._name}: {self._words[value]}", set_by_it() if locked else "")

    def show_value(self, value: object) -> None:
        """Mark the value that holds; the mark is an icon too, not colour alone."""
        for one, button in self._buttons.items():
            button.set_on(one == value)
            button.set_icon("check" if one == value else "")
