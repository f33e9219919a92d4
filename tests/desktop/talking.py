"""A process that is told lines and answers with lines of JSON."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.desktop.xserver import XServer, wait_for

ROOT = Path(__file__).parents[2]


class Talking:
    """Keeps everything the process has said."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said: list[dict[str, Any]] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(json.loads(line))

    def tell(self, line: str) -> None:
        """Say a line to it."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def all(self, key: str) -> list[Any]:
        """Everything it has said under a key."""
        return [one[key] for one in list(self.said) if key in one]

    def last(self, key: str) -> Any:
        """What it said last under a key; None when it has not."""
        return next(reversed(self.all(key)), None)

    def wait_for(self, key: str, is_right: Callable[[Any], bool]) -> None:
        """Wait until what it said last under a key is right."""
        wait_for(f"the right {key!r} (last: {self.last(key)!r})", lambda: is_right(self.last(key)))


@contextmanager
def talking(screen: XServer, module: str, *arguments: str) -> Iterator[Talking]:
    """Run a module of the tests on a screen; it is killed afterwards if it has not ended by itself."""
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=screen.environ, cwd=ROOT,
    ) as process:  # fmt: skip
        try:
            yield Talking(process)
        finally:
            process.kill()
