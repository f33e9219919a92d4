"""Connections that would be held for ever, and requests that would fill the memory."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from nba_desktop.backend.edge.connection import LONGEST_HEAD, LONGEST_TARGET, telling
from nba_desktop.backend.errors import Refused

TOLD: list[Refused] = []


def tell(refusal: Refused, _seconds: float) -> str:
    TOLD.append(refusal)
    return "the-id"


class HastyConnection(telling(tell)):  # type: ignore[misc]  # the class is made
    """As the real one, with less patience."""

    head_s = 0.15
    body_s = 0.3


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the length of what it was sent; `/deaf` does so before it was sent anything."""
    deaf = scope["path"] == "/deaf"
    try:
        body = b"" if deaf else await Request(scope, receive).body()
    except ClientDisconnect:
        return
    await PlainTextResponse(f"{len(body)}")(scope, receive, send)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    config = uvicorn.Config(
        echo, port=0, access_log=False, log_config=None, ws="none", http=HastyConnection, lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    waiting = threading.Event()
    while not server.started:
        waiting.wait(0.005)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(20)


class Line:
    """A connection on which anything can be sent."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=20)

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def answer(self) -> bytes:
        """Everything until the other side closes."""
        found = b""
        while part := self._socket.recv(65_536):
            found += part
        return found


def code_of(answer: bytes) -> tuple[int, str]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head
    assert b"x-content-type-options: nosniff" in head
    return int(head.split()[1]), json.loads(body)["code"]


def test_who_says_nothing_is_let_go(port: int) -> None:
    with Line(port) as line:
        assert line.answer() == b""


@pytest.mark.parametrize("begun", [b"GET /", b"GET / HTTP/1.1\r\nHost: a\r\n", b"GET / HTTP/1.1\r\nX-A: b"])
def test_a_head_that_does_not_end_is_too_slow(port: int, begun: bytes) -> None:
    with Line(port) as line:
        line.send(begun)
        assert code_of(line.answer()) == (408, "timed_out")


def test_a_head_that_drips_is_too_slow(port: int) -> None:
    with Line(port) as line:
        line.send(b"GET / HTTP/1.1\r\n")
        dripping = threading.Event()

        def drip() -> None:
            while not dripping.wait(0.02):
                try:
                    line.send(b"X-A: b\r\n")
                except OSError:
                    return

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            assert code_of(line.answer()) == (408, "timed_out")
        except ConnectionResetError:
            # What drips on after the end resets the line.
            pass
        finally:
            dripping.set()
            thread.join()


def test_a_body_that_does_not_come_is_too_slow(port: int) -> None:
    with Line(port) as line:
        TOLD.clear()
        line.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n1234")
        assert code_of(line.answer()) == (408, "timed_out")
        # The application has the request, and logs it.
        assert TOLD == []


def test_a_body_that_nobody_waits_for_holds_no_line(port: int) -> None:
    with Line(port) as line:
        line.send(b"POST /deaf HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n1234")
        answer = line.answer()
        assert answer.startswith(b"HTTP/1.1 200 OK")
        assert b"408" not in answer


def test_empty_lines_hold_no_line_after_an_answer(port: int) -> None:
    with Line(port) as line:
        line.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert line._socket.recv(65_536).startswith(b"HTTP/1.1 200 OK")
        line.send(b"\r\n")
        assert line.answer() in (b"", b"0")


def test_a_quick_request_in_pieces_is_answered_and_the_next_one_too(port: int) -> None:
    with Line(port) as line:
        line.send(b"POST / HTTP/1.1\r\nHo")
        line.send(b"st: a\r\nContent-Length: 4\r\n\r\n12")
        line.send(b"34POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nConnection: close\r\n\r\n1")
        answer = line.answer()
        assert answer.count(b"HTTP/1.1 200 OK") == 2
        assert answer.endswith(b"\r\n\r\n1")


@pytest.mark.expected_log("Invalid HTTP request received")
@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"GET /?" + b"q" * LONGEST_TARGET + b" HTTP/1.1\r\nHost: a\r\n\r\n", (414, "too_large")),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX-A: " + b"b" * LONGEST_HEAD + b"\r\n\r\n", (431, "too_large")),
        (b"GET / HTTP/1.1\r\n" + b"X-A: b\r\n" * (LONGEST_HEAD // 4 + 1) + b"\r\n", (431, "too_large")),
        (b"SSH-2.0-OpenSSH_9.2\r\n", (400, "invalid_message")),
    ],
)
def test_what_is_no_request_is_refused(port: int, head: bytes, expected: tuple[int, str]) -> None:
    TOLD.clear()
    with Line(port) as line:
        line.send(head)
        answer = line.answer()
    assert code_of(answer) == expected
    assert [(one.status, one.code.value) for one in TOLD] == [expected]
    assert b'"instance":"urn:nba-desktop:request:the-id"' in answer
    assert b"x-request-id: the-id\r\n" in answer


def test_a_header_without_end_is_refused_before_it_fills_the_memory(port: int) -> None:
    with Line(port) as line:
        line.send(b"GET / HTTP/1.1\r\nX-A: " + b"b" * (LONGEST_HEAD + 1))
        assert code_of(line.answer()) == (431, "too_large")
