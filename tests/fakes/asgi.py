"""Asks an ASGI application without a server: who asks, and by which scheme, is said here."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Asking:
    """Whoever asks an application, from an address."""

    app: ASGIApp
    address: str = "192.0.2.7"
    scheme: str = "http"
    state: dict[str, Any] = field(default_factory=dict)

    def ask(self, path: str = "/", method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        """Send a request; a header's name is written with underscores."""
        return asyncio.run(self.asked(path, method, body, **headers))

    async def asked(self, path: str = "/", method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        """Send a request within a loop that runs."""
        sent: list[Message] = []
        given = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": self.scheme,
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": given,
            "client": (self.address, 1),
            "server": ("127.0.0.1", 8765),
            "state": dict(self.state),
        }

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        start = sent[0]
        return Answer(
            start["status"],
            {name.decode().lower(): value.decode("latin-1") for name, value in start["headers"]},
            b"".join(one.get("body", b"") for one in sent[1:]),
        )
