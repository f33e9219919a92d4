"""The line to the backend's stream of calls: connects, listens, and comes back by itself where it was."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, QUrl, Signal
from PySide6.QtNetwork import (
    QNetworkAccessManager,
    QNetworkReply,
    QNetworkRequest,
    QSslError,
    QSslSocket,
)

from nba_desktop.adapters.backend_url import checked_url
from nba_desktop.adapters.bearer_token import BearerToken, bearer
from nba_desktop.adapters.cti.hub_events import (
    HUB,
    NEWS,
    HubProblem,
    HubTimes,
    call_event_of,
    read_hub_event,
    read_news,
)
from nba_desktop.adapters.cti.link_events import link_event
from nba_desktop.adapters.cti.retry import Backoff
from nba_desktop.adapters.cti.sse import SseEvent, SseItem, SseParser, SseProblem, SseRetry
from nba_desktop.adapters.cti.tls_codes import tls_code
from nba_desktop.adapters.http_client import PANEL_HEADERS
from nba_desktop.adapters.network.qt_ways import WayFinder, qt_proxy, qt_trust
from nba_desktop.adapters.network.routes import Route, Routes
from nba_desktop.adapters.network.trouble import CLOSED
from nba_desktop.contract.arrival import OfferNews
from nba_desktop.contract.calls import HubCallEvent
from nba_desktop.contract.handshake import PROTOCOL, PROTOCOL_HEADER, read_protocol, too_old
from nba_desktop.domain.call_event import CallEventType, LinkState

_STREAM: Final = "text/event-stream"
_MOST_WAITING: Final = 1024 * 1024
_LONGEST_ID: Final = 19

_NETWORK_CODES: Final = {
    QNetworkReply.NetworkError.ConnectionRefusedError: "connection_refused",
    QNetworkReply.NetworkError.HostNotFoundError: "host_not_found",
    QNetworkReply.NetworkError.RemoteHostClosedError: "closed",
    QNetworkReply.NetworkError.SslHandshakeFailedError: "tls_failed",
    QNetworkReply.NetworkError.ProxyConnectionRefusedError: "proxy_away",
    QNetworkReply.NetworkError.ProxyConnectionClosedError: "proxy_away",
    QNetworkReply.NetworkError.ProxyNotFoundError: "proxy_away",
    QNetworkReply.NetworkError.ProxyTimeoutError: "proxy_away",
    QNetworkReply.NetworkError.ProxyAuthenticationRequiredError: "proxy_sign_in",
}


@dataclass(frozen=True, slots=True)
class HubStreamSettings:
    """The backend's address and the agent's token. Raises `SettingsError` for the one, `SecretsError` for the other.

    `url` is `https://…`, or `http://…` on this machine alone, with or without a path. The token leaves this object
    only towards the backend.
    """

    url: str
    token: str | BearerToken = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", checked_url(self.url))
        object.__setattr__(self, "token", bearer(self.token))

    @property
    def bearer(self) -> BearerToken:
        """The token, which may be another one at the next attempt."""
        return bearer(self.token)


@dataclass(frozen=True, slots=True)
class HubTiming:
    """How long to wait, in milliseconds. The pause between attempts doubles up to `retry_longest`.

    It begins with what the backend asks for, but with no less than `retry_first`. The backend sends a line at least
    every 15 s; `silence` is two and a half times that. A stream that lasted `steady` and was ended in order is asked
    for again at once.
    """

    answer: int = 10_000
    silence: int = 37_500
    steady: int = 10_000
    retry_first: int = 500
    retry_longest: int = 30_000
    retry_refused: int = 60_000


class HubStreamSource(QObject):
    """Reads server-sent events in the GUI thread; nothing blocks.

    `call_event` carries a `CallEvent`, `link_changed` a `LinkState`, `input_dropped` a `HubProblem`, `news_came` an
    `OfferNews` about a running call. The line counts as up with the first call event that can be read, which the
    backend sends as soon as it takes a panel. Its orderly end after its lifetime shows nowhere. A refused token is
    tried again slowly. It goes the way that `routes` says, directly without one; redirects are not followed.
    """

    call_event = Signal(object)
    # Every packet as it came; it may hold personal data: only what masks them may listen.
    received = Signal(bytes)
    link_changed = Signal(object)
    input_dropped = Signal(object)
    news_came = Signal(object)

    def __init__(
        self,
        settings: HubStreamSettings,
        timing: HubTiming | None = None,
        routes: Routes | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        jitter: Callable[[], float] = random.random,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._timing = timing or HubTiming()
        self._now = now
        self._parser = SseParser()
        self._times = HubTimes(now())
        self._running = False
        self._up = False
        self._heard = False
        self._backoff = Backoff(self._timing.retry_first, self._timing.retry_longest, jitter)
        self._hint = 0
        self._last_id = ""
        self._tls = ""
        self._reply: QNetworkReply | None = None
        self._lasts = QElapsedTimer()
        self._manager = QNetworkAccessManager(self)
        self._manager.setRedirectPolicy(QNetworkRequest.RedirectPolicy.ManualRedirectPolicy)
        # Once: to read a file of certificates takes a moment.
        self._trust = qt_trust() if self._settings.url.startswith("https:") else None
        self._finder = WayFinder(routes, self._settings.url, self)
        self._finder.found.connect(self._on_ways)
        self._finder.none_found.connect(lambda: self._lose("proxy_rule"))
        self._ways: tuple[Route, ...] = ()
        self._retry = self._timer(self._connect)
        self._patience = self._timer(self._on_patience_lost)
        self._silence = self._timer(lambda: self._lose("silent"))

    @property
    def name(self) -> str:
        """The source's name in its events."""
        return HUB

    @property
    def kind(self) -> str:
        """What the settings call a source of this kind."""
        return "hub"

    def start(self) -> None:
        """Begin to connect; does nothing when already started."""
        if not self._running:
            self._running = True
            self._backoff.reset()
            self._last_id = ""
            self._times = HubTimes(self._now())
            self._connect()

    def stop(self) -> None:
        """Let go of the line and stay disconnected."""
        if self._running:
            self._running = False
            self._disconnect("stopped", None)

    def try_again(self) -> None:
        """Connect at once, where it waits before the next attempt: the token has become another one."""
        if self._retry.isActive():
            self._retry.stop()
            self._backoff.reset()
            self._connect()

    def _timer(self, on_timeout: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(on_timeout)
        return timer

    def _connect(self) -> None:
        self._parser = SseParser()
        self._heard = False
        self._tls = ""
        if not self._up:
            self.link_changed.emit(LinkState(HUB, "connecting"))
        if not self._running:
            return
        if self._settings.url.startswith("https:") and not QSslSocket.supportsSsl():
            self._lose("tls_unavailable")
            return
        self._finder.find()

    def _on_ways(self, ways: tuple[Route, ...]) -> None:
        if self._running:
            self._ways = ways
            self._open()

    def _open(self) -> None:
        self._manager.setProxy(qt_proxy(self._ways[0]))
        self._patience.start(self._timing.answer)
        reply = self._reply = self._manager.get(self._request())
        reply.setReadBufferSize(_MOST_WAITING)
        reply.metaDataChanged.connect(partial(self._on_headers, reply))
        reply.readyRead.connect(partial(self._on_ready_read, reply))
        reply.sslErrors.connect(self._on_ssl_errors)
        reply.finished.connect(partial(self._on_finished, reply))

    def _request(self) -> QNetworkRequest:
        request = QNetworkRequest(QUrl(f"{self._settings.url}/v1/stream"))
        if self._trust is not None:
            request.setSslConfiguration(self._trust)
        attribute = QNetworkRequest.Attribute
        request.setAttribute(attribute.CacheLoadControlAttribute, QNetworkRequest.CacheLoadControl.AlwaysNetwork)
        request.setAttribute(attribute.CacheSaveControlAttribute, False)
        request.setAttribute(attribute.CookieLoadControlAttribute, QNetworkRequest.LoadControl.Manual)
        request.setAttribute(attribute.CookieSaveControlAttribute, QNetworkRequest.LoadControl.Manual)
        request.setAttribute(attribute.AuthenticationReuseAttribute, QNetworkRequest.LoadControl.Manual)
        request.setAttribute(attribute.Http2AllowedAttribute, False)
        request.setRawHeader(b"Authorization", f"Bearer {self._settings.bearer.value}".encode())
        request.setRawHeader(b"Accept", _STREAM.encode())
        # What is compressed would wait in the decompression until there is more of it.
        request.setRawHeader(b"Accept-Encoding", b"identity")
        request.setRawHeader(b"User-Agent", b"nba-desktop")
        for name, value in PANEL_HEADERS.items():
            request.setRawHeader(name.encode(), value.encode())
        if self._last_id:
            request.setRawHeader(b"Last-Event-ID", self._last_id.encode())
        return request

    def _on_ssl_errors(self, errors: list[QSslError]) -> None:
        self._tls = tls_code(errors)

    def _on_headers(self, reply: QNetworkReply) -> None:
        if reply is self._reply and (code := _refusal(reply)):
            self._lose(code)

    def _on_ready_read(self, reply: QNetworkReply) -> None:
        if reply is not self._reply or _refusal(reply) != "":
            return
        data = bytes(reply.readAll().data())
        self._silence.start(self._timing.silence)
        self.received.emit(data)
        for item in self._parser.feed(data):
            if reply is not self._reply:
                return
            self._take(item)

    def _take(self, item: SseItem) -> None:
        match item:
            case SseRetry(milliseconds):
                self._hint = milliseconds
            case SseProblem(code):
                self.input_dropped.emit(HubProblem(code))
            case SseEvent(last_id=last_id):
                # What is none of the backend's ids must not become a header.
                is_id = last_id.isascii() and last_id.isdigit() and len(last_id) <= _LONGEST_ID
                self._last_id = last_id if is_id else ""
                match read_news(item) if item.name == NEWS else read_hub_event(item):
                    case HubProblem() as problem:
                        self.input_dropped.emit(problem)
                    case HubCallEvent() as event:
                        self._hear(event)
                    case OfferNews() as news:
                        self.news_came.emit(news)

    def _hear(self, event: HubCallEvent) -> None:
        now = self._now()
        if not self._heard:
            self._heard = True
            self._patience.stop()
            self._lasts.start()
            self._come_up()
        if self._reply is not None:
            self.call_event.emit(call_event_of(event, self._times.occurred_at(event, now), now))

    def _come_up(self) -> None:
        if not self._up:
            self._up = True
            self.link_changed.emit(LinkState(HUB, "up"))
            self._emit_link_event(CallEventType.LINK_UP, "")

    def _on_patience_lost(self) -> None:
        answered = self._reply is not None and _refusal(self._reply) == ""
        if not answered:
            self._finder.failed(self._ways[0])
        self._lose("not_the_service" if answered else "no_answer")

    def _on_finished(self, reply: QNetworkReply) -> None:
        if reply is not self._reply:
            return
        refusal = _refusal(reply)
        if refusal:
            self._lose(refusal)
        elif reply.error() is not QNetworkReply.NetworkError.NoError:
            self._on_way_closed(self._tls or self._code_of(reply.error()))
        elif not self._heard:
            self._lose("not_the_service")
        elif self._lasts.elapsed() < self._timing.steady:
            self._lose("closed")
        else:
            self._let_go()
            self._backoff.reset()
            self._retry.start(0)

    def _code_of(self, error: QNetworkReply.NetworkError) -> str:
        way = self._ways[0]
        if error is QNetworkReply.NetworkError.ProxyAuthenticationRequiredError and way is not None and way.sign_in:
            return "proxy_account"
        return _NETWORK_CODES.get(error, self._unknown())

    def _unknown(self) -> str:
        # For a proxy that opens no tunnel, Qt has a text alone.
        return "network" if self._ways[0] is None else "proxy_refused"

    def _on_way_closed(self, code: str) -> None:
        """Try the next way where this one led nowhere, else the line is lost."""
        if code in CLOSED and not self._heard:
            self._finder.failed(self._ways[0])
            if len(self._ways) > 1:
                self._let_go()
                self._ways = self._ways[1:]
                self._open()
                return
        self._lose(code)

    def _lose(self, code: str) -> None:
        if not self._running or self._retry.isActive():
            return
        if self._heard and self._lasts.elapsed() >= self._timing.steady:
            self._backoff.reset()
        pause = self._timing.retry_refused if code == "login_refused" else self._backoff.next_pause(self._hint)
        self._retry.start(pause)
        self._disconnect(code, pause)

    def _disconnect(self, code: str, retry_in_ms: int | None) -> None:
        was_up, self._up = self._up, False
        if retry_in_ms is None:
            self._retry.stop()
        self._let_go()
        if was_up:
            self._emit_link_event(CallEventType.LINK_DOWN, code)
        self.link_changed.emit(LinkState(HUB, "down", code, retry_in_ms))

    def _let_go(self) -> None:
        self._finder.forget()
        self._patience.stop()
        self._silence.stop()
        # Forgotten first: to abort it ends it.
        reply, self._reply = self._reply, None
        if reply is not None:
            reply.abort()
            reply.deleteLater()

    def _emit_link_event(self, type_: CallEventType, detail: str) -> None:
        self.call_event.emit(link_event(HUB, type_, self._now(), detail))


def _refusal(reply: QNetworkReply) -> str | None:
    """Say why an answer is not the stream: a code, empty when it is the stream, None while there is no answer."""
    status: Any = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
    match status:
        case None:
            return None
        case 200:
            kind = bytes(reply.rawHeader("Content-Type").data()).decode("latin-1").partition(";")[0]
            return "" if kind.strip().lower() == _STREAM else "not_the_service"
        case 401 | 403:
            return "login_refused"
        case 408 | 425 | 429:
            return "no_answer"
        case 409:
            theirs = read_protocol(bytes(reply.rawHeader(PROTOCOL_HEADER).data()).decode("latin-1"))
            return (too_old(PROTOCOL, theirs) if theirs is not None else None) or "not_the_service"
        case _:
            return "no_answer" if 500 <= status < 600 else "not_the_service"
