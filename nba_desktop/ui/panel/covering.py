"""What lies under something that is open: neither the tabulator nor a screen reader comes to it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget


def lies_under(widget: QWidget, cover: QWidget) -> bool:
    """Whether all that could be seen of a widget is under an open one that stands beside it, in front.

    What is scrolled out of sight is where the place is in which it scrolls.
    """
    parent = cover.parentWidget()
    if parent is None or cover.isHidden() or not parent.isAncestorOf(widget):
        return False
    if widget is cover or cover.isAncestorOf(widget):
        return False
    seen: QWidget | None = widget
    while seen is not None and seen is not parent:
        place = _in_sight(seen, parent)
        if not place.isEmpty():
            return cover.geometry().contains(place)
        seen = seen.parentWidget()
    return False


def _in_sight(widget: QWidget, within: QWidget) -> QRect:
    """What the widgets around it leave of a widget, in the coordinates of `within`."""
    place = QRect(widget.mapTo(within, QPoint(0, 0)), widget.size())
    around = widget.parentWidget()
    while around is not None and around is not within:
        place &= QRect(around.mapTo(within, QPoint(0, 0)), around.size())
        around = around.parentWidget()
    return place & within.rect()
