"""What is said to Windows, and what is made of its messages, with libraries written for the tests."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes.wintypes import RECT
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.dock.desktop import DockError
from nba_desktop.adapters.dock.geometry import Monitor, Rect
from nba_desktop.adapters.dock.hotkeys import Hotkey, parse_hotkey
from nba_desktop.adapters.dock.windows import WindowsDesktop, WindowsSystem
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.window_place import Edge

MONITOR = Monitor("1", Rect(0, 0, 1920, 1080))
WM_ACTIVATE, WM_WINDOWPOSCHANGED, WM_HOTKEY = 0x0006, 0x0047, 0x0312
FULL_SCREEN, POSITION_CHANGED = 2, 1
ELSEWHERE = 4711
NEW, REMOVE, SET_POSITION = 0, 1, 3


class Function:
    """A function of a library as ctypes gives it: called, and told its types."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.calls: list[tuple[Any, ...]] = []

    def __call__(self, *arguments: Any) -> Any:
        self.calls.append(arguments)
        return self.answer(*arguments) if callable(self.answer) else self.answer


class Windows:
    """Both libraries."""

    def __init__(self) -> None:
        self.refuses = False
        self.bars: list[tuple[int, int, Rect]] = []
        numbers = {"nba-desktop bar": 0xC001, "TaskbarCreated": 0xC002}
        self.user32 = SimpleNamespace(
            RegisterWindowMessageW=Function(numbers.__getitem__),
            GetForegroundWindow=Function(ELSEWHERE),
            SetForegroundWindow=Function(1),
            SetWindowPos=Function(1),
            RegisterHotKey=Function(1),
            UnregisterHotKey=Function(1),
        )
        self.shell32 = SimpleNamespace(SHAppBarMessage=Function(self._take))

    def _take(self, message: int, reference: Any) -> int:
        data = reference._obj
        assert data.cbSize == type(data).lParam.offset + type(data).lParam.size
        # A task bar of 40 pixels.
        if message == SET_POSITION - 1:
            data.rc = RECT(data.rc.left, data.rc.top, data.rc.right, min(data.rc.bottom, 1040))
        frame = Rect(data.rc.left, data.rc.top, data.rc.right, data.rc.bottom)
        self.bars.append((message, int(data.hWnd), frame))
        return 0 if self.refuses else 1

    @property
    def messages(self) -> list[int]:
        return [message for message, _, _ in self.bars]


@pytest.fixture
def windows() -> Windows:
    return Windows()


@pytest.fixture
def desktop(qtbot: QtBot, windows: Windows) -> Iterator[WindowsDesktop]:
    desktop = WindowsDesktop(WindowsSystem(windows.user32, windows.shell32))
    yield desktop
    desktop.close()


@pytest.fixture
def window(qtbot: QtBot, desktop: WindowsDesktop) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    desktop.prepare(window, True)
    return window


def docked(desktop: WindowsDesktop, window: QWidget) -> int:
    desktop.reserve(window, Edge.RIGHT, (MONITOR,), MONITOR, 440)
    return int(window.winId())


def test_the_place_is_the_one_that_windows_grants(desktop: WindowsDesktop, window: QWidget, windows: Windows) -> None:
    frame = desktop.reserve(window, Edge.RIGHT, (MONITOR,), MONITOR, 440)
    assert frame == Rect(1480, 0, 1920, 1040)
    assert windows.bars[-1] == (SET_POSITION, int(window.winId()), frame)


def test_a_refusal_is_said(desktop: WindowsDesktop, window: QWidget, windows: Windows) -> None:
    windows.refuses = True
    with pytest.raises(DockError) as refused:
        docked(desktop, window)
    assert refused.value.code is FailureCode.DOCK_IMPOSSIBLE


def test_a_docked_window_has_no_frame_and_a_floating_one_has(desktop: WindowsDesktop, window: QWidget) -> None:
    assert window.windowHandle().flags() & Qt.WindowType.FramelessWindowHint
    desktop.prepare(window, False)
    assert not window.windowHandle().flags() & Qt.WindowType.FramelessWindowHint


def test_the_shell_is_told_of_activation_and_moves_of_the_bar_alone(
    desktop: WindowsDesktop, window: QWidget, windows: Windows
) -> None:
    bar = docked(desktop, window)
    windows.bars.clear()
    for message in (WM_ACTIVATE, WM_WINDOWPOSCHANGED):
        desktop.on_message(bar, message, 0, 0)
        desktop.on_message(ELSEWHERE, message, 0, 0)
    assert windows.messages == [0x6, 0x9]


def test_full_screen_puts_the_bar_to_the_bottom(desktop: WindowsDesktop, window: QWidget, windows: Windows) -> None:
    bar = docked(desktop, window)
    desktop.on_message(bar, 0xC001, FULL_SCREEN, 1)
    assert windows.user32.SetWindowPos.calls[-1][:2] == (bar, 1)
    desktop.on_message(bar, 0xC001, FULL_SCREEN, 0)
    assert windows.user32.SetWindowPos.calls[-1][:2] == (bar, -1)


@pytest.mark.parametrize("message", [(0xC001, POSITION_CHANGED), (0xC002, 0)])
def test_another_order_of_the_bars_asks_for_a_new_place(
    desktop: WindowsDesktop, window: QWidget, qtbot: QtBot, message: tuple[int, int]
) -> None:
    bar = docked(desktop, window)
    with qtbot.waitSignal(desktop.rearranged):
        desktop.on_message(bar, *message, 0)


def test_the_room_is_given_back_once(desktop: WindowsDesktop, window: QWidget, windows: Windows) -> None:
    docked(desktop, window)
    desktop.release(window)
    desktop.release(window)
    assert windows.messages.count(REMOVE) == 1


def hotkey() -> Hotkey:
    found = parse_hotkey("Ctrl+Alt+N")
    assert found is not None
    return found


def test_the_hotkey_comes_as_a_message(desktop: WindowsDesktop, windows: Windows, qtbot: QtBot) -> None:
    assert desktop.register_hotkey(hotkey())
    assert windows.user32.RegisterHotKey.calls == [(None, 1, 0x4000 | 0x1 | 0x2, ord("N"))]
    with qtbot.waitSignal(desktop.hotkey_pressed):
        desktop.on_message(0, WM_HOTKEY, 1, 0)
    desktop.close()
    assert windows.user32.UnregisterHotKey.calls == [(None, 1)]


def test_a_hotkey_of_another_program_is_not_given_back(desktop: WindowsDesktop, windows: Windows) -> None:
    windows.user32.RegisterHotKey.answer = 0
    assert not desktop.register_hotkey(hotkey())
    desktop.close()
    assert windows.user32.UnregisterHotKey.calls == []


def test_the_keyboard_goes_back_to_the_window_that_had_it(
    desktop: WindowsDesktop, window: QWidget, windows: Windows
) -> None:
    assert not desktop.give_back()
    assert not desktop.has_keyboard(window)
    desktop.bring_forward(window)
    assert windows.user32.SetForegroundWindow.calls[-1] == (int(window.winId()),)
    # Brought forward again while it is in front, it does not become the one before.
    windows.user32.GetForegroundWindow.answer = int(window.winId())
    assert desktop.has_keyboard(window)
    desktop.bring_forward(window)
    assert desktop.give_back()
    assert windows.user32.SetForegroundWindow.calls[-1] == (ELSEWHERE,)
