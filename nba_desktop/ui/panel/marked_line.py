"""One line with its mark: something that is open, promised, or was said."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nba_desktop.ui.icons import Icon
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import RichLabel
from nba_desktop.ui.setters import set_text, set_variant


class MarkedLine(QWidget):
    """An icon, words that may be strong in parts, and a button where something can be done about it."""

    clicked = Signal()

    def __init__(self, icon: str, variant: str, button: Button | None = None) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._mark = Icon(icon, 14)
        self._mark.setProperty("variant", variant)
        self._words = RichLabel()
        row = FlowLayout(self, spacing=8)
        row.addWidget(self._mark)
        row.add_stretched(self._words)
        if button is not None:
            button.clicked.connect(self.clicked)
            row.addWidget(button)

    def show_line(self, rich: str) -> None:
        """Show words made of `strong` and `plain`."""
        set_text(self._words, rich)

    def set_mark(self, icon: str, variant: str) -> None:
        """Change the icon and its colour."""
        self._mark.set_name(icon)
        set_variant(self._mark, variant)
