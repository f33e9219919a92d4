"""The agent's own review as a process of its own, started by the panel for whoever the panel is signed in as."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Sequence
from typing import Final

_GRACE_S: Final = 1.0


class ReviewBeside:
    """One review beside a panel; it ends with the panel, whose backend it asks."""

    def __init__(self, arguments: Sequence[str], program: Sequence[str] | None = None) -> None:
        """`arguments` are what a review of this panel is started with, beside its backend; `program` starts it."""
        self._arguments = tuple(arguments)
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_open(self) -> bool:
        """Whether the one that was started is still there."""
        return self._process is not None and self._process.poll() is None

    def start(self, url: str, token: str) -> bool:
        """Start it on a backend, and say whether the system could; the token goes where nobody else can read it."""
        command = (*self._command(), "me", "--backend", url, "--token-stdin", *self._arguments)
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                env={**os.environ, "PYTHONUTF8": "1"},
                # Ctrl+C in the terminal is for the panel, which ends it.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError:
            return False
        self._process = process
        return self.renew(token)

    def renew(self, token: str) -> bool:
        """Tell it the token, and each that takes its place; say whether it listens."""
        process = self._process
        if process is None or process.stdin is None:
            return False
        try:
            process.stdin.write(f"{token}\n".encode())
            process.stdin.flush()
        except OSError:
            return False
        return True

    def stop(self) -> None:
        """End it with the panel."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        if process.stdin is not None:
            # What is still in it goes nowhere any more.
            with contextlib.suppress(OSError):
                process.stdin.close()
        try:
            process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _command(self) -> Sequence[str]:
        if self._program is not None:
            return self._program
        from nba_desktop.adapters.scheme.url_scheme import program_command

        return program_command()
