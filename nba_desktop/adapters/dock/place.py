"""The agent's choice of a place, kept in a small file; nothing but comfort depends on it."""

from __future__ import annotations

import json
from pathlib import Path

from nba_desktop.adapters.files import write_atomically
from nba_desktop.domain.window_place import Edge, WindowPlace

_LARGEST_FILE = 64 * 1024


def load_place(path: Path) -> WindowPlace:
    """Where the window is to be; the usual place when that is not known, or not sense."""
    try:
        with path.open("rb") as file:
            values = json.loads(file.read(_LARGEST_FILE))
        edge, width, collapsed, monitor = (values[name] for name in ("edge", "width", "collapsed", "monitor"))
        if not (type(width) is int and isinstance(collapsed, bool) and isinstance(monitor, str)):
            return WindowPlace()
        return WindowPlace(Edge(edge), width, collapsed, monitor)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return WindowPlace()


def save_place(path: Path, place: WindowPlace) -> bool:
    """Remember where the window is, and say whether that worked."""
    values = {
        "edge": place.edge.value,
        "width": place.width,
        "collapsed": place.collapsed,
        "monitor": place.monitor,
    }
    try:
        write_atomically(path, json.dumps(values, indent=2).encode() + b"\n")
    except OSError:
        return False
    return True
