"""How a key is written, and which keys belong to typing, to editing or to the system; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

_ORDER: Final = ("Meta", "Ctrl", "Alt", "Shift")
"""The order in which Qt writes the modifiers (`QKeySequence.PortableText`)."""
_FUNCTIONS: Final = frozenset(f"F{number}" for number in range(1, 25))
_NAMED: Final = (
    *("Esc", "Tab", "Backtab", "Backspace", "Return", "Enter", "Ins", "Del", "Pause", "Print", "SysReq", "Clear"),
    *("Home", "End", "Left", "Up", "Right", "Down", "PgUp", "PgDown", "Space", "Menu", "Help"),
    *("CapsLock", "NumLock", "ScrollLock"),
)
_KEYS: Final = {name.casefold(): name for name in (*_NAMED, *_FUNCTIONS)}

_SYSTEM: Final = frozenset(
    {
        *("Alt+F4", "Alt+Tab", "Alt+Shift+Tab", "Alt+Esc", "Alt+Space", "Alt+Return", "Alt+Enter", "Alt+Print"),
        *("Ctrl+Esc", "Ctrl+Shift+Esc", "Ctrl+Alt+Del", "Ctrl+Alt+Backspace", "Ctrl+Alt+Tab", "Shift+F10"),
    }
)
_SYSTEM_KEYS: Final = frozenset({"Print", "SysReq", "Menu", "CapsLock", "NumLock", "ScrollLock", "Pause"})
_EDITING: Final = frozenset(
    {
        *(f"Ctrl+{letter}" for letter in "ACVXYZ"),
        "Ctrl+Shift+Z",
        *(f"Ctrl+{shift}{key}" for shift in ("", "Shift+") for key in ("Left", "Right", "Up", "Down", "Home", "End")),
        *(f"Ctrl+{key}" for key in ("Backspace", "Del", "Ins", "Return", "Enter")),
    }
)
_LEVEL_3: Final = frozenset("EQM0237890ß+<-")
"""What types a character with AltGr on German keyboards; Windows reports AltGr as Ctrl+Alt."""


class KeyFault(StrEnum):
    """Why something cannot be the key of a command."""

    TAKEN = "taken"
    TYPING = "typing"
    EDITING = "editing"
    SYSTEM = "system"
    FIXED = "fixed"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"


def read_key(text: str) -> str | None:
    """A key as it is always written, such as `Ctrl+Alt+N`; None when the text names no single key."""
    if not text.strip():
        return None
    # The key itself may be the plus.
    head, plus, key = text.strip().rpartition("+")
    if not key and head.endswith("+"):
        head, key = head[:-1], "+"
    elif not key and plus:
        head, key = "", "+" if text.strip() == "+" else ""
    modifiers = {one.strip().capitalize() for one in head.split("+")} if head else set()
    if not modifiers <= set(_ORDER):
        return None
    name = _KEYS.get(key.strip().casefold()) or (key.strip().upper() if len(key.strip()) == 1 else "")
    if not name or not name.isprintable():
        return None
    if len(name) > 1 and name.casefold() not in _KEYS:
        # Such as ß, which has no single capital.
        name = key.strip()
    if name == "Backtab":
        name = "Tab"
        modifiers.add("Shift")
    return "+".join((*(one for one in _ORDER if one in modifiers), name))


def fault_of(key: str, *, everywhere: bool) -> KeyFault | None:
    """What a key, as `read_key` writes it, is used for already; `everywhere` asks for a key of the whole desktop."""
    *modifiers, name = key.split("+") if not key.endswith("+") else (*key[:-2].split("+"), "+")
    held = frozenset(filter(None, modifiers))
    if "Meta" in held or key in _SYSTEM or name in _SYSTEM_KEYS:
        return KeyFault.SYSTEM
    if name in _FUNCTIONS:
        # Ctrl+Alt+F1 leads to a text console.
        return KeyFault.SYSTEM if {"Ctrl", "Alt"} <= held else None
    if held <= {"Shift"}:
        return KeyFault.TYPING
    if key in _EDITING:
        return KeyFault.EDITING
    if {"Ctrl", "Alt"} <= held and len(name) == 1 and (not everywhere or name in _LEVEL_3):
        return KeyFault.TYPING
    if everywhere and not (len(name) == 1 and name.isascii() and name.isalnum()) and name != "Space":
        return KeyFault.UNREADABLE
    return None
