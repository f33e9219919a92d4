"""A small file for where the window was."""

from __future__ import annotations

from pathlib import Path

from nba_desktop.adapters.files import write_atomically


def load_window(path: Path) -> bytes | None:
    """Where the window was, as Qt's own bytes; None when that is not known."""
    try:
        return bytes.fromhex(path.read_text("ascii"))
    except (OSError, ValueError):
        return None


def save_window(path: Path, geometry: bytes) -> bool:
    """Remember where the window is, and say whether that worked; nothing but comfort depends on it."""
    try:
        write_atomically(path, geometry.hex().encode())
    except OSError:
        return False
    return True
