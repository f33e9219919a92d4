"""A proxy on loopback that opens tunnels, well or badly; it alone knows where the names of a test lead."""

from __future__ import annotations

import base64
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

from nba_desktop.adapters.network.routes import NoRoute, Proxy, Route

_PIECE: Final = 64 * 1024


@dataclass
class FakeProxy:
    """`hosts` says on which port of this machine each name is; `asked` are the names that were asked for.

    `status` is answered in place of a tunnel, where it is not 200; with 0 it hangs up. `wants` is the name and password
    of its sign-in. With `silent` it takes connections and says nothing, with `drips` a byte at a time for ever.
    """

    hosts: Mapping[str, int] = field(default_factory=dict)
    status: int = 200
    wants: tuple[str, str] | None = None
    silent: bool = False
    drips: bool = False
    asked: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def proxy(self) -> Proxy:
        return Proxy("127.0.0.1", self.port)

    def serve(self, line: socket.socket, leaving: threading.Event) -> None:
        with line, suppress(OSError):
            if self.silent or self.drips:
                while not leaving.wait(0.02):
                    line.sendall(b"H" if self.drips else b"")
                return
            while (head := _head(line)) is not None:
                first, *fields = head.decode("latin-1").split("\r\n")
                method, target, _ = first.split(" ")
                assert method == "CONNECT", first
                host = target.rpartition(":")[0]
                self.asked.append(host)
                if self.wants and f"proxy-authorization: basic {_basic(*self.wants)}" not in map(_lower, fields):
                    line.sendall(
                        b'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="site"\r\n'
                        b"Content-Length: 0\r\n\r\n"
                    )
                elif self.status == 0:
                    return
                elif self.status != 200:
                    line.sendall(f"HTTP/1.1 {self.status} No\r\nContent-Length: 0\r\n\r\n".encode())
                else:
                    line.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    _join(line, self.hosts[host])
                    return


@contextmanager
def proxying(proxy: FakeProxy) -> Iterator[FakeProxy]:
    """Let a proxy listen until the block ends."""
    leaving = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        proxy.port = server.getsockname()[1]

        def accept() -> None:
            while not leaving.is_set():
                with suppress(OSError):
                    line, _ = server.accept()
                    threading.Thread(target=proxy.serve, args=(line, leaving), daemon=True).start()

        listening = threading.Thread(target=accept, daemon=True)
        listening.start()
        try:
            yield proxy
        finally:
            leaving.set()
            server.shutdown(socket.SHUT_RDWR)
            listening.join()


def dead_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@dataclass
class FixedRoutes:
    """Routes that a test lays down, for addresses of this machine too; without a way there is none."""

    ways: tuple[Route, ...]
    closed: list[Route] = field(default_factory=list)

    def to(self, _url: str) -> tuple[Route, ...]:
        if not self.ways:
            raise NoRoute("the rule is broken")
        return self.ways

    def failed(self, way: Route) -> None:
        self.closed.append(way)


def _head(line: socket.socket) -> bytes | None:
    read = b""
    while not read.endswith(b"\r\n\r\n"):
        piece = line.recv(1)
        if not piece:
            return None
        read += piece
    return read.removesuffix(b"\r\n\r\n")


def _join(one: socket.socket, port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as other:
        back = threading.Thread(target=_pour, args=(other, one), daemon=True)
        back.start()
        _pour(one, other)
        back.join()


def _pour(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(_PIECE):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


def _basic(name: str, password: str) -> str:
    return base64.b64encode(f"{name}:{password}".encode()).decode()


def _lower(text: str) -> str:
    name, _, value = text.partition(":")
    kind, _, rest = value.strip().partition(" ")
    return f"{name.lower()}: {kind.lower()} {rest}"
