"""Menus and lists that open over a window stay in it, also where the window has the screen's edge for itself."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget


def open_menu(menu: QMenu, window: QWidget, corner: QPoint) -> None:
    """Open a menu of the window at a place on the screen."""
    menu.popup(corner)
    keep_in_window(menu, window, corner.x())


def keep_in_window(popup: QWidget, window: QWidget, left: int) -> None:
    """Move what is open to where it was wanted from the left, as far as the window goes."""
    screen, frame = window.screen(), window.frameGeometry()
    # Qt puts all that opens into the room that the desktop leaves; that of a docked window is not part of it.
    if screen.availableGeometry().contains(frame.center()):
        return
    for area in (frame, screen.geometry()):
        left = max(area.left(), min(left, area.right() + 1 - popup.width()))
    popup.move(left, popup.y())
