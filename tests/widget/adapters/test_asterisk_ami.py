"""The line to an Asterisk over a real socket: login, loss, silence, garbage, and coming back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QHostAddress, QTcpServer, QTcpSocket
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.cti.ami_leg import AgentLine
from nba_desktop.adapters.cti.ami_protocol import AmiProblem
from nba_desktop.adapters.cti.asterisk_ami import AmiSettings, AmiTiming, AsteriskAmiSource
from nba_desktop.domain.call import Calls, on_event
from nba_desktop.domain.call_event import CallEvent, CallEventType, LinkState
from nba_desktop.domain.errors import SettingsError
from tests.fakes.calls import recording

SECRET = "s3cr3t-never-shown"
QUICK = AmiTiming(login=300, ping_every=100, ping_answer=100, retry_first=20, retry_longest=80, retry_refused=400)
PATIENT = AmiTiming(retry_first=20, retry_longest=80)
GREETING = b"Asterisk Call Manager/11.0.0\r\n"
ACCEPTED = b"Response: Success\r\nActionID: %s\r\nMessage: Authentication accepted\r\n\r\n"
DENIED = b"Response: Error\r\nActionID: %s\r\nMessage: Permission denied\r\n\r\n"
T = CallEventType


class FakeAsterisk(QObject):
    """Answers as told; keeps what it was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.server = QTcpServer(self)
        assert self.server.listen(QHostAddress.SpecialAddress.LocalHost, 0)
        self.server.newConnection.connect(self._on_connection)
        self.sockets: list[QTcpSocket] = []
        self.received = b""
        self.greeting = GREETING
        self.login_answer = ACCEPTED
        self.answers_pings = True
        self.list_answer = b""
        self.presentation = "allowed_not_screened"
        self.denies_reporting = False
        self.answers_questions = True
        self.asked: list[tuple[str, str]] = []

    @property
    def port(self) -> int:
        return self.server.serverPort()

    @property
    def connections(self) -> int:
        return len(self.sockets)

    def send(self, data: bytes) -> None:
        self.sockets[-1].write(data)
        self.sockets[-1].flush()

    def hang_up(self) -> None:
        self.sockets[-1].abort()

    def _on_connection(self) -> None:
        socket = self.server.nextPendingConnection()
        socket.readyRead.connect(lambda: self._on_ready_read(socket))
        self.sockets.append(socket)
        socket.write(self.greeting)

    def _on_ready_read(self, socket: QTcpSocket) -> None:
        data = bytes(socket.readAll().data())
        self.received += data
        for block in data.split(b"\r\n\r\n")[:-1]:
            fields = dict(line.split(b": ", 1) for line in block.split(b"\r\n"))
            if fields[b"Action"] == b"Login" and self.login_answer:
                socket.write(self.login_answer.replace(b"%s", fields[b"ActionID"]))
            elif fields[b"Action"] == b"Ping" and self.answers_pings:
                socket.write(b"Response: Success\r\nActionID: " + fields[b"ActionID"] + b"\r\nPing: Pong\r\n\r\n")
            elif fields[b"Action"] in (b"CoreShowChannels", b"Getvar") and self.denies_reporting:
                socket.write(DENIED.replace(b"%s", fields[b"ActionID"]))
            elif fields[b"Action"] == b"Getvar":
                self.asked.append((fields[b"Channel"].decode(), fields[b"Variable"].decode()))
                if self.answers_questions:
                    value = b"Response: Success\r\nActionID: %s\r\nVariable: x\r\nValue: %v\r\n\r\n"
                    value = value.replace(b"%v", self.presentation.encode())
                    socket.write(value.replace(b"%s", fields[b"ActionID"]))
            elif fields[b"Action"] == b"CoreShowChannels" and self.list_answer:
                socket.write(self.list_answer.replace(b"%s", fields[b"ActionID"]))


class Listener:
    """What a source said."""

    def __init__(self, source: AsteriskAmiSource) -> None:
        self.events: list[CallEvent] = []
        self.links: list[LinkState] = []
        self.dropped: list[AmiProblem] = []
        source.call_event.connect(self.events.append)
        source.link_changed.connect(self.links.append)
        source.input_dropped.connect(self.dropped.append)

    def states(self) -> list[tuple[str, str]]:
        return [(link.state, link.detail) for link in self.links]

    def types(self) -> list[CallEventType]:
        return [event.type for event in self.events]

    def calls(self) -> Calls:
        calls = Calls()
        for event in self.events:
            calls = on_event(calls, event)
        return calls


