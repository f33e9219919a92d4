"""One preference with a few possible values, of which one holds."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named


class Choice(QWidget):
    """Its name above its values; `chosen` carries the value that was clicked, and the view is told what came of it."""

    chosen = Signal(object)

    def __init__(self, name: str, values: Mapping[object, str]) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self.setAccessibleName(name)
        self._buttons: dict[object, Button] = {}
        head = Label(name, "section")
        flow_widget = QWidget()
        flow_widget.setProperty("role", "plain")
        flow = FlowLayout(flow_widget)
        for value, words in values.items():
            button = Button(words, role="chip")
            set_named(button, f"{name}: {words}")
            button.clicked.connect(lambda _=False, one=value: self.chosen.emit(one))
            flow.addWidget(button)
            self._buttons[value] = button
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(head)
        column.addWidget(flow_widget)

    def take_focus(self) -> None:
        """Give the keyboard to the value that holds."""
        next((button for button in self._buttons.values() if button.on), next(iter(self._buttons.values()))).setFocus()

    def show_value(self, value: object) -> None:
        """Mark the value that holds; the mark is an icon too, not colour alone."""
        for one, button in self._buttons.items():
            button.set_on(one == value)
            button.set_icon("check" if one == value else "")
