"""Loads the panel's modules in the order that takes the least time and memory."""

from __future__ import annotations

import linecache
from importlib import import_module
from typing import Final

NEW_OBJECTS: Final = 10_000
"""So many new objects before Python looks for garbage: what a program loads stays."""
WITHOUT_QT: Final = (
    "nba_desktop.session.session",
    "nba_desktop.adapters.agent_stores",
    "nba_desktop.adapters.embedded_backend",
    "nba_desktop.adapters.flight.recorder",
    "nba_desktop.adapters.settings_loading",
)
_WITH_QT: Final = ("PySide6.QtWidgets", "nba_desktop.ui.panel.content", "nba_desktop.app")


def load_panel() -> None:
    """Load the panel as if `nba_desktop.app` was imported.

    PySide reads the source of each module that is imported after it, and Python keeps what was read. So what needs no
    Qt comes first, and what was read is forgotten after each part, for the next one to take its place: forgotten once,
    at the end, it would leave ten megabytes of holes.
    """
    for name in (*WITHOUT_QT, *_WITH_QT):
        import_module(name)
        linecache.clearcache()
