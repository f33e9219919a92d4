"""The panel's place on the screen: docked or floating, open or as a strip, on the monitor the agent chose."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from nba_desktop.adapters.dock import hotkeys
from nba_desktop.adapters.dock.desktop import Desktop, DockError
from nba_desktop.adapters.dock.geometry import chosen_monitor
from nba_desktop.adapters.dock.place import load_place, save_place
from nba_desktop.adapters.dock.screens import independent, monitor_of, name_of, named_screens
from nba_desktop.adapters.window_file import load_window, save_window
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import Notice
from nba_desktop.domain.window_place import STRIP_WIDTH, Edge, WindowPlace

_PLACE_FILE: Final = "dock.json"
_WINDOW_FILE: Final = "window"
_SETTLED_MS: Final = 100
_TITLE_BAR: Final = 36
_FLOATING_STRIP_HEIGHT: Final = 320
# Elsewhere, as under Wayland, a program cannot bring its window up; the alert is what there is.
_CAN_RAISE: Final = frozenset({"xcb", "windows", "cocoa"})


class Controls(Protocol):
    """What the agent moves the panel with."""

    @property
    def edge_chosen(self) -> SignalInstance:
        """Carries an `Edge`."""

    @property
    def monitor_chosen(self) -> SignalInstance:
        """Carries the name of a monitor."""

    @property
    def width_chosen(self) -> SignalInstance:
        """Carries a width in device-independent pixels, and whether it is final."""

    @property
    def collapse_chosen(self) -> SignalInstance:
        """Carries whether only the strip is to be shown."""

    def show_place(self, place: WindowPlace, *, docked: bool, can_dock: bool, monitors: tuple[str, ...]) -> None:
        """Show where the panel is, and where it could be."""


class DockedWindow(QObject):
    """Keeps the panel, or the strip in its stead, where the agent wants it; `noticed` carries what is not possible.

    Only what the agent does himself gives one of the windows the keyboard.
    """

    noticed = Signal(object)

    def __init__(
        self,
        panel: QWidget,
        strip: QWidget,
        controls: Controls,
        desktop: Desktop,
        folder: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel, self._strip, self._controls, self._desktop = panel, strip, controls, desktop
        self._folder = folder
        self._place = load_place(folder / _PLACE_FILE)
        self._floating = load_window(folder / _WINDOW_FILE)
        self._floated_at: QRect | None = None
        self._size, self._smallest = panel.size(), panel.minimumSize()
        self._docked: dict[QWidget, bool] = {}
        self._refused: FailureCode | None = None
        self._shown = False
        self._later = QTimer(self, interval=_SETTLED_MS, singleShot=True)
        self._later.timeout.connect(self._arrange)
        controls.edge_chosen.connect(self.choose_edge)
        controls.monitor_chosen.connect(self.choose_monitor)
        controls.width_chosen.connect(self._on_width)
        controls.collapse_chosen.connect(self.collapse)
        desktop.rearranged.connect(self._later.start)
        desktop.hotkey_pressed.connect(self.bring_forward)
        for window in (panel, strip):
            window.installEventFilter(self)
        self._follow_screens()

    @property
    def place(self) -> WindowPlace:
        """Where the agent wants the panel; what is possible may be another place."""
        return self._place

    @property
    def window(self) -> QWidget:
        """The one of the two windows that is shown."""
        return self._strip if self._place.collapsed else self._panel

    # ---- what the program does

    def show(self) -> None:
        """Show the window where it was the last time; it does not take the keyboard."""
        self._shown = True
        self._arrange()

    def bring_up(self) -> None:
        """A call rings: the window comes before what covers it, and the keyboard stays where it is."""
        window = self.window
        if window.isMinimized():
            # Some managers give the keyboard to a minimised window that is shown again, but not to one that is new.
            window.hide()
            is_dock = self._docked.get(window, False) or window is self._strip
            self._desktop.prepare(window, is_dock)
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            self._desktop.come_up(window, is_dock)
        if QApplication.platformName() in _CAN_RAISE:
            window.raise_()
        QApplication.alert(window)

    @property
    def has_hotkeys(self) -> bool:
        """Whether the system has keys for the whole desktop."""
        return self._desktop.has_hotkeys

    def register_hotkey(self, text: str | None) -> bool:
        """Let a key bring the panel forward instead of the one before, and say whether it does.

        None is the usual one where the system has such keys, empty is none. A key that cannot be had is told by
        `noticed`.
        """
        wanted = hotkeys.DEFAULT if text is None else text
        if not wanted or (text is None and not self._desktop.has_hotkeys):
            self._desktop.release_hotkey()
            return True
        hotkey = hotkeys.parse_hotkey(wanted)
        if hotkey is None or not self._desktop.has_hotkeys:
            self.noticed.emit(Notice(FailureCode.HOTKEY_IMPOSSIBLE, (("key", wanted),)))
            return False
        if not self._desktop.register_hotkey(hotkey):
            self.noticed.emit(Notice(FailureCode.HOTKEY_TAKEN, (("key", wanted),)))
            return False
        return True

    def stop(self) -> None:
        """Remember the place and give the room back; both windows are closed."""
        self._later.stop()
        self._shown = False
        self._keep_floating()
        save_place(self._folder / _PLACE_FILE, self._place)
        if self._floating is not None:
            save_window(self._folder / _WINDOW_FILE, self._floating)
        for window in (self._panel, self._strip):
            window.removeEventFilter(self)
            if window in self._docked:
                self._desktop.release(window)
            window.close()
        self._desktop.close()

    # ---- what the agent does

    def bring_forward(self) -> None:
        """Open the panel before all other windows and give it the keyboard."""
        if not self._shown:
            return
        if self._place.collapsed:
            self._move(WindowPlace(self._place.edge, self._place.width, False, self._place.monitor))
        if self._panel.isMinimized():
            self._panel.setWindowState(self._panel.windowState() & ~Qt.WindowState.WindowMinimized)
        self._give_keyboard(self._panel)

    def give_back(self) -> None:
        """Give the keyboard to the window that had it before, in another program."""
        self._desktop.give_back()

    def collapse(self, collapsed: bool) -> None:
        """Show only the strip, and give the keyboard back; or the panel again, which gets it."""
        if collapsed == self._place.collapsed:
            return
        if not collapsed:
            self.bring_forward()
            return
        had_keyboard = self._desktop.has_keyboard(self._panel)
        self._keep_floating()
        self._move(WindowPlace(self._place.edge, self._place.width, True, self._place.monitor))
        if had_keyboard:
            self._desktop.give_back()

    def choose_edge(self, edge: Edge) -> None:
        """Dock the panel at an edge of the monitor it is on, or let it float."""
        self._keep_floating()
        self._refused = None
        self._move(WindowPlace(edge, self._place.width, self._place.collapsed, name_of(self.window.screen())))

    def choose_monitor(self, name: str) -> None:
        """Go to another monitor."""
        self._refused = None
        self._move(WindowPlace(self._place.edge, self._place.width, self._place.collapsed, name))

    def _on_width(self, width: int, final: bool) -> None:
        place = WindowPlace(self._place.edge, width, self._place.collapsed, self._place.monitor)
        if final:
            self._move(place)
        elif not self._place.collapsed and self._docked.get(self._panel):
            # The others are moved once, when the agent lets go.
            now = self._panel.geometry()
            left = now.left() if place.edge is Edge.LEFT else now.right() + 1 - place.width
            self._panel.setGeometry(left, now.top(), place.width, now.height())

    def _move(self, place: WindowPlace) -> None:
        self._place = place
        save_place(self._folder / _PLACE_FILE, place)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A key that comes to the window itself is one that nothing in it had a use for.
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self._desktop.give_back()
        ):
            return True
        return super().eventFilter(watched, event)

    # ---- placing

    def _arrange(self) -> None:
        if not self._shown:
            return
        place, window = self._place, self.window
        other = self._panel if window is self._strip else self._strip
        screens = named_screens()
        frame = self._docked_frame(window, place, screens)
        docked = frame is not None
        had_keyboard = self._desktop.has_keyboard(window)
        if self._docked.get(window) != docked:
            # The kind of a window is read when it comes up.
            window.hide()
            self._desktop.prepare(window, docked or window is self._strip)
            if not docked:
                self._desktop.release(window)
        self._put(window, frame)
        self._docked[window] = docked
        if not window.isVisible():
            self._desktop.come_up(window, docked or window is self._strip)
            if had_keyboard:
                self._give_keyboard(window)
        if other in self._docked:
            other.hide()
            self._desktop.release(other)
            del self._docked[other]
        names = tuple(name for name, _ in screens)
        self._controls.show_place(place, docked=docked, can_dock=self._desktop.can_dock, monitors=names)

    def _give_keyboard(self, window: QWidget) -> None:
        if QGuiApplication.focusWindow() == window.windowHandle() and not window.isActiveWindow():
            # It was hidden a moment ago. Qt's widgets know at once that it has lost the keyboard, Qt's windows only
            # later; when it has the keyboard again before that, nobody tells the widgets. What Qt would rather have
            # called, `activateWindow`, asks the system, and tells them nothing either.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                QApplication.setActiveWindow(window)
        self._desktop.bring_forward(window)

    def _docked_frame(self, window: QWidget, place: WindowPlace, screens: list[tuple[str, QScreen]]) -> QRect | None:
        if place.edge is Edge.FLOATING or not self._desktop.can_dock:
            return None
        monitors = tuple(monitor_of(name, screen) for name, screen in screens)
        at = chosen_monitor(monitors, place.monitor, place.edge)
        width = STRIP_WIDTH if place.collapsed else place.width
        try:
            frame = self._desktop.reserve(window, place.edge, monitors, at, round(width * at.scale))
        except DockError as error:
            if error.code is not self._refused:
                self._refused = error.code
                self.noticed.emit(Notice(error.code))
            return None
        self._refused = None
        return independent(frame, at)

    def _put(self, window: QWidget, frame: QRect | None) -> None:
        if frame is not None:
            smallest = self._smallest
            if window is self._panel:
                window.setMinimumSize(min(smallest.width(), frame.width()), min(smallest.height(), frame.height()))
            if window.geometry() != frame:
                window.setGeometry(frame)
        elif window is self._strip:
            self._put_strip()
        elif self._docked.get(window) is not False:
            window.setMinimumSize(self._smallest)
            if not (self._floating and window.restoreGeometry(self._floating)):
                self._put_floating()
            elif self._floated_at is not None and QGuiApplication.screenAt(self._floated_at.center()) is not None:
                # Qt keeps it out of the room that it has given back a moment ago.
                window.setGeometry(self._floated_at)

    def _put_floating(self) -> None:
        """At the right edge of the screen, no taller than it."""
        panel, screen = self._panel, self._panel.screen()
        free = screen.availableGeometry()
        right, top = free.right(), free.top()
        if panel in self._docked:
            # What it has given back a moment ago is not reported as free yet, and where a window without a frame is
            # put, the frame that it gets now goes above it.
            right, top = screen.geometry().right(), top + _TITLE_BAR
        height = min(self._size.height(), free.bottom() + 1 - top - _TITLE_BAR)
        panel.setMinimumHeight(min(self._smallest.height(), height))
        panel.resize(self._size.width(), height)
        panel.move(right - panel.width(), top)

    def _put_strip(self) -> None:
        """At the edge that the floating panel is nearer to, as high up as it is."""
        panel = self._panel.frameGeometry()
        free = self._panel.screen().availableGeometry()
        left = panel.center().x() < free.center().x()
        x = free.left() if left else free.right() + 1 - STRIP_WIDTH
        height = min(_FLOATING_STRIP_HEIGHT, free.height())
        y = min(max(panel.top(), free.top()), free.bottom() + 1 - height)
        self._strip.setGeometry(x, y, STRIP_WIDTH, height)

    def _keep_floating(self) -> None:
        if self._docked.get(self._panel) is False:
            self._floating = bytes(self._panel.saveGeometry().data())
            self._floated_at = None if self._panel.isMaximized() else self._panel.geometry()

    # ---- screens

    def _follow_screens(self) -> None:
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        for signal in (app.screenRemoved, app.primaryScreenChanged):
            signal.connect(lambda _: self._later.start())
        app.screenAdded.connect(self._on_screen_added)
        for screen in app.screens():
            self._follow(screen)

    def _on_screen_added(self, screen: QScreen) -> None:
        self._follow(screen)
        self._later.start()

    def _follow(self, screen: QScreen) -> None:
        for signal in (screen.geometryChanged, screen.availableGeometryChanged, screen.logicalDotsPerInchChanged):
            signal.connect(lambda _: self._later.start())
