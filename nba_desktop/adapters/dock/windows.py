"""Windows: a bar at the edge, a key for the whole desktop, and the keyboard given back. Not verified on Windows."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import Structure, byref, sizeof
from ctypes.wintypes import DWORD, HWND, LPARAM, MSG, RECT, UINT
from typing import Any, ClassVar, Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from nba_desktop.adapters.dock.appbar import AppBar, BarData, Message
from nba_desktop.adapters.dock.desktop import DockError
from nba_desktop.adapters.dock.geometry import Monitor, Rect
from nba_desktop.adapters.dock.hotkeys import Hotkey
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.window_place import Edge

_WM_ACTIVATE: Final = 0x0006
_WM_WINDOWPOSCHANGED: Final = 0x0047
_WM_HOTKEY: Final = 0x0312
_HWND_BOTTOM: Final = 1
_HWND_TOPMOST: Final = -1
_NO_SIZE_MOVE_ACTIVATION: Final = 0x1 | 0x2 | 0x10
_MOD_NOREPEAT: Final = 0x4000
_HOTKEY_ID: Final = 1


class _AppBarData(Structure):
    _fields_ = (
        ("cbSize", DWORD),
        ("hWnd", HWND),
        ("uCallbackMessage", UINT),
        ("uEdge", UINT),
        ("rc", RECT),
        ("lParam", LPARAM),
    )


class WindowsSystem:
    """The functions of `user32` and `shell32` that are needed, which are given as ctypes loads them."""

    def __init__(self, user32: Any, shell32: Any) -> None:
        self._user32, self._shell32 = user32, shell32
        # A handle is as wide as an address; ctypes would cut it to an int.
        user32.GetForegroundWindow.restype = HWND
        user32.SetForegroundWindow.argtypes = (HWND,)
        user32.SetWindowPos.argtypes = (HWND, HWND, *[ctypes.c_int] * 4, UINT)

    def message_number(self, name: str) -> int:
        """A message's number, the same for all programs until the session ends."""
        return int(self._user32.RegisterWindowMessageW(name))

    def send(self, message: Message, data: BarData) -> int:
        native = _AppBarData(sizeof(_AppBarData), data.window, data.callback, data.edge, RECT(*data.frame), 0)
        answer = int(self._shell32.SHAppBarMessage(int(message), byref(native)))
        data.frame = Rect(native.rc.left, native.rc.top, native.rc.right, native.rc.bottom)
        return answer

    def put_below_all(self, window: int) -> None:
        self._user32.SetWindowPos(window, _HWND_BOTTOM, 0, 0, 0, 0, _NO_SIZE_MOVE_ACTIVATION)

    def put_above_all(self, window: int) -> None:
        self._user32.SetWindowPos(window, _HWND_TOPMOST, 0, 0, 0, 0, _NO_SIZE_MOVE_ACTIVATION)

    def foreground(self) -> int:
        """The window that has the keyboard; 0 while it changes."""
        return int(self._user32.GetForegroundWindow() or 0)

    def give_keyboard(self, window: int) -> bool:
        """Bring a window to the foreground; False when Windows does not let it."""
        return bool(self._user32.SetForegroundWindow(window))

    def register_hotkey(self, modifiers: int, virtual_key: int) -> bool:
        """Have a key come to this thread; False when another program has it."""
        return bool(self._user32.RegisterHotKey(None, _HOTKEY_ID, modifiers | _MOD_NOREPEAT, virtual_key))

    def unregister_hotkey(self) -> None:
        """Give the key back."""
        self._user32.UnregisterHotKey(None, _HOTKEY_ID)


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, on_message: Callable[[int, int, int, int], None]) -> None:
        super().__init__()
        self._on_message = on_message

    def nativeEventFilter(self, _kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        native = MSG.from_address(int(message))
        self._on_message(int(native.hWnd or 0), int(native.message), int(native.wParam), int(native.lParam))
        return False, 0


class WindowsDesktop(QObject):
    """The desktop of Windows; its shell keeps the room free and tells when an application is in full screen."""

    can_dock: ClassVar[bool] = True
    has_hotkeys: ClassVar[bool] = True
    rearranged = Signal()
    hotkey_pressed = Signal()

    def __init__(self, system: WindowsSystem, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._system = system
        self._callback = system.message_number("nba-desktop bar")
        self._taskbar_created = system.message_number("TaskbarCreated")
        self._bar = AppBar(system, self._callback)
        self._ours: set[int] = set()
        self._before = 0
        self._has_hotkey = False
        self._filter = _Filter(self.on_message)
        app = QCoreApplication.instance()
        assert app is not None
        app.installNativeEventFilter(self._filter)

    # ---- room at the edge

    def prepare(self, window: QWidget, docked: bool) -> None:
        self._ours.add(int(window.winId()))
        # The widget's own setter would make the native window anew.
        handle = window.windowHandle()
        handle.setFlag(Qt.WindowType.FramelessWindowHint, docked)
        handle.setFlag(Qt.WindowType.WindowStaysOnTopHint, True)

    def come_up(self, window: QWidget, _docked: bool) -> None:
        window.show()

    def reserve(self, window: QWidget, edge: Edge, _all: tuple[Monitor, ...], at: Monitor, width: int) -> Rect:
        frame = self._bar.reserve(int(window.winId()), edge, at.frame, width)
        if frame is None:
            raise DockError(FailureCode.DOCK_IMPOSSIBLE)
        return frame

    def release(self, window: QWidget) -> None:
        if self._bar.window == int(window.winId()):
            self._bar.remove()

    # ---- the keyboard

    def has_keyboard(self, window: QWidget) -> bool:
        return self._system.foreground() == int(window.winId())

    def bring_forward(self, window: QWidget) -> None:
        foreground = self._system.foreground()
        if foreground not in self._ours:
            self._before = foreground
        window.raise_()
        # Windows allows it to the program whose key was pressed, or that the person is working in.
        self._system.give_keyboard(int(window.winId()))

    def give_back(self) -> bool:
        return bool(self._before) and self._system.give_keyboard(self._before)

    def register_hotkey(self, hotkey: Hotkey) -> bool:
        self.release_hotkey()
        self._has_hotkey = self._system.register_hotkey(hotkey.windows_modifiers, hotkey.virtual_key)
        return self._has_hotkey

    def release_hotkey(self) -> None:
        if self._has_hotkey:
            self._system.unregister_hotkey()
        self._has_hotkey = False

    # ---- what Windows tells

    def on_message(self, window: int, message: int, wparam: int, lparam: int) -> None:
        """Take a message of this thread."""
        if message == _WM_HOTKEY and wparam == _HOTKEY_ID:
            self.hotkey_pressed.emit()
        elif message == self._taskbar_created:
            if self._bar.on_taskbar_created():
                self.rearranged.emit()
        elif window and window == self._bar.window:
            if message == self._callback:
                if self._bar.on_notification(wparam, lparam):
                    self.rearranged.emit()
            elif message == _WM_ACTIVATE:
                self._bar.on_activated()
            elif message == _WM_WINDOWPOSCHANGED:
                self._bar.on_moved()

    def close(self) -> None:
        self._bar.remove()
        self.release_hotkey()
        app = QCoreApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self._filter)
