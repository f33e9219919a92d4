"""Panels listen over real sockets: in order, after a break, in silence, and when they do not read."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

import pytest
import requests
import uvicorn
from fastapi import FastAPI
from fastapi.middleware import Middleware

from nba_desktop.backend.api.auth import Authentication
from nba_desktop.backend.api.problems import add_problem_handlers
from nba_desktop.backend.api.stream import stream_router
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.codes import Role
from tests.fakes.hub_calls import Site, source_of
from tests.fakes.sse import streaming

ZAMMAD = source_of("zammad")
T = TypeVar("T")
NOBODY = Caller("nobody", "A-0", frozenset({Role.ANALYST}))


class Tokens:
    """A token is its agent's name."""

    def caller_of(self, token: str) -> Caller | None:
        return NOBODY if token == "nobody" else Caller(token, "A-1", frozenset({Role.AGENT}))


class Served:
    """A hub behind a server with small buffers; told of calls within the server's thread."""

    def __init__(self, heartbeat_s: float = 15.0, lifetime_s: float = 60.0) -> None:
        self.site = Site(waiting=50)
        app = FastAPI(middleware=[Middleware(Authentication, tokens=Tokens())])
        add_problem_handlers(app)
        app.include_router(stream_router(self.site.hub, now_utc, heartbeat_s, lifetime_s))
        self.server = uvicorn.Server(uvicorn.Config(app, access_log=False, log_config=None, ws="none"))
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self._loop: asyncio.AbstractEventLoop | None = None

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self.server.serve(sockets=[self.listener])

    def within(self, done: Callable[[], T]) -> T:
        async def once() -> T:
            return done()

        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(once(), self._loop).result(20)

    def ring(self, *calls: str, user: str = "Anna Adler") -> None:
        for call in calls:
            post = {"event": "newCall", "callId": call, "direction": "in", "user": user}
            self.within(lambda post=post: self.site.post(ZAMMAD, post))  # type: ignore[misc]

    def wait_for_listeners(self, count: int) -> None:
        until = time.monotonic() + 20
        while self.within(lambda: self.site.feed.listening) != count:
            assert time.monotonic() < until, "the number of listeners is another"
            time.sleep(0.005)


@contextmanager
def serving(**options: Any) -> Iterator[Served]:
    served = Served(**options)
    thread = threading.Thread(target=served.run)
    thread.start()
    try:
        until = time.monotonic() + 20
        while not served.server.started:
            assert time.monotonic() < until
            time.sleep(0.005)
        yield served
    finally:
        served.within(served.site.hub.end_streams)
        served.server.should_exit = True
        thread.join(20)
        assert not thread.is_alive()


def legs(events: list[Any]) -> list[str]:
    return [event.leg_id.removeprefix("pbx:") for event in events]


def test_each_of_several_agents_hears_his_own_calls_in_order() -> None:
    with serving() as served, ExitStack() as stack:
        streams = {name: stack.enter_context(streaming(served.url, name)) for name in ("anna", "ben", "cora")}
        for stream in streams.values():
            assert stream.event().type == "snapshot"
        for number in range(30):
            served.ring(f"a{number}")
            served.ring(f"b{number}", user="Ben Brandt")
        assert legs(streams["anna"].events(30)) == [f"a{number}" for number in range(30)]
        assert legs(streams["ben"].events(30)) == [f"b{number}" for number in range(30)]
        served.wait_for_listeners(3)


def test_a_panel_that_was_cut_off_resumes_where_it_was() -> None:
    with serving() as served:
        with streaming(served.url, "anna") as stream:
            assert stream.event().type == "snapshot"
            served.ring("a", "b")
            seen = stream.events(2)[-1].sequence
        served.wait_for_listeners(0)
        served.ring("c", "d")
        with streaming(served.url, "anna", last_seen=seen) as stream:
            missed = stream.events(3)
            assert legs(missed[:2]) == ["c", "d"]
            assert (missed[2].type, missed[2].legs) == ("snapshot", ("pbx:a", "pbx:b", "pbx:c", "pbx:d"))
            served.ring("e")
            assert legs([stream.event()]) == ["e"]


@pytest.mark.parametrize("last_seen", ["7", "99999999999999999999", "-1", "x", "1e3", "²"])
def test_an_id_that_nobody_gave_out_begins_with_a_snapshot(last_seen: str) -> None:
    with serving() as served:
        served.ring("a")
        answer = requests.get(
            f"{served.url}/v1/stream",
            headers={"Authorization": "Bearer anna", "Last-Event-ID": last_seen.encode("utf-8")},
            stream=True,
            timeout=20,
        )
        with answer:
            assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
            lines = (line for line in answer.iter_lines(decode_unicode=True) if line.startswith("data: "))
            assert '"type":"snapshot"' in next(lines)
            assert '"type":"ringing"' in next(lines)


def test_silence_is_told_from_a_broken_line_by_a_heartbeat() -> None:
    with serving(heartbeat_s=0.02) as served, streaming(served.url, "anna") as stream:
        assert stream.event().type == "snapshot"
        assert [stream.block() for _ in range(3)] == [[":"]] * 3
        served.ring("a")
        assert legs([stream.event()]) == ["a"]


def test_a_panel_that_does_not_read_is_cut_and_the_others_are_not_held_up() -> None:
    with serving() as served, streaming(served.url, "anna") as quick, socket.socket() as slow:
        quick.event()
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.connect(("127.0.0.1", served.listener.getsockname()[1]))
        slow.sendall(b"GET /v1/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer anna\r\n\r\n")
        served.wait_for_listeners(2)
        calls = 0
        while served.within(lambda: served.site.feed.listening) == 2:
            served.ring(f"c{calls}")
            assert legs([quick.event()]) == [f"c{calls}"]
            calls += 1
            assert calls < 5000, "what waits for a slow reader has no end"
        # What the system had taken over already still comes, then the end.
        slow.settimeout(20)
        received = b""
        while not received.endswith(b"0\r\n\r\n"):
            part = slow.recv(65536)
            assert part
            received += part
        assert received.count(b"event: call") < calls
        served.ring("after")
        assert legs([quick.event()]) == ["after"]


def test_a_panel_that_goes_is_forgotten() -> None:
    with serving() as served:
        with streaming(served.url, "anna") as stream:
            stream.event()
            served.wait_for_listeners(1)
        served.wait_for_listeners(0)


def test_a_server_that_stops_ends_its_streams_in_order() -> None:
    with serving() as served, streaming(served.url, "anna") as stream:
        stream.event()
        served.within(served.site.hub.end_streams)
        with pytest.raises(EOFError):
            stream.event()


def test_after_its_lifetime_a_stream_ends_so_that_its_token_is_asked_for_again() -> None:
    with serving(lifetime_s=0.05) as served, streaming(served.url, "anna") as stream:
        seen = stream.event().sequence
        with pytest.raises(EOFError):
            stream.event()
        served.ring("a")
        with streaming(served.url, "anna", last_seen=seen) as again:
            assert [event.type for event in again.events(2)] == ["ringing", "snapshot"]


def test_only_an_agent_may_listen() -> None:
    with serving() as served:
        for headers, status in (({}, 401), ({"Authorization": "Bearer nobody"}, 403)):
            assert requests.get(f"{served.url}/v1/stream", headers=headers, timeout=20).status_code == status


def test_many_panels_listen_at_once() -> None:
    with serving() as served, ExitStack() as stack:
        streams = [stack.enter_context(streaming(served.url, f"agent-{number}")) for number in range(200)]
        served.wait_for_listeners(200)
        for stream in streams:
            assert stream.event().type == "snapshot"
