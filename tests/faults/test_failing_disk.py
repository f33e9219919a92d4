"""A disk that fails in the middle of it: said, and nothing that was acknowledged is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.outbox import EntryState
from tests.faults.failing_disk import can_fail
from tests.faults.failing_writer import BEFORE, TRIES
from tests.faults.stores import open_outbox
from tests.faults.table import ROOT

pytestmark = pytest.mark.skipif(not can_fail, reason="only Linux answers system calls as a test wants")


def write_until_it_fails(folder: Path, what: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.failing_writer", str(folder), what],
        cwd=ROOT, capture_output=True, text=True, timeout=50, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def kept(folder: Path) -> list[str]:
    outbox = open_outbox(folder)
    assert outbox.set_aside is None
    ids = [str(entry.event_id) for entry in outbox.entries(EntryState.PENDING)]
    outbox.close()
    return ids


def test_a_disk_that_no_longer_syncs_is_said_and_nothing_acknowledged_is_lost(
    tmp_path: Path, measured: Callable[[str], None]
) -> None:
    said = write_until_it_fails(tmp_path, "syncing")
    assert said["failures"] == [FailureCode.DISK_UNWRITABLE] * TRIES
    assert said["readable"] == said["acknowledged"]
    again = kept(tmp_path)
    # What was written and never confirmed may be there or not: it was said not to be stored.
    assert again[:BEFORE] == said["acknowledged"]
    measured(f"{TRIES} of {TRIES} commits refused, {BEFORE} of {BEFORE} acknowledged events there")


def test_a_disk_that_is_full_from_now_on_loses_nothing_of_what_was_acknowledged(
    tmp_path: Path, measured: Callable[[str], None]
) -> None:
    said = write_until_it_fails(tmp_path, "writing")
    assert said["failures"] == [FailureCode.DISK_FULL] * TRIES
    assert said["readable"] == said["acknowledged"] == kept(tmp_path)
    measured(f"{TRIES} of {TRIES} commits refused, {BEFORE} of {BEFORE} acknowledged events there")
