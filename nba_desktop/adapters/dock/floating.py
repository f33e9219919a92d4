"""Where no room can be reserved: Wayland, macOS, and screens that nobody sees."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from nba_desktop.adapters.dock.desktop import DockError
from nba_desktop.adapters.dock.geometry import Rect
from nba_desktop.adapters.dock.hotkeys import Hotkey
from nba_desktop.domain.errors import FailureCode


class FloatingDesktop(QObject):
    """Has no edges to give and no keys; a window that asks for the keyboard gets it, if the system likes."""

    can_dock: ClassVar[bool] = False
    has_hotkeys: ClassVar[bool] = False
    rearranged = Signal()
    hotkey_pressed = Signal()

    def prepare(self, window: QWidget, _docked: bool) -> None:
        window.winId()
        window.windowHandle().setFlag(Qt.WindowType.WindowStaysOnTopHint, True)

    def come_up(self, window: QWidget, _docked: bool) -> None:
        window.show()

    def reserve(self, *_asked: object) -> Rect:
        raise DockError(FailureCode.DOCK_IMPOSSIBLE)

    def release(self, _window: QWidget) -> None:
        """Nothing was reserved."""

    def has_keyboard(self, window: QWidget) -> bool:
        return window.isActiveWindow()

    def bring_forward(self, window: QWidget) -> None:
        window.raise_()
        window.activateWindow()

    def give_back(self) -> bool:
        return False

    def register_hotkey(self, _hotkey: Hotkey) -> bool:
        return False

    def release_hotkey(self) -> None:
        """None was taken."""

    def close(self) -> None:
        """Nothing was taken."""
