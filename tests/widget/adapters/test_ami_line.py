"""The line to an Asterisk that encrypts, asks, and tells an account what it may not do; against the simulator."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.cti.ami_leg import AgentLine
from nba_desktop.adapters.cti.asterisk_ami import AmiSettings, AmiTiming, AsteriskAmiSource, TlsSettings
from nba_desktop.domain.call import Calls, Interaction, on_event
from nba_desktop.domain.call_event import CallEvent, CallEventType, LinkState, Party
from nba_desktop.domain.errors import SettingsError
from tests.fakes.calls import RECORDINGS, recordings
from tests.fakes.certificates import Authority

T = CallEventType
PROGRAM = """
import sys
from pathlib import Path
from nba_desktop.simulator.command import run
sys.exit(run(sys.argv[2:], Path(sys.argv[1])))
"""


class Simulator:
    """The simulator's process and its reports, read in the event loop."""

    def __init__(self, *options: str) -> None:
        self.lines: list[dict[str, object]] = []
        self.process = QProcess()
        self.process.setWorkingDirectory(str(RECORDINGS.parents[2]))
        self.process.readyReadStandardOutput.connect(self._read)
        self.process.start(sys.executable, ["-c", PROGRAM, str(RECORDINGS), "--speed", "50", *options])

    def _read(self) -> None:
        while self.process.canReadLine():
            self.lines.append(json.loads(bytes(self.process.readLine().data())))

    def tell(self, **command: object) -> None:
        self.process.write(json.dumps(command).encode() + b"\n")

    def has(self, key: str, value: object = None) -> bool:
        return any(key in line and value in (None, line[key]) for line in self.lines)

    @property
    def port(self) -> int:
        port = next(line["listening"] for line in self.lines if "listening" in line)
        assert isinstance(port, int)
        return port


class Panel:
    """What the agent's side makes of it."""

    def __init__(self, settings: AmiSettings) -> None:
        self.events: list[CallEvent] = []
        self.links: list[LinkState] = []
        self.source = AsteriskAmiSource(settings, AmiTiming(retry_first=20, retry_longest=80, retry_refused=10_000))
        self.source.call_event.connect(self.events.append)
        self.source.link_changed.connect(self.links.append)
        self.source.start()

    @property
    def calls(self) -> tuple[Interaction, ...]:
        calls = Calls()
        for event in self.events:
            calls = on_event(calls, event)
        return calls.interactions

    def has_heard(self, types: list[str]) -> bool:
        return [str(one.type) for one in self.events if one.leg_id] == types

    def is_up(self) -> bool:
        return any(link.state == "up" for link in self.links)

    def refusals(self) -> set[str]:
        return {link.detail for link in self.links if link.state == "down"}


@pytest.fixture
def simulator(qtbot: QtBot) -> Iterator[Callable[..., Simulator]]:
    started: list[Simulator] = []

    def start(*options: str) -> Simulator:
        simulator = Simulator(*options)
        started.append(simulator)
        qtbot.waitUntil(lambda: simulator.has("listening"), timeout=15_000)
        return simulator

    yield start
    for one in started:
        one.process.closeWriteChannel()
        assert one.process.waitForFinished(10_000)
        assert one.process.exitCode() == 0


@pytest.fixture
def panel() -> Iterator[Callable[..., Panel]]:
    opened: list[Panel] = []

    def open_(port: int, host: str = "127.0.0.1", agent: str = "1", **more: Any) -> Panel:
        line = AgentLine(f"20{agent}", (f"PJSIP/agent{agent}",))
        opened.append(Panel(AmiSettings(host, port, "cti", "cti-demo", line, **more)))
        return opened[-1]

    yield open_
    for one in opened:
        one.source.stop()


Simulators = Callable[..., Simulator]
Panels = Callable[..., Panel]


def test_a_withheld_number_that_only_the_channel_knows_of_never_reaches_the_panel(
    simulator: Simulators, panel: Panels, qtbot: QtBot
) -> None:
    system = simulator()
    agent = panel(system.port)
    qtbot.waitUntil(agent.is_up)
    system.tell(play="06", pause=False)
    qtbot.waitUntil(lambda: T.ENDED in [event.type for event in agent.events], timeout=15_000)
    assert [(one.state, one.caller) for one in agent.calls] == [("wrap_up", Party("", None, "restricted"))]
    assert "+4930123456" not in repr(agent.events)


@pytest.mark.parametrize("number", [path.name[:2] for path in recordings()])
def test_a_call_is_the_same_over_the_socket_for_both_agents(
    number: str, simulator: Simulators, panel: Panels, qtbot: QtBot
) -> None:
    system = simulator()
    agents = [panel(system.port, agent=agent) for agent in ("1", "2")]
    qtbot.waitUntil(lambda: all(agent.is_up() for agent in agents))
    system.tell(play=number, pause=False)
    expected = json.loads((Path(__file__).parents[2] / f"unit/adapters/cti/expected/{number}.json").read_text())
    qtbot.waitUntil(lambda: system.has("finished", number), timeout=30_000)
    for agent, extension in zip(agents, ("201", "202"), strict=True):
        told = [event["type"] for event in expected[extension]["events"]]
        qtbot.waitUntil(partial(agent.has_heard, told), timeout=15_000)
        states = [(one.state.value, one.caller.raw) for one in agent.calls]
        assert states == [(one["state"], one["caller"]) for one in expected[extension]["interactions"]]