@pytest.fixture
def asterisk(qapp: object) -> Iterator[FakeAsterisk]:
    fake = FakeAsterisk()
    yield fake
    fake.server.close()


Opened = tuple[AsteriskAmiSource, Listener]


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[Callable[..., Opened]]:
    opened: list[AsteriskAmiSource] = []

    def open_(port: int, timing: AmiTiming = PATIENT) -> Opened:
        settings = AmiSettings("127.0.0.1", port, "cti", SECRET, AgentLine("201", ("PJSIP/agent1",)))
        source = AsteriskAmiSource(settings, timing, jitter=lambda: 0.5)
        opened.append(source)
        listener = Listener(source)
        source.start()
        return source, listener

    yield open_
    for source in opened:
        source.stop()


def test_a_recorded_call_over_a_socket_becomes_call_events(
    asterisk: FakeAsterisk, line: Callable[..., Opened], qtbot: QtBot
) -> None:
    _, heard = line(asterisk.port)
    qtbot.waitUntil(lambda: ("up", "") in heard.states())
    asterisk.send(recording("01"))
    qtbot.waitUntil(lambda: T.ENDED in heard.types())
    assert heard.types() == [T.LINK_UP, T.RINGING, T.ANSWERED, T.ENDED]
    assert [one.state for one in heard.calls().interactions] == ["wrap_up"]
    assert b"Action: Login\r\n" in asterisk.received
    assert f"Secret: {SECRET}\r\n".encode() in asterisk.received


def test_events_of_one_packet_each_and_of_half_lines_are_the_same(
    asterisk: FakeAsterisk, line: Callable[..., Opened], qtbot: QtBot
) -> None:
    _, heard = line(asterisk.port)
    qtbot.waitUntil(lambda: ("up", "") in heard.states())
    data = recording("11")
    for at in range(0, len(data), 613):
        asterisk.send(data[at : at + 613])
        qtbot.wait(1)
    qtbot.waitUntil(lambda: T.ENDED in heard.types())
    assert heard.types() == [T.LINK_UP, T.RINGING, T.ANSWERED, T.ENDED]


def test_a_wrong_login_is_said_and_tried_again_slowly(
    asterisk: FakeAsterisk, line: Callable[..., Opened], qtbot: QtBot
) -> None:
    asterisk.login_answer = b"Response: Error\r\nActionID: %s\r\nMessage: Authentication failed\r\n\r\n"
    _, heard = line(asterisk.port, QUICK)
    qtbot.waitUntil(lambda: ("down", "login_refused") in heard.states())
    assert heard.links[-1] == LinkState("asterisk", "down", "login_refused", QUICK.retry_refused)
    assert heard.events == []
    asterisk.login_answer = ACCEPTED
    qtbot.waitUntil(lambda: ("up", "") in heard.states())
    assert asterisk.connections == 2


def test_a_closed_socket_is_said_and_the_line_comes_back(
    asterisk: FakeAsterisk, line: Callable[..., Opened], qtbot: QtBot
) -> None:
    _, heard = line(asterisk.port)
    qtbot.waitUntil(lambda: ("up", "") in heard.states())
    data = recording("01")
    asterisk.send(data[: data.index(b"Event: HangupRequest")])
    qtbot.waitUntil(lambda: T.ANSWERED in heard.types())
    asterisk.hang_up()
    qtbot.waitUntil(lambda: T.LINK_DOWN in heard.types())
    assert [one.unconfirmed for one in heard.calls().interactions] == [True]
    qtbot.waitUntil(lambda: heard.states().count(("up", "")) == 2)
    asterisk.send(data[data.index(b"Event: HangupRequest") :])
    qtbot.waitUntil(lambda: T.ENDED in heard.types())
    assert ("down", "closed") in heard.states()
    assert [(one.state, one.unconfirmed) for one in heard.calls().interactions] == [("wrap_up", False)]


