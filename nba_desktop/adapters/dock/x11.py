"""X11: room reserved by the window manager's hints, a grabbed key, and the keyboard given back.

A docked window is of the type dock: a normal one that reserves room is pushed out of it again by some window managers.
Some managers give a dock the keyboard on a click, others only when it asks; so it asks. The manager puts windows in
full screen before a dock, and forgets what was reserved when the window goes, however the program ends.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import ClassVar, Final

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QNativeInterface, QWindow
from PySide6.QtWidgets import QWidget

from nba_desktop.adapters.dock.desktop import DockError
from nba_desktop.adapters.dock.geometry import Monitor, Rect, Strut, docked_frame, free_area, is_outer_edge, strut_of
from nba_desktop.adapters.dock.hotkeys import Hotkey
from nba_desktop.adapters.dock.xcb import PROPERTY_CHANGE, Connection, KeyPressed, Library
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.window_place import Edge

_PARTIAL: Final = "_NET_WM_STRUT_PARTIAL"
_WHOLE: Final = "_NET_WM_STRUT"
_ACTIVE: Final = "_NET_ACTIVE_WINDOW"
_EVERY_DESKTOP: Final = 0xFFFFFFFF
_PERSON: Final = 2
"""Who asks the window manager: not a program of its own accord, but a person who has just pressed something."""
_ADD: Final = 1
_MOST_BEFORE: Final = 16
_ONCE_MORE_MS: Final = 150
_LOCKS: Final = tuple(caps | num for caps in (0, 1 << 1) for num in (0, 1 << 4))
"""Caps Lock and Num Lock are modifiers, too; a key is grabbed with and without them."""


class X11Desktop(QObject):
    """The desktop of an X server, with a window manager that follows the Extended Window Manager Hints."""

    can_dock: ClassVar[bool] = True
    has_hotkeys: ClassVar[bool] = True
    rearranged = Signal()
    hotkey_pressed = Signal()

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        native = QGuiApplication.instance().nativeInterface()  # type: ignore[union-attr]
        assert isinstance(native, QNativeInterface.QX11Application)
        self._qt = Connection(library, native.connection())
        self._own = Connection(library)
        self._before: deque[int] = deque(maxlen=_MOST_BEFORE)
        self._time = 0
        self._ours: set[int] = set()
        self._grabbed: list[tuple[int, int]] = []
        self._watched: list[QWindow] = []
        self._own.watch(self._own.root, PROPERTY_CHANGE)
        self._remember_active()
        self._notifier = QSocketNotifier(self._own.descriptor, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        # An event may come with an answer that was waited for; then the descriptor does not become readable for it.
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._read)
        self._soon.start()
        # Some managers give the keyboard to the next window when the strip goes, after they were asked for the panel.
        self._wanted: QWidget | None = None
        self._once_more = QTimer(self, interval=_ONCE_MORE_MS, singleShot=True)
        self._once_more.timeout.connect(self._insist)

    # ---- room at the edge

    def prepare(self, window: QWidget, docked: bool) -> None:
        window.setAttribute(Qt.WidgetAttribute.WA_X11NetWmWindowTypeDock, docked)
        identity = int(window.winId())
        self._ours.add(identity)
        if docked:
            # Read by the manager when the window comes up; a window that goes down loses it.
            self._qt.set_numbers(identity, "_NET_WM_DESKTOP", "CARDINAL", [_EVERY_DESKTOP])
        else:
            self._qt.remove(identity, "_NET_WM_DESKTOP")
        # A new window with this time gets no keyboard. Qt says so only when it shows the window, but a minimised one is
        # new to the manager as soon as its state changes.
        clock = (*self._qt.numbers(identity, "_NET_WM_USER_TIME_WINDOW"), identity)[0]
        self._qt.set_numbers(clock, "_NET_WM_USER_TIME", "CARDINAL", [0])
        handle = window.windowHandle()
        if handle not in self._watched:
            self._watched.append(handle)
            handle.installEventFilter(self)

    def come_up(self, window: QWidget, docked: bool) -> None:
        window.show()
        if not docked:
            # Qt's flag would make the native window anew, and a dock that has this state covers full screen, too.
            above = self._qt.atom("_NET_WM_STATE_ABOVE")
            self._qt.ask_manager(int(window.winId()), "_NET_WM_STATE", [_ADD, above, 0, _PERSON])
            self._qt.flush()

    def reserve(self, window: QWidget, edge: Edge, monitors: tuple[Monitor, ...], at: Monitor, width: int) -> Rect:
        if not is_outer_edge(edge, at.frame, monitors):
            raise DockError(FailureCode.DOCK_INNER_EDGE)
        desktop = Rect(0, 0, *self._own.size_of_root())
        others = [area for strut in self._others() for area in strut.areas(desktop)]
        frame = docked_frame(edge, free_area(at.frame, others), width)
        strut = strut_of(edge, frame, desktop)
        identity = int(window.winId())
        if self._qt.numbers(identity, _PARTIAL) != tuple(strut):
            self._qt.set_numbers(identity, _PARTIAL, "CARDINAL", strut)
            self._qt.set_numbers(identity, _WHOLE, "CARDINAL", strut[:4])
            self._qt.flush()
        self._soon.start()
        return frame

    def release(self, window: QWidget) -> None:
        for name in (_PARTIAL, _WHOLE):
            self._qt.remove(int(window.winId()), name)
        self._qt.flush()

    def _others(self) -> Iterator[Strut]:
        for window in self._own.numbers(self._own.root, "_NET_CLIENT_LIST"):
            if window in self._ours:
                continue
            values = self._own.numbers(window, _PARTIAL)
            if len(values) == len(Strut._fields):
                yield Strut(*values)

    # ---- the keyboard

    def has_keyboard(self, window: QWidget) -> bool:
        # Qt does not know when a menu came up by the very click that gave the window the keyboard.
        active = self._own.numbers(self._own.root, _ACTIVE)
        self._soon.start()
        return active[:1] == (int(window.winId()),)

    def bring_forward(self, window: QWidget) -> None:
        window.raise_()
        self._activate(int(window.winId()))
        self._wanted = window
        self._once_more.start()

    def _insist(self) -> None:
        if self._wanted is not None and self._wanted.isVisible() and not self._wanted.isActiveWindow():
            self._activate(int(self._wanted.winId()))

    def give_back(self) -> bool:
        self._once_more.stop()
        there = self._own.numbers(self._own.root, "_NET_CLIENT_LIST")
        self._soon.start()
        while self._before:
            if self._before[-1] in there:
                self._activate(self._before[-1])
                return True
            # It was closed meanwhile.
            self._before.pop()
        return False

    def _activate(self, window: int) -> None:
        # The time of the hotkey is the person's last deed only until he does something else.
        time, self._time = self._time, 0
        # Over Qt's connection: the manager must have heard of a window that has just been shown.
        self._qt.ask_manager(window, _ACTIVE, [_PERSON, time])
        self._qt.flush()

    def register_hotkey(self, hotkey: Hotkey) -> bool:
        self.release_hotkey()
        wanted = [(code, hotkey.x_modifiers | locks) for code in self._own.keycodes(hotkey.keysym) for locks in _LOCKS]
        for code, modifiers in wanted:
            if not self._own.grab_key(code, modifiers):
                self.release_hotkey()
                return False
            self._grabbed.append((code, modifiers))
        self._soon.start()
        return bool(wanted)

    def release_hotkey(self) -> None:
        for code, modifiers in self._grabbed:
            self._own.ungrab_key(code, modifiers)
        self._grabbed.clear()
        self._own.flush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.MouseButtonPress
            and isinstance(watched, QWindow)
            and watched is not QGuiApplication.focusWindow()
        ):
            watched.requestActivate()
        return super().eventFilter(watched, event)

    # ---- what comes from the server

    def _read(self) -> None:
        for event in self._own.events():
            if isinstance(event, KeyPressed):
                self._time = event.time
                self.hotkey_pressed.emit()
            elif event.atom == self._own.atom(_ACTIVE):
                self._remember_active()
            elif event.atom == self._own.atom("_NET_WORKAREA"):
                self.rearranged.emit()

    def _remember_active(self) -> None:
        for window in self._own.numbers(self._own.root, _ACTIVE)[:1]:
            if window and window not in self._ours:
                if window in self._before:
                    self._before.remove(window)
                self._before.append(window)

    def close(self) -> None:
        self._once_more.stop()
        self._soon.stop()
        self._notifier.setEnabled(False)
        self._own.close()
