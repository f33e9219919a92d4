"""What every sign-in with the browser has in common: PKCE (RFC 7636) and a loopback redirect (RFC 8252)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from queue import Empty, SimpleQueue
from socketserver import TCPServer, ThreadingMixIn
from typing import Final, Self
from urllib.parse import parse_qs, urlsplit

from nba_desktop.adapters.sign_in.pages import SignInPages

PATH: Final = "/callback"

_POLL_S: Final = 0.05
_SLOWEST_READ_S: Final = 2.0
_MOST_FIELDS: Final = 20


def code_challenge(verifier: str) -> str:
    """The challenge of a verifier by the method S256."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode("ascii")


class Loopback:
    """Listens on this machine, while it is entered, for the one answer that has the sign-in's own `state`.

    Any web page can make the browser ask here: what comes without the state, to another path or after the answer gets
    a refusing page and changes nothing. Entering raises `OSError` when another program has the `port`; 0 is any port.
    """

    def __init__(self, state: str, pages: SignInPages, port: int = 0) -> None:
        self._server_args = (port, state, pages)

    def __enter__(self) -> Self:
        port, state, pages = self._server_args
        self._server = _Listener(("127.0.0.1", port), state, pages)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL_S,), name="sign-in redirect", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def redirect_uri(self) -> str:
        """Where the browser comes back to."""
        return f"http://127.0.0.1:{self._server.server_address[1]}{PATH}"

    def answer(self, stopped: threading.Event, limit_s: float) -> Mapping[str, str] | None:
        """Wait for the answer and return its fields; None when none came in time, or `stopped` was set."""
        deadline = time.monotonic() + limit_s
        while not stopped.is_set() and time.monotonic() < deadline:
            try:
                return self._server.answers.get(timeout=_POLL_S)
            except Empty:
                continue
        return None


class _Listener(ThreadingMixIn, TCPServer):
    """Not an `HTTPServer`, which looks its own name up on the network; a slow visitor holds nobody else up."""

    # On Windows, reusing the address would let another program take the answer.
    allow_reuse_address = os.name == "posix"
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], state: str, pages: SignInPages) -> None:
        self.pages = pages
        self.answers: SimpleQueue[Mapping[str, str]] = SimpleQueue()
        self._state = state.encode()
        self._lock = threading.Lock()
        self._is_answered = False
        super().__init__(address, _Redirect)

    def take(self, fields: Mapping[str, str]) -> bool:
        """Take the answer, unless it is not this sign-in's or there was one."""
        if not hmac.compare_digest(fields.get("state", "").encode(), self._state):
            return False
        with self._lock:
            if self._is_answered:
                return False
            self._is_answered = True
        self.answers.put(fields)
        return True

    def handle_error(self, *_: object) -> None:
        """A connection that breaks off is no answer; the browser may try again."""


class _Redirect(BaseHTTPRequestHandler):
    server: _Listener
    timeout = _SLOWEST_READ_S

    def do_GET(self) -> None:
        parts, pages = urlsplit(self.path), self.server.pages
        if parts.path != PATH:
            self._show(404, pages.failed)
            return
        fields = _fields(parts.query)
        taken = fields is not None and self.server.take(fields)
        good = taken and fields is not None and bool(fields.get("code"))
        self._show(200 if good else 400, pages.done if good else pages.failed)

    def _show(self, status: int, text: str) -> None:
        page = text.encode()
        self.send_response_only(status)
        for key, value in (
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(page))),
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
            ("Connection", "close"),
        ):
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(page)
        self.close_connection = True

    def send_error(self, code: int, *_: object, **__: object) -> None:
        """A request that is none, or is too long: refused without a word of it."""
        self.requestline, self.request_version, self.command = "", "HTTP/1.1", ""
        self._show(code, self.server.pages.failed)

    def log_message(self, *_: object) -> None:
        """The request holds the code: it is written nowhere."""


def _fields(query: str) -> Mapping[str, str] | None:
    """The fields of an answer; None for one that has too many, or one of them twice (RFC 6749 section 3.1)."""
    try:
        values = parse_qs(query, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return None
    return {name: one[0] for name, one in values.items()} if all(len(one) == 1 for one in values.values()) else None
