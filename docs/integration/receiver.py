"""Receive results on http://127.0.0.1:9000/results and print them: `python receiver.py secret.txt`.

Needs nothing but Python. It refuses what is not signed with the secret or is older than five minutes, takes what comes
twice once, and says that it has a result only after that.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

OLDEST_S = 300


class Receiver(BaseHTTPRequestHandler):
    """Takes one result at a time, as Standard Webhooks and CloudEvents have it."""

    key: bytes
    taken: set[str]

    def do_POST(self) -> None:
        """Take a result, or say why not."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self._is_signed(body):
            self._answer(401)
            return
        event = json.loads(body)
        if event["id"] not in self.taken:
            # A real receiver writes it to its disk here, before it answers.
            self.taken.add(event["id"])
            say(f"{event['time'][:19]} {event['type']} {event.get('subject', '–')} {json.dumps(event['data'])}")
        self._answer(204)

    def _is_signed(self, body: bytes) -> bool:
        message, stamp = self.headers.get("webhook-id", ""), self.headers.get("webhook-timestamp", "0")
        if not stamp.isdigit() or abs(time.time() - int(stamp)) > OLDEST_S:
            return False
        digest = hmac.new(self.key, f"{message}.{stamp}.".encode() + body, hashlib.sha256).digest()
        wanted = f"v1,{base64.b64encode(digest).decode()}"
        return any(hmac.compare_digest(one, wanted) for one in self.headers.get("webhook-signature", "").split())

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of the requests themselves."""


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    secret = Path(sys.argv[1]).read_text("ascii").strip()
    Receiver.key, Receiver.taken = base64.b64decode(secret.removeprefix("whsec_")), set()
    say("waiting for results on http://127.0.0.1:9000/results")
    ThreadingHTTPServer(("127.0.0.1", 9000), Receiver).serve_forever()


if __name__ == "__main__":
    main()
