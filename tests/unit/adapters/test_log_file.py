"""The panel's log: what helps is in it, and nothing of anybody."""

from __future__ import annotations

import logging
import subprocess
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from nba_desktop.adapters.log_file import LOG_FILE, end_log, keep_log
from nba_desktop.domain.errors import FailureCode

_log = logging.getLogger("nba_desktop.tried")
NAME = "Lisa Müller"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    handler = keep_log(tmp_path)
    yield tmp_path / LOG_FILE
    end_log(handler)


def test_codes_numbers_and_names_of_errors_are_written(log: Path) -> None:
    _log.info("%s: %s after %d tries (%s)", "BackendOffline", FailureCode.OFFLINE, 3, "No space left on device")
    line = log.read_text(encoding="utf-8")
    assert line.endswith("INFO nba_desktop.tried: BackendOffline: offline after 3 tries (No space left on device)\n")


@pytest.mark.parametrize("said", [NAME, "lisa@example.org", "+49351280550", ["x", NAME], {"a": NAME}, NAME.encode()])
def test_whatever_else_a_log_call_is_given_is_left_out(log: Path, said: object) -> None:
    _log.info("it said %s", said)
    assert log.read_text(encoding="utf-8").endswith("it said …\n")


def test_a_defect_is_written_with_its_places_and_without_its_words(log: Path) -> None:
    try:
        raise KeyError(NAME)
    except KeyError as error:
        trace = "".join(traceback.format_tb(error.__traceback__))
        _log.info("defect %s\n%s", "KeyError", trace + f"    {NAME}\n")
    line = log.read_text(encoding="utf-8")
    assert "defect KeyError | adapters/test_log_file.py:" in line
    assert NAME not in line


def test_other_programs_parts_write_nothing_into_it(log: Path) -> None:
    logging.getLogger("urllib3.connectionpool").info("GET %s", NAME)
    assert not log.exists()


def test_it_stays_small_and_a_disk_that_fails_stops_nobody(tmp_path: Path) -> None:
    handler = keep_log(tmp_path)
    for _ in range(3_000):
        _log.info("%s " * 20, *[3.14159] * 20)
    end_log(handler)
    assert sorted(file.name for file in tmp_path.iterdir()) == [LOG_FILE, f"{LOG_FILE}.1"]
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 600_000
    handler = keep_log(tmp_path / "nowhere")
    _log.info("lost")
    end_log(handler)


def test_a_defect_is_still_said_on_standard_error(tmp_path: Path) -> None:
    program = (
        "import logging, sys; from pathlib import Path\n"
        "from nba_desktop.adapters.log_file import keep_log\n"
        "keep_log(Path(sys.argv[1])); logging.getLogger('nba_desktop.tried').critical('defect')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert done.stderr == "defect\n"
    assert "CRITICAL nba_desktop.tried: defect" in (tmp_path / LOG_FILE).read_text(encoding="utf-8")
