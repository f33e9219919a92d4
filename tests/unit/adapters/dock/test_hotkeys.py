"""A key for the whole desktop, as X11 and Windows want it."""

from __future__ import annotations

import pytest

from nba_desktop.adapters.dock.hotkeys import DEFAULT, parse_hotkey

SHIFT, CONTROL, ALT, SUPER = 1, 4, 8, 64
MOD_ALT, MOD_CONTROL, MOD_SHIFT, MOD_WIN = 1, 2, 4, 8


@pytest.mark.parametrize(
    ("text", "keysym", "x_modifiers", "virtual_key", "windows_modifiers"),
    [
        (DEFAULT, ord("n"), CONTROL | ALT, 0x4E, MOD_CONTROL | MOD_ALT),
        ("Meta+Space", 0x20, SUPER, 0x20, MOD_WIN),
        ("Ctrl+Shift+7", ord("7"), CONTROL | SHIFT, 0x37, MOD_CONTROL | MOD_SHIFT),
        ("F12", 0xFFC9, 0, 0x7B, 0),
        ("Shift+F1", 0xFFBE, SHIFT, 0x70, MOD_SHIFT),
    ],
)
def test_a_key_is_known_to_both(
    text: str, keysym: int, x_modifiers: int, virtual_key: int, windows_modifiers: int
) -> None:
    hotkey = parse_hotkey(text)
    assert hotkey is not None
    assert (hotkey.keysym, hotkey.x_modifiers) == (keysym, x_modifiers)
    assert (hotkey.virtual_key, hotkey.windows_modifiers) == (virtual_key, windows_modifiers)


@pytest.mark.parametrize(
    "text", ["N", "Shift+N", "Space", "Ctrl+Ö", "Ctrl+K, Ctrl+N", "nonsense", "", "Ctrl+", "Ctrl+Esc"]
)
def test_what_the_agent_needs_elsewhere_or_no_system_knows_is_none(text: str) -> None:
    assert parse_hotkey(text) is None
