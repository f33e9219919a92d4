"""The panel's lines to a telephone system and to what the backend hears of calls: from the settings to the session."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from nba_desktop.adapters.bearer_token import BearerToken
from nba_desktop.adapters.clock import QtClock
from nba_desktop.adapters.cti.asterisk_ami import AsteriskAmiSource
from nba_desktop.adapters.cti.asterisk_settings import ami_settings_of
from nba_desktop.adapters.cti.call_url import parse_call_url
from nba_desktop.adapters.cti.number_settings import numbers_of
from nba_desktop.adapters.cti.source import CallSource, SignsIn, TriesAgain
from nba_desktop.adapters.flight.recorder import FlightRecorder
from nba_desktop.adapters.network.routes import Routes
from nba_desktop.adapters.settings import TelephonySettings
from nba_desktop.adapters.tasks import QtTasks
from nba_desktop.domain import call_event
from nba_desktop.domain.errors import CallUrlError, FailureCode, PanelError, SecretsError, SettingsError
from nba_desktop.domain.panel import LinkState, Notice
from nba_desktop.session.session import Session

if TYPE_CHECKING:
    from nba_desktop.adapters.cti.hub_stream import HubStreamSource

_log = logging.getLogger(__name__)

_LINK_FAILURES: Final = {
    "login_refused": FailureCode.LOGIN_REFUSED,
    "sign_in_needed": FailureCode.SIGN_IN_NEEDED,
    "tls_unavailable": FailureCode.TLS_FAILED,
    "tls_untrusted": FailureCode.TLS_UNTRUSTED,
    "tls_wrong_host": FailureCode.TLS_WRONG_HOST,
    "tls_expired": FailureCode.TLS_EXPIRED,
    "tls_not_yet_valid": FailureCode.TLS_NOT_YET_VALID,
    "tls_failed": FailureCode.TLS_FAILED,
    "proxy_away": FailureCode.PROXY_AWAY,
    "proxy_sign_in": FailureCode.PROXY_SIGN_IN,
    "proxy_account": FailureCode.PROXY_ACCOUNT,
    "proxy_refused": FailureCode.PROXY_REFUSED,
    "proxy_rule": FailureCode.PROXY_RULE,
    "panel_too_old": FailureCode.PANEL_TOO_OLD,
    "backend_too_old": FailureCode.BACKEND_TOO_OLD,
}


class Telephony(QObject):
    """Starts the source that the settings name, and records and passes on what it says.

    `secret` replaces the one in the keyring. `complain` is told what the agent must know. `routes` says the way to what
    speaks HTTP.
    """

    def __init__(
        self,
        settings: TelephonySettings,
        secret: str | None,
        session: Session,
        tasks: QtTasks,
        clock: QtClock,
        complain: Callable[[PanelError], None],
        parent: QObject,
        routes: Routes | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._secret = secret
        self._session = session
        self.recorder: FlightRecorder | None = None
        """What notes everything down, to be given before the start."""
        self._tasks = tasks
        self._clock = clock
        self._complain = complain
        self._routes = routes
        self._source: CallSource | None = None
        self._news: HubStreamSource | None = None
        self._is_over = False

    def start(self) -> None:
        """Connect, where nothing more is needed for it than the settings and a secret of the keyring."""
        settings = self._settings
        if self.recorder:
            self.recorder.started(
                type=settings.source,
                extension=settings.extension,
                more_extensions=list(settings.more_extensions),
                interfaces=list(settings.interfaces),
                internal_calls=settings.internal_calls,
                queues=list(settings.queues),
                numbers=settings.number_format.model_dump(),
            )
        if settings.source == "none":
            return
        self._session.on_telephony_link(LinkState("connecting", self._clock.now()))
        if settings.source == "asterisk_ami":
            self._with_secret(lambda secret: AsteriskAmiSource(ami_settings_of(settings, secret), parent=self))
        elif settings.source == "genesys_cloud" and settings.genesys.grant == "client_credentials":
            self._with_secret(self._genesys)
        elif settings.source == "genesys_cloud":
            self._connect(lambda: self._genesys(None))

    def on_backend(self, url: str, token: str | BearerToken) -> None:
        """The backend is there, at this address: listen to it from now on, for calls or for what is new in them."""
        from nba_desktop.adapters.cti.hub_stream import HubStreamSettings, HubStreamSource

        def stream() -> HubStreamSource:
            source = HubStreamSource(HubStreamSettings(url, token), routes=self._routes, parent=self)
            source.news_came.connect(self._session.on_news)
            return source

        if self._settings.source == "hub":
            self._let_go()
            self._connect(stream)
            return
        self._stop_listening()
        if self._is_over:
            return
        try:
            # Its calls are told by the telephone system itself: only the news of it are heard.
            self._news = stream()
        except (SettingsError, SecretsError) as error:
            self._complain(error)
            return
        self._news.start()

    def on_token(self) -> None:
        """The backend's token has become another one: a line that waits is tried again at once."""
        if self._source is not None and isinstance(self._source, TriesAgain):
            self._source.try_again()
        if self._news is not None:
            self._news.try_again()

    def _genesys(self, secret: str | None) -> CallSource:
        from nba_desktop.adapters.cti.genesys.kept_sign_in import KeptSignIn
        from nba_desktop.adapters.cti.genesys.settings import genesys_settings_of
        from nba_desktop.adapters.cti.genesys.source import GenesysSource

        settings = genesys_settings_of(self._settings, secret)
        kept = KeptSignIn(settings.client_id) if settings.grant == "pkce" else None
        return GenesysSource(settings, routes=self._routes, refresh_tokens=kept, parent=self)

    def sign_in(self) -> None:
        """The agent wants to sign in to the telephone system again."""
        if self._source is not None and isinstance(self._source, SignsIn):
            self._source.sign_in()

    def on_no_backend(self, error: PanelError) -> None:
        """The backend did not come up: whoever hears of calls through it hears of none."""
        if self._settings.source == "hub" and self._source is None:
            self._session.on_telephony_link(LinkState("down", self._clock.now(), error.code))

    def stop(self) -> None:
        """Let go of the line for good."""
        self._is_over = True
        self._let_go()
        self._stop_listening()

    def _stop_listening(self) -> None:
        if self._news is not None:
            self._news.stop()
            self._news.deleteLater()
            self._news = None

    def _let_go(self) -> None:
        if self._source is not None:
            self._source.stop()
            self._source.deleteLater()
            self._source = None

    def on_call_url(self, text: str) -> None:
        """Take a call that another start of the program handed over."""
        try:
            event = parse_call_url(text, numbers_of(self._settings), datetime.now(UTC), self._session.calls)
        except (CallUrlError, SettingsError) as error:
            if self.recorder and isinstance(error, CallUrlError):
                self.recorder.dropped("call_url", error.reason)
            self._complain(error)
            return
        if self.recorder:
            self.recorder.received(event.source, "call_url", text.encode())
        self._decide(event)

    def _with_secret(self, make: Callable[[str], CallSource]) -> None:
        if self._secret is not None:
            given = self._secret
            self._connect(lambda: make(given))
            return
        # The keyring's modules take longer to load than the panel takes to paint.
        from nba_desktop.adapters.secrets import Secrets

        self._tasks.run(
            lambda: Secrets().read(self._settings.secret_name),
            lambda read: self._connect(lambda: make(read)),
            self._on_not_connected,
        )

    def _on_not_connected(self, error: PanelError) -> None:
        self._complain(error)
        self._session.on_telephony_link(LinkState("down", self._clock.now(), error.code))

    def _connect(self, make: Callable[[], CallSource]) -> None:
        if self._is_over:
            # What the keyring answered came after the end.
            return
        try:
            source = make()
        except (SettingsError, SecretsError) as error:
            self._on_not_connected(error)
            return
        self._source = source
        if self.recorder:
            recorder = self.recorder
            source.received.connect(lambda data: recorder.received(source.name, source.kind, data))
            source.input_dropped.connect(lambda problem: recorder.dropped(source.name, problem.code))
            source.link_changed.connect(recorder.link_changed)
        source.call_event.connect(self.on_call_event)
        source.link_changed.connect(self.on_link)
        source.input_dropped.connect(lambda problem: _log.info("telephony input dropped: %s", problem.code))
        source.start()

    def on_call_event(self, event: call_event.CallEvent) -> None:
        """Pass an event on, unless it is of a queue that the settings leave out."""
        queues = self._settings.queues
        if queues and event.queue is not None and event.queue not in queues:
            if self.recorder:
                self.recorder.filtered(event)
            return
        self._decide(event)

    def _decide(self, event: call_event.CallEvent) -> None:
        before = self._session.calls
        self._session.on_call_event(event)
        if self.recorder:
            self.recorder.decided(event, before, self._session.calls)

    def on_link(self, link: call_event.LinkState) -> None:
        """Show how the line is, and since when; trying again is no news."""
        if link.lacking:
            rights = ", ".join(link.lacking)
            self._session.on_notice(Notice(FailureCode.RIGHTS_MISSING, (("rights", rights),)))
        if link.lacking and link.state == "up":
            return
        refused = link.detail == "login_refused"
        failure = _LINK_FAILURES.get(link.detail)
        before = self._session.state.telephony
        status = "refused" if refused else link.state
        if status == "connecting" and before.status in ("down", "refused"):
            # The reason and the time since when stay on the screen.
            return
        since = before.since if before.status == status else self._clock.now()
        self._session.on_telephony_link(LinkState(status, since, failure if link.state == "down" else None))
