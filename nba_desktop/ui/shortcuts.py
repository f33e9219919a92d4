"""Keys of a whole window, each made here: one press is one command."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def add_shortcut(
    parent: QWidget,
    keys: str | Qt.Key,
    pressed: Callable[[], object],
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> QShortcut:
    """Have a key do something once for each press, however long it is held down."""
    shortcut = QShortcut(QKeySequence(keys), parent, context=context)
    # Held a moment too long, a key would otherwise record and take back the same thing again and again.
    shortcut.setAutoRepeat(False)
    shortcut.activated.connect(pressed)
    return shortcut