def test_an_account_without_reporting_is_told_so_and_still_shows_its_calls(
    simulator: Simulators, panel: Panels, qtbot: QtBot
) -> None:
    system = simulator("--write", "")
    agent = panel(system.port)
    qtbot.waitUntil(lambda: any(link.lacking for link in agent.links))
    assert agent.links[-1] == LinkState("asterisk", "up", lacking=("write=reporting",))
    system.tell(play="11", pause=False)
    qtbot.waitUntil(lambda: T.ENDED in [event.type for event in agent.events], timeout=15_000)
    assert [one.caller.e164 for one in agent.calls] == ["+4930123456"]
    assert sum(bool(link.lacking) for link in agent.links) == 1


def test_an_account_that_hears_no_calls_is_told_so(simulator: Simulators, panel: Panels, qtbot: QtBot) -> None:
    system = simulator("--read", "agent")
    agent = panel(system.port)
    qtbot.waitUntil(agent.is_up)
    system.tell(play="01", pause=False)
    qtbot.waitUntil(lambda: agent.links[-1].lacking == ("read=call",), timeout=15_000)


def test_an_encrypted_line_with_a_trusted_certificate_comes_up(
    simulator: Simulators, panel: Panels, qtbot: QtBot, tmp_path: Path
) -> None:
    authority = Authority(tmp_path)
    system = simulator("--tls-certificate", str(authority.certify("127.0.0.1")))
    agent = panel(system.port, tls=TlsSettings(authority.ca_file))
    qtbot.waitUntil(agent.is_up)
    system.tell(play="12", pause=False)
    qtbot.waitUntil(lambda: T.ENDED in [event.type for event in agent.events], timeout=15_000)
    assert [one.state for one in agent.calls] == ["withdrawn"]


def test_a_certificate_for_another_host_is_refused_unless_the_name_need_not_fit(
    simulator: Simulators, panel: Panels, qtbot: QtBot, tmp_path: Path
) -> None:
    authority = Authority(tmp_path)
    system = simulator("--tls-certificate", str(authority.certify("other.example")))
    strict = panel(system.port, tls=TlsSettings(authority.ca_file))
    qtbot.waitUntil(lambda: strict.refusals() == {"tls_wrong_host"})
    lenient = panel(system.port, tls=TlsSettings(authority.ca_file, check_hostname=False))
    qtbot.waitUntil(lenient.is_up)
    assert not system.has("client", "refused")
    assert not strict.is_up()


@pytest.mark.parametrize("check_hostname", [True, False])
def test_a_certificate_nobody_vouches_for_is_refused(
    simulator: Simulators, panel: Panels, qtbot: QtBot, tmp_path: Path, check_hostname: bool
) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "ours").mkdir()
    theirs, ours = Authority(tmp_path / "theirs"), Authority(tmp_path / "ours")
    system = simulator("--tls-certificate", str(theirs.certify("127.0.0.1")))
    agent = panel(system.port, tls=TlsSettings(ours.ca_file, check_hostname))
    qtbot.waitUntil(lambda: agent.refusals() == {"tls_untrusted"})
    assert not agent.is_up()
    assert not system.has("client")


def test_a_certificate_that_has_ended_is_refused_as_such(
    simulator: Simulators, panel: Panels, qtbot: QtBot, tmp_path: Path
) -> None:
    authority = Authority(tmp_path)
    system = simulator("--tls-certificate", str(authority.certify("127.0.0.1", days=-1)))
    agent = panel(system.port, tls=TlsSettings(authority.ca_file))
    qtbot.waitUntil(lambda: agent.refusals() == {"tls_expired"})


def test_an_encrypted_line_to_a_port_that_does_not_encrypt_fails_and_sends_no_secret(
    simulator: Simulators, panel: Panels, qtbot: QtBot
) -> None:
    system = simulator()
    agent = panel(system.port, tls=TlsSettings())
    qtbot.waitUntil(lambda: "tls_failed" in agent.refusals())
    assert not system.has("client")


def test_a_file_of_trusted_certificates_that_holds_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="certificates"):
        TlsSettings(tmp_path / "missing.pem")
    (tmp_path / "empty.pem").write_text("nothing")
    with pytest.raises(SettingsError, match="certificates"):
        TlsSettings(tmp_path / "empty.pem")


@pytest.mark.parametrize("interface", ["agent1", "PJSIP/", "/agent1"])
def test_an_interface_without_its_technology_is_refused(interface: str) -> None:
    with pytest.raises(SettingsError, match="PJSIP/agent1"):
        AmiSettings("127.0.0.1", 5038, "cti", "x", AgentLine("201", (interface,)))
