"""What nobody catches is logged by type and place, whichever thread it comes from."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

import pytest

from nba_desktop.runner import keep_messages_of_defects_back

CALLER = "+493512805504"


@pytest.fixture(autouse=True)
def hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the hooks of this process back afterwards."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    keep_messages_of_defects_back()


def in_a_thread(work: Callable[[], object]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def fail() -> None:
    raise LookupError(CALLER)


@pytest.mark.expected_log("defect LookupError")
def test_a_defect_of_a_thread_is_logged_without_what_it_says(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    in_a_thread(fail)
    (record,) = caplog.records
    assert "in fail" in record.getMessage()
    assert CALLER not in record.getMessage() + capfd.readouterr().err


@pytest.mark.expected_log("defect LookupError")
def test_a_defect_of_the_main_thread_is_logged_alike(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    try:
        fail()
    except LookupError as error:
        sys.excepthook(LookupError, error, error.__traceback__)
    assert CALLER not in caplog.text + capfd.readouterr().err


def test_a_thread_may_end_itself() -> None:
    in_a_thread(sys.exit)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps its own reports, which its policy switches off")
def test_what_is_in_memory_is_not_written_to_the_disk_at_a_crash() -> None:
    import resource

    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
