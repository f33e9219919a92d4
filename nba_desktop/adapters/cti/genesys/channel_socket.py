"""One notification channel with its web socket: messages in, trouble translated."""

from __future__ import annotations

import logging
import ssl
import threading
from contextlib import ExitStack
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI, WebSocketException
from websockets.sync.client import ClientConnection, connect

from nba_desktop.adapters.backend_url import is_loopback
from nba_desktop.adapters.cti.genesys.api import Channel
from nba_desktop.adapters.cti.genesys.trouble import LineTrouble, trouble_of

_LARGEST_MESSAGE = 4 * 1024 * 1024
_CLOSE_S = 1.0


class ChannelSocket:
    """Connects at once; raises `LineTrouble`. `close` may be called from any thread and ends a waiting `receive`."""

    def __init__(self, channel: Channel, context: ssl.SSLContext, open_s: float) -> None:
        self.channel = channel
        parts = urlsplit(channel.connect_uri)
        # Of its own and without a level: what is said on the way holds the channel's address, which opens it.
        silent = logging.Logger("genesys", logging.CRITICAL + 1)
        self._stack = ExitStack()
        try:
            self._connection: ClientConnection = self._stack.enter_context(
                connect(
                    channel.connect_uri,
                    ssl=context if parts.scheme == "wss" else None,
                    proxy=None if is_loopback(parts.hostname or "") else True,
                    open_timeout=open_s,
                    close_timeout=_CLOSE_S,
                    # The service has heartbeats and pings of its own.
                    ping_interval=None,
                    max_size=_LARGEST_MESSAGE,
                    logger=silent,
                )
            )
        except (InvalidHandshake, InvalidURI) as error:
            # A refused upgrade is an answer; what broke on the way to one is not.
            found = trouble_of(error)
            raise found if found.code != "network" else LineTrouble("not_the_service") from None
        except (WebSocketException, OSError, EOFError) as error:
            raise trouble_of(error) from None

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
