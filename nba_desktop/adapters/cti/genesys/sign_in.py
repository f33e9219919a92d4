"""Signing in with the browser: OAuth 2 with PKCE (RFC 7636) and a loopback redirect (RFC 8252)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

from nba_desktop.adapters.cti.genesys.settings import GenesysSourceSettings, SignInPages
from nba_desktop.adapters.cti.genesys.trouble import LineTrouble

_POLL_S: Final = 0.1
_SLOWEST_READ_S: Final = 2.0


def code_challenge(verifier: str) -> str:
    """The challenge of a verifier by the method S256."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode("ascii")


def sign_in(
    settings: GenesysSourceSettings,
    open_browser: Callable[[str], None],
    stopped: threading.Event,
    limit_s: float,
    pages: SignInPages,
) -> tuple[str, str]:
    """Let the agent sign in in the browser; return the code it came back with and its verifier.

    Any web page can make the browser ask at the redirect's address: only an answer with this sign-in's own state ends
    it. Raises `LineTrouble` (`sign_in_needed`) when that is a refusal, when none comes in time, or none can because
    another program has the port; (`stopped`) when `stopped` is set.
    """
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    try:
        listener = _Listener(("127.0.0.1", settings.redirect_port), state, pages)
    except OSError:
        raise LineTrouble("sign_in_needed") from None
    with listener:
        open_browser(_address(settings, state, verifier))
        deadline = time.monotonic() + limit_s
        while not listener.answered:
            if stopped.is_set():
                raise LineTrouble("stopped")
            if time.monotonic() > deadline:
                raise LineTrouble("sign_in_needed")
            listener.handle_request()
    if listener.code is None:
        raise LineTrouble("sign_in_needed")
    return listener.code, verifier


def _address(settings: GenesysSourceSettings, state: str, verifier: str) -> str:
    values = {
        "response_type": "code",
        "client_id": settings.client_id,
        "redirect_uri": settings.redirect_uri,
        "state": state,
        "code_challenge": code_challenge(verifier),
        "code_challenge_method": "S256",
    }
    return f"{settings.login_url}/oauth/authorize?{urlencode(values)}"


class _Listener(TCPServer):
    """Takes one answer with the right state at the redirect's path; whatever else a browser asks for is refused.

    Not an `HTTPServer`, which looks its own name up on the network.
    """

    # On Windows, reusing the address would let another program take the answer.
    allow_reuse_address = os.name == "posix"
    timeout = _POLL_S

    def __init__(self, address: tuple[str, int], state: str, pages: SignInPages) -> None:
        self.state = state
        self.pages = pages
        self.answered = False
        self.code: str | None = None
        super().__init__(address, _Redirect)

    def handle_error(self, *_: object) -> None:
        """A connection that breaks off is no answer; the browser may try again."""


class _Redirect(BaseHTTPRequestHandler):
    server: _Listener
    timeout = _SLOWEST_READ_S

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path != "/callback":
            self._show(404, "")
            return
        values = parse_qs(parts.query)
        state, code = values.get("state", [""])[0], values.get("code", [""])[0]
        if not hmac.compare_digest(state.encode(), self.server.state.encode()):
            self._show(400, self.server.pages.failed)
            return
        self.server.answered = True
        self.server.code = code or None
        self._show(200 if code else 400, self.server.pages.done if code else self.server.pages.failed)

    def _show(self, status: int, text: str) -> None:
        page = text.encode()
        self.send_response_only(status)
        for key, value in (
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(page))),
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"),
            ("Connection", "close"),
        ):
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(page)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """The request holds the code: it is written nowhere."""
