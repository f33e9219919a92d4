"""The line to an Asterisk: connects, logs in, listens, and comes back by itself."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QAbstractSocket, QSslCertificate, QSslConfiguration, QSslError, QSslSocket

from nba_desktop.adapters.cti.ami_leg import AgentLine
from nba_desktop.adapters.cti.ami_protocol import AmiGreeting, AmiItem, AmiMessage, AmiParser, AmiProblem
from nba_desktop.adapters.cti.ami_translator import AmiTranslator, Question
from nba_desktop.adapters.cti.link_events import link_event
from nba_desktop.adapters.cti.numbers import NumberSettings
from nba_desktop.adapters.cti.retry import Backoff
from nba_desktop.adapters.cti.tls_codes import tls_code
from nba_desktop.domain.call_event import CallEvent, CallEventType, LinkState
from nba_desktop.domain.errors import SettingsError

_SOCKET_CODES = {
    QAbstractSocket.SocketError.ConnectionRefusedError: "connection_refused",
    QAbstractSocket.SocketError.HostNotFoundError: "host_not_found",
    QAbstractSocket.SocketError.RemoteHostClosedError: "closed",
}


_DENIED = "Permission denied"
_REPORTING = "write=reporting"
_CALL = "read=call"


@dataclass(frozen=True, slots=True)
class TlsSettings:
    """How the Asterisk proves who it is.

    `ca_file` is a PEM file with the certificates to trust instead of this machine's. Raises `SettingsError` when it
    cannot be used.
    """

    ca_file: Path | None = None
    check_hostname: bool = True

    def __post_init__(self) -> None:
        if self.ca_file is not None and not self.authorities():
            raise SettingsError("Asterisk", "the file of trusted certificates is missing or holds none (PEM)")

    def authorities(self) -> list[QSslCertificate]:
        """Return the certificates of `ca_file`."""
        if self.ca_file is None:
            return []
        try:
            return [one for one in QSslCertificate.fromData(self.ca_file.read_bytes()) if not one.isNull()]
        except OSError:
            return []


@dataclass(frozen=True, slots=True)
class AmiSettings:
    """Where the Asterisk is, who logs in, and whose calls are meant. Raises `SettingsError`.

    The smallest account has `read=call,agent` and `write=reporting`. With `reporting` the panel may list the calls
    that are going on when it connects (CoreShowChannels) and ask whether a number may be shown (Getvar); without it,
    a withheld number is only recognised where the telephone system says so itself
    (`channelvars=CALLERID(num-pres)` in manager.conf). `tls` None means an unencrypted line.
    """

    host: str
    port: int
    username: str
    secret: str = field(repr=False)
    line: AgentLine
    numbers: NumberSettings = field(default_factory=NumberSettings)
    source: str = "asterisk"
    tls: TlsSettings | None = None
    asks_presentation: bool = True
    internal_calls: bool = True

    def __post_init__(self) -> None:
        if not self.host or not 0 < self.port < 65536:
            raise SettingsError("Asterisk", "the host or the port (1 to 65535) is missing or wrong")
        if not self.username or not self.line.interfaces:
            raise SettingsError("Asterisk", "the user name or the agent's interface (such as PJSIP/agent1) is missing")
        if not all("/" in one.strip("/") for one in self.line.interfaces):
            raise SettingsError("Asterisk", "an interface is written as technology and name, such as PJSIP/agent1")
        if any(sign in f"{self.username}{self.secret}" for sign in "\r\n\0"):
            raise SettingsError("Asterisk", "the user name or the secret contains a line break")


@dataclass(frozen=True, slots=True)
class AmiTiming:
    """How long to wait, in milliseconds. The pause between attempts doubles from `retry_first` to `retry_longest`."""

    login: int = 10_000
    question: int = 1_000
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
    # Every packet as it came; it may hold personal data: only what masks them may listen.
    received = Signal(bytes)
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
        self._translator = AmiTranslator(
            settings.source,
            settings.line,
            settings.numbers,
            asks=settings.asks_presentation,
            internal_calls=settings.internal_calls,
        )
        self._parser = AmiParser()
        self._running = False
        self._up = False
        self._backoff = Backoff(self._timing.retry_first, self._timing.retry_longest, jitter)
        self._actions = 0
        self._login_id = ""
        self._list_id = ""
        self._asked: dict[str, Question] = {}
        self._lacking: tuple[str, ...] = ()
        self._socket = QSslSocket(self)
        self._socket.sslErrors.connect(self._on_ssl_errors)
        self._socket.connected.connect(self._on_connected)
        self._socket.readyRead.connect(self._on_ready_read)
        self._socket.errorOccurred.connect(self._on_socket_error)
        self._retry = self._timer(self._connect)
        self._patience = self._timer(lambda: self._lose("no_answer"))
        self._ping = self._timer(self._on_ping_due)
        self._silence = self._timer(lambda: self._lose("silent"))

    @property
    def name(self) -> str:
        """The source's name in its events."""
        return self._settings.source

    @property
    def kind(self) -> str:
        """What the settings call a source of this kind."""
        return "asterisk_ami"

    def start(self) -> None:
        """Begin to connect; does nothing when already started."""
        if not self._running:
            self._running = True
            self._backoff.reset()
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
        if self._settings.tls is None:
            self._socket.connectToHost(self._settings.host, self._settings.port)
        elif QSslSocket.supportsSsl():
            self._socket.setSslConfiguration(_configuration(self._settings.tls))
            self._socket.connectToHostEncrypted(self._settings.host, self._settings.port)
        else:
            self._lose("tls_unavailable")

    def _on_ssl_errors(self, errors: list[QSslError]) -> None:
        tls = self._settings.tls
        if tls is not None and not tls.check_hostname:
            errors = [one for one in errors if one.error() is not QSslError.SslError.HostNameMismatch]
            if not errors:
                self._socket.ignoreSslErrors()
        if errors:
            self._lose(tls_code(errors))

    def _on_connected(self) -> None:
        self._socket.setSocketOption(QAbstractSocket.SocketOption.LowDelayOption, 1)
        self._socket.setSocketOption(QAbstractSocket.SocketOption.KeepAliveOption, 1)

    def _on_ready_read(self) -> None:
        data = bytes(self._socket.readAll().data())
        self.received.emit(data)
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
            case AmiMessage() if self._up and item.get("ActionID") in self._asked:
                self._on_presentation(item)
            case AmiMessage() if self._up and item.get("Response") and item.get("ActionID") == self._list_id:
                self._on_list_answer(item)
            case AmiMessage() if self._up:
                self._emit(self._translator.translate(item, self._now()))
                if not self._translator.hears_calls:
                    self._lack(_CALL)
                self._ask()
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
        self._backoff.reset()
        self._ping.start(self._timing.ping_every)
        self._lacking = ()
        self.link_changed.emit(LinkState(self._settings.source, "up"))
        self._emit_link_event(CallEventType.LINK_UP, "")
        self._asked = {}
        self._list_id = self._send("CoreShowChannels")
        self._translator.expect_snapshot(self._list_id)

    def _on_list_answer(self, answer: AmiMessage) -> None:
        if answer.get("Message") == _DENIED:
            self._lack(_REPORTING)
            self._emit(self._translator.stop_asking())

    def _ask(self) -> None:
        for question in self._translator.questions():
            action_id = self._send("Getvar", Channel=question.channel, Variable=question.variable)
            self._asked[action_id] = question
            QTimer.singleShot(self._timing.question, self, lambda asked=question: self._tell(asked, None))

    def _on_presentation(self, answer: AmiMessage) -> None:
        question = self._asked.pop(answer.get("ActionID"))
        if answer.get("Message") == _DENIED:
            self._lack(_REPORTING)
            self._emit(self._translator.stop_asking())
        else:
            self._tell(question, answer.get("Value") if answer.get("Response") == "Success" else None)

    def _tell(self, question: Question, presentation: str | None) -> None:
        self._emit(self._translator.answer(question, presentation, self._now()))

    def _emit(self, events: list[CallEvent]) -> None:
        for event in events:
            self.call_event.emit(event)

    def _lack(self, right: str) -> None:
        """Say once per connection that the account should have this right."""
        if right not in self._lacking:
            self._lacking = (*self._lacking, right)
            self.link_changed.emit(LinkState(self._settings.source, "up", lacking=self._lacking))

    def _on_ping_due(self) -> None:
        self._send("Ping")
        self._silence.start(self._timing.ping_answer)
        self._ping.start(self._timing.ping_every)

    def _on_socket_error(self, error: QAbstractSocket.SocketError) -> None:
        failed = error is QAbstractSocket.SocketError.SslHandshakeFailedError
        self._lose("tls_failed" if failed else _SOCKET_CODES.get(error, "network"))

    def _lose(self, code: str) -> None:
        if not self._running or self._retry.isActive():
            return
        pause = self._timing.retry_refused if code == "login_refused" else self._backoff.next_pause()
        self._retry.start(pause)
        self._disconnect(code, pause)

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
        self.call_event.emit(link_event(self._settings.source, type_, self._now(), detail))

    def _send(self, action: str, **fields: str) -> str:
        self._actions += 1
        action_id = f"nba-{self._actions}"
        lines = [f"Action: {action}", f"ActionID: {action_id}", *(f"{key}: {value}" for key, value in fields.items())]
        self._socket.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        return action_id


def _configuration(tls: TlsSettings) -> QSslConfiguration:
    configuration = QSslConfiguration.defaultConfiguration()
    if tls.ca_file is not None:
        configuration.setCaCertificates(tls.authorities())
    return configuration
