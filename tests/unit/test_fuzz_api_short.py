"""A short run of `make fuzz-api`: no route fails, breaks its own description or answers a stranger."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).parents[1] / "fuzz" / "api.py"


def test_every_route_keeps_what_its_description_says() -> None:
    # A process of its own: the library adds checks and hooks to the one that it is in.
    done = subprocess.run(
        [sys.executable, str(PROGRAM), "--examples", "2"], capture_output=True, text=True, timeout=55, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["failures"] == []
    assert said["routes"] >= 50
    assert said["statuses"].keys() >= {"200", "422"}
