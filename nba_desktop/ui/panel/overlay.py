"""A view that is opened in place over the panel and left by Esc."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from nba_desktop.ui.panel.leaving import claims_escape, usable

_REMEMBERED: Final = 4


class Overlay(QFrame):
    """Covers a part of its parent; never a window of its own. Emits `closed` when Esc is pressed in it."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self._places: tuple[QWidget, ...] = ()
        self.hide()

    def remember(self, holder: QWidget | None) -> None:
        """Remember where the keyboard was before the agent opened it, and before what it takes the place of."""
        if holder is None:
            self._places = ()
        elif not self.isAncestorOf(holder):
            around: QWidget | None = holder
            while around is not None and not isinstance(around, Overlay):
                around = around.parentWidget()
            further = around._places if isinstance(around, Overlay) else ()
            self._places = (holder, *further)[:_REMEMBERED]

    @property
    def before(self) -> QWidget | None:
        """Where the keyboard goes back to; None where that is gone."""
        return next((place for place in self._places if usable(place)), None)

    def event(self, event: QEvent) -> bool:
        return claims_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
