from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.tasks import QtTasks
from nba_desktop.domain.errors import BackendOffline, PanelError

ROOT = Path(__file__).parents[3]


def unexpected(_: object) -> None:
    raise AssertionError("the other callback was expected")


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[QtTasks]:
    tasks = QtTasks(max_threads=2)
    yield tasks
    assert tasks.close(5000)


def test_work_is_done_in_a_thread_and_its_result_comes_back_in_the_owners(qtbot: QtBot, tasks: QtTasks) -> None:
    came: list[tuple[threading.Thread, threading.Thread]] = []
    tasks.run(threading.current_thread, lambda worker: came.append((worker, threading.current_thread())), unexpected)
    qtbot.waitUntil(lambda: len(came) == 1)
    worker, owner = came[0]
    assert owner is threading.main_thread()
    assert worker is not owner


def test_a_thread_has_taken_the_work_before_whoever_wants_it_goes_on(
    qtbot: QtBot, tasks: QtTasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nba_desktop.adapters.tasks._TAKEN_BY_THEN_S", 20.0)
    done: list[threading.Thread] = []
    for _ in range(50):
        tasks.run(threading.current_thread, done.append, unexpected)
        assert tasks._jobs.empty()
    qtbot.waitUntil(lambda: len(done) == 50)


def test_who_wants_work_done_does_not_wait_for_threads_that_are_busy(qtbot: QtBot, tasks: QtTasks) -> None:
    go_on = threading.Event()
    done: list[bool] = []
    for _ in range(2):
        tasks.run(lambda: go_on.wait(20), done.append, unexpected)
    tasks.run(go_on.is_set, done.append, unexpected)
    go_on.set()
    qtbot.waitUntil(lambda: done == [True, True, True])


def test_an_expected_error_goes_to_the_failure_callback(qtbot: QtBot, tasks: QtTasks) -> None:
    failures: list[PanelError] = []
    error = BackendOffline()

    def fail() -> None:
        raise error

    tasks.run(fail, unexpected, failures.append)
    qtbot.waitUntil(lambda: failures == [error])


@pytest.mark.expected_log(
    r"^nba_desktop\.adapters\.tasks: background work failed with ZeroDivisionError in .*divide:\d+$"
)
def test_a_defect_is_logged_by_its_type_and_raised_in_the_owners_thread(qtbot: QtBot, tasks: QtTasks) -> None:
    def divide() -> float:
        return 1 / 0

    with qtbot.captureExceptions() as raised:
        tasks.run(divide, unexpected, unexpected)
        qtbot.waitUntil(lambda: len(raised) == 1)
    assert raised[0][0] is ZeroDivisionError


@pytest.mark.expected_log(r"KeyError in \S+$")
def test_the_text_of_a_defect_is_not_logged(qtbot: QtBot, tasks: QtTasks, caplog: pytest.LogCaptureFixture) -> None:
    def look_up() -> object:
        people: dict[str, object] = {}
        return people["Lisa Sommer"]

    with qtbot.captureExceptions() as raised:
        tasks.run(look_up, unexpected, unexpected)
        qtbot.waitUntil(lambda: len(raised) == 1)
    assert "Lisa" not in caplog.text


def test_a_thread_keeps_what_is_its_own_from_job_to_job(qtbot: QtBot) -> None:
    tasks = QtTasks(max_threads=1)
    local = threading.local()
    counts: list[int] = []

    def count() -> int:
        local.count = getattr(local, "count", 0) + 1
        return int(local.count)

    for _ in range(3):
        tasks.run(count, counts.append, unexpected)
    qtbot.waitUntil(lambda: len(counts) == 3)
    assert counts == [1, 2, 3]
    assert tasks.close(5000)


def test_as_many_jobs_run_at_once_as_there_are_threads(qtbot: QtBot, tasks: QtTasks) -> None:
    meeting = threading.Barrier(2)
    done: list[int] = []
    for _ in range(2):
        tasks.run(lambda: meeting.wait(20), done.append, unexpected)
    qtbot.waitUntil(lambda: sorted(done) == [0, 1])


def test_after_closing_no_callback_comes_not_even_one_on_its_way(qtbot: QtBot) -> None:
    tasks = QtTasks(max_threads=1)
    called: list[object] = []
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        go_on.wait(20)

    finished = threading.Event()
    tasks.run(finished.set, called.append, called.append)
    assert finished.wait(20)
    tasks.run(slow, called.append, called.append)
    tasks.run(lambda: called.append("never begun"), called.append, called.append)
    assert begun.wait(20)
    assert tasks.close(10) is False
    go_on.set()
    assert tasks.close(5000) is True
    tasks.run(lambda: called.append("too late"), called.append, called.append)
    qtbot.wait(50)
    assert called == []


def test_a_process_ends_at_once_although_work_hangs() -> None:
    code = (
        "import threading, time\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from nba_desktop.adapters.tasks import QtTasks\n"
        "app = QCoreApplication([])\n"
        "tasks = QtTasks()\n"
        "begun = threading.Event()\n"
        "tasks.run(lambda: (begun.set(), time.sleep(50)), print, print)\n"
        "begun.wait(20)\n"
        "raise SystemExit(3 if tasks.close(50) else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, timeout=40, check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_many_results_all_arrive(qtbot: QtBot, tasks: QtTasks) -> None:
    came: list[bool] = []

    def answer() -> bool:
        time.sleep(0)
        return True

    works: list[Callable[[], bool]] = [answer] * 3000
    for work in works:
        tasks.run(work, came.append, unexpected)
    qtbot.waitUntil(lambda: len(came) == 3000, timeout=20_000)
