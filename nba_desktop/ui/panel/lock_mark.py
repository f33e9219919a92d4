"""Says beside what cannot be changed who has set it."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from nba_desktop.ui.icons import Icon
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_shown
from nba_desktop.ui.texts.settings_words import set_by_it

_GAP: Final = 5


class LockMark(QWidget):
    """A lock with its words, which takes no room while nothing is locked."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._icon = Icon("lock", 14)
        self._icon.setProperty("variant", "muted")
        self._words = Label(set_by_it(), "small", "muted", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        self.hide()

    def line_width(self) -> int:
        """How wide it is where the words stand in one line."""
        return self._icon.width() + _GAP + self._words.line_width()

    def show_locked(self, locked: bool) -> None:
        """Be there, or not."""
        set_shown(self, locked)
