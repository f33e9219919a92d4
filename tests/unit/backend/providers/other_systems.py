"""A site's other systems, as one real server on loopback that answers what a test wants, late or not at all."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic, sleep
from typing import Any

LONGEST_WAIT_S = 10.0


@dataclass(frozen=True)
class Said:
    """One answer; it waits for `gate`."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    gate: threading.Event | None = None


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: str


@dataclass
class OtherSystems:
    """What is said by the path's first part, and what was asked."""

    url: str
    said: dict[str, Said] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def say(self, part: str, body: Any = None, status: int = 200, gate: threading.Event | None = None) -> None:
        """Answer requests below a path with JSON from now on."""
        self.said[part] = Said(json.dumps(body).encode(), status, gate=gate)

    def paths(self) -> list[str]:
        return [one.path for one in self.asked]


def until(is_true: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    ends = monotonic() + LONGEST_WAIT_S
    while not is_true():
        assert monotonic() < ends, "it never came true"
        sleep(0.005)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of connections that whoever asks has broken off."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def other_systems() -> Iterator[OtherSystems]:
    systems = OtherSystems("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            systems.asked.append(Asked(self.command, self.path, dict(self.headers), body))
            said = systems.said.get(self.path.split("/")[1], Said(status=404))
            if said.gate is not None:
                said.gate.wait(LONGEST_WAIT_S)
            try:
                self.send_response(said.status)
                for name, value in {"Content-Length": str(len(said.body)), **said.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(said.body)
            except OSError:
                # Whoever asked waits no longer.
                self.close_connection = True

        do_POST = do_GET

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = _Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    systems.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield systems
    finally:
        server.shutdown()
        thread.join(LONGEST_WAIT_S)
        server.server_close()
