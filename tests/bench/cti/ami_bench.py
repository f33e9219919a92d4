"""From the socket of an Asterisk to the panel's state: the panel's own source and state machine in this process."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer, Signal

from nba_desktop.adapters.cti.asterisk_ami import AmiSettings, AsteriskAmiSource
from nba_desktop.adapters.cti.numbers import NumberSettings
from nba_desktop.domain.call_event import CallEvent, CallEventType
from tests.bench.cti.asterisk import LINE
from tests.bench.cti.panel_state import Change, PanelState

_LIMIT_MS: Final = 300_000
_PATIENCE_MS: Final = 3_000
_ASTERISK: Final = Path(__file__).with_name("asterisk.py")


@dataclass(frozen=True, slots=True)
class AmiFigures:
    """What one run came to; `lost` counts legs of the agent's whose end the panel did not see."""

    messages: int
    seconds: float
    states: int
    lost: int
    core_share: float

    @property
    def per_s(self) -> float:
        """Messages of the telephone system taken in a second."""
        return self.messages / self.seconds


def measure_ami(messages: int, own_percent: float) -> AmiFigures:
    """Let a panel read `messages` recorded messages, of which so many belong to calls of its own agent."""
    _app = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    with subprocess.Popen(
        [sys.executable, str(_ASTERISK)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdin is not None
            assert server.stdout is not None
            server.stdin.write(json.dumps({"messages": messages, "own_percent": own_percent}) + "\n")
            server.stdin.flush()
            return _read(json.loads(server.stdout.readline()))
        finally:
            server.terminate()


def _read(about: dict[str, int]) -> AmiFigures:
    reading = _Reading(about["bytes"], about["own_endings"])
    settings = AmiSettings("127.0.0.1", about["port"], "panel", "any", LINE, NumberSettings())
    source = AsteriskAmiSource(settings, parent=reading)
    source.received.connect(reading.on_received)
    source.call_event.connect(reading.on_event)
    loop = QEventLoop(reading)
    reading.finished.connect(loop.quit)
    limit = QTimer(reading)
    limit.timeout.connect(loop.quit)
    limit.start(_LIMIT_MS)
    source.start()
    loop.exec()
    source.stop()
    if not reading.over:
        raise RuntimeError(f"{reading.taken} of {about['bytes']} bytes came in {_LIMIT_MS / 1000:.0f} s")
    return AmiFigures(
        messages=about["messages"],
        seconds=reading.over - reading.began,
        states=len(reading.changes),
        lost=about["own_endings"] - reading.ended,
        core_share=reading.cpu_s / (reading.over - reading.began),
    )


class _Reading(QObject):
    """Notes when the first byte came, and when the last one had been made into states."""

    finished = Signal()

    def __init__(self, size: int, endings: int) -> None:
        super().__init__()
        self._size = size
        self._endings = endings
        self.changes: list[Change] = []
        self._state = PanelState("agent", self.changes)
        self._patience = QTimer(self, interval=_PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self.finished)
        self.taken = self.ended = 0
        self.began = self.over = self.cpu_s = 0.0

    def on_event(self, event: CallEvent) -> None:
        """Let the panel's state follow."""
        self._state.take(event)
        self.ended += event.type is CallEventType.ENDED
        self._look()

    def on_received(self, data: bytes) -> None:
        """Count; the packet is read after this."""
        if not self.taken:
            self.began, self.cpu_s = time.perf_counter(), -time.process_time()
        before, self.taken = self.taken, self.taken + len(data)
        if before < self._size <= self.taken:
            QTimer.singleShot(0, self, self._on_all_read)
        elif self.over:
            # Answers count among the bytes, so the last messages may come after them: on a slow machine, much later.
            self._patience.start()

    def _on_all_read(self) -> None:
        self.over = time.perf_counter()
        self.cpu_s += time.process_time()
        self._look()
        # Calls about which the telephone system is still asked go on when it answers, or a second later without.
        self._patience.start()

    def _look(self) -> None:
        if self.over and self.ended >= self._endings:
            self.finished.emit()
