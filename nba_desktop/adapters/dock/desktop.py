"""What the window needs of a windowing system."""

from __future__ import annotations

from typing import ClassVar, Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from nba_desktop.adapters.dock.geometry import Monitor, Rect
from nba_desktop.adapters.dock.hotkeys import Hotkey
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.window_place import Edge


class Desktop(Protocol):
    """One windowing system; `rearranged` says that the room at the edges has changed.

    `can_dock` and `has_hotkeys` say what it allows at all.
    """

    can_dock: ClassVar[bool]
    has_hotkeys: ClassVar[bool]

    @property
    def rearranged(self) -> SignalInstance:
        """Told when other docks came, went or moved."""

    @property
    def hotkey_pressed(self) -> SignalInstance:
        """Told when the key was pressed, wherever the keyboard was."""

    def prepare(self, window: QWidget, docked: bool, /) -> None:
        """Make a hidden window one that is docked, or one like any other."""

    def come_up(self, window: QWidget, docked: bool, /) -> None:
        """Show a prepared window, a floating one before all others but those in full screen; it takes no keyboard."""

    def reserve(self, window: QWidget, edge: Edge, monitors: tuple[Monitor, ...], at: Monitor, width: int, /) -> Rect:
        """Keep `width` physical pixels free at an edge and return where the window goes.

        Raises `DockError` when the edge cannot be had.
        """

    def release(self, window: QWidget, /) -> None:
        """Give the room back."""

    def has_keyboard(self, window: QWidget, /) -> bool:
        """Whether the system says that the keyboard is a window's, or that of a menu which it has opened."""

    def bring_forward(self, window: QWidget, /) -> None:
        """Show a window before the others and give it the keyboard, as the person has just asked for."""

    def give_back(self) -> bool:
        """Give the keyboard to the window that had it before ours; False when there is none."""

    def register_hotkey(self, hotkey: Hotkey, /) -> bool:
        """Have a key come as `hotkey_pressed`, wherever it is pressed, instead of the one before.

        False when another program has it; then there is none.
        """

    def release_hotkey(self) -> None:
        """Leave the key to the others."""

    def close(self) -> None:
        """Give everything back."""


class DockError(Exception):
    """The edge cannot be had; `code` says why."""

    def __init__(self, code: FailureCode) -> None:
        super().__init__(code.value)
        self.code = code
