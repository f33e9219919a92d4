"""A real HTTP server on loopback that answers as a test wants, well or badly."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    connection: tuple[str, int]


Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Peer:
    url: str
    requests: list[Request] = field(default_factory=list)
    leaving: threading.Event = field(default_factory=threading.Event)


def says(status: int, body: bytes | str, content_type: str = "application/json", **headers: str) -> Answer:
    """An ordinary answer; `_` in the names of headers stands for `-`."""
    content = body.encode() if isinstance(body, str) else body

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", content_type)
        handler.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def writes(raw: bytes) -> Answer:
    """Raw bytes, then the end of the connection."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(raw)
        handler.close_connection = True

    return answer


@contextmanager
def serving(answer: Answer, certificate: Path | None = None) -> Iterator[Peer]:
    """Serve `answer` to every request until the block ends, over TLS with a certificate and its key in one file."""
    peer = Peer("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            peer.requests.append(
                Request(
                    self.command, self.path, dict(self.headers), body, (self.client_address[0], self.client_address[1])
                )
            )
            try:
                answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        do_GET = do_POST = serve

        def log_message(self, format: str, *args: object) -> None:
            """Tests read `requests`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        # In the thread of each connection: who refuses the certificate must not stop the server.
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    peer.url = f"{'http' if certificate is None else 'https'}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield peer
    finally:
        peer.leaving.set()
        server.shutdown()
        server.server_close()
        thread.join()
