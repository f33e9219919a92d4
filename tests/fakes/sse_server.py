"""A backend's stream by hand, in the panel's own event loop: it sends what a test wants, well or badly."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QHostAddress, QSsl, QSslCertificate, QSslKey, QSslServer, QTcpServer, QTcpSocket

from nba_desktop.contract.calls import HubCallEvent
from tests.fakes.hub_stream import HELLO, block, hub_event

GOOD: Final = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"


def answer(status: str, body: bytes = b"", **headers: str) -> bytes:
    """A complete answer that is no stream; `_` in the names of headers stands for `-`."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


class FakeStream(QObject):
    """Takes requests and answers each at once with `greeting`; keeps their headers by small names."""

    def __init__(self, certificate: Path | None = None) -> None:
        super().__init__()
        self.server = QTcpServer(self) if certificate is None else _encrypting(certificate, self)
        assert self.server.listen(QHostAddress.SpecialAddress.LocalHost, 0)
        self.server.pendingConnectionAvailable.connect(self._on_connection)
        self.sockets: list[QTcpSocket] = []
        self.requests: list[dict[str, str]] = []
        self.greeting = self.good()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.serverPort()}"

    @staticmethod
    def good(*events: HubCallEvent) -> bytes:
        """What a stream begins with: an empty snapshot, when no other events are given."""
        return GOOD + chunk(HELLO) + chunk(b"".join(map(block, events or (hub_event("snapshot", 1),))))

    def send(self, *events: HubCallEvent) -> None:
        self.write(chunk(b"".join(map(block, events))))

    def write(self, data: bytes) -> None:
        self.sockets[-1].write(data)
        self.sockets[-1].flush()

    def end(self) -> None:
        """End the stream in order."""
        self.write(b"0\r\n\r\n")

    def hang_up(self) -> None:
        self.sockets[-1].abort()

    def close(self) -> None:
        """Listen no more; what is open stays open."""
        self.server.close()

    def open_again(self, port: int) -> None:
        assert self.server.listen(QHostAddress.SpecialAddress.LocalHost, port)

    def _on_connection(self) -> None:
        while (socket := self.server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._on_ready_read(socket))

    def _on_ready_read(self, socket: QTcpSocket) -> None:
        head = bytes(socket.readAll().data()).decode("latin-1")
        first, *lines = head.removesuffix("\r\n\r\n").split("\r\n")
        fields = (line.partition(": ") for line in lines)
        self.requests.append({"": first, **{name.lower(): value for name, _, value in fields}})
        self.sockets.append(socket)
        socket.write(self.greeting)
        socket.flush()


def chunk(data: bytes) -> bytes:
    """One piece of a chunked body."""
    return b"%x\r\n%b\r\n" % (len(data), data)


def _encrypting(certificate: Path, parent: QObject) -> QSslServer:
    server = QSslServer(parent)
    pem = certificate.read_bytes()
    configuration = server.sslConfiguration()
    configuration.setLocalCertificate(QSslCertificate.fromData(pem)[0])
    configuration.setPrivateKey(QSslKey(pem, QSsl.KeyAlgorithm.Ec))
    server.setSslConfiguration(configuration)
    return server
