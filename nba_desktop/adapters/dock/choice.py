"""Which desktop this is."""

from __future__ import annotations

import ctypes
import logging
import sys

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from nba_desktop.adapters.dock.desktop import Desktop
from nba_desktop.adapters.dock.floating import FloatingDesktop

_log = logging.getLogger(__name__)


def this_desktop(parent: QObject | None = None) -> Desktop:
    """The desktop that Qt runs on; one without edges when its own libraries are missing."""
    platform = QGuiApplication.platformName()
    if platform == "xcb":
        from nba_desktop.adapters.dock.x11 import X11Desktop
        from nba_desktop.adapters.dock.xcb import Library, XError

        try:
            return X11Desktop(Library(), parent)
        except XError as error:
            _log.info("no docking: %s", error)
    if sys.platform == "win32" and platform == "windows":
        from nba_desktop.adapters.dock.windows import WindowsDesktop, WindowsSystem

        # Libraries of one's own: signatures set on `ctypes.windll` would hold for everybody in the process.
        return WindowsDesktop(WindowsSystem(ctypes.WinDLL("user32"), ctypes.WinDLL("shell32")), parent)
    return FloatingDesktop(parent)
