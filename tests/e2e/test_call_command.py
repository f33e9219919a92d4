"""A softphone that starts a program: the call reaches the panel that runs already."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from tests.e2e.processes import COMMAND, LIMIT_S, rows, run, site_backend

pytestmark = pytest.mark.timeout(180)


def test_the_call_command_hands_a_call_to_the_running_panel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    picture = tmp_path / "panel.png"
    with site_backend(tmp_path / "site") as site:
        panel = subprocess.Popen(
            [
                *(*COMMAND, "panel", "--backend", site.url, "--token-stdin", "--language", "en"),
                *("--data", str(tmp_path / "panel"), "--snapshot", str(picture)),
            ],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert panel.stdin is not None
            panel.stdin.write(f"{site.token}\n")
            panel.stdin.flush()
            deadline = time.monotonic() + LIMIT_S
            while not list(runtime.glob("*.sock")):
                assert panel.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.02)
            done = run("call", "nba-desktop:call?number=%2B493512805504&id=softphone-1&state=ringing")
            assert done.returncode == 0, done.stderr
            _, complaints = panel.communicate(timeout=LIMIT_S)
        finally:
            panel.kill()
            panel.wait()
        assert panel.returncode == 0, complaints
        assert picture.stat().st_size > 0
        assert rows(site.data, "SELECT number_e164, agent_id FROM contacts") == [("+493512805504", "anna")]


@pytest.mark.parametrize(
    "url",
    ["--help", "nba-desktop:open?x=1", "https://example.org", "nba-desktop:call?number='; rm -rf /&id=1&state=ringing"],
)
def test_what_is_no_call_is_refused_without_repeating_it(url: str) -> None:
    done = run("call", "--", url)
    assert done.returncode == 2
    assert "not a call URL" in done.stderr
    assert url not in done.stderr


def test_without_the_token_the_panel_says_what_it_misses() -> None:
    done = run("panel", "--backend", "http://127.0.0.1:9", "--token-stdin", stdin="")
    assert done.returncode == 2
    assert "no token came on standard input" in done.stderr
