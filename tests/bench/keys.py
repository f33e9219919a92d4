"""Keys typed into another program while calls come to the panel, on a real window manager."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

from nba_desktop.demo.telephone import Telephone
from tests.desktop.talking import talking
from tests.desktop.test_docked_panel import HELMUT, KEYS, LISA, play_a_whole_call, running
from tests.desktop.xserver import MISSING, wait_for, x_server

_LIMIT_S = 60.0
_DELAY_MS = "40"


def keys_lost() -> tuple[int | None, str]:
    """How many of 200 keys did not come to the other program, and what was done; None with why it was not tried."""
    if MISSING:
        return None, f"not installed: {', '.join(MISSING)}"
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="nba-bench-keys-"))
        screen = stack.enter_context(x_server())
        telephone = Telephone("--secret", "cti-demo", "--speed", "4")
        stack.callback(telephone.stop)
        other = stack.enter_context(talking(screen, "tests.desktop.other_program"))
        wait_for("the other program's keyboard", lambda: screen.active == other.last("window") != 0, _LIMIT_S)
        arguments = (str(Path(folder) / "data"), str(telephone.port))
        panel = stack.enter_context(talking(screen, "tests.desktop.panel_program", *arguments))
        wait_for("the panel's link", lambda: panel.last("link") == "up", _LIMIT_S)
        calls = 0
        with running(screen, "xdotool", "type", "--delay", _DELAY_MS, KEYS) as typing:
            while typing.poll() is None:
                play_a_whole_call(telephone, panel, (HELMUT, LISA)[calls % 2])
                calls += 1
        # What has not come by now does not come any more: the keys behind it did.
        wait_for("the last key", lambda: other.last("key") == KEYS[-1], _LIMIT_S)
        typed = other.all("key")
    return len(KEYS) - _in_order(KEYS, typed), f"{len(KEYS)} keys during {calls} calls"


def _in_order(expected: str, typed: list[str]) -> int:
    """How many of the expected keys came, in their order."""
    rest = iter(typed)
    return sum(1 for key in expected if any(key == one for one in rest))
