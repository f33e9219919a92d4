"""The simulated telephone system as a child process: told what to play, asked when a line was sent."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from queue import Empty, SimpleQueue
from typing import IO

from nba_desktop.simulator.order import PlayOrder

_LIMIT_S = 20.0


class TelephoneError(Exception):
    """The simulator did not do what it was told; the text says what was expected."""


class Telephone:
    """One simulator process; it ends when its stdin ends, so it never outlives the demo."""

    def __init__(self, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "nba_desktop", "simulator", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            # Ctrl+C in the terminal is for the demo, which ends the calls in order.
            start_new_session=True,
        )
        self._reports: SimpleQueue[dict[str, object]] = SimpleQueue()
        self._finished: set[object] = set()
        assert self._process.stdout is not None
        threading.Thread(target=_read, args=(self._process.stdout, self._reports), daemon=True).start()
        self.port = int(str(self._wait_for("listening")["listening"]))

    def play(self, recording: str, caller: str) -> None:
        """Let a recorded call ring, from the given number; it waits there."""
        self._tell({"play": recording, "from": caller})

    def start(self, order: PlayOrder) -> None:
        """Let a call come as it was ordered, beside those that are going on."""
        self._tell(order.command())

    def has_finished(self, call: str) -> bool:
        """Whether a call that was ordered under this name is over; other reports are dropped."""
        while self.report("finished") is not None:
            continue
        return call in self._finished

    def drop_the_line(self, after_s: float = 0.0) -> None:
        """Cut every connection, as a restart of the telephone system does."""
        self._tell({"drop": True, "after": after_s})

    def go_on(self) -> None:
        """Let the call go on: answered, then ended."""
        self._tell({"continue": True})

    def report(self, key: str, value: object = None) -> dict[str, object] | None:
        """The next report with this key (and value), or None while there is none yet; others are dropped."""
        while True:
            try:
                report = self._reports.get_nowait()
            except Empty:
                return None
            if "error" in report:
                raise TelephoneError(f"the simulator reports {report['error']}: {report.get('detail', '')}")
            if "finished" in report:
                self._finished.add(report.get("call"))
            if key in report and value in (None, report[key]):
                return report

    def stop(self) -> None:
        """End the process and wait for it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(5.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _wait_for(self, key: str) -> dict[str, object]:
        deadline = time.monotonic() + _LIMIT_S
        while time.monotonic() < deadline:
            report = self.report(key)
            if report is not None:
                return report
            if self._process.poll() is not None:
                break
            time.sleep(0.01)
        self.stop()
        raise TelephoneError(f"the simulator did not report {key!r} within {_LIMIT_S:g} s")

    def _tell(self, command: dict[str, object]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()


def _read(stream: IO[str], reports: SimpleQueue[dict[str, object]]) -> None:
    with stream:
        for line in stream:
            reports.put(json.loads(line))
