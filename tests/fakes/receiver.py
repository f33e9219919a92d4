"""A system that gets results by webhook: a program of its own that may die at the worst moment, and its keeper.

It shows what a receiver has to do: check the signature, put the event on disk under its id, and only then answer 2xx.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

LIMIT_S: Final = 30.0


@dataclass(frozen=True)
class Received:
    """One receipt: what came, whether it was signed as it must be."""

    event: dict[str, Any]
    signed: bool

    @property
    def id(self) -> str:
        return str(self.event["id"])


class Receiver:
    """Starts the program, again and again on the same port, and reads what it put on disk."""

    def __init__(self, folder: Path, secret: str) -> None:
        self._inbox = folder / "inbox.jsonl"
        self._secret = secret
        self._process: subprocess.Popen[str] | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/results"

    @property
    def is_dead(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def start(self, *answers: str) -> None:
        """Start it: `answers` are what it does with one request each, then it takes everything."""
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__, str(self.port), str(self._inbox), *answers],
            env={**os.environ, "SECRET": self._secret},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate(timeout=LIMIT_S)

    def received(self) -> Sequence[Received]:
        if not self._inbox.exists():
            return []
        lines = self._inbox.read_text(encoding="utf-8").splitlines()
        return [Received(one["event"], one["signed"]) for one in map(json.loads, lines)]

    def wait_for(self, number: int) -> Sequence[Received]:
        """Wait until so many receipts are on its disk."""
        deadline = time.monotonic() + LIMIT_S
        while len(found := self.received()) < number:
            assert time.monotonic() < deadline, f"{len(found)} of {number} came"
            time.sleep(0.02)
        return found


@contextmanager
def receiver(folder: Path, secret: str) -> Iterator[Receiver]:
    """A receiver that is started when it is told to, and gone afterwards."""
    kept = Receiver(folder, secret)
    try:
        yield kept
    finally:
        kept.stop()


def _serve(port: int, inbox: Path, secret: str, answers: list[str]) -> None:
    key = base64.b64decode(secret.removeprefix("whsec_"))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = answers.pop(0) if answers else "204"
            if answer == "dies":
                os.kill(os.getpid(), signal.SIGKILL)
            if answer.isdigit() and not answer.startswith("2"):
                self._say(int(answer))
                return
            signed = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + body
            expected = "v1," + base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()
            ok = hmac.compare_digest(expected, self.headers["webhook-signature"])
            with inbox.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"event": json.loads(body), "signed": ok}) + "\n")
                file.flush()
                os.fsync(file.fileno())
            if answer == "keeps_and_dies":
                os.kill(os.getpid(), signal.SIGKILL)
            if answer == "keeps_and_hangs":
                self.rfile.read(1)
                return
            self._say(204)

        def _say(self, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.send_header("Location", "/elsewhere")
            self.send_header("Retry-After", "7")
            self.end_headers()

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        sys.stdout.write(f"{server.server_address[1]}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    _serve(int(sys.argv[1]), Path(sys.argv[2]), os.environ["SECRET"], sys.argv[3:])
