"""Make up calls, look at them as a team lead would, and write the picture of the team window for the README."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication

from nba_desktop.adapters.settings import Settings
from nba_desktop.app import new_application
from nba_desktop.contract.codes import ReviewReason
from nba_desktop.domain.review import ReviewState
from nba_desktop.team.review import Review, ReviewLaunch

TARGET = Path(__file__).resolve().parents[1] / "docs" / "team.png"
CALLS = ("--calls", "9000", "--agents", "9", "--teams", "1", "--weeks", "10")
LIMIT_S = 60.0


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="nba-team-") as folder:
        data = Path(folder) / "data"
        command = [sys.executable, "-m", "nba_desktop", "backend", "sample", "--data", str(data), *CALLS]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        launch = ReviewLaunch(data, Settings(), Path(folder) / "preferences.json", language="de", theme="light")
        app = new_application()
        review = Review(launch, app)
        review.start()
        try:
            return _make(app, review)
        finally:
            review.stop()


def _make(app: QApplication, review: Review) -> int:
    def state() -> ReviewState:
        return ReviewState() if review.reviewing is None else review.reviewing.state

    _until(app, lambda: state().waits_for_reason)
    review.window.reason_given.emit(ReviewReason.COACHING_TALK, "")
    _until(app, lambda: state().team is not None)
    team = state().team
    assert team is not None
    # The line in the middle has lines on both sides.
    agents = sorted(row.agent for row in team.agents)
    review.window.agent_opened.emit(agents[len(agents) // 2])
    _until(app, lambda: state().person is not None)
    for _ in range(8):
        QCoreApplication.sendPostedEvents()
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
    return 0 if review.window.grab().save(str(TARGET)) else 1


def _until(app: QApplication, done: Callable[[], bool]) -> None:
    end = time.monotonic() + LIMIT_S
    while not done():
        if time.monotonic() > end:
            raise SystemExit("the review did not show its figures in time")
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


if __name__ == "__main__":
    sys.exit(main())
