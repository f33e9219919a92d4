"""HTTP connections whose answers have to be complete within a total time.

`requests` limits only the time of each read, so that an answer dripping a byte at a time would hold a thread for ever.
"""

from __future__ import annotations

import functools
import http.client
import io
import re
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from requests.adapters import HTTPAdapter
from requests.utils import get_auth_from_url
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import ProxyError

from nba_desktop.adapters.network.routes import basic_sign_in

# Python has no other word for it than this text of `http.client`.
_NO_TUNNEL: Final = re.compile(r"Tunnel connection failed: ([0-9]{3})\b")


class TunnelRefused(OSError):
    """A proxy answered, with a `status` that opens no tunnel (RFC 9110 section 9.3.6).

    `signed_in` says whether it was named an account.
    """

    def __init__(self, status: int, signed_in: bool = False) -> None:
        super().__init__(f"the proxy answered {status}")
        self.status = status
        self.signed_in = signed_in


class _TimedReader(io.RawIOBase):
    """Reads a socket with what is left of the total time; raises `TimeoutError` when nothing is left."""

    def __init__(self, raw: io.RawIOBase, connection: socket.socket, total_s: float) -> None:
        self._raw = raw
        self._connection = connection
        self._per_read_s = connection.gettimeout()
        self._deadline = time.monotonic() + total_s

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer took too long in all")
        self._connection.settimeout(left if self._per_read_s is None else min(left, self._per_read_s))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedResponse(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, total_s: float, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        raw = self.fp.detach()  # a BufferedReader around the socket
        self.fp = io.BufferedReader(_TimedReader(raw, sock, total_s))


class _AtOnce(HTTPConnection):
    """Sends head and body together: in two pieces the other side would wake twice, and wait for us in between."""

    _pieces: list[bytes] | None = None

    def request(self, *args: Any, **kwargs: Any) -> None:
        """Send a request."""
        pieces: list[bytes] = []
        self._pieces = pieces
        try:
            super().request(*args, **kwargs)
        finally:
            self._pieces = None
        super().send(b"".join(pieces))

    def send(self, data: Any) -> None:
        """Send what is not part of a request, such as what opens a tunnel; else keep it until the request is whole."""
        if self._pieces is None:
            super().send(data)
        else:
            self._pieces.append(bytes(data))


class _Tunnelling(_AtOnce, HTTPSConnection):
    _signs_in = False

    def set_tunnel(
        self, host: str, port: int | None = None, headers: Mapping[str, str] | None = None, scheme: str = "http"
    ) -> None:
        """Take note of where the tunnel leads, and with which account."""
        self._signs_in = "Proxy-Authorization" in (headers or {})
        super().set_tunnel(host, port, headers, scheme)

    def _tunnel(self) -> None:
        """Have a proxy open the tunnel; whatever goes wrong before it is open is the proxy's."""
        try:
            super()._tunnel()
        except OSError as error:
            refused = _NO_TUNNEL.match(str(error))
            cause = TunnelRefused(int(refused[1]), self._signs_in) if refused else error
            raise ProxyError("no tunnel", cause) from None
        except http.client.HTTPException as error:
            raise ProxyError("no tunnel", error) from None


class DeadlineAdapter(HTTPAdapter):
    """A transport for `requests.Session.mount`; every answer has `total_s` seconds from when the request was sent.

    `trust` says whom to believe over TLS, and nothing else does.
    """

    def __init__(self, total_s: float, trust: ssl.SSLContext) -> None:
        self._trust = trust
        self._response_class: Callable[..., http.client.HTTPResponse] = functools.partial(
            _TimedResponse, total_s=total_s
        )
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Have every connection believe whom `trust` believes."""
        super().init_poolmanager(*args, ssl_context=self._trust, **kwargs)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """Believe nobody else behind a proxy."""
        return super().proxy_manager_for(proxy, ssl_context=self._trust, **kwargs)

    def proxy_headers(self, proxy: str) -> dict[str, str]:
        """The sign-in at a proxy, for letters of every language; `requests` knows those of the west alone."""
        return basic_sign_in(*get_auth_from_url(proxy))

    def cert_verify(self, conn: Any, *_: Any) -> None:
        """Leave that to the context: `requests` would have the certificates of the package certifi believed, too."""
        conn.cert_reqs = "CERT_REQUIRED"

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> ConnectionPool:
        """The pool for a request, set to make timed connections."""
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        timed, plain = (_Tunnelling, HTTPSConnection) if pool.scheme == "https" else (_AtOnce, HTTPConnection)
        if pool.ConnectionCls is plain:
            pool.ConnectionCls = type("Timed", (timed,), {"response_class": staticmethod(self._response_class)})
        return cast("ConnectionPool", pool)
