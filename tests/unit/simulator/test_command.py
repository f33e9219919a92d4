"""The simulator as a process: told by JSON lines, heard over AMI."""

from __future__ import annotations

import io
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.adapters.cti.ami_protocol import AmiMessage, AmiParser
from nba_desktop.simulator.command import run
from tests.fakes.calls import RECORDINGS, call_events

PROGRAM = """
import sys
from pathlib import Path
from nba_desktop.simulator.command import run
sys.exit(run(sys.argv[2:], Path(sys.argv[1])))
"""


class Simulator:
    """A running simulator process and what it reported."""

    def __init__(self, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(RECORDINGS), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=RECORDINGS.parents[2],
        )
        self.reports: list[dict[str, Any]] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.port = int(self.wait_for("listening")["listening"])

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.reports.append(json.loads(line))

    def tell(self, **command: object) -> None:
        self.tell_line(json.dumps(command))

    def tell_line(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def wait_for(self, key: str, value: object = None, times: int = 1) -> dict[str, Any]:
        def matching() -> list[dict[str, Any]]:
            return [one for one in self.reports if key in one and value in (None, one[key])]

        wait(lambda: len(matching()) >= times)
        return matching()[times - 1]

    def wait_for_all(self, **values: object) -> None:
        wait(lambda: any(values.items() <= one.items() for one in self.reports))

    def end(self) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        code = self._process.wait(timeout=10)
        self._reader.join()
        self._process.stdout.close()
        return code


class Client:
    """A plain AMI client."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.received = b""

    def act(self, *lines: str) -> None:
        self._socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())

    def log_in(self, secret: str = "cti-demo") -> None:
        self.act("Action: Login", "ActionID: 7", "Username: cti", f"Secret: {secret}")

    def read_until(self, text: bytes) -> bytes:
        while text not in self.received:
            data = self._socket.recv(65536)
            assert data, f"closed before {text!r} came"
            self.received += data
        return self.received

    def read_to_the_end(self) -> bytes:
        try:
            while data := self._socket.recv(65536):
                self.received += data
        except ConnectionResetError:
            return self.received
        return self.received

    def close(self) -> None:
        self._socket.close()


def wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.01)


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    running = Simulator("--speed", "20")
    yield running
    assert running.end() == 0


@pytest.fixture
def client(simulator: Simulator) -> Iterator[Client]:
    connected = Client(simulator.port)
    yield connected
    connected.close()


def test_it_greets_logs_in_pings_and_logs_off_like_asterisk(client: Client) -> None:
    assert client.read_until(b"\r\n") == b"Asterisk Call Manager/11.0.0\r\n"
    client.log_in()
    client.read_until(b"Response: Success\r\nActionID: 7\r\nMessage: Authentication accepted\r\n\r\n")
    client.act("Action: Ping", "ActionID: 8")
    client.read_until(b"Response: Success\r\nActionID: 8\r\nPing: Pong\r\n")
    client.act("Action: Events", "EventMask: on")
    client.read_until(b"Events: On")
    client.act("Action: Reboot")
    client.read_until(b"Response: Error\r\nMessage: Invalid/unknown command\r\n\r\n")
    client.act("Action: Logoff")
    assert b"Goodbye" in client.read_to_the_end()


def test_a_wrong_login_is_refused_and_hears_nothing(simulator: Simulator, client: Client) -> None:
    client.act("Action: Ping")
    client.read_until(b"Permission denied")
    client.log_in("wrong")
    simulator.wait_for("client", "refused")
    simulator.tell(play="12", pause=False)
    assert b"Event:" not in client.read_to_the_end()
    assert simulator.wait_for("sent")["listeners"] == 0


def test_a_call_rings_is_answered_and_ends_when_told(simulator: Simulator, client: Client) -> None:
    client.log_in()
    simulator.wait_for("client", "logged_in")
    simulator.tell(play="01", **{"from": "+493512805504"})
    simulator.wait_for("waiting_for", "answered")
    client.read_until(b"Queue: sales")
    assert [event.type.value for event in call_events([client.received])] == ["ringing"]
    simulator.tell(**{"continue": True})
    simulator.wait_for("waiting_for", "ended")
    simulator.tell(**{"continue": True})
    simulator.wait_for("finished", "01")
    client.act("Action: Logoff")
    events = call_events([client.read_to_the_end()])
    assert [event.type.value for event in events] == ["ringing", "answered", "ended"]
    assert {event.caller.e164 for event in events} == {"+493512805504"}
    sent = [one for one in simulator.reports if "sent" in one]
    assert [one["sent"] for one in sent] == ["ringing", "answered", "ended"]
    times = [one["at_monotonic_ns"] for one in sent]
    assert times == sorted(times)
    assert times[-1] < time.monotonic_ns()


def test_who_asks_in_mid_call_is_told_the_channels(simulator: Simulator, client: Client) -> None:
    client.log_in()
    simulator.wait_for("client", "logged_in")
    simulator.tell(play="01")
    simulator.wait_for("waiting_for", "answered")
    client.act("Action: CoreShowChannels", "ActionID: list")
    text = client.read_until(b"ListItems: 2\r\n\r\n")
    shown = [m for m in AmiParser().feed(text) if isinstance(m, AmiMessage) and m.get("Event") == "CoreShowChannel"]
    assert [(one.get("ChannelState"), one.get("ConnectedLineNum")) for one in shown] == [
        ("6", "201"),
        ("5", "+4930123456"),
    ]
    assert [one.get("ApplicationData") for one in shown] == ["service,tT,,,60", "(Outgoing Line)"]
    simulator.tell(**{"continue": True})
    simulator.tell(**{"continue": True})
    simulator.wait_for("finished", "01")
    client.act("Action: CoreShowChannels", "ActionID: list")
    client.read_until(b"ListItems: 0\r\n\r\n")


def test_a_dropped_connection_does_not_end_the_call(simulator: Simulator, client: Client) -> None:
    client.log_in()
    simulator.wait_for("client", "logged_in")
    simulator.tell(play="01")
    simulator.wait_for("waiting_for", "answered")
    simulator.tell(drop=True)
    simulator.wait_for("client", "gone")
    again = Client(simulator.port)
    again.log_in()
    simulator.wait_for("client", "logged_in", times=2)
    simulator.tell(**{"continue": True})
    again.read_until(b"Event: AgentConnect")
    again.close()


def test_commands_that_make_no_sense_are_answered(simulator: Simulator) -> None:
    for nonsense in ("{", "[]", "{}", '{"play": 1}', '{"continue": "yes"}', '{"play": "01", "ring": -1}'):
        simulator.tell_line(nonsense)
    simulator.wait_for("error", "bad_command", times=6)
    assert simulator.reports[-1]["detail"] == "ring is 0 to 86400 seconds"
    simulator.tell(play="99")
    simulator.wait_for("error", "no_recording")
    simulator.tell(play="01")
    simulator.tell(play="01")
    simulator.wait_for("error", "busy")


def test_calls_with_names_are_played_at_once_and_told_apart(simulator: Simulator, client: Client) -> None:
    client.log_in()
    simulator.wait_for("client", "logged_in")
    simulator.tell(play="01", call="a", **{"from": "+493512805504"})
    simulator.tell(play="11", call="b", **{"from": "+4915228817386"})
    simulator.tell(play="01", call="a")
    assert simulator.wait_for("error", "busy")["call"] == "a"
    for call in ("a", "b"):
        simulator.wait_for_all(waiting_for="answered", call=call)
    client.act("Action: CoreShowChannels", "ActionID: list")
    client.read_until(b"ListItems: 4\r\n\r\n")
    for _ in range(2):
        simulator.tell(call="b", **{"continue": True})
    simulator.wait_for_all(finished="11", call="b")
    assert not [one for one in simulator.reports if one.get("sent") == "answered" and one["call"] == "a"]
    client.act("Action: CoreShowChannels", "ActionID: again")
    client.read_until(b"ListItems: 2\r\n\r\n")
    for _ in range(2):
        simulator.tell(call="a", **{"continue": True})
    simulator.wait_for_all(finished="01", call="a")
    simulator.tell(call="a", **{"continue": True})
    simulator.wait_for("error", "no_call")
    client.act("Action: Logoff")
    events = call_events([client.read_to_the_end()])
    assert len({event.leg_id for event in events}) == 2
    for caller in ("+493512805504", "+4915228817386"):
        told = [event.type.value for event in events if event.caller.e164 == caller and event.type.value != "data"]
        assert told == ["ringing", "answered", "ended"]


def test_a_call_lasts_as_long_as_it_was_told_to(simulator: Simulator, client: Client) -> None:
    client.log_in()
    simulator.wait_for("client", "logged_in")
    begun = time.monotonic_ns()
    # Twenty times as fast: half a second of waiting, of ringing, and of talking.
    simulator.tell(play="01", after=10, wait=10, ring=10, talk=10)
    simulator.wait_for("finished", "01")
    at = {one["sent"]: one["at_monotonic_ns"] for one in simulator.reports if "sent" in one}
    assert not [one for one in simulator.reports if "waiting_for" in one]
    assert at["ringing"] - begun >= 1e9
    assert at["answered"] - at["ringing"] >= 4.5e8
    assert at["ended"] - at["answered"] >= 4.5e8


def test_other_agents_take_the_calls_they_are_cast_in(simulator: Simulator, client: Client) -> None:
    client.log_in()
    simulator.wait_for("client", "logged_in")
    simulator.tell(play="01", agents=[7], pause=False)
    simulator.wait_for("finished", "01")
    client.act("Action: Logoff")
    received = client.read_to_the_end()
    assert call_events([received]) == []
    assert b"PJSIP/agent7-" in received
    assert b"ConnectedLineNum: 207" in received


def test_the_line_can_be_cut_later(simulator: Simulator, client: Client) -> None:
    client.log_in()
    simulator.wait_for("client", "logged_in")
    simulator.tell(drop=True, after=4)
    simulator.tell(play="12", pause=False)
    simulator.wait_for("client", "gone")
    assert [one for one in simulator.reports if one.get("sent") == "ringing"]
    assert b"Event: Newchannel" in client.read_to_the_end()


def test_a_number_with_a_line_break_forges_no_field(simulator: Simulator, client: Client) -> None:
    client.log_in()
    simulator.wait_for("client", "logged_in")
    simulator.tell(play="12", pause=False, **{"from": "+49351\r\nEvent: Forged"})
    simulator.wait_for("finished", "12")
    client.act("Action: Logoff")
    assert b"\r\nEvent: Forged" not in client.read_to_the_end()


def test_in_loop_mode_it_rings_by_itself_once_somebody_listens() -> None:
    options = ["--loop", "--speed", "50", "--every", "0.01", "--answer-after", "0.05", "--hang-up-after", "0.05"]
    simulator = Simulator(*options, "--numbers", "+493512805504,+493512805505")
    assert [one for one in simulator.reports if "sent" in one] == []
    client = Client(simulator.port)
    client.log_in()
    simulator.wait_for("finished", times=3)
    client.act("Action: Logoff")
    events = call_events([client.read_to_the_end()])
    callers = [event.caller.e164 for event in events if event.type.value == "ringing"]
    assert callers[:3] == ["+493512805504", "+493512805505", "+493512805504"]
    client.close()
    assert simulator.end() == 0


def test_it_stops_in_the_middle_of_a_call_when_its_input_ends(simulator: Simulator, client: Client) -> None:
    client.log_in()
    simulator.wait_for("client", "logged_in")
    simulator.tell(play="01")
    simulator.wait_for("waiting_for", "answered")
    assert simulator.end() == 0
    client.read_to_the_end()


def test_missing_recordings_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([], tmp_path, io.StringIO(), io.StringIO()) == 2
    assert "no recording '01'" in capsys.readouterr().err


def test_a_port_that_is_taken_is_said(simulator: Simulator) -> None:
    out = io.StringIO()
    assert run(["--port", str(simulator.port)], RECORDINGS, io.StringIO(), out) == 2
    assert json.loads(out.getvalue())["error"] == "cannot_listen"


def test_a_speed_of_nothing_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["--speed", "0"], RECORDINGS)
    assert "--speed" in capsys.readouterr().err
