"""The protocol of a Windows application desktop toolbar, step by step as Microsoft describes it.

Not verified on Windows: the order of the messages and what is made of the answers are tested with a shell written for
the tests. Source: “Using Application Desktop Toolbars”,
learn.microsoft.com/windows/win32/shell/application-desktop-toolbars.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Protocol

from nba_desktop.adapters.dock.geometry import Rect, docked_frame
from nba_desktop.domain.window_place import Edge


class Message(IntEnum):
    """What the shell is told (ABM_…)."""

    NEW = 0x0
    REMOVE = 0x1
    QUERY_POSITION = 0x2
    SET_POSITION = 0x3
    ACTIVATE = 0x6
    POSITION_CHANGED = 0x9


class Notification(IntEnum):
    """What the shell tells (ABN_…), as `wParam` of the message that was registered."""

    STATE_CHANGE = 0x0
    POSITION_CHANGED = 0x1
    FULL_SCREEN_APP = 0x2
    WINDOW_ARRANGE = 0x3


_EDGES: Final = {Edge.LEFT: 0, Edge.RIGHT: 2}
"""ABE_LEFT and ABE_RIGHT."""


_NOWHERE: Final = Rect(0, 0, 0, 0)


@dataclass(slots=True)
class BarData:
    """APPBARDATA: the shell writes what it grants into `frame`; physical pixels."""

    window: int
    callback: int = 0
    edge: int = 0
    frame: Rect = _NOWHERE


class Shell(Protocol):
    """The part of Windows that keeps the bars; what moves a window up or down neither sizes nor activates it."""

    def send(self, message: Message, data: BarData) -> int:
        """SHAppBarMessage: 0 means refused for NEW."""

    def put_below_all(self, window: int) -> None:
        """HWND_BOTTOM."""

    def put_above_all(self, window: int) -> None:
        """HWND_TOPMOST."""


class AppBar:
    """One bar at a time; it must be taken away before its window is gone, or its room stays taken."""

    def __init__(self, shell: Shell, callback: int) -> None:
        self._shell = shell
        self._callback = callback
        self._window = 0

    @property
    def window(self) -> int:
        """The window that is a bar now; 0 when none is."""
        return self._window

    def reserve(self, window: int, edge: Edge, monitor: Rect, width: int) -> Rect | None:
        """Make a window the bar at an edge and return the place it is to be moved to; None when Windows refuses."""
        if self._window != window:
            self.remove()
            if not self._shell.send(Message.NEW, BarData(window, self._callback)):
                return None
            self._window = window
            self._shell.put_above_all(window)
        data = BarData(window, self._callback, _EDGES[edge], docked_frame(edge, monitor, width))
        self._shell.send(Message.QUERY_POSITION, data)
        # The shell moves the side at the edge away from other bars, and leaves the opposite one to us.
        data.frame = _of_width(edge, data.frame, width)
        self._shell.send(Message.SET_POSITION, data)
        return data.frame

    def remove(self) -> None:
        """Give the room back."""
        if self._window:
            self._shell.send(Message.REMOVE, BarData(self._window))
        self._window = 0

    def on_notification(self, what: int, argument: int) -> bool:
        """Take what the shell tells; True when the bar has to be placed anew."""
        if not self._window:
            return False
        if what == Notification.FULL_SCREEN_APP:
            put = self._shell.put_below_all if argument else self._shell.put_above_all
            put(self._window)
        return what == Notification.POSITION_CHANGED

    def on_activated(self) -> None:
        """WM_ACTIVATE came to the window: the shell wants to know."""
        if self._window:
            self._shell.send(Message.ACTIVATE, BarData(self._window))

    def on_moved(self) -> None:
        """WM_WINDOWPOSCHANGED came to the window: the shell wants to know."""
        if self._window:
            self._shell.send(Message.POSITION_CHANGED, BarData(self._window))

    def on_taskbar_created(self) -> bool:
        """The shell was started anew and knows no bars; True when the bar has to be placed anew."""
        had = bool(self._window)
        self._window = 0
        return had


def _of_width(edge: Edge, granted: Rect, width: int) -> Rect:
    left, top, right, bottom = granted
    return Rect(left, top, left + width, bottom) if edge is Edge.LEFT else Rect(right - width, top, right, bottom)
