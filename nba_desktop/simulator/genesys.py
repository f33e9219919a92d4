"""A stand-in for Genesys Cloud on the loopback interface, made after its public documentation.

OAuth 2 (client credentials; authorization code with PKCE; refresh), `GET /api/v2/users/me`, notification channels and
their topics, web sockets with heartbeats, pings and the warning before they close, active conversations, and the
analytics query for conversations without an end. It has not been compared with the real service.
"""

from __future__ import annotations

import json
import logging
import secrets
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request
from websockets.sync.server import Server, ServerConnection, serve

from nba_desktop.simulator.genesys_http import Answer, error, handler_of
from nba_desktop.simulator.genesys_oauth import SignInDesk, Tenant, Token

MOST_CHANNELS: Final = 20
"""So many channels there may be; the one after that takes the place of the oldest."""

_POLL_S: Final = 0.05
_GREETING_S: Final = 5.0
_LARGEST_BODY: Final = 256 * 1024
_LIVE_STATES: Final = frozenset({"alerting", "dialing", "contacting", "offering", "connected"})


@dataclass(slots=True)
class _Channel:
    channel_id: str
    ends: datetime
    topics: frozenset[str] = frozenset()
    connection: ServerConnection | None = None
    is_greeting: bool = False
    """Its web socket was answered, and nobody serves it yet."""


@dataclass(slots=True)
class _Book:
    """What the stand-in knows; under one lock."""

    lock: threading.Condition = field(default_factory=threading.Condition)
    channels: dict[str, _Channel] = field(default_factory=dict)
    conversations: dict[str, dict[str, Any]] = field(default_factory=dict)
    refusals: list[tuple[int, float]] = field(default_factory=list)
    lacking: frozenset[str] = frozenset()
    mute: bool = False


