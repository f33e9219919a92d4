"""The line to the backend's stream over a real socket: taken, refused, lost, silent, and back where it was."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtNetwork import QNetworkProxy, QSslCertificate, QSslConfiguration
from pytestqt.qtbot import QtBot

from nba_desktop import __version__
from nba_desktop.adapters.cti.hub_events import HubProblem
from nba_desktop.adapters.cti.hub_stream import HubStreamSettings, HubStreamSource, HubTiming
from nba_desktop.adapters.cti.source import CallSource
from nba_desktop.contract.arrival import OfferNews
from nba_desktop.contract.handshake import PROTOCOL
from nba_desktop.domain.call import Calls, InteractionState, on_event
from nba_desktop.domain.call_event import CallEvent, CallEventType, LinkState
from nba_desktop.domain.errors import SecretsError, SettingsError
from tests.fakes.certificates import Authority
from tests.fakes.hub_stream import AT, block, hub_event
from tests.fakes.sse_server import FakeStream, answer, chunk

TOKEN = "t0ken-never-shown"
QUICK = HubTiming(answer=300, silence=300, steady=0, retry_first=20, retry_longest=80, retry_refused=5000)
PATIENT = HubTiming(steady=0, retry_first=20, retry_longest=80)
T = CallEventType
STARTED = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


class Listener:
    """What a source said."""

    def __init__(self, source: CallSource) -> None:
        self.events: list[CallEvent] = []
        self.links: list[LinkState] = []
        self.dropped: list[HubProblem] = []
        self.packets: list[bytes] = []
        source.call_event.connect(self.events.append)
        source.link_changed.connect(self.links.append)
        source.input_dropped.connect(self.dropped.append)
        source.received.connect(self.packets.append)

    def states(self) -> list[tuple[str, str]]:
        return [(link.state, link.detail) for link in self.links]

    def types(self) -> list[CallEventType]:
        return [event.type for event in self.events]

    def calls(self, since: datetime | None = None) -> Calls:
        calls = Calls(since=since)
        for event in self.events:
            calls = on_event(calls, event)
        return calls

    def stands(self) -> list[tuple[str, InteractionState, bool]]:
        return [(one.conversation_id, one.state, one.unconfirmed) for one in self.calls().interactions]


@pytest.fixture
def backend(qapp: object) -> Iterator[FakeStream]:
    fake = FakeStream()
    yield fake
    fake.server.close()


Opened = tuple[HubStreamSource, Listener]


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[Callable[..., Opened]]:
    opened: list[HubStreamSource] = []

    def open_(url: str, timing: HubTiming = PATIENT, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Opened:
        source = HubStreamSource(HubStreamSettings(url, TOKEN), timing, now=now, jitter=lambda: 0.5)
        opened.append(source)
        listener = Listener(source)
        source.start()
        return source, listener

    yield open_
    for source in opened:
        source.stop()


def test_the_stream_is_asked_for_with_the_token_and_the_line_is_up_with_the_first_event(
    qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]
) -> None:
    source, listener = line(f"{backend.url}/")
    qtbot.waitUntil(lambda: T.SNAPSHOT in listener.types())
    assert (source.name, source.kind) == ("hub", "hub")
    assert listener.states() == [("connecting", ""), ("up", "")]
    assert listener.types() == [T.LINK_UP, T.SNAPSHOT]
    assert {event.source for event in listener.events} == {"hub"}
    (request,) = backend.requests
    assert request[""] == "GET /v1/stream HTTP/1.1"
    assert request["authorization"] == f"Bearer {TOKEN}"
    assert (request["nba-protocol"], request["nba-version"]) == (str(PROTOCOL), __version__)
    assert (request["accept"], request["accept-encoding"]) == ("text/event-stream", "identity")
    assert "last-event-id" not in request
    assert b"retry: 1000" in b"".join(listener.packets)


def test_a_call_rings_is_answered_and_ends(qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]) -> None:
    _, listener = line(backend.url)
    qtbot.waitUntil(lambda: T.SNAPSHOT in listener.types())
    backend.send(hub_event("ringing", 2, "1", queue="service", customer_no="K-1", dialled="4930555000"))
    qtbot.waitUntil(lambda: listener.stands() == [("pbx:1", InteractionState.OFFERED, False)])
    (call,) = listener.calls().interactions
    assert (call.caller.e164, call.queue, call.attached.customer_no) == ("+4930600000001", "service", "K-1")
    assert (call.dialled, call.source, listener.events[-1].source_seq) == ("4930555000", "hub", 2)
    backend.send(hub_event("answered", 3, "1"))
    qtbot.waitUntil(lambda: listener.stands()[0][1] is InteractionState.LIVE)
    backend.send(hub_event("ended", 4, "1", cause="normal"))
    qtbot.waitUntil(lambda: listener.stands()[0][1] is InteractionState.WRAP_UP)
    assert listener.calls().interactions[0].cause == "normal"


def test_news_of_a_running_call_are_told_and_are_no_call(
    qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]
) -> None:
    source, listener = line(backend.url)
    told: list[OfferNews] = []
    source.news_came.connect(told.append)
    qtbot.waitUntil(lambda: T.SNAPSHOT in listener.types())
    news = OfferNews(sequence=2, contact_id=UUID(int=7), action_ids=("RET_FIX12",))
    for data in (b"{}", news.model_dump_json().encode()):
        backend.write(chunk(b"event: news\nid: 2\ndata: %b\n\n" % data))
    qtbot.waitUntil(lambda: told == [news])
    assert listener.dropped == [HubProblem("malformed_event")]
    assert listener.types() == [T.LINK_UP, T.SNAPSHOT]


@pytest.mark.parametrize("size", [1, 7, 50])
def test_however_the_network_cuts_the_stream_it_says_the_same(
    size: int, qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]
) -> None:
    _, listener = line(backend.url)
    qtbot.waitUntil(lambda: T.SNAPSHOT in listener.types())
    data = block(hub_event("ringing", 2, "1")) + b":\n\n" + block(hub_event("answered", 3, "1"))
    for begin in range(0, len(data), size):
        backend.write(chunk(data[begin : begin + size]))
    qtbot.waitUntil(lambda: listener.types()[-2:] == [T.RINGING, T.ANSWERED])
    assert listener.dropped == []
    assert b"".join(listener.packets).endswith(data)


REFUSALS = [
    (answer("401 Unauthorized", b"{}", WWW_Authenticate="Bearer"), "login_refused"),
    (answer("403 Forbidden", b"{}", Content_Type="application/problem+json"), "login_refused"),
    (answer("404 Not Found"), "not_the_service"),
    (answer("409 Conflict"), "not_the_service"),
    (answer("409 Conflict", NBA_Protocol="999"), "panel_too_old"),
    (answer("302 Found", Location="http://127.0.0.1:9/login"), "not_the_service"),
    (answer("200 OK", b"<html>Welcome to our hotel", Content_Type="text/html"), "not_the_service"),
    (answer("204 No Content"), "not_the_service"),
    (answer("503 Service Unavailable", b"<html>", Content_Type="text/html"), "no_answer"),
    (b"220 mail.example ESMTP\r\n", "closed"),
    (FakeStream.good()[: -len(chunk(block(hub_event("snapshot", 1))))] + b"0\r\n\r\n", "not_the_service"),
]


@pytest.mark.parametrize(("greeting", "code"), REFUSALS, ids=[code + str(at) for at, (_, code) in enumerate(REFUSALS)])
def test_what_is_not_the_stream_is_named(
    greeting: bytes, code: str, qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]
) -> None:
    backend.greeting = greeting
    _, listener = line(backend.url, QUICK)
    qtbot.waitUntil(lambda: ("down", code) in listener.states())
    assert listener.states()[:2] == [("connecting", ""), ("down", code)]
    assert listener.events == []
    assert len({request[""] for request in backend.requests}) == 1
    refused = code == "login_refused"
    # The last one's wish for a pause was heard: a second, but never more than the longest.
    pause = 60 if b"retry:" in greeting else 15
    assert listener.links[1].retry_in_ms == (QUICK.retry_refused if refused else pause)
    if refused:
        # Long enough for several of the usual pauses.
        qtbot.wait(100)
        assert len(backend.requests) == 1
    else:
        qtbot.waitUntil(lambda: len(backend.requests) > 1)


def test_a_server_that_answers_nothing_is_left_after_a_while(
    qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]
) -> None:
    backend.greeting = b""
    _, listener = line(backend.url, QUICK)
    qtbot.waitUntil(lambda: ("down", "no_answer") in listener.states())


def test_another_service_s_events_are_not_taken_for_the_backend_s(
    qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]
) -> None:
    backend.greeting = FakeStream.good()[: -len(chunk(block(hub_event("snapshot", 1))))]
    backend.greeting += chunk(b'event: price\ndata: {"type": "ringing"}\n\n')
    _, listener = line(backend.url, QUICK)
    qtbot.waitUntil(lambda: ("down", "not_the_service") in listener.states())
    assert listener.events == []
    assert listener.dropped[0] == HubProblem("unknown_event")


def test_nobody_there_and_no_such_name(qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]) -> None:
    url = backend.url
    backend.close()
    _, listener = line(url)
    qtbot.waitUntil(lambda: len(listener.links) > 8, timeout=10_000)
    assert set(listener.states()) == {("connecting", ""), ("down", "connection_refused")}
    pauses = [link.retry_in_ms for link in listener.links if link.state == "down"]
    assert pauses[:4] == [15, 30, 60, 60]
    _, elsewhere = line("https://nowhere.invalid")
    qtbot.waitUntil(lambda: ("down", "host_not_found") in elsewhere.states(), timeout=20_000)


def test_silence_ends_the_line_and_a_comment_keeps_it(
    qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]
) -> None:
    _, listener = line(backend.url, QUICK)
    qtbot.waitUntil(lambda: T.SNAPSHOT in listener.types())
    for _ in range(6):
        qtbot.wait(100)
        backend.write(chunk(b":\n\n"))
    assert listener.states() == [("connecting", ""), ("up", "")]
    qtbot.waitUntil(lambda: ("down", "silent") in listener.states())
    qtbot.waitUntil(lambda: listener.states()[-1] == ("up", ""))
    assert listener.types()[:5] == [T.LINK_UP, T.SNAPSHOT, T.LINK_DOWN, T.LINK_UP, T.SNAPSHOT]


def test_a_lost_line_makes_calls_unconfirmed_and_the_next_says_what_was_missed_once(
    qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]
) -> None:
    _, listener = line(backend.url)
    qtbot.waitUntil(lambda: T.SNAPSHOT in listener.types())
    rings = [hub_event("ringing", 2, "1"), hub_event("ringing", 3, "2"), hub_event("answered", 4, "1")]
    backend.send(*rings)
    qtbot.waitUntil(lambda: T.ANSWERED in listener.types())
    # As after a restart of a backend that remembers nothing but these.
    missed = [*rings[1:], hub_event("ended", 5, "2", cause="elsewhere"), hub_event("snapshot", 6, legs=("pbx:1",))]
    backend.greeting = FakeStream.good(*missed)
    backend.hang_up()
    qtbot.waitUntil(lambda: T.LINK_DOWN in listener.types())
    assert [one[1:] for one in listener.stands()] == [(InteractionState.LIVE, True), (InteractionState.OFFERED, True)]
    qtbot.waitUntil(lambda: listener.types()[-1] is T.SNAPSHOT)
    assert listener.states() == [("connecting", ""), ("up", ""), ("down", "closed"), ("connecting", ""), ("up", "")]
    assert [one[1:] for one in listener.stands()] == [
        (InteractionState.LIVE, False),
        (InteractionState.WITHDRAWN, False),
    ]
    assert listener.calls().interactions[1].cause == "elsewhere"
    assert backend.requests[-1]["last-event-id"] == "4"


def test_a_call_that_a_snapshot_does_not_name_is_over(
    qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]
) -> None:
    _, listener = line(backend.url)
    qtbot.waitUntil(lambda: T.SNAPSHOT in listener.types())
    backend.send(hub_event("ringing", 2, "1"), hub_event("answered", 3, "1"))
    qtbot.waitUntil(lambda: T.ANSWERED in listener.types())
    backend.greeting = FakeStream.good(hub_event("snapshot", 900))
    backend.hang_up()
    qtbot.waitUntil(lambda: listener.types()[-1] is T.SNAPSHOT)
    assert listener.stands() == [("pbx:1", InteractionState.WRAP_UP, False)]
    assert listener.calls().interactions[0].cause == "unknown"


def test_a_stream_that_ends_after_its_lifetime_is_followed_by_the_next_and_nobody_notices(
    qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]
) -> None:
    _, listener = line(backend.url)
    qtbot.waitUntil(lambda: T.SNAPSHOT in listener.types())
    for round_ in range(3):
        backend.greeting = FakeStream.good(hub_event("ringing", 10 + round_, str(round_)))
        backend.end()
        qtbot.waitUntil(lambda round_=round_: listener.types().count(T.RINGING) == round_ + 1)  # type: ignore[misc]
    assert listener.states() == [("connecting", ""), ("up", "")]
    assert [request.get("last-event-id") for request in backend.requests] == [None, "1", "10", "11"]


def test_a_stream_that_ends_again_and_again_at_once_is_asked_for_ever_more_slowly(
    qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]
) -> None:
    backend.greeting = FakeStream.good() + b"0\r\n\r\n"
    _, listener = line(backend.url, HubTiming(retry_first=20, retry_longest=2000))
    qtbot.waitUntil(lambda: [link.state for link in listener.links].count("down") == 3, timeout=10_000)
    pauses = [link.retry_in_ms for link in listener.links if link.state == "down"]
    # The backend asks for a second.
    assert pauses == [750, 1500, 1500]


def test_a_backend_that_goes_after_an_orderly_end_is_a_lost_line(
    qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]
) -> None:
    _, listener = line(backend.url)
    qtbot.waitUntil(lambda: T.SNAPSHOT in listener.types())
    port = backend.server.serverPort()
    backend.close()
    backend.end()
    backend.sockets[-1].disconnectFromHost()
    qtbot.waitUntil(lambda: ("down", "connection_refused") in listener.states())
    assert listener.types()[-1] is T.LINK_DOWN
    backend.open_again(port)
    qtbot.waitUntil(lambda: listener.states()[-1] == ("up", ""))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'event: call\nid: 2\ndata: {"type":"parked","sequence":2}\n\n', "unknown_type"),
        (b"event: call\nid: 2\ndata: {\n\n", "malformed_event"),
        (b"event: call\nid: 2\ndata: []\n\n", "malformed_event"),
        (b"event: call\nid: 2\ndata: " + b"[" * 5000 + b"\n\n", "malformed_event"),
        (b'event: call\nid: 2\ndata: {"type":"ringing","leg_id":"\\ud800"}\n\n', "malformed_event"),
        (b"event: weather\ndata: 1\n\n", "unknown_event"),
        (b"data: " + b"x" * 300_000 + b"\n\n", "line_too_long"),
    ],
)
def test_what_the_panel_does_not_know_is_dropped_by_name_and_the_next_event_is_read(
    data: bytes, code: str, qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]
) -> None:
    _, listener = line(backend.url)
    qtbot.waitUntil(lambda: T.SNAPSHOT in listener.types())
    backend.write(chunk(data + block(hub_event("ringing", 3, "1"))))
    qtbot.waitUntil(lambda: T.RINGING in listener.types())
    assert [problem.code for problem in listener.dropped] == [code]
    assert listener.states() == [("connecting", ""), ("up", "")]


@pytest.mark.parametrize("skew", [timedelta(0), timedelta(hours=-3), timedelta(hours=3)])
def test_a_backend_s_wrong_clock_moves_no_call(
    skew: timedelta, qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]
) -> None:
    now = [STARTED]
    backend.greeting = FakeStream.good(
        hub_event("snapshot", 7, legs=("pbx:1",), occurred_at=STARTED + skew),
        # It has been ringing for a while; the panel has just been started.
        hub_event("ringing", 8, "1", occurred_at=STARTED + skew - timedelta(minutes=2)),
    )
    _, listener = line(backend.url, now=lambda: now[0])
    qtbot.waitUntil(lambda: T.RINGING in listener.types())
    now[0] += timedelta(seconds=30)
    backend.send(hub_event("answered", 9, "1", occurred_at=STARTED + skew + timedelta(seconds=29)))
    qtbot.waitUntil(lambda: T.ANSWERED in listener.types())
    (call,) = listener.calls(since=STARTED).interactions
    assert (call.state, call.started_at) == (InteractionState.LIVE, STARTED)
    assert call.answered_at == STARTED + timedelta(seconds=29)


def test_times_beyond_the_calendar_are_now(qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]) -> None:
    backend.greeting = FakeStream.good(
        hub_event("snapshot", 1, occurred_at=datetime(1, 1, 2, tzinfo=UTC)),
        hub_event("ringing", 2, "1", occurred_at=datetime(9999, 12, 30, tzinfo=UTC)),
    )
    _, listener = line(backend.url, now=lambda: AT)
    qtbot.waitUntil(lambda: T.RINGING in listener.types())
    assert listener.events[-1].occurred_at == AT


def test_stopping_lets_go_and_starting_again_begins_with_a_snapshot(
    qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]
) -> None:
    source, listener = line(backend.url)
    source.start()
    qtbot.waitUntil(lambda: T.SNAPSHOT in listener.types())
    source.stop()
    source.stop()
    assert listener.states() == [("connecting", ""), ("up", ""), ("down", "stopped")]
    assert listener.types() == [T.LINK_UP, T.SNAPSHOT, T.LINK_DOWN]
    qtbot.waitUntil(lambda: backend.sockets[0].state() is backend.sockets[0].SocketState.UnconnectedState)
    source.start()
    qtbot.waitUntil(lambda: listener.states()[-1] == ("up", ""))
    assert ["last-event-id" in request for request in backend.requests] == [False, False]


@pytest.mark.parametrize("signal", ["received", "link_changed", "call_event", "input_dropped"])
def test_it_may_be_stopped_by_whoever_listens(
    signal: str, qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]
) -> None:
    backend.greeting = FakeStream.good(hub_event("snapshot", 1))[:-2] + b"\r\n" + chunk(b"data: x\n\ndata: y\n\n")
    source, listener = line(backend.url)

    def stop(said: object) -> None:
        if not isinstance(said, LinkState) or said.state == "up":
            source.stop()

    getattr(source, signal).connect(stop)
    qtbot.waitUntil(lambda: ("down", "stopped") in listener.states())
    qtbot.wait(50)
    assert listener.states()[-1] == ("down", "stopped")
    assert len(backend.requests) == 1


def test_a_proxy_of_the_whole_program_is_not_used(
    qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]
) -> None:
    before = QNetworkProxy.applicationProxy()
    QNetworkProxy.setApplicationProxy(QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, "127.0.0.1", 9))
    try:
        _, listener = line(backend.url)
        qtbot.waitUntil(lambda: T.SNAPSHOT in listener.types())
    finally:
        QNetworkProxy.setApplicationProxy(before)


@pytest.fixture
def trusting() -> Iterator[Callable[[Path], None]]:
    before = QSslConfiguration.defaultConfiguration()

    def trust(ca_file: Path) -> None:
        configuration = QSslConfiguration(before)
        configuration.setCaCertificates(QSslCertificate.fromData(ca_file.read_bytes()))
        QSslConfiguration.setDefaultConfiguration(configuration)

    yield trust
    QSslConfiguration.setDefaultConfiguration(before)


@pytest.mark.parametrize(
    ("host", "valid", "trusted", "code"),
    [
        ("127.0.0.1", (-10, 1), True, ""),
        ("127.0.0.1", (-10, 1), False, "tls_untrusted"),
        ("elsewhere.example", (-10, 1), True, "tls_wrong_host"),
        ("127.0.0.1", (-10, -1), True, "tls_expired"),
        ("127.0.0.1", (1, 2), True, "tls_not_yet_valid"),
    ],
)
def test_only_a_backend_that_proves_who_it_is_is_told_the_token(
    host: str,
    valid: tuple[int, int],
    trusted: bool,
    code: str,
    qtbot: QtBot,
    line: Callable[..., Opened],
    trusting: Callable[[Path], None],
    tmp_path: Path,
) -> None:
    authority = Authority(tmp_path)
    begins, ends = valid
    fake = FakeStream(authority.certify(host, begins=begins, days=ends))
    if trusted:
        trusting(authority.ca_file)
    _, listener = line(fake.url.replace("http:", "https:"))
    qtbot.waitUntil(lambda: len(listener.links) > 1, timeout=10_000)
    assert listener.states()[1] == (("down", code) if code else ("up", ""))
    assert len(fake.requests) == (0 if code else 1)
    fake.close()


def test_a_backend_that_does_not_speak_tls_is_not_told_the_token(
    qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened]
) -> None:
    backend.greeting = b"HTTP/1.1 400 Bad Request\r\n\r\n"
    _, listener = line(backend.url.replace("http:", "https:"), QUICK)
    qtbot.waitUntil(lambda: ("down", "tls_failed") in listener.states())
    assert not any("authorization" in request for request in backend.requests)


def test_the_token_is_in_no_log_and_no_text(
    qtbot: QtBot, backend: FakeStream, line: Callable[..., Opened], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    backend.greeting = answer("401 Unauthorized")
    _, listener = line(backend.url)
    qtbot.waitUntil(lambda: ("down", "login_refused") in listener.states())
    assert TOKEN not in caplog.text + repr(listener.links) + repr(HubStreamSettings(backend.url, TOKEN))


@pytest.mark.parametrize("url", ["", "ftp://x", "http://nba.example.org", "https://user:pass@nba.example.org"])
def test_an_address_that_cannot_be_the_backend_s_is_refused(url: str) -> None:
    with pytest.raises(SettingsError):
        HubStreamSettings(url, TOKEN)


@pytest.mark.parametrize("token", ["", "two words", "line\r\nX-Evil: 1", "töken"])
def test_what_cannot_be_a_token_is_refused(token: str) -> None:
    with pytest.raises(SecretsError):
        HubStreamSettings("https://nba.example.org", token)
