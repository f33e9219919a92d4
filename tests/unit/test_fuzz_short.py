"""A short run of `make fuzz`: no parser crashes or hangs on hostile input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parents[1] / "fuzz" / "run.py"


@pytest.mark.skipif(sys.platform == "win32", reason="the time limit of an input is a POSIX timer")
def test_hostile_input_crashes_no_parser(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(PROGRAM), "--inputs", "7000", "--keep", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=55,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {"fuzz_inputs": 7000, "fuzz_failures": 0}