def test_a_call_that_ended_while_the_line_was_down_ends_with_the_list_of_channels(
    asterisk: FakeAsterisk, line: Callable[..., Opened], qtbot: QtBot
) -> None:
    asterisk.list_answer = (
        b"Response: Success\r\nActionID: %s\r\nEventList: start\r\n\r\n"
        b"Event: CoreShowChannelsComplete\r\nActionID: %s\r\nEventList: Complete\r\nListItems: 0\r\n\r\n"
    )
    _, heard = line(asterisk.port)
    qtbot.waitUntil(lambda: T.SNAPSHOT in heard.types())
    data = recording("01")
    asterisk.send(data[: data.index(b"Event: HangupRequest")])
    qtbot.waitUntil(lambda: T.ANSWERED in heard.types())
    asterisk.hang_up()
    qtbot.waitUntil(lambda: heard.types().count(T.SNAPSHOT) == 2)
    (interaction,) = heard.calls().interactions
    assert (interaction.state, interaction.cause) == ("wrap_up", "unknown")


def test_nobody_listening_is_said_and_the_pauses_grow(line: Callable[..., Opened], qtbot: QtBot) -> None:
    free = QTcpServer()
    free.listen(QHostAddress.SpecialAddress.LocalHost, 0)
    port = free.serverPort()
    free.close()
    _, heard = line(port)
    qtbot.waitUntil(lambda: heard.states().count(("down", "connection_refused")) == 4)
    pauses = [link.retry_in_ms for link in heard.links if link.state == "down"]
    assert pauses[:4] == [15, 30, 60, 60]
    assert T.LINK_DOWN not in heard.types()


def test_a_telephone_system_that_falls_silent_is_noticed(
    asterisk: FakeAsterisk, line: Callable[..., Opened], qtbot: QtBot
) -> None:
    asterisk.answers_pings = False
    _, heard = line(asterisk.port, QUICK)
    qtbot.waitUntil(lambda: ("down", "silent") in heard.states())
    asterisk.answers_pings = True
    qtbot.waitUntil(lambda: heard.states().count(("up", "")) == 2)


def test_answered_pings_keep_the_line(asterisk: FakeAsterisk, line: Callable[..., Opened], qtbot: QtBot) -> None:
    _, heard = line(asterisk.port, QUICK)
    qtbot.waitUntil(lambda: asterisk.received.count(b"Action: Ping") >= 3)
    assert heard.states() == [("connecting", ""), ("up", "")]


def test_a_server_that_never_greets_is_given_up_and_tried_again(
    asterisk: FakeAsterisk, line: Callable[..., Opened], qtbot: QtBot
) -> None:
    asterisk.greeting = b"220 mail.example ESMTP\r\n"
    _, heard = line(asterisk.port, QUICK)
    qtbot.waitUntil(lambda: heard.states().count(("down", "no_answer")) == 1)
    qtbot.waitUntil(lambda: asterisk.connections == 2)
    assert asterisk.received == b""


def test_a_login_without_an_answer_is_given_up(
    asterisk: FakeAsterisk, line: Callable[..., Opened], qtbot: QtBot
) -> None:
    asterisk.login_answer = b""
    _, heard = line(asterisk.port, QUICK)
    qtbot.waitUntil(lambda: ("down", "no_answer") in heard.states())


def test_a_telephone_system_that_does_not_say_whether_a_number_may_be_shown_rings_without_it(
    asterisk: FakeAsterisk, line: Callable[..., Opened], qtbot: QtBot
) -> None:
    asterisk.answers_questions = False
    _, heard = line(asterisk.port, AmiTiming(question=30))
    qtbot.waitUntil(lambda: ("up", "") in heard.states())
    data = recording("11")
    asterisk.send(data[: data.index(b"Event: HangupRequest")])
    qtbot.waitUntil(lambda: T.ANSWERED in heard.types())
    (interaction,) = heard.calls().interactions
    assert (interaction.caller.raw, interaction.caller.presentation) == ("", "unknown")
    assert len(asterisk.asked) == 1


def test_a_number_is_asked_about_once_and_a_withheld_one_is_not_shown(
    asterisk: FakeAsterisk, line: Callable[..., Opened], qtbot: QtBot
) -> None:
    asterisk.presentation = "prohib_passed_screen"
    _, heard = line(asterisk.port)
    qtbot.waitUntil(lambda: ("up", "") in heard.states())
    asterisk.send(recording("01"))
    qtbot.waitUntil(lambda: T.ENDED in heard.types())
    assert [one.caller.presentation for one in heard.calls().interactions] == ["restricted"]
    assert "+4930123456" not in repr(heard.events)
    assert [variable for _, variable in asterisk.asked] == ["CALLERID(num-pres)"]


