"""A key for the whole desktop, in the words of X11 and of Windows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

DEFAULT: Final = "Ctrl+Alt+N"

_LETTERS: Final = range(Qt.Key.Key_A.value, Qt.Key.Key_Z.value + 1)
_DIGITS: Final = range(Qt.Key.Key_0.value, Qt.Key.Key_9.value + 1)
_FUNCTIONS: Final = range(Qt.Key.Key_F1.value, Qt.Key.Key_F24.value + 1)
_SPACE: Final = Qt.Key.Key_Space.value

_X_F1: Final = 0xFFBE
_VK_F1: Final = 0x70

_MODIFIERS: Final = (
    # Qt, the mask of X11, MOD_… of RegisterHotKey
    (Qt.KeyboardModifier.ShiftModifier, 1 << 0, 0x4),
    (Qt.KeyboardModifier.ControlModifier, 1 << 2, 0x2),
    (Qt.KeyboardModifier.AltModifier, 1 << 3, 0x1),
    (Qt.KeyboardModifier.MetaModifier, 1 << 6, 0x8),
)


@dataclass(frozen=True, slots=True)
class Hotkey:
    """A letter, a digit, the space bar or F1 to F24, with modifiers; an F key may stand alone."""

    text: str
    key: int
    modifiers: Qt.KeyboardModifier

    @property
    def keysym(self) -> int:
        """X11's number of the symbol on the key."""
        if self.key in _FUNCTIONS:
            return _X_F1 + self.key - _FUNCTIONS.start
        return ord(chr(self.key).lower())

    @property
    def x_modifiers(self) -> int:
        """X11's mask of the modifiers."""
        return sum(mask for modifier, mask, _ in _MODIFIERS if modifier in self.modifiers)

    @property
    def virtual_key(self) -> int:
        """Windows' number of the key."""
        return _VK_F1 + self.key - _FUNCTIONS.start if self.key in _FUNCTIONS else self.key

    @property
    def windows_modifiers(self) -> int:
        """Windows' mask of the modifiers."""
        return sum(mask for modifier, _, mask in _MODIFIERS if modifier in self.modifiers)


def parse_hotkey(text: str) -> Hotkey | None:
    """A key as it is written in the settings, such as `Ctrl+Alt+N`; None when it cannot be a key for the desktop."""
    sequence = QKeySequence.fromString(text, QKeySequence.SequenceFormat.PortableText)
    if sequence.count() != 1:
        return None
    combination: QKeyCombination = cast(Any, sequence)[0]
    key, modifiers = combination.key().value, combination.keyboardModifiers()
    alone = modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
    if key in _FUNCTIONS or (not alone and (key in _LETTERS or key in _DIGITS or key == _SPACE)):
        return Hotkey(text, key, modifiers)
    # A letter alone would be taken out of everything the agent writes elsewhere.
    return None
