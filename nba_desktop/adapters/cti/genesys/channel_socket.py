"""One notification channel with its web socket: messages in, trouble translated."""

from __future__ import annotations

import logging
import ssl
import threading
from contextlib import ExitStack

from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidProxyStatus,
    InvalidURI,
    ProxyError,
    WebSocketException,
)
from websockets.sync.client import ClientConnection, connect

from nba_desktop.adapters.cti.genesys.api import Channel
from nba_desktop.adapters.cti.genesys.trouble import LineTrouble, line_trouble
from nba_desktop.adapters.network.routes import NoRoute, Route, Routes
from nba_desktop.adapters.network.trouble import CLOSED, Trouble, proxy_trouble

_LARGEST_MESSAGE = 4 * 1024 * 1024
_CLOSE_S = 1.0


class ChannelSocket:
    """Connects at once, by the first way of `routes` that is open, directly without them; raises `LineTrouble`.

    `close` may be called from any thread and ends a waiting `receive`.
    """

    def __init__(self, channel: Channel, context: ssl.SSLContext, open_s: float, routes: Routes | None = None) -> None:
        self.channel = channel
        self._stack = ExitStack()
        try:
            *others, last = (None,) if routes is None else routes.to(channel.connect_uri)
        except NoRoute as error:
            raise line_trouble(error) from None
        for way in others:
            try:
                self._connection = self._connected(way, context, open_s)
            except LineTrouble as trouble:
                if trouble.code not in CLOSED or routes is None:
                    raise
                routes.failed(way)
            else:
                return
        self._connection = self._connected(last, context, open_s)

    def _connected(self, way: Route, context: ssl.SSLContext, open_s: float) -> ClientConnection:
        # Of its own and without a level: what is said on the way holds the channel's address, which opens it.
        silent = logging.Logger("genesys", logging.CRITICAL + 1)
        try:
            return self._stack.enter_context(
                connect(
                    self.channel.connect_uri,
                    ssl=context if self.channel.connect_uri.startswith("wss:") else None,
                    proxy=None if way is None else way.url,
                    open_timeout=open_s,
                    close_timeout=_CLOSE_S,
                    # The service has heartbeats and pings of its own.
                    ping_interval=None,
                    max_size=_LARGEST_MESSAGE,
                    logger=silent,
                )
            )
        except InvalidProxyStatus as error:
            raise LineTrouble(proxy_trouble(error.response.status_code, bool(way and way.sign_in)).value) from None
        except ProxyError:
            raise LineTrouble(Trouble.PROXY_AWAY.value) from None
        except (InvalidHandshake, InvalidURI) as error:
            # A refused upgrade is an answer; what broke on the way to one is not.
            found = line_trouble(error)
            raise found if found.code != "network" else LineTrouble("not_the_service") from None
        except (WebSocketException, OSError, EOFError) as error:
            found = line_trouble(error)
            # The line ends at the proxy; whether the other end is there, only that can tell.
            raise LineTrouble(Trouble.PROXY_AWAY.value) if way is not None and found.code in CLOSED else found from None

    def receive(self, limit_s: float) -> str | bytes | None:
        """Return the next message; None when none came in time."""
        try:
            return self._connection.recv(timeout=limit_s)
        except TimeoutError:
            return None
        except ConnectionClosed:
            raise LineTrouble("closed") from None

    def send(self, text: str) -> None:
        """Send a message."""
        try:
            self._connection.send(text)
        except ConnectionClosed:
            raise LineTrouble("closed") from None

    def close(self) -> None:
        """Say goodbye, in a thread of its own: it may take a second."""
        threading.Thread(target=self._stack.close, name="genesys-goodbye", daemon=True).start()
