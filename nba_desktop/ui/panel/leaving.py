"""A part of the panel that was opened in place and is left by Esc."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


def claims_escape(event: QEvent) -> bool:
    """Whether an event asks who Esc is for; the answer is given with it: for what is open here, not for the window."""
    asks = event.type() is QEvent.Type.ShortcutOverride
    claims = asks and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
    if claims:
        event.accept()
    return claims


class Leaving(QWidget):
    """Esc leaves it while the keyboard is anywhere within, before it closes anything else."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")

    def event(self, event: QEvent) -> bool:
        return claims_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


def give_back(inside: QWidget) -> None:
    """Give the keyboard to the window when it is within a part that is about to be hidden."""
    window = inside.window()
    holder: QWidget | None = window.focusWidget()
    if holder is not None and (holder is inside or inside.isAncestorOf(holder)):
        window.setFocus()


def usable(widget: QWidget | None) -> QWidget | None:
    """A widget that the keyboard may be given back to; None where it is gone, hidden, or can do nothing."""
    there = widget is not None and isValid(widget) and widget.isVisible() and widget.isEnabled()
    return widget if there else None
