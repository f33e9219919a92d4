"""The HTTP side of the stand-in for Genesys Cloud: requests in, JSON out, nothing written down."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import Any, Final

Answer = tuple[int, dict[str, Any] | None, dict[str, str]]
"""Status, JSON and further headers."""

_LARGEST_BODY: Final = 256 * 1024


def error(status: int, code: str) -> Answer:
    """An error as the service writes it."""
    return status, {"status": status, "code": code, "message": code}, {}


def handler_of(answer: Callable[[str, str, Any, bytes], Answer]) -> type[BaseHTTPRequestHandler]:
    """A handler that has every request answered: method, target, headers, body."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def do_PUT(self) -> None:
            self._answer()

        def _answer(self) -> None:
            length = self.headers.get("Content-Length", "0")
            if not length.isascii() or not length.isdigit() or int(length) > _LARGEST_BODY:
                self.close_connection = True
                self.send_error(413)
                return
            status, body, headers = answer(self.command, self.path, self.headers, self.rfile.read(int(length)))
            data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
            self.send_response_only(status)
            self.send_header("Date", format_datetime(datetime.now(UTC), usegmt=True))
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            for key, value in headers.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Requests hold tokens: they are written nowhere."""

    return Handler
