"""The real bus of assistive technology, and a small screen reader on it."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.desktop.talking import ROOT, Talking
from tests.desktop.xserver import LIMIT_S, XServer, wait_for

LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
SYSTEM_PYTHON = "/usr/bin/python3"


def missing() -> list[str]:
    """What of the bus and the reader is not installed."""
    parts = [] if shutil.which("dbus-daemon") else ["dbus-daemon"]
    if _launcher() is None:
        parts.append("at-spi2-core")
    can_read = (
        Path(SYSTEM_PYTHON).exists()
        and not subprocess.run(
            [SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False, timeout=LIMIT_S
        ).returncode
    )
    return parts if can_read else [*parts, "python3-pyatspi"]


def _launcher() -> str | None:
    return next((path for path in LAUNCHERS if Path(path).exists()), None)


@contextmanager
def accessibility_bus(screen: XServer, folder: Path) -> Iterator[None]:
    """Give the programs of a screen a session bus of their own with the accessibility bus on it."""
    launcher = _launcher()
    assert launcher is not None
    folder.mkdir(mode=0o700, parents=True)
    screen.environ["XDG_RUNTIME_DIR"] = str(folder)
    with subprocess.Popen(
        ["dbus-daemon", "--session", "--print-address", "--nofork"], process_group=0,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=screen.environ,
    ) as bus:  # fmt: skip
        try:
            assert bus.stdout is not None
            screen.environ["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
            screen.environ |= {"QT_ACCESSIBILITY": "1", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
            with subprocess.Popen(
                [launcher, "--launch-immediately"], process_group=bus.pid,
                env=screen.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            ) as service:  # fmt: skip
                try:
                    yield
                finally:
                    service.terminate()
        finally:
            # The bus of assistive technology and its registry are started by these two and outlive them.
            os.killpg(bus.pid, signal.SIGKILL)


class Reader:
    """Reads and operates one program by what the bus says of it, and by nothing else."""

    def __init__(self, talking: Talking) -> None:
        self._talking = talking
        self._orders = itertools.count()

    def read(self) -> list[dict[str, Any]]:
        """Every node that is showing, in reading order."""
        return self._ask(read=True)["tree"]  # type: ignore[no-any-return]

    def names(self) -> list[str]:
        """What is there to be heard."""
        return [node["name"] for node in self.read() if node["name"]]

    def press(self, name: str, role: str | None = None) -> None:
        """Carry out the action of the one control that has, begins with, or holds this name, once it can be used."""
        order = {"do": name} if role is None else {"do": name, "role": role}
        found: list[object] = []

        def pressed() -> bool:
            answer = self._ask(**order)
            found[:] = answer.get("found", ())
            return bool(answer.get("done"))

        try:
            wait_for(f"one control named {name!r}", pressed)
        except AssertionError as never:
            raise AssertionError(f"{never}; so named {found}, there are {self.names()}") from never

    def write(self, text: str, into: str) -> None:
        """Put a text into the field of this name, once it is there."""
        wait_for(f"a field named {into!r}", lambda: bool(self._ask(type=text, into=into).get("typed")))

    @property
    def announced(self) -> list[str]:
        """Everything that was announced, in order."""
        return [str(one) for one in self._talking.all("announced")]

    def hear(self, words: str) -> None:
        """Wait until something with these words was announced."""
        try:
            wait_for(f"{words!r} announced", lambda: any(words in one for one in self.announced))
        except AssertionError as never:
            raise AssertionError(f"{never}; heard {self.announced}") from never

    def _ask(self, **order: Any) -> dict[str, Any]:
        number = next(self._orders)
        self._talking.tell(json.dumps({**order, "order": number}))
        wait_for("an answer of the reader", lambda: self._talking.last("answer") == number)
        return next(one for one in reversed(self._talking.said) if one.get("answer") == number)


@contextmanager
def reader(screen: XServer) -> Iterator[Reader]:
    """Start the screen reader; it has found the panel when this yields."""
    environ = {name: value for name, value in screen.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    with subprocess.Popen(
        [SYSTEM_PYTHON, str(ROOT / "tests" / "desktop" / "reader.py"), "nba-desktop"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environ,
    ) as process:  # fmt: skip
        try:
            talking = Talking(process)
            wait_for("the panel on the bus", lambda: talking.last("found") is not None)
            yield Reader(talking)
        finally:
            process.kill()
