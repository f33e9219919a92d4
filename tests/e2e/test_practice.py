"""The practice as a process of its own: one in a session, gone when it is told, and nothing left of it."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from nba_desktop.adapters.practice_process import PRACTICE_LEAVES, practice_instance
from tests.e2e.processes import COMMAND, LIMIT_S, run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="looks for the socket's file")


def files(home: Path) -> set[Path]:
    return {path for path in home.rglob("*") if not path.is_dir() and "fontconfig" not in path.parts}


def test_a_practice_runs_once_and_leaves_when_a_call_comes(own_home: Path) -> None:
    before = files(own_home)
    process = subprocess.Popen([*COMMAND, "practice", "--language", "en"], stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + LIMIT_S
        sent = False
        while not sent and time.monotonic() < deadline:
            if files(own_home) != before:
                second = run("practice")
                assert second.returncode == 0
                assert "already running" in second.stderr
                sent = practice_instance().send_to_running(PRACTICE_LEAVES, 2_000)
        assert sent
        assert process.wait(LIMIT_S) == 0
    finally:
        process.kill()
        process.wait()
    assert files(own_home) == before
