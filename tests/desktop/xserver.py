"""A screen nobody sees with a real window manager on it, and what can be asked of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

WIDTH, HEIGHT = 1600, 1000
TOOLS = ("Xvfb", "openbox", "xdotool", "xprop", "xrandr")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
LIMIT_S = 60.0


def wait_for(what: str, is_there: Callable[[], bool], limit_s: float = LIMIT_S) -> None:
    """Wait until something holds. Raises `AssertionError` with what never came."""
    deadline = time.monotonic() + limit_s
    while not is_there():
        assert time.monotonic() < deadline, f"never came: {what}"
        time.sleep(0.02)


class XServer:
    """One display; every answer is the X server's or the window manager's own."""

    def __init__(self, display: str) -> None:
        self.display = display
        self.environ = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_ACCESSIBILITY": "0"}

    def ask(self, *command: str) -> str:
        """What a command says."""
        run = subprocess.run(
            command, env=self.environ, capture_output=True, text=True, timeout=LIMIT_S, check=False, errors="replace"
        )
        return run.stdout

    def xdotool(self, *arguments: str) -> str:
        """Act as a person at keyboard and mouse would."""
        return self.ask("xdotool", *arguments).strip()

    def key(self, keys: str) -> None:
        """Press keys together."""
        self.xdotool("key", keys)

    def numbers(self, name: str, window: int | None = None) -> tuple[int, ...]:
        """A property of a window, or of the root window, as numbers."""
        where = ["-root"] if window is None else ["-id", str(window)]
        words = re.split(r"[=#]", self.ask("xprop", *where, "-notype", name), maxsplit=1)
        return tuple(int(number, 0) for number in re.findall(r"0x[0-9a-f]+|\d+", words[1])) if len(words) > 1 else ()

    @property
    def work_area(self) -> tuple[int, ...]:
        """Left, top, width and height of what other windows may cover."""
        return self.numbers("_NET_WORKAREA")[:4]

    @property
    def active(self) -> int:
        """The window that has the keyboard."""
        return next(iter(self.numbers("_NET_ACTIVE_WINDOW")), 0)

    @property
    def topmost(self) -> int:
        """The window before all others."""
        return self.numbers("_NET_CLIENT_LIST_STACKING")[-1]

    def geometry(self, window: int) -> tuple[int, int, int, int]:
        """Left, top, width and height of a window without its frame."""
        told = dict(re.findall(r"^(\w+)=(-?\d+)$", self.xdotool("getwindowgeometry", "--shell", str(window)), re.M))
        return int(told["X"]), int(told["Y"]), int(told["WIDTH"]), int(told["HEIGHT"])

    def set_mode(self, mode: str) -> None:
        """Change the resolution to 1280x800, or to what it was."""
        timing = ("83.5", "1280", "1352", "1480", "1680", "800", "803", "809", "831")
        self.ask("xrandr", "--newmode", "1280x800", *timing)
        self.ask("xrandr", "--addmode", "screen", "1280x800")
        self.ask("xrandr", "--output", "screen", "--mode", mode)

    def split(self, left: str, right: str) -> None:
        """Make two monitors beside each other of the screen."""
        half = WIDTH // 2
        self.ask("xrandr", "--setmonitor", left, f"{half}/200x{HEIGHT}/250+0+0", "screen")
        self.ask("xrandr", "--setmonitor", right, f"{half}/200x{HEIGHT}/250+{half}+0", "none")

    def unite(self, *monitors: str) -> None:
        """Make one monitor of them again."""
        for monitor in monitors:
            self.ask("xrandr", "--delmonitor", monitor)

    def click(self, window: int, x: int, y: int) -> None:
        """Click into a window."""
        left, top, _, _ = self.geometry(window)
        self.xdotool("mousemove", str(left + x), str(top + y), "click", "1")


@contextmanager
def x_server(manager: tuple[str, ...] = ("openbox", "--sm-disable"), log: Path | None = None) -> Iterator[XServer]:
    """Yield a display of our own with a window manager that is ready; its number is the server's choice."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        screen = XServer(f":{number}")
        with subprocess.Popen(manager, env=screen.environ, stderr=subprocess.DEVNULL) as running:
            try:
                wait_for("the window manager", lambda: len(screen.work_area) == 4)
                yield screen
            finally:
                running.terminate()
    finally:
        server.terminate()
        server.wait(LIMIT_S)
