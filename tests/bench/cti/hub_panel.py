"""One agent's panel in a process: the panel's own line to the backend and its state machine.

Speaks on standard input and output as `hub_panels.py` does.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from nba_desktop.adapters.cti.hub_stream import HubStreamSettings, HubStreamSource
from nba_desktop.domain.call_event import CallEvent, CallEventType
from tests.bench.cti.hub_panels import AFTERMATH_S, PATIENCE_S
from tests.bench.cti.panel_state import Change, PanelState


class _Panel(QObject):
    """Listens until the changes that must be there are there."""

    # How many there must be, from the thread that reads the standard input.
    expected = Signal(int)

    def __init__(self, agent: str, source: HubStreamSource) -> None:
        super().__init__()
        self.changes: list[Change] = []
        self._state = PanelState(agent, self.changes)
        self._heard_at = time.monotonic()
        self._expected = 0
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._look)
        self.expected.connect(self._on_expected)
        source.call_event.connect(self._on_event)

    def _on_event(self, event: CallEvent) -> None:
        self._heard_at = time.monotonic()
        self._state.take(event)
        if event.type is CallEventType.SNAPSHOT:
            print("ready", flush=True)

    def _on_expected(self, count: int) -> None:
        self._expected = count
        self._looking.start(50)

    def _look(self) -> None:
        if len(self.changes) >= self._expected or time.monotonic() - self._heard_at > PATIENCE_S:
            self._looking.stop()
            # What must not come would come now.
            QTimer.singleShot(int(AFTERMATH_S * 1000), self, QCoreApplication.quit)


def main() -> None:
    """Read for whom to listen, and write what changed when into the file that is named."""
    told: dict[str, Any] = json.loads(sys.stdin.readline())
    ((agent, token),) = told["tokens"].items()
    app = QCoreApplication(sys.argv[:1])
    source = HubStreamSource(HubStreamSettings(told["url"], token))
    panel = _Panel(agent, source)
    source.start()

    def read() -> None:
        panel.expected.emit(int(sys.stdin.readline() or 0))

    threading.Thread(target=read, name="stdin", daemon=True).start()
    app.exec()
    source.stop()
    Path(told["out"]).write_text(json.dumps(panel.changes), encoding="utf-8")


if __name__ == "__main__":
    main()
