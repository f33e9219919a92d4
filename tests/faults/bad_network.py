"""What stands between panel and backend on a bad day: a proxy that damages what passes, as a process of its own.

Arguments: the backend's port, the seed. The first line on standard output is the proxy's port. `calm` on standard input
lets everything pass from then on; `count` is answered with one line of JSON, how often each damage was done.
It ends with its standard input.
"""

from __future__ import annotations

import http.client
import json
import random
import socket
import struct
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

_LIMIT_S: Final = 20.0
_NOT_HANDED_ON: Final = frozenset({"host", "connection", "transfer-encoding", "content-length"})
PORTAL: Final = b"<!doctype html><title>Welcome</title><form action=/login>Accept the terms of this network</form>"


class Damage(StrEnum):
    """What becomes of one request."""

    NONE = "none"
    FAULT = "500"
    UNAVAILABLE = "503"
    TOO_MANY = "429"
    RESET = "reset"
    CUT_BEFORE = "cut before the backend had it"
    CUT_AFTER = "cut after the backend had it"
    HALF = "half an answer"
    SLOW = "slow"
    GARBAGE = "garbage"
    PORTAL = "captive portal"
    EMPTY = "no verdicts"
    TWICE = "sent twice"
    LATE = "sent again later"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the backend, whole."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class BadNetwork(ThreadingHTTPServer):
    """Hands requests to the backend on this machine, each damaged as `draw` says until `calm` is set."""

    daemon_threads = True
    # A panel that is killed in mid-request leaves its connection to be reset.
    request_queue_size = 64

    def __init__(self, backend_port: int, draw: Callable[[], Damage]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.backend_port = backend_port
        self.calm = False
        self.done: Counter[str] = Counter()
        self._draw = draw
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def damage(self) -> Damage:
        """What becomes of the next request."""
        with self._lock:
            drawn = Damage.NONE if self.calm else self._draw()
            self.done[drawn] += 1
        return drawn

    def handle_error(self, request: object, client_address: object) -> None:
        """A peer that was killed is what this is for."""


def by_lot(seed: int) -> Callable[[], Damage]:
    """Every damage alike, and none almost as often as any."""
    chance, damages = random.Random(seed), list(Damage)[1:]
    return lambda: Damage.NONE if chance.random() < 0.4 else chance.choice(damages)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: BadNetwork

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        damage = self.server.damage()
        match damage:
            case Damage.FAULT:
                self._say(500, b"broken")
            case Damage.UNAVAILABLE:
                self._say(503, b"", "0")
            case Damage.TOO_MANY:
                self._say(429, b"", "0")
            case Damage.GARBAGE:
                self._say(200, bytes(range(256)))
            case Damage.PORTAL:
                self._say(200, PORTAL, kind="text/html")
            case Damage.EMPTY:
                self._say(200, b'{"verdicts":[]}')
            case Damage.CUT_BEFORE:
                self.close_connection = True
            case Damage.RESET:
                # Leaves with what is unsent thrown away: the peer gets a reset, not an end.
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
            case _:
                self._pass_on(body, damage)

    do_GET = do_POST = _serve

    def _pass_on(self, body: bytes, damage: Damage) -> None:
        if damage is Damage.SLOW:
            time.sleep(0.3)
        try:
            reply = self._ask(body)
            if damage is Damage.TWICE:
                reply = self._ask(body)
        except (OSError, http.client.HTTPException):
            # The backend is gone, or goes in the middle of it.
            self.close_connection = True
            return
        if damage is Damage.CUT_AFTER:
            self.close_connection = True
            return
        if damage is Damage.LATE:
            threading.Timer(0.4, self._ask_again, [body]).start()
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if damage is Damage.HALF:
            self.wfile.write(reply.body[: len(reply.body) // 2])
            self.close_connection = True
        else:
            self.wfile.write(reply.body)

    def _ask(self, body: bytes) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.backend_port, timeout=_LIMIT_S)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in _NOT_HANDED_ON}
            connection.request(self.command, self.path, body or None, headers)
            answer = connection.getresponse()
            kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in _NOT_HANDED_ON]
            return Reply(answer.status, kept, answer.read())
        finally:
            connection.close()

    def _ask_again(self, body: bytes) -> None:
        try:
            self._ask(body)
        except (OSError, http.client.HTTPException):
            # The backend is gone by now: nobody waits for this answer.
            return

    def _say(self, status: int, body: bytes, retry_after: str = "", kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if retry_after:
            self.send_header("Retry-After", retry_after)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """What it did is counted."""


def main() -> None:
    network = BadNetwork(int(sys.argv[1]), by_lot(int(sys.argv[2])))
    threading.Thread(target=network.serve_forever, args=(0.05,), daemon=True).start()
    _say_line(str(network.server_address[1]))
    for line in sys.stdin:
        if line.strip() == "calm":
            network.calm = True
            _say_line("calm")
        else:
            _say_line(json.dumps(network.done))


def _say_line(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
