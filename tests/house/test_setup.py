"""The set-up of a checkout."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "packaging" / "setup.sh"


@pytest.mark.skipif(shutil.which("flock") is None, reason="without flock nothing is locked")
def test_a_second_set_up_waits_for_the_first_and_then_has_nothing_to_do(tmp_path: Path) -> None:
    script = tmp_path / "packaging" / "setup.sh"
    locked = script.parent / "locks" / "dev.txt"
    locked.parent.mkdir(parents=True)
    locked.write_text("", encoding="utf-8")
    shutil.copy(SCRIPT, script)
    with script.open("rb") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        second = subprocess.Popen(["sh", str(script)], stdout=subprocess.PIPE, encoding="utf-8")
        assert second.stdout is not None
        assert "another set-up of this checkout goes on" in second.stdout.readline()
        python = tmp_path / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.symlink_to(sys.executable)
        made_from = subprocess.run(
            ["sh", "-c", "{ pwd && cat packaging/locks/dev.txt packaging/setup.sh; } | cksum"],
            cwd=tmp_path, capture_output=True, encoding="utf-8", check=True,
        )  # fmt: skip
        (tmp_path / ".venv" / ".setup-done").write_text(made_from.stdout, encoding="utf-8")
    said, _ = second.communicate(timeout=30)
    assert (second.returncode, said) == (0, "")