class GenesysStandIn:
    """Listens on two ports, one for HTTP and one for web sockets; `report` gets what an observer wants to know."""

    def __init__(self, tenant: Tenant, report: Callable[[dict[str, object]], None]) -> None:
        self._tenant = tenant
        self._report = report
        self._book = _Book()
        self._desk = SignInDesk(tenant, report)
        self._http: ThreadingHTTPServer | None = None
        self._sockets: Server | None = None
        self._ended = threading.Event()

    def start(self, port: int, tls: ssl.SSLContext | None = None) -> int:
        """Listen, encrypted with `tls`; port 0 takes a free one. Return the port for HTTP."""
        http = ThreadingHTTPServer(("127.0.0.1", port), handler_of(self.answer), bind_and_activate=False)
        http.daemon_threads = True
        # Its own way of binding looks the machine's name up on the network.
        http.server_name, http.server_port = "127.0.0.1", port
        try:
            http.socket.bind(("127.0.0.1", port))
            http.server_activate()
        except OSError:
            http.server_close()
            raise
        silent = logging.Logger("genesys-stand-in", logging.CRITICAL + 1)
        self._sockets = serve(
            self._serve_socket,
            "127.0.0.1",
            0,
            ssl=tls,
            process_request=self._greet,
            ping_interval=None,
            logger=silent,
        )
        if tls is not None:
            http.socket = tls.wrap_socket(http.socket, server_side=True)
        self._http = http
        self._scheme = "ws" if tls is None else "wss"

        def serve_http() -> None:
            http.serve_forever(poll_interval=_POLL_S)

        for name, run in (("http", serve_http), ("sockets", self._sockets.serve_forever), ("beat", self._beat)):
            threading.Thread(target=run, name=f"genesys-{name}", daemon=True).start()
        bound: int = http.socket.getsockname()[1]
        return bound

    def stop(self) -> None:
        """Drop everybody and stop listening."""
        self._ended.set()
        self.drop()
        if self._http is not None:
            self._http.shutdown()
            self._http.server_close()
        if self._sockets is not None:
            self._sockets.shutdown()

    def drop(self) -> None:
        """Cut every web socket, and forget the channels."""
        with self._book.lock:
            channels = list(self._book.channels.values())
            self._book.channels.clear()
        for channel in channels:
            if channel.connection is not None:
                channel.connection.close_socket()

    def announce_closing(self) -> None:
        """Warn every web socket that it will be closed for maintenance."""
        self._send_to_all({"topicName": "v2.system.socket_closing", "eventBody": {"message": "closing"}})

    def mute(self, quiet: bool) -> None:
        """Say nothing any more, heartbeats and answers to pings included, or speak again."""
        with self._book.lock:
            self._book.mute = quiet

    def revoke(self) -> None:
        """Take every access token back; refresh tokens stay good."""
        with self._book.lock:
            self._desk.revoke()

    def refuse(self, status: int, times: int, retry_after_s: float) -> None:
        """Answer the next requests to the API with an error."""
        with self._book.lock:
            self._book.refusals += [(status, retry_after_s)] * times

    def lack(self, permissions: frozenset[str]) -> None:
        """Play an account without these permissions."""
        with self._book.lock:
            self._book.lacking = permissions

    def tell(self, message: dict[str, Any]) -> int:
        """Send a notification to whoever listens to its topic and remember its conversation; return to how many."""
        body = message["eventBody"]
        with self._book.lock:
            self._book.conversations[body["id"]] = body
            listeners = [one for one in self._book.channels.values() if message["topicName"] in one.topics]
        return sum(self._send(one, message) for one in listeners)

    def listeners(self) -> int:
        """How many web sockets have a topic."""
        with self._book.lock:
            return sum(one.connection is not None and bool(one.topics) for one in self._book.channels.values())

    def answer(self, method: str, target: str, headers: Any, body: bytes) -> Answer:
        """Answer one HTTP request: status, JSON and further headers."""
        parts = urlsplit(target)
        path = unquote(parts.path)
        with self._book.lock:
            if (method, path) == ("POST", "/oauth/token"):
                return self._desk.token(headers.get("Authorization", ""), parse_qs(body.decode("utf-8", "replace")))
            if (method, path) == ("GET", "/oauth/authorize"):
                return self._desk.authorize(parse_qs(parts.query))
            if self._book.refusals:
                status, retry_after_s = self._book.refusals.pop(0)
                return status, {"status": status}, {"Retry-After": f"{retry_after_s:g}"}
            token = self._desk.known(headers.get("Authorization", "").removeprefix("Bearer "))
            if token is None:
                return error(401, "bad.credentials")
            return self._api(method, path, token, body)

    def _api(self, method: str, path: str, token: Token, body: bytes) -> Answer:
        match (method, path.removeprefix("/api/v2/").split("/")):
            case ("GET", ["users", "me"]) if token.speaks_for_user:
                return 200, {"id": self._tenant.user_id, "name": "Agent", "state": "active"}, {}
            case ("POST", ["notifications", "channels"]):
                return self._open_channel()
            case ("PUT" | "POST", ["notifications", "channels", channel_id, "subscriptions"]):
                return self._subscribe(channel_id, body, replace=method == "PUT")
            case ("GET", ["conversations"]) if token.speaks_for_user:
                if "conversation:communication:view" in self._book.lacking:
                    return error(403, "missing.permissions")
                found = self._active()
                return 200, {"entities": found, "total": len(found), "pageNumber": 1}, {}
            case ("GET", ["conversations", conversation_id]):
                if "conversation:communication:view" in self._book.lacking:
                    return error(403, "missing.permissions")
                known = self._book.conversations.get(conversation_id)
                return (200, known, {}) if known is not None else error(404, "not.found")
            case ("POST", ["analytics", "conversations", "details", "query"]):
                if "analytics:conversationDetail:view" in self._book.lacking:
                    return error(403, "missing.permissions")
                return 200, {"conversations": [{"conversationId": one["id"]} for one in self._active()]}, {}
            case ("GET", ["users", "me"] | ["conversations"]):
                return error(400, "bad.request")  # a client's own token speaks for no user
            case _:
                return error(404, "not.found")

    def _open_channel(self) -> Answer:
        assert self._sockets is not None
        channel_id = f"streaming-0-{secrets.token_hex(12)}"
        ends = datetime.now(UTC) + timedelta(seconds=self._tenant.channel_life_s)
        self._book.channels[channel_id] = _Channel(channel_id, ends)
        if len(self._book.channels) > MOST_CHANNELS:
            idle = (one for one in self._book.channels.values() if one.connection is None)
            oldest = next(idle, next(iter(self._book.channels.values())))
            del self._book.channels[oldest.channel_id]
        port = self._sockets.socket.getsockname()[1]
        self._report({"channel": "opened"})
        uri = f"{self._scheme}://127.0.0.1:{port}/channels/{channel_id}"
        return 200, {"connectUri": uri, "id": channel_id, "expires": _written(ends)}, {}

    def _subscribe(self, channel_id: str, body: bytes, *, replace: bool) -> Answer:
        channel = self._book.channels.get(channel_id)
        if channel is None:
            return error(404, "not.found")
        try:
            topics = frozenset(str(one["id"]) for one in json.loads(body))
        except (ValueError, TypeError, KeyError):
            return error(400, "bad.request")
        if any(one != f"v2.users.{self._tenant.user_id}.conversations" for one in topics):
            return error(403, "missing.permissions")
        # Whoever subscribes has seen his web socket open: from now on nothing may be told past it.
        self._book.lock.wait_for(lambda: not channel.is_greeting, _GREETING_S)
        channel.topics = topics if replace else channel.topics | topics
        self._report({"client": "listening"})
        return 200, {"entities": [{"id": one, "state": "Permitted"} for one in sorted(channel.topics)]}, {}

    def _active(self) -> list[dict[str, Any]]:
        return [one for one in self._book.conversations.values() if _is_active(one, self._tenant.user_id)]

    def _greet(self, _connection: ServerConnection, request: Request) -> None:
        """Called before the answer that opens a web socket."""
        with self._book.lock:
            channel = self._book.channels.get(request.path.rpartition("/")[2])
            if channel is not None:
                channel.is_greeting = True

    def _serve_socket(self, connection: ServerConnection) -> None:
        path = connection.request.path if connection.request is not None else ""
        with self._book.lock:
            channel = self._book.channels.get(path.rpartition("/")[2])
            if channel is not None:
                channel.connection, before = connection, channel.connection
                channel.is_greeting = False
                self._book.lock.notify_all()
        if channel is None:
            connection.close(1008, "no such channel")
            return
        if before is not None:
            before.close(1000, "another connection")
        try:
            for message in connection:
                if message == '{"message": "ping"}' and not self._book.mute:
                    self._send(channel, {"topicName": "channel.metadata", "eventBody": {"message": "pong"}})
        except ConnectionClosed:
            pass  # gone without a word; there is nobody left to tell
        with self._book.lock:
            if channel.connection is connection:
                channel.connection = None
        self._report({"client": "gone"})

    def _beat(self) -> None:
        """Heartbeats, and the end of channels that have lived long enough."""
        step = min(self._tenant.heartbeat_s, 0.2)
        next_beat = time.monotonic() + self._tenant.heartbeat_s
        while not self._ended.wait(step):
            if time.monotonic() >= next_beat:
                next_beat = time.monotonic() + self._tenant.heartbeat_s
                self._send_to_all({"topicName": "channel.metadata", "eventBody": {"message": "WebSocket Heartbeat"}})
            now = datetime.now(UTC)
            with self._book.lock:
                over = [one for one in self._book.channels.values() if one.ends <= now]
                for channel in over:
                    del self._book.channels[channel.channel_id]
            for channel in over:
                if channel.connection is not None:
                    channel.connection.close(1001, "channel expired")

    def _send_to_all(self, message: dict[str, Any]) -> None:
        with self._book.lock:
            channels = list(self._book.channels.values())
        for channel in channels:
            self._send(channel, message)

    def _send(self, channel: _Channel, message: dict[str, Any]) -> bool:
        with self._book.lock:
            connection = None if self._book.mute else channel.connection
        if connection is None:
            return False
        try:
            connection.send(json.dumps(message, ensure_ascii=False))
        except ConnectionClosed:
            return False
        return True


def _is_active(conversation: dict[str, Any], user_id: str) -> bool:
    return any(
        call.get("state") in _LIVE_STATES
        for participant in conversation["participants"]
        if participant.get("userId") == user_id
        for call in participant.get("calls", [])
    )


def _written(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
