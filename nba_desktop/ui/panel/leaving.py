"""A part of the panel that was opened in place and is left by Esc."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid


@runtime_checkable
class Bequeaths(Protocol):
    """A part that knows who gets the keyboard when its holder within it leaves the screen."""

    def heir_of(self, holder: QWidget) -> QWidget | None:
        """Who gets it; None to leave it to what is around."""
        ...


def first_control(inside: QWidget) -> QWidget | None:
    """The first control of a part as one reads; a page scrolls by keyboard, but its controls come first."""

    def where(one: QWidget) -> tuple[int, int]:
        corner = one.mapTo(inside, QPoint(0, 0))
        return corner.y(), corner.x()

    reached = [
        one
        for one in inside.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(one, QScrollArea)
    ]
    return min(reached, key=where, default=None)


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
