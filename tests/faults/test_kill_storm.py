"""A short storm of kills in the ordinary run; `make test-faults` has the long one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.faults.table import ROOT

pytestmark = pytest.mark.timeout(180)

ROUNDS = 5


def test_what_killed_panels_acknowledged_arrives_once_and_in_order_through_a_bad_network(
    measured: Callable[[str], None],
) -> None:
    done = subprocess.run(
        [sys.executable, "tests/faults/storm.py", "--rounds", str(ROUNDS)],
        cwd=ROOT, capture_output=True, text=True, timeout=150, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    storm = json.loads(done.stdout.splitlines()[-1])
    assert storm["kill_rounds"] == ROUNDS
    measured(f"{ROUNDS} kills, {storm['acknowledged']} acknowledged, {storm['lost']} lost, {storm['doubled']} doubled")
