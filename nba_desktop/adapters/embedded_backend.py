"""The backend as a child process of the panel: found by a pipe, ended by a pipe, never an orphan."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from nba_desktop.domain.errors import BackendStartError

START_LIMIT_S: Final = 20.0

_LONGEST_LINE: Final = 64 * 1024
_TAIL_BYTES: Final = 8 * 1024
_LAST_WORDS_CHARS: Final = 2_000


class RunningBackend(BaseModel):
    """Where the child listens, the token that it made for this panel alone, and its version: its one line of JSON."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    url: Annotated[str, StringConstraints(min_length=1)]
    token: Annotated[str, StringConstraints(min_length=1)] = Field(repr=False)
    version: str


def backend_command(data_dir: Path, catalogue: Path | None = None, *, beside: bool = False) -> tuple[str, ...]:
    """The command of the embedded backend: with the sample site, or with a `catalogue` and nobody in it.

    A folder has one backend; with `beside` this is another one, for a window that looks on.
    """
    site = ("--samples",) if catalogue is None else ("--catalogue", str(catalogue))
    return (
        *(sys.executable, "-m", "nba_desktop"),
        *("backend", "serve", "--embedded", "--data", str(data_dir), *site),
        *(("--beside",) if beside else ()),
    )


class EmbeddedBackend:
    """One child process. It ends when its stdin ends: by `stop`, or with the panel, however the panel ends."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._tail = _Tail()

    def start(self, limit_s: float = START_LIMIT_S) -> RunningBackend:
        """Start the child and wait until it listens. Blocks; raises `BackendStartError` with its last words."""
        if getattr(sys, "frozen", False):
            raise BackendStartError("this build has no backend of its own; set the address of your site's backend")
        try:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**os.environ, "PYTHONUTF8": "1"},
                # Ctrl+C in the terminal is for the panel: it sends what is pending first, and then stops the child.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise BackendStartError(f"the backend cannot be started ({error.strerror})") from None
        self._process = process
        lines: SimpleQueue[bytes] = SimpleQueue()
        assert process.stdout is not None
        assert process.stderr is not None
        threading.Thread(target=_first_line_then_drain, args=(process.stdout, lines), daemon=True).start()
        self._tail.follow(process.stderr)
        try:
            return RunningBackend.model_validate_json(lines.get(timeout=limit_s))
        except Empty:
            problem = f"the backend did not come up within {limit_s:g} s"
        except ValidationError:
            problem = "the backend did not come up"
        self.stop(grace_s=1.0)
        raise BackendStartError(self._with_last_words(problem))

    @property
    def running(self) -> bool:
        """Whether the child is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def last_words(self) -> str:
        """The end of what the child wrote to stderr."""
        return self._tail.text()

    def stop(self, grace_s: float = 5.0) -> None:
        """End the child: by the end of its stdin, then by a signal, then by force. Blocks; may be called twice."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        for end in (process.terminate, process.kill):
            try:
                process.wait(grace_s)
                break
            except subprocess.TimeoutExpired:
                end()
        process.wait()
        self._tail.finish()

    def _with_last_words(self, problem: str) -> str:
        words = self.last_words
        if "No module named" in words:
            problem += "; its packages are missing: install nba-desktop[backend]"
        return f"{problem}; its last words:\n{words}" if words else f"{problem}, and left no word why"


def _first_line_then_drain(stream: IO[bytes], lines: SimpleQueue[bytes]) -> None:
    with stream:
        lines.put(stream.readline(_LONGEST_LINE))
        # A full pipe would stop the child.
        while stream.read1(_LONGEST_LINE):  # type: ignore[attr-defined]  # a BufferedReader
            pass


class _Tail:
    """The last bytes of a stream, kept while it is drained."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept = b""
        self._thread: threading.Thread | None = None

    def follow(self, stream: IO[bytes]) -> None:
        self._thread = threading.Thread(target=self._drain, args=(stream,), daemon=True)
        self._thread.start()

    def _drain(self, stream: IO[bytes]) -> None:
        with stream:
            while piece := stream.read1(_TAIL_BYTES):  # type: ignore[attr-defined]  # a BufferedReader
                with self._lock:
                    self._kept = (self._kept + piece)[-_TAIL_BYTES:]

    def finish(self) -> None:
        """Wait a moment for what the ended child had written; a grandchild may hold the pipe open."""
        if self._thread is not None:
            self._thread.join(1.0)

    def text(self) -> str:
        with self._lock:
            return self._kept.decode(errors="replace").strip()[-_LAST_WORDS_CHARS:]
