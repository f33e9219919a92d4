"""Addresses as a web page may hand them over: one argument, refused without being repeated, however large."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nba_desktop.adapters.single_instance import MAX_MESSAGE
from tests.e2e.processes import COMMAND, run_here

GOOD = "nba-desktop:call?number=%2B493512805504&id=1&state=ringing"
MEGABYTE = "x" * 1_000_000
HOSTILE = {
    "a quote that ends the argument": GOOD + '" --settings "/etc/passwd',
    "an option behind a blank": GOOD + " --data /tmp",
    "an option in its place": "--settings=/etc/passwd",
    "a command of a shell": "nba-desktop:call?number=1;touch%20x&id=$(touch x)&state=`touch x`",
    "a line of its own": GOOD + "%0a--token-stdin",
    "a zero byte": GOOD + "%00",
    "a megabyte of a parameter": GOOD + "&queue=" + MEGABYTE,
    "a megabyte of parameters": GOOD + "&q=1" * 250_000,
    "a megabyte of nothing": "nba-desktop:" + MEGABYTE,
    "another host": "nba-desktop://example.org/call?number=1&id=1&state=ringing&x=1",
    "another scheme": "javascript:alert(1)",
}


@pytest.mark.parametrize("url", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_call_starts_nothing_and_is_not_repeated(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run_here("call", "--", url)
    assert done.returncode == 2
    assert "not a call URL" in done.stderr
    assert len(done.stderr) < 200
    assert list(tmp_path.iterdir()) == []


def test_a_megabyte_is_refused_by_the_program_itself_or_by_the_system_before_it() -> None:
    # Linux hands no single argument of more than 128 KiB to a program.
    longest = "x" * 120_000
    done = subprocess.run([*COMMAND, "call", "--", f"nba-desktop:call?{longest}"], capture_output=True, timeout=60)
    assert done.returncode == 2
    assert longest.encode() not in done.stderr
    assert MAX_MESSAGE < 1_000_000
    if sys.platform == "linux":
        with pytest.raises(OSError, match="too long"):
            subprocess.run([*COMMAND, "call", "--", f"nba-desktop:call?{MEGABYTE}"], capture_output=True, timeout=60)
