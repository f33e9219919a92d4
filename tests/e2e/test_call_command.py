"""A softphone that starts a program: the call reaches the panel that runs already."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nba_desktop import paths
from nba_desktop.adapters.single_instance import SingleInstance, session_key
from tests.e2e.processes import COMMAND, LIMIT_S, Site, rows, run, run_here, site_backend

pytestmark = pytest.mark.timeout(180)


URL = "nba-desktop:call?number=%2B493512805504&id=softphone-1&state=ringing"


def contacts(site: Site) -> Counter[tuple[str, str]]:
    """How often who was called by whom."""
    return Counter(rows(site.data, "SELECT number_e164, agent_id FROM contacts"))


def by_url() -> None:
    """As a softphone that starts a program with a URL."""
    done = run("call", URL)
    assert done.returncode == 0, done.stderr


def by_arguments() -> None:
    """As a softphone that starts a program with arguments, and does not know the caller's name."""
    done = run("call", "--number", "+49 351 2805504", "--state", "ringing", "--queue", "%QueueName%")
    assert done.returncode == 0, done.stderr


def by_desktop() -> None:
    """As a softphone, or a web page, that opens a URL and leaves the rest to the desktop."""
    assert run("scheme", "register").returncode == 0
    subprocess.run(["gio", "open", URL], check=True, timeout=LIMIT_S)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site_backend(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.mark.parametrize(
    "hand_over",
    [
        by_url,
        by_arguments,
        pytest.param(
            by_desktop,
            marks=pytest.mark.skipif(not shutil.which("gio"), reason="the package libglib2.0-bin is not installed"),
        ),
    ],
)
def test_a_call_is_handed_to_the_running_panel(
    hand_over: Callable[[], None], site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contacts(site)
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    picture = tmp_path / "panel.png"
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
        hand_over()
        _, complaints = panel.communicate(timeout=LIMIT_S)
    finally:
        panel.kill()
        panel.wait()
    assert panel.returncode == 0, complaints
    assert picture.stat().st_size > 0
    assert contacts(site) - before == {("+493512805504", "anna"): 1}


def test_a_call_is_not_lost_while_the_panel_of_the_last_one_still_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    instance = SingleInstance(paths.runtime_dir(), session_key())
    received: list[str] = []
    instance.message_received.connect(received.append)
    assert instance.acquire()
    second = subprocess.Popen([*COMMAND, "call", URL.replace("ringing", "answered")])
    # Longer than a call waits for the answer: the first panel is busy, and hears nobody.
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(4)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=int(LIMIT_S * 1000))
    assert second.returncode == 0
    assert set(received) == {URL.replace("ringing", "answered")}
    instance.release()


@pytest.mark.parametrize(
    "url",
    ["--help", "nba-desktop:open?x=1", "https://example.org", "nba-desktop:call?number='; rm -rf /&id=1&state=ringing"],
)
def test_what_is_no_call_is_refused_without_repeating_it(url: str) -> None:
    done = run_here("call", "--", url)
    assert done.returncode == 2
    assert "not a call URL" in done.stderr
    assert url not in done.stderr


def test_without_the_token_the_panel_says_what_it_misses() -> None:
    done = run("panel", "--backend", "http://127.0.0.1:9", "--token-stdin", stdin="")
    assert done.returncode == 2
    assert "no token came on standard input" in done.stderr
