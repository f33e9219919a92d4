"""Calls by URL: this program as the one that the desktop opens `nba-desktop:` addresses with, for this user.

For every user of a machine the installers do it, with the same values.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from nba_desktop.adapters.scheme.desktop import desktop_state, register_desktop, unregister_desktop
from nba_desktop.adapters.scheme.registry import (
    delete_registry,
    read_registry,
    registry_state,
    registry_values,
    write_registry,
)
from nba_desktop.adapters.scheme.state import SchemeState


def program_command() -> tuple[str, ...]:
    """How this program is started: the bundle's own file, the installed command, or Python with the package."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    installed = Path(sys.executable).with_name("nba-desktop.exe" if sys.platform == "win32" else "nba-desktop")
    return (str(installed),) if installed.is_file() else (sys.executable, "-m", "nba_desktop")


def register(command: Sequence[str]) -> None:
    """Make `command` the one that opens call URLs. Raises `SettingsError` when a place cannot be written."""
    if sys.platform == "win32":
        write_registry(registry_values(command))
    else:
        register_desktop(command, os.environ)


def unregister() -> None:
    """Undo `register` and leave what others have set, also in its place. Raises `SettingsError`."""
    if sys.platform == "win32":
        delete_registry()
    else:
        unregister_desktop(os.environ)


def check_scheme() -> SchemeState:
    """Whether the desktop opens call URLs with this program; only reads. Raises `SettingsError`."""
    if sys.platform == "win32":
        return registry_state(read_registry())
    else:  # noqa: RET505 - so that mypy sees one platform's branch and not dead code
        return desktop_state(os.environ)
