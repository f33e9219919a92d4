"""However a demo ends, it leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from nba_desktop.demo.scenarios import run_scenario
from nba_desktop.paths import resource
from nba_desktop.ui.panel.window import PanelWindow
from tests.e2e.processes import LIMIT_S

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(os.name != "posix", reason="signals"),
]

# On the screen, though there is none: what the window looks like is not what is tested here.
PROGRAM = """
import sys
from nba_desktop.cli import _parser
from nba_desktop.demo.options import run
sys.exit(run(_parser().parse_args(["demo", *sys.argv[1:]]), headless="--headless" in sys.argv))
"""


@pytest.mark.parametrize(
    ("arguments", "number", "code"),
    [
        ((), signal.SIGINT, 0),
        (("--headless",), signal.SIGTERM, 1),
        (("--scenario", "queue-call"), signal.SIGTERM, 0),
        (("--profile",), signal.SIGINT, 0),
    ],
    ids=["screen-interrupted", "headless", "scenario", "profile-interrupted"],
)
def test_a_demo_that_is_told_to_end_removes_its_folder(
    arguments: tuple[str, ...], number: signal.Signals, code: int, tmp_path: Path
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments, "--out", str(tmp_path / "out")],
        env={**os.environ, "TMPDIR": str(temporary), "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + LIMIT_S
    # Once the panel has its outbox, everything is being started.
    while not list(temporary.glob("nba-desktop-demo-*/**/outbox.sqlite3")):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(number)
    _, complaints = process.communicate(timeout=LIMIT_S)
    assert process.returncode == code, complaints
    assert list(temporary.glob("nba-desktop-demo-*")) == []
    assert "Traceback" not in complaints


def test_a_training_ends_when_its_window_is_closed(qapp: QApplication, capsys: pytest.CaptureFixture[str]) -> None:
    def close() -> None:
        for window in qapp.topLevelWidgets():
            if isinstance(window, PanelWindow) and window.isVisible():
                window.close()

    closing = QTimer(interval=500)
    closing.timeout.connect(close)
    closing.start()
    folder = resource("telephony", "scenarios")
    assert run_scenario("queue-call", folder, headless=False, keep=False, language="de", speed=1.0) == 0
    assert "Ein Anruf aus der Warteschlange" in capsys.readouterr().out
