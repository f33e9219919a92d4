"""The processes of a site that faults happen to: its backend, which may be killed, and a bad network before it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final, Self

from tests.e2e.processes import COMMAND

_ROOT: Final = Path(__file__).parents[2]
_LIMIT_S: Final = 60.0
LOG: Final = "backend.log"
"""What the backend of a site's folder said on standard error."""


_MAKE_SITE: Final = "import sys, pathlib, tests.e2e.processes as p; print(p.make_site(pathlib.Path(sys.argv[1])))"


def new_site(data: Path) -> str:
    """Make a site with the sample customers, as another process: the backend's code stays out of this one.

    Returns the token of its agent.
    """
    made = subprocess.run(
        [sys.executable, "-c", _MAKE_SITE, str(data)], cwd=_ROOT, capture_output=True, text=True, check=True
    )
    return made.stdout.strip()


class KillableBackend:
    """A site's backend that keeps its port when it is started again after it was killed."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self.port = 0
        self._log = (data / LOG).open("ab")
        self._process = self._started()

    @property
    def pid(self) -> int:
        """Of the process that serves now."""
        return self._process.pid

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_running(self) -> bool:
        """Whether it was not killed, or started again since."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.communicate(timeout=_LIMIT_S)

    def start_again(self) -> None:
        """Start it once more, at the same port."""
        self._process = self._started()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate(timeout=_LIMIT_S)
        self._log.close()

    def _started(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*COMMAND, "backend", "serve", "--data", str(self._data), "--port", str(self.port)],
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        assert process.stdout is not None
        hello = process.stdout.readline()
        assert hello, f"the backend did not start: {(self._data / LOG).read_text(encoding='utf-8')[-2000:]}"
        self.port = int(json.loads(hello)["url"].rsplit(":", 1)[1])
        return process


class Network:
    """The process of `bad_network`."""

    def __init__(self, backend_port: int, seed: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.bad_network", str(backend_port), str(seed)],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = f"http://127.0.0.1:{self._read()}"

    def calm(self) -> None:
        """Let everything pass from now on."""
        self._ask("calm")

    def count(self) -> dict[str, int]:
        """How often each damage was done."""
        counted: dict[str, int] = json.loads(self._ask("count"))
        return counted

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=_LIMIT_S)

    def _ask(self, word: str) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()
