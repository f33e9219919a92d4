"""Panel's side and simulator together: what the one sends, the other understands, also after a cut."""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.cti.ami_leg import AgentLine
from nba_desktop.adapters.cti.asterisk_ami import AmiSettings, AmiTiming, AsteriskAmiSource
from nba_desktop.domain.call import Calls, on_event
from nba_desktop.domain.call_event import CallEvent
from tests.fakes.calls import RECORDINGS

PROGRAM = """
import sys
from pathlib import Path
from nba_desktop.simulator.command import run
sys.exit(run(["--speed", "20"], Path(sys.argv[1])))
"""


class Report:
    """The simulator's process and its reports, read in the event loop."""

    def __init__(self) -> None:
        self.lines: list[dict[str, object]] = []
        self.process = QProcess()
        self.process.setWorkingDirectory(str(RECORDINGS.parents[2]))
        self.process.readyReadStandardOutput.connect(self._read)
        self.process.start(sys.executable, ["-c", PROGRAM, str(RECORDINGS)])

    def _read(self) -> None:
        while self.process.canReadLine():
            self.lines.append(json.loads(bytes(self.process.readLine().data())))

    def tell(self, **command: object) -> None:
        self.process.write(json.dumps(command).encode() + b"\n")

    def has(self, key: str, value: object = None) -> bool:
        return any(key in line and value in (None, line[key]) for line in self.lines)


def test_a_simulated_call_survives_a_cut_line(qtbot: QtBot) -> None:
    simulator = Report()
    qtbot.waitUntil(lambda: simulator.has("listening"), timeout=15_000)
    port = next(line["listening"] for line in simulator.lines if "listening" in line)
    assert isinstance(port, int)
    settings = AmiSettings("127.0.0.1", port, "cti", "cti-demo", AgentLine("201", ("PJSIP/agent1",)))
    source = AsteriskAmiSource(settings, AmiTiming(retry_first=20))
    calls = [Calls()]

    def take(event: CallEvent) -> None:
        calls.append(on_event(calls[-1], event))

    def state() -> list[tuple[str, str | None, bool]]:
        return [(one.state.value, one.caller.e164, one.unconfirmed) for one in calls[-1].interactions]

    source.call_event.connect(take)
    source.start()
    qtbot.waitUntil(lambda: simulator.has("client", "logged_in"))
    simulator.tell(play="01", **{"from": "+493512805504"})
    qtbot.waitUntil(lambda: state() == [("offered", "+493512805504", False)])
    simulator.tell(**{"continue": True})
    qtbot.waitUntil(lambda: state() == [("live", "+493512805504", False)])
    qtbot.waitUntil(lambda: simulator.has("waiting_for", "ended"))

    simulator.tell(drop=True)
    qtbot.waitUntil(lambda: state() == [("live", "+493512805504", True)])
    qtbot.waitUntil(lambda: state() == [("live", "+493512805504", False)])

    simulator.tell(**{"continue": True})
    qtbot.waitUntil(lambda: state() == [("wrap_up", "+493512805504", False)])
    source.stop()
    simulator.process.closeWriteChannel()
    assert simulator.process.waitForFinished(10_000)
    assert simulator.process.exitCode() == 0
