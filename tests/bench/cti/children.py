"""The processes of a measurement: how they are spoken to, and how much of the processors they take."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[3]
_STEAL: Final = 8
_IDLE: Final = (4, 5)


@contextmanager
def child(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A Python process that is ended with the block, if it has not ended by itself."""
    with subprocess.Popen(
        [sys.executable, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def line_of(process: subprocess.Popen[str]) -> str:
    """Return the next line a process says."""
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"a process of the measurement ended early: {process.args!r}")
    return line


def tell(process: subprocess.Popen[str], what: object) -> None:
    """Say a line of JSON to a process."""
    assert process.stdin is not None
    process.stdin.write(json.dumps(what) + "\n")
    process.stdin.flush()


class Meter:
    """How many cores named processes take from now on, and what else goes on; empty where the system does not say."""

    def __init__(self, processes: Mapping[str, subprocess.Popen[str]]) -> None:
        self._processes = processes
        self._began = time.monotonic()
        self._before = self._used()

    def cores(self) -> dict[str, float]:
        """Return each one's share, and that of all other programs of the machine, as `others`."""
        seconds = time.monotonic() - self._began
        taken = {name: (now - self._before[name]) / seconds for name, now in self._used().items()}
        if taken:
            busy = taken.pop("machine")
            taken["others"] = max(0.0, busy - sum(taken.values()))
        return taken

    def _used(self) -> dict[str, float]:
        ticks = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 1
        try:
            first, _, _ = Path("/proc/stat").read_text("ascii").partition("\n")
            machine = [int(one) for one in first.split()[1 : _STEAL + 1]]
            used = {name: _ticks(one.pid) / ticks for name, one in self._processes.items()}
        except OSError:
            return {}
        return used | {"machine": sum(one for at, one in enumerate(machine, 1) if at not in _IDLE) / ticks}


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
