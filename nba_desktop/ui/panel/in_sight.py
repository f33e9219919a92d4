"""Scrolling to what has just come about, through every place that scrolls around it."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

_AIR: Final = 4
"""What is left free above and below, in pixels."""


def bring_into_sight(*widgets: QWidget) -> None:
    """Scroll to each widget once the layouts have settled; of two that do not fit together the last one is in sight.

    What is higher than its place shows its beginning.
    """
    for widget in widgets:
        QTimer.singleShot(0, widget, partial(_scroll_to, widget))


def _scroll_to(widget: QWidget) -> None:
    if not widget.isVisible():
        return
    wanted = widget.rect().adjusted(0, -_AIR, 0, _AIR)
    around: QWidget | None = widget.parentWidget()
    while around is not None:
        inside = around.widget() if isinstance(around, QScrollArea) else None
        if isinstance(around, QScrollArea) and inside is not None and inside.isAncestorOf(widget):
            bar, room = around.verticalScrollBar(), around.viewport().height()
            top = widget.mapTo(inside, wanted.topLeft()).y()
            if wanted.height() >= room or top < bar.value():
                bar.setValue(top)
            elif top + wanted.height() > bar.value() + room:
                bar.setValue(top + wanted.height() - room)
            # What this place cannot show is not looked for in those around it.
            corner = widget.mapFrom(around.viewport(), QPoint(0, 0))
            wanted &= QRect(corner, around.viewport().size())
        around = around.parentWidget()
