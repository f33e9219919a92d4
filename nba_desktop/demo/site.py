"""The demo's backend: the embedded one with the sample site, and telephone systems that report to it."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from nba_desktop.adapters.embedded_backend import EmbeddedBackend, RunningBackend, backend_command
from nba_desktop.demo.waiting import DemoError

AGENT: Final = "panel"
"""Whose panel the embedded backend serves."""

_COLLEAGUE: Final = "colleague"

_USERS: Final = {
    "zammad": (("Anna Adler", AGENT), ("Ben Brandt", _COLLEAGUE)),
    "sipgate": (("Anna Adler", AGENT), ("Ben Brandt", _COLLEAGUE)),
    # It names nobody when it begins to ring: the number that is called does.
    "placetel": (("7777abcdefg@fpbx.de", AGENT), ("8888abcdefg@fpbx.de", _COLLEAGUE), ("030555000", AGENT)),
}
"""Whom each telephone system means by which user."""

_PUBLIC_URL: Final = "https://nba.example.org"

_RUNNER: Final = """
import contextlib, io, json, sys
from nba_desktop.cli import main
answers = []
for line in sys.stdin:
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = main(json.loads(line))
    if code:
        sys.stderr.write(said.getvalue())
        sys.exit(code)
    answers.append(said.getvalue())
print(json.dumps(answers))
"""
"""The backend's commands in one process: each one alone would take a second to start."""

_LIMIT_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Hook:
    """A telephone system's way into the backend: the path with its token, or the key it signs with."""

    path: str
    key: str = ""

    def headers(self, body: bytes) -> dict[str, str]:
        """Return the headers of a report with this body."""
        if not self.key:
            return {"Content-Type": "application/x-www-form-urlencoded" if body[:1] != b"{" else "application/json"}
        signature = hmac.new(self.key.encode(), body, hashlib.sha256).hexdigest()
        return {"Content-Type": "application/x-www-form-urlencoded", "X-PLACETEL-SIGNATURE": signature}


class DemoSite:
    """A backend in `data`, with a hook for each of `dialects`; ended by `stop`."""

    def __init__(self, data: Path, dialects: Iterable[str]) -> None:
        self.hooks = _made_hooks(data, sorted(set(dialects)))
        self._backend = EmbeddedBackend(backend_command(data))
        self.running: RunningBackend = self._backend.start()

    def stop(self) -> None:
        """End the backend."""
        self._backend.stop()


def _made_hooks(data: Path, dialects: list[str]) -> dict[str, Hook]:
    """Make the telephone systems and say who their users are, by the commands that an administrator gives."""
    if not dialects:
        return {}
    # A user of a telephone system stands for an agent whom the backend knows.
    commands = [["token", "create", "--agent", agent, "--role", "agent"] for agent in (AGENT, _COLLEAGUE)]
    users = [(dialect, *user) for dialect in dialects for user in _USERS[dialect]]
    made = [["hook", "create", one, "--dialect", one, "--public-url", _PUBLIC_URL] for one in dialects]
    mapped = [["hook", "map", dialect, "--user", user, "--agent", agent] for dialect, user, agent in users]
    answers = run_commands(data, [["samples", "load"], *made, *commands, *mapped])
    return dict(zip(dialects, map(_hook, answers[1:]), strict=False))


def _hook(answer: str) -> Hook:
    address, *key = answer.split()
    parts = urlsplit(address)
    return Hook(f"{parts.path}?{parts.query}" if parts.query else parts.path, *key)


def run_commands(data: Path, commands: list[list[str]]) -> list[str]:
    """Run commands of the backend and return what each printed. Raises `DemoError`."""
    lines = "\n".join(json.dumps(["backend", *command, "--data", str(data)]) for command in commands)
    done = subprocess.run(
        [sys.executable, "-c", _RUNNER],
        input=lines,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_LIMIT_S,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    if done.returncode:
        raise DemoError(f"the backend's site cannot be set up: {done.stderr.strip()}")
    answers: list[str] = json.loads(done.stdout)
    return answers
