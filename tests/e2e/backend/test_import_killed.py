"""An import that is killed has taken in what it says, and goes on from there."""

from __future__ import annotations

import csv
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.e2e.backend.test_process import COMMAND, ROOT
from tests.e2e.processes import run_here
from tests.fakes.backend_services import open_services
from tests.fakes.backend_site import PORTAL_CATALOGUE

LINES = 2000
FIRST = datetime(2026, 3, 10, tzinfo=UTC)
LIMIT_S = 50


def progress(data: Path) -> tuple[int, int]:
    """Lines taken in as the store says it, and outcomes there are."""
    with closing(sqlite3.connect(data / "backend.sqlite3")) as database:
        row = database.execute(
            "SELECT coalesce(max(lines), 0), (SELECT count(*) FROM outcomes) FROM imports"
        ).fetchone()
    return row[0], row[1]


def outcomes_taken_in(data: Path) -> list[int]:
    """How often the store has the outcome of each line: a line has a minute of its own."""
    with closing(sqlite3.connect(data / "backend.sqlite3")) as database:
        return [number for (number,) in database.execute("SELECT count(*) FROM outcomes GROUP BY at")]


def still_runs(process: subprocess.Popen[bytes]) -> bool:
    with suppress(subprocess.TimeoutExpired):
        process.wait(0.02)
    return process.poll() is None


@pytest.mark.skipif(sys.platform == "win32", reason="nothing there kills like this")
def test_an_import_that_is_killed_goes_on_and_counts_nothing_twice(tmp_path: Path) -> None:
    with open_services(tmp_path, PORTAL_CATALOGUE):
        pass
    file = tmp_path / "done.csv"
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(("customer_no", "action_id", "outcome", "at", "reference"))
        for number in range(LINES):
            known = "K-200111" if number % 10 else "K-0"
            at = f"{FIRST + timedelta(minutes=number):%Y-%m-%dT%H:%M}"
            writer.writerow((known, "SALES_SOLAR", "COMPLETED", at, f"R-{number}"))
    importing = ("import", "completions", str(file), "--data", str(tmp_path))

    with subprocess.Popen(
        [*COMMAND, *importing], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        deadline = time.monotonic() + LIMIT_S
        while progress(tmp_path)[0] < LINES // 4 and time.monotonic() < deadline and still_runs(process):
            pass
        process.send_signal(signal.SIGKILL)
        assert process.wait(LIMIT_S) == -signal.SIGKILL
    lines, outcomes = progress(tmp_path)
    # What the store says is what it holds: nothing of a transaction without the rest.
    assert 0 < outcomes == lines - -(-lines // 10)
    assert lines < LINES

    ended = run_here("backend", *importing)
    assert ended.returncode == 1, ended.stderr
    assert ended.stdout.startswith(
        f"{LINES} lines: {LINES - LINES // 10} accepted, 0 known before, {LINES // 10} refused"
    )
    assert progress(tmp_path)[0] == LINES
    with Path(f"{file}.verdicts.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert [int(row["line"]) for row in rows] == list(range(2, LINES + 2))
    assert Counter(row["verdict"] for row in rows) == {"accepted": LINES - LINES // 10, "refused": LINES // 10}
    once = [1] * (LINES - LINES // 10)
    assert outcomes_taken_in(tmp_path) == once
    again = run_here("backend", *importing)
    assert "was taken in on" in again.stderr
    assert outcomes_taken_in(tmp_path) == once
