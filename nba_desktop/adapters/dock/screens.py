"""Qt's screens as monitors in physical pixels, and back."""

from __future__ import annotations

from math import ceil, floor

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication, QScreen

from nba_desktop.adapters.dock.geometry import Monitor, Rect


def named_screens() -> list[tuple[str, QScreen]]:
    """The screens, the main one first, each by a name of its own: two of one model have the same name."""
    main = QGuiApplication.primaryScreen()
    screens = sorted(QGuiApplication.screens(), key=lambda one: one is not main)
    named: list[tuple[str, QScreen]] = []
    for screen in screens:
        same = sum(one.name() == screen.name() for _, one in named)
        named.append((f"{screen.name()} ({same + 1})" if same else screen.name(), screen))
    return named


def name_of(screen: QScreen) -> str:
    """The name of a screen; empty for one that has just gone."""
    return next((name for name, one in named_screens() if one == screen), "")


def monitor_of(name: str, screen: QScreen) -> Monitor:
    """A screen in physical pixels: Qt scales a screen's size, but leaves its corner where the system has it."""
    shown, scale = screen.geometry(), screen.devicePixelRatio()
    left, top = shown.left(), shown.top()
    right, bottom = left + round(shown.width() * scale), top + round(shown.height() * scale)
    return Monitor(name, Rect(left, top, right, bottom), scale)


def independent(frame: Rect, at: Monitor) -> QRect:
    """Physical pixels of a monitor as Qt's device-independent ones: never a pixel outside of the room."""
    origin_x, origin_y = at.frame.left, at.frame.top
    left, top = ceil((frame.left - origin_x) / at.scale), ceil((frame.top - origin_y) / at.scale)
    right, bottom = floor((frame.right - origin_x) / at.scale), floor((frame.bottom - origin_y) / at.scale)
    return QRect(origin_x + left, origin_y + top, right - left, bottom - top)
