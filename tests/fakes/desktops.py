"""A windowing system and a Windows shell that remember what they were asked."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from nba_desktop.adapters.dock.appbar import BarData, Message
from nba_desktop.adapters.dock.desktop import DockError
from nba_desktop.adapters.dock.geometry import Monitor, Rect, docked_frame
from nba_desktop.adapters.dock.hotkeys import Hotkey
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.window_place import Edge


class FakeDesktop(QObject):
    """Grants every edge unless `refused` says why not."""

    can_dock: ClassVar[bool] = True
    has_hotkeys: ClassVar[bool] = True
    rearranged = Signal()
    hotkey_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.refused: FailureCode | None = None
        self.hotkey_is_free = True
        self.reserved: dict[QWidget, Rect] = {}
        self.asked: list[tuple[Edge, str, int]] = []
        self.hotkeys: list[str] = []
        self.forward: list[QWidget] = []
        self.in_front: list[QWidget] = []
        self.given_back = 0
        self.closed = False

    def prepare(self, window: QWidget, docked: bool) -> None:
        assert not window.isVisible()
        window.winId()
        # As a window manager does; the offscreen platform draws frames, too.
        window.windowHandle().setFlag(Qt.WindowType.FramelessWindowHint, docked)

    def come_up(self, window: QWidget, docked: bool) -> None:
        window.show()
        if not docked:
            self.in_front.append(window)

    def reserve(self, window: QWidget, edge: Edge, monitors: tuple[Monitor, ...], at: Monitor, width: int) -> Rect:
        self.asked.append((edge, at.name, width))
        if self.refused is not None:
            raise DockError(self.refused)
        self.reserved[window] = docked_frame(edge, at.frame, width)
        return self.reserved[window]

    def release(self, window: QWidget) -> None:
        self.reserved.pop(window, None)

    def has_keyboard(self, window: QWidget) -> bool:
        return window.isActiveWindow()

    def bring_forward(self, window: QWidget) -> None:
        self.forward.append(window)

    def give_back(self) -> bool:
        self.given_back += 1
        return True

    def register_hotkey(self, hotkey: Hotkey) -> bool:
        self.hotkeys.append(hotkey.text)
        return self.hotkey_is_free

    def release_hotkey(self) -> None:
        self.hotkeys.append("")

    def close(self) -> None:
        self.closed = True


class FakeShell:
    """A Windows shell with a screen and other programs' bars on it."""

    def __init__(self, free: Rect) -> None:
        self.free = free
        self.refuses = False
        self.said: list[tuple[str, int]] = []
        self.bars: dict[int, Rect] = {}

    def send(self, message: Message, data: BarData) -> int:
        self.said.append((message.name, data.window))
        if message is Message.NEW:
            if self.refuses or data.window in self.bars:
                return 0
            self.bars[data.window] = Rect(0, 0, 0, 0)
            return 1
        assert data.window in self.bars, f"{message.name} for a window that is no bar"
        match message:
            case Message.REMOVE:
                del self.bars[data.window]
            case Message.QUERY_POSITION | Message.SET_POSITION:
                data.frame = self._granted(data)
                if message is Message.SET_POSITION:
                    self.bars[data.window] = data.frame
            case _:
                pass
        return 1

    def put_below_all(self, window: int) -> None:
        self.said.append(("below", window))

    def put_above_all(self, window: int) -> None:
        self.said.append(("above", window))

    def _granted(self, data: BarData) -> Rect:
        """As Windows does: the side at the edge is moved, the opposite one is left as it was asked for."""
        left, top, right, bottom = data.frame
        top, bottom = max(top, self.free.top), min(bottom, self.free.bottom)
        if data.edge == 0:
            return Rect(max(left, self.free.left), top, right, bottom)
        return Rect(left, top, min(right, self.free.right), bottom)