def test_an_account_that_may_not_ask_shows_the_number_and_says_what_it_lacks(
    asterisk: FakeAsterisk, line: Callable[..., Opened], qtbot: QtBot
) -> None:
    asterisk.denies_reporting = True
    _, heard = line(asterisk.port)
    qtbot.waitUntil(lambda: any(link.lacking for link in heard.links))
    asterisk.send(recording("01"))
    qtbot.waitUntil(lambda: T.ENDED in heard.types())
    assert [one.caller.raw for one in heard.calls().interactions] == ["+4930123456"]
    assert [link.lacking for link in heard.links if link.state == "up"] == [(), ("write=reporting",)]


GARBAGE = {
    "text": (b"lorem ipsum\r\n\r\n", "malformed_line"),
    "binary": (bytes(range(256)) * 40 + b"\r\n\r\n", "malformed_line"),
    "a line of a megabyte": (b"Event: " + b"x" * 1_000_000 + b"\r\n\r\n", "line_too_long"),
    "a message of two megabytes": (b"Key: value\r\n" * 180_000 + b"\r\n", "message_too_long"),
}


@pytest.mark.parametrize("what", GARBAGE)
def test_garbage_in_mid_stream_is_dropped_and_the_next_call_rings(
    what: str, asterisk: FakeAsterisk, line: Callable[..., Opened], qtbot: QtBot
) -> None:
    _, heard = line(asterisk.port)
    qtbot.waitUntil(lambda: ("up", "") in heard.states())
    garbage, code = GARBAGE[what]
    asterisk.send(garbage)
    asterisk.send(recording("12"))
    qtbot.waitUntil(lambda: T.ENDED in heard.types())
    assert [problem.code for problem in heard.dropped] == [code]
    assert heard.types() == [T.LINK_UP, T.RINGING, T.ENDED]


def test_half_a_line_before_the_socket_closes_does_not_spoil_the_next_connection(
    asterisk: FakeAsterisk, line: Callable[..., Opened], qtbot: QtBot
) -> None:
    _, heard = line(asterisk.port)
    qtbot.waitUntil(lambda: ("up", "") in heard.states())
    asterisk.send(b"Event: Newstate\r\nChannel: PJSIP/age")
    asterisk.sockets[-1].waitForBytesWritten(1000)
    asterisk.sockets[-1].disconnectFromHost()
    qtbot.waitUntil(lambda: heard.states().count(("up", "")) == 2)
    asterisk.send(recording("12"))
    qtbot.waitUntil(lambda: T.ENDED in heard.types())
    assert heard.dropped == []


def test_stopping_logs_off_and_stays_off(asterisk: FakeAsterisk, line: Callable[..., Opened], qtbot: QtBot) -> None:
    source, heard = line(asterisk.port, QUICK)
    qtbot.waitUntil(lambda: ("up", "") in heard.states())
    source.stop()
    assert heard.links[-1] == LinkState("asterisk", "down", "stopped")
    qtbot.waitUntil(lambda: b"Action: Logoff" in asterisk.received)
    qtbot.wait(3 * QUICK.retry_longest)
    assert asterisk.connections == 1
    source.start()
    qtbot.waitUntil(lambda: heard.states().count(("up", "")) == 2)


def test_the_secret_is_in_no_text_and_no_log(
    asterisk: FakeAsterisk, line: Callable[..., Opened], qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    asterisk.login_answer = b"Response: Error\r\nActionID: %s\r\nMessage: Authentication failed\r\n\r\n"
    source, heard = line(asterisk.port, QUICK)
    qtbot.waitUntil(lambda: ("down", "login_refused") in heard.states())
    settings = AmiSettings("127.0.0.1", 5038, "cti", SECRET, AgentLine("201", ("PJSIP/agent1",)))
    assert SECRET not in "".join([repr(settings), repr(source), repr(heard.links), caplog.text])


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": ""},
        {"port": 0},
        {"port": 70000},
        {"username": ""},
        {"username": "cti\r\nAction: Originate"},
        {"secret": "a\nb"},
        {"line": AgentLine("201", ())},
    ],
)
def test_settings_that_cannot_work_are_refused_without_the_secret(wrong: dict[str, object]) -> None:
    values: dict[str, object] = {
        "host": "127.0.0.1",
        "port": 5038,
        "username": "cti",
        "secret": SECRET,
        "line": AgentLine("201", ("PJSIP/agent1",)),
    }
    with pytest.raises(SettingsError, match="Asterisk") as refused:
        AmiSettings(**{**values, **wrong})  # type: ignore[arg-type]
    assert SECRET not in str(refused.value)
