"""The line to an Asterisk: connects, logs in, listens, and comes back by itself."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QAbstractSocket, QTcpSocket

from nba_desktop.adapters.cti.ami_protocol import AmiGreeting, AmiItem, AmiMessage, AmiParser, AmiProblem
from nba_desktop.adapters.cti.ami_translator import AgentLine, AmiTranslator
from nba_desktop.adapters.cti.numbers import NumberSettings
from nba_desktop.domain.call_event import CallEvent, CallEventType, LinkState
from nba_desktop.domain.errors import SettingsError

_SOCKET_CODES = {
    QAbstractSocket.SocketError.ConnectionRefusedError: "connection_refused",
    QAbstractSocket.SocketError.HostNotFoundError: "host_not_found",
    QAbstractSocket.SocketError.RemoteHostClosedError: "closed",
}


@dataclass(frozen=True, slots=True)
class AmiSettings:
    """Where the Asterisk is, who logs in, and whose calls are meant. Raises `SettingsError`.

    The account needs `read=call,agent` and, for the state after a reconnect, `write=reporting`.
    """

    host: str
    port: int
    username: str
    secret: str = field(repr=False)
    line: AgentLine
    numbers: NumberSettings = field(default_factory=NumberSettings)
    source: str = "asterisk"

    def __post_init__(self) -> None:
        if not self.host or not 0 < self.port < 65536:
            raise SettingsError("Asterisk", "the host or the port (1 to 65535) is missing or wrong")
        if not self.username or not self.line.interfaces:
            raise SettingsError("Asterisk", "the user name or the agent's interface (such as PJSIP/agent1) is missing")
        if any(sign in f"{self.username}{self.secret}" for sign in "\r\n\0"):
            raise SettingsError("Asterisk", "the user name or the secret contains a line break")


@dataclass(frozen=True, slots=True)
class AmiTiming:
    """How long to wait, in milliseconds. The pause between attempts doubles from `retry_first` to `retry_longest`."""

    login: int = 10_000
    ping_every: int = 15_000
    ping_answer: int = 5_000
    retry_first: int = 500
    retry_longest: int = 30_000
    retry_refused: int = 60_000


class AsteriskAmiSource(QObject):
    """Speaks AMI over a socket of the GUI thread; nothing blocks.

    `call_event` carries a `CallEvent`, `link_changed` a `LinkState`, `input_dropped` an `AmiProblem`. A refused login
    is tried again slowly: telephone systems lock accounts and addresses out. The secret leaves this object only
    towards the socket.
    """

    call_event = Signal(object)
    link_changed = Signal(object)
    input_dropped = Signal(object)

    def __init__(
        self,
        settings: AmiSettings,
        timing: AmiTiming | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        jitter: Callable[[], float] = random.random,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._timing = timing or AmiTiming()
        self._now = now
        self._jitter = jitter
        self._translator = AmiTranslator(settings.source, settings.line, settings.numbers)
        self._parser = AmiParser()
        self._running = False
        self._up = False
        self._attempts = 0
        self._actions = 0
        self._login_id = ""
        self._socket = QTcpSocket(self)
        self._socket.connected.connect(self._on_connected)
        self._socket.readyRead.connect(self._on_ready_read)
        self._socket.errorOccurred.connect(self._on_socket_error)
        self._retry = self._timer(self._connect)
        self._patience = self._timer(lambda: self._lose("no_answer"))
        self._ping = self._timer(self._on_ping_due)
        self._silence = self._timer(lambda: self._lose("silent"))

    def start(self) -> None:
        """Begin to connect; does nothing when already started."""
        if not self._running:
            self._running = True
            self._attempts = 0
            self._connect()

    def stop(self) -> None:
        """Log off and stay disconnected."""
        if not self._running:
            return
        self._running = False
        if self._up:
            self._send("Logoff")
            self._socket.flush()
        self._disconnect("stopped", None)

    def _timer(self, on_timeout: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(on_timeout)
        return timer

    def _connect(self) -> None:
        self._parser = AmiParser()
        self._login_id = ""
        self.link_changed.emit(LinkState(self._settings.source, "connecting"))
        self._patience.start(self._timing.login)
        self._socket.connectToHost(self._settings.host, self._settings.port)

    def _on_connected(self) -> None:
        self._socket.setSocketOption(QAbstractSocket.SocketOption.LowDelayOption, 1)
        self._socket.setSocketOption(QAbstractSocket.SocketOption.KeepAliveOption, 1)

    def _on_ready_read(self) -> None:
        data = bytes(self._socket.readAll().data())
        self._silence.stop()
        for item in self._parser.feed(data):
            self._take(item)
            if self._socket.state() is not QAbstractSocket.SocketState.ConnectedState:
                return

    def _take(self, item: AmiItem) -> None:
        match item:
            case AmiProblem():
                self.input_dropped.emit(item)
            case AmiGreeting():
                self._log_in()
            case AmiMessage() if self._up:
                for event in self._translator.translate(item, self._now()):
                    self.call_event.emit(event)
            case AmiMessage() if self._login_id and item.get("ActionID") == self._login_id:
                self._on_login_answer(item)
            case _:
                # Events may precede the answer to the login; they are not about this session's calls.
                return

    def _log_in(self) -> None:
        if not self._login_id:
            self._login_id = self._send(
                "Login", Username=self._settings.username, Secret=self._settings.secret, Events="call,agent"
            )

    def _on_login_answer(self, answer: AmiMessage) -> None:
        if answer.get("Response") != "Success":
            self._lose("login_refused")
            return
        self._patience.stop()
        self._up = True
        self._attempts = 0
        self._ping.start(self._timing.ping_every)
        self.link_changed.emit(LinkState(self._settings.source, "up"))
        self._emit_link_event(CallEventType.LINK_UP, "")
        self._translator.expect_snapshot(self._send("CoreShowChannels"))

    def _on_ping_due(self) -> None:
        self._send("Ping")
        self._silence.start(self._timing.ping_answer)
        self._ping.start(self._timing.ping_every)

    def _on_socket_error(self, error: QAbstractSocket.SocketError) -> None:
        self._lose(_SOCKET_CODES.get(error, "network"))

    def _lose(self, code: str) -> None:
        if not self._running or self._retry.isActive():
            return
        pause = self._timing.retry_refused if code == "login_refused" else self._next_pause()
        self._retry.start(pause)
        self._disconnect(code, pause)

    def _next_pause(self) -> int:
        longest = min(self._timing.retry_longest, self._timing.retry_first * 2 ** min(self._attempts, 16))
        self._attempts += 1
        # Half of the pause is chance, so that a whole floor of panels does not come back in the same instant.
        return int(longest * (0.5 + self._jitter() / 2))

    def _disconnect(self, code: str, retry_in_ms: int | None) -> None:
        was_up, self._up = self._up, False
        for timer in (self._patience, self._ping, self._silence):
            timer.stop()
        if retry_in_ms is None:
            self._retry.stop()
        self._socket.abort()
        if was_up:
            self._emit_link_event(CallEventType.LINK_DOWN, code)
        self.link_changed.emit(LinkState(self._settings.source, "down", code, retry_in_ms))

    def _emit_link_event(self, type_: CallEventType, detail: str) -> None:
        at = self._now()
        self.call_event.emit(
            CallEvent(
                event_id="",
                source=self._settings.source,
                type=type_,
                occurred_at=at,
                received_at=at,
                detail=detail,
            )
        )

    def _send(self, action: str, **fields: str) -> str:
        self._actions += 1
        action_id = f"nba-{self._actions}"
        lines = [f"Action: {action}", f"ActionID: {action_id}", *(f"{key}: {value}" for key, value in fields.items())]
        self._socket.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        return action_id
