"""One connection: what comes too slowly, and what is too long to be a request, ends it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

from nba_desktop.backend.api.problems import PROBLEM_CODE, REQUEST_ID_KEY, instance_of
from nba_desktop.backend.edge.request_log import HEADER
from nba_desktop.backend.edge.security_headers import HEADERS
from nba_desktop.backend.errors import HeadTooLarge, MalformedRequest, Refused, TargetTooLong, TooSlow
from nba_desktop.backend.problem import problem_of
from nba_desktop.contract.problems import PROBLEM_MEDIA_TYPE

HEAD_S: Final = 15.0
"""From the first byte, or from the connection on, until the last header."""

BODY_S: Final = 60.0
"""From the last header until the end of the body: the longest that may be sent, over a slow line."""

LONGEST_TARGET: Final = 8_192
"""Bytes of path and query."""

LONGEST_HEAD: Final = 32_768
"""Bytes of target and headers together; a token of a sign-in takes a few thousand."""


class LimitedConnection(HttpToolsProtocol):
    """uvicorn's connection with limits of its own: it waits for a request for ever, and keeps whatever it is sent.

    `refused` is told what is refused before a request can be made of it, and after how many seconds; it returns the id
    that the answer names.
    """

    head_s = HEAD_S
    body_s = BODY_S
    refused: Callable[[Refused, float], str] = staticmethod(lambda _refusal, _seconds: "")

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._limit: asyncio.TimerHandle | None = None
        # Bytes of the head that is being read; None between heads.
        self._head: int | None = None
        self._unread_head = 0
        self._body_due = False
        self._waits_since = 0.0
        self._refusal: Refused = MalformedRequest("send HTTP/1.1")

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a request, and not for ever."""
        super().connection_made(transport)
        self._wait(self.head_s)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on."""
        if self._limit is None:
            # The next request on a connection that was idle, or what was sent behind one.
            self._wait(self.head_s)
        super().data_received(data)
        if self._head is None:
            self._unread_head = 0
            return
        # Of a header that goes on and on the parser tells nothing.
        self._unread_head += len(data)
        if self._unread_head > LONGEST_HEAD and not self.transport.is_closing():
            self._refusal = HeadTooLarge(f"target and headers together have at most {LONGEST_HEAD} bytes")
            self.send_400_response("")

    def on_message_begin(self) -> None:
        """Begin to read a head."""
        super().on_message_begin()
        self._head = 0

    def on_url(self, url: bytes) -> None:
        """Read the target."""
        super().on_url(url)
        if len(self.url) > LONGEST_TARGET:
            self._refusal = TargetTooLong(f"path and query have at most {LONGEST_TARGET} bytes")
            raise ValueError
        self._grow(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Read a header."""
        super().on_header(name, value)
        self._grow(len(name) + len(value))

    def on_headers_complete(self) -> None:
        """Begin to read a body."""
        self._head = None
        self._body_due = True
        self._wait(self.body_s)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Wait for nothing: now the other side does."""
        self._body_due = False
        self._stop_waiting()
        super().on_message_complete()

    def send_400_response(self, _msg: str) -> None:
        """Say what was wrong, as every other answer does, and close."""
        if self._body_due:
            # The application waits for the rest: it logs this request, and this is why it comes to nothing.
            state = self.scope["state"]
            state[PROBLEM_CODE] = self._refusal.code.value
            request_id = state.get(REQUEST_ID_KEY, "")
        else:
            request_id = self.refused(self._refusal, self.loop.time() - self._waits_since)
        self.transport.write(_raw(self._refusal, self.server_state.default_headers, request_id))
        self.transport.close()

    def _grow(self, by: int) -> None:
        self._head = (self._head or 0) + by
        if self._head > LONGEST_HEAD:
            self._refusal = HeadTooLarge(f"target and headers together have at most {LONGEST_HEAD} bytes")
            raise ValueError

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._waits_since = self.loop.time()
        self._limit = self.loop.call_later(seconds, self._too_slow)

    def _stop_waiting(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None

    def _too_slow(self) -> None:
        if self.transport.is_closing():
            return
        # Who sent nothing is told nothing; who is being answered already gets no second answer.
        asked = self._head is not None or (self._body_due and not self.cycle.response_started)
        if asked:
            self._refusal = TooSlow("the request came too slowly")
            self.send_400_response("")
        else:
            self.transport.close()


def telling(refused: Callable[[Refused, float], str]) -> type[LimitedConnection]:
    """Return the kind of connection that tells what it refuses by itself; uvicorn makes them, and asks for a class."""
    return type("TellingConnection", (LimitedConnection,), {"refused": staticmethod(refused)})


def _raw(refusal: Refused, headers: list[tuple[bytes, bytes]], request_id: str) -> bytes:
    document = problem_of(refusal)
    named = {HEADER.lower().encode(): request_id.encode()} if request_id else {}
    if request_id:
        document = document.model_copy(update={"instance": instance_of(request_id)})
    body = document.model_dump_json().encode()
    given = {
        **dict(headers),
        **dict(HEADERS),
        **named,
        b"content-type": PROBLEM_MEDIA_TYPE.encode(),
        b"content-length": b"%d" % len(body),
        b"connection": b"close",
    }
    head = b"".join(b"%b: %b\r\n" % pair for pair in given.items())
    return b"%b%b\r\n%b" % (STATUS_LINE[refusal.status], head, body)
