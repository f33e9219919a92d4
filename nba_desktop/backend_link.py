"""The panel's line to its backend: from the settings to a child or a site, looked after, and the outbox sent by it."""

from __future__ import annotations

import linecache
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from nba_desktop.adapters.bearer_token import BearerToken, bearer
from nba_desktop.adapters.clock import QtClock
from nba_desktop.adapters.embedded_backend import EmbeddedBackend, RunningBackend, backend_command
from nba_desktop.adapters.network.routes import Routes
from nba_desktop.adapters.outbox_sender import OutboxSender
from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.adapters.tasks import QtTasks
from nba_desktop.contract.events import AnyEvent
from nba_desktop.domain.errors import MISMATCHES, BackendFault, BackendMismatch, FailureCode, OutboxError, PanelError
from nba_desktop.domain.panel import LinkState, LinkStatus
from nba_desktop.session.session import Session
from nba_desktop.telephony import Telephony

if TYPE_CHECKING:
    from nba_desktop.adapters.http_backend import HttpBackend

_log = logging.getLogger(__name__)

_DRAIN_MS: Final = 2_000
_GATHER_MS: Final = 100
"""By then what is shown of a call has usually come from the backend and is painted."""
_HEALTH_EVERY_MS: Final = 5_000
_UPDATED_EVERY_MS: Final = 60_000
"""How often to ask whether panel and backend fit by now: an update takes hours, and every panel of the site asks."""
_RESTART_PAUSE: Final = timedelta(seconds=10)


class WakingOutbox:
    """The outbox as the session sees it: what is put is also sent, as soon as there is somebody to send it.

    Without a `store`, which may be opened later, every put raises `broken`.
    """

    def __init__(self, store: SqliteOutbox | None = None, broken: OutboxError | None = None) -> None:
        self.store = store
        self.broken = broken
        self.on_put: Callable[[], None] = lambda: None

    def put(self, *events: AnyEvent) -> None:
        """Store the events, all or none, and have them sent."""
        if self.store is None:
            raise self.broken or OutboxError("there is no outbox", FailureCode.DISK_UNWRITABLE)
        self.store.put(*events)
        self.on_put()


class BackendLink(QObject):
    """Starts the embedded backend, or reaches the site's at `url`, and tells the session whenever it is there.

    `token` replaces the one in the keyring; without `url` and with `data_dir` a child of this panel is the backend.
    `complain` is told what the agent must know. A site is reached the way that `routes` says.
    """

    def __init__(
        self,
        url: str | None,
        token: str | None,
        data_dir: Path,
        outbox: WakingOutbox,
        session: Session,
        telephony: Telephony,
        tasks: QtTasks,
        clock: QtClock,
        complain: Callable[[PanelError], None],
        parent: QObject,
        routes: Routes | None = None,
    ) -> None:
        super().__init__(parent)
        self._url = url
        self._token = token
        self._data_dir = data_dir
        self._outbox = outbox
        self._session = session
        self._telephony = telephony
        self._tasks = tasks
        self._outbox_tasks = QtTasks(max_threads=1, name="outbox", parent=self)
        self._clock = clock
        self._complain = complain
        self._routes = routes
        self._embedded: EmbeddedBackend | None = None
        self._embedded_started_at = clock.now()
        self._was: tuple[LinkStatus, bool] = ("off", False)
        self._is_over = False
        self._health = QTimer(self)
        self._health.timeout.connect(self._look_after)
        self.outbox_sender: OutboxSender | None = None
        self.backend: HttpBackend | None = None
        self._in_use: tuple[str, BearerToken] | None = None

    @property
    def reached(self) -> tuple[str, str] | None:
        """The address of the backend in use, and the token as it is now; None until there is one."""
        return None if self._in_use is None else (self._in_use[0], self._in_use[1].value)

    def start(self) -> None:
        """Start or reach the backend; the session hears when it is there, or why it is not."""
        url, token = self._url, self._token
        if url is None:
            embedded = self._embedded = EmbeddedBackend(backend_command(self._data_dir))
            self._embedded_started_at = self._clock.now()
            self._tasks.run(embedded.start, self._on_embedded, self._on_not_started)
        elif token is not None:
            self._use(url, token)
        else:
            from nba_desktop.adapters.secrets import read_token

            self._tasks.run(lambda: read_token(url), lambda read: self._use(url, read), self._on_no_token)

    def use_sign_in(self, token: BearerToken) -> None:
        """Reach the site's backend with the token of whoever has signed in."""
        assert self._url is not None
        self._use(self._url, token)

    def on_token_renewed(self) -> None:
        """The token has become another one: what waited for it goes on."""
        if self.outbox_sender:
            self.outbox_sender.resume()
            if self._is_refused:
                self.outbox_sender.try_again()
        if self.backend and self._is_refused:
            # What was asked with the one before is asked again.
            self._session.on_backend_ready(self.backend)
        self._telephony.on_token()

    def send_rest(self) -> None:
        """Send what is pending if that is quick; the event loop runs meanwhile."""
        if self.outbox_sender:
            self.outbox_sender.drain(_DRAIN_MS)

    def refuse(self, error: PanelError) -> None:
        """Leave the panel without a backend, for what is wrong."""
        self._session.on_backend_failed(error)
        self._telephony.on_no_backend(error)

    def on_state(self, link: LinkState) -> None:
        """Hear how the link is: what was waiting goes on at once, what is down is looked after."""
        was, self._was = self._was, (link.status, link.failure in MISMATCHES)
        if was == self._was:
            return
        if link.status == "up":
            self._health.stop()
            if self.outbox_sender:
                # The back-off may be a minute long; that the backend is there again is known now.
                self.outbox_sender.resume()
                if was[0] == "refused":
                    self.outbox_sender.try_again()
        elif self._is_over:
            return
        elif link.failure in MISMATCHES:
            self._health.start(_UPDATED_EVERY_MS)
        elif link.status == "down":
            self._health.start(_HEALTH_EVERY_MS)

    def rest(self) -> None:
        """Look after the backend no longer."""
        self._health.stop()
        self._is_over = True

    def stop(self) -> None:
        """Send what is pending if that is quick, and stop the child."""
        self.rest()
        if self.outbox_sender:
            self.outbox_sender.drain(_DRAIN_MS)
            self.outbox_sender.stop()
        self._tasks.close(0)
        self._outbox_tasks.close(0)
        if self._embedded:
            self._embedded.stop()

    @property
    def _is_refused(self) -> bool:
        return self._session.state.backend.status == "refused"

    def _look_after(self) -> None:
        """While the link is down: start a child that is gone anew, else ask whether the backend is there again."""
        if self._embedded and not self._embedded.running:
            if self._clock.now() - self._embedded_started_at > _RESTART_PAUSE:
                self._embedded.stop()
                self.start()
        elif self.backend and self._session.state.backend.failure is not FailureCode.SERVER_FAULT:
            # A backend that answers with faults is there: asking it would only cut the sender's back-off short.
            self._tasks.run(
                self.backend.check_health, lambda _: self._session.on_backend_reached(), self._on_still_away
            )

    def _on_still_away(self, error: PanelError) -> None:
        # One that answers with a fault is there: what was last asked of it says more.
        is_away = self._was[0] == "down" and not isinstance(error, BackendFault)
        if is_away or isinstance(error, BackendMismatch):
            self._session.on_backend_away(error)

    def _on_embedded(self, running: RunningBackend) -> None:
        self._use(running.url, running.token)

    def _on_not_started(self, error: PanelError) -> None:
        # Its last words are about a catalogue or a missing package, for whoever put them there.
        _log.error("%s", error)
        self._on_no_token(error)

    def _on_no_token(self, error: PanelError) -> None:
        self._complain(error)
        self.refuse(error)

    def _use(self, url: str, given: str | BearerToken) -> None:
        # requests takes longer to load than the panel takes to paint, and only now is it needed.
        from nba_desktop.adapters.http_backend import HttpBackend

        linecache.clearcache()
        try:
            token = bearer(given)
            backend = HttpBackend(url, token, routes=self._routes)
        except PanelError as error:
            self._on_no_token(error)
            return
        self.backend, self._in_use = backend, (url, token)
        if self.outbox_sender:
            self.outbox_sender.stop()
        if self._outbox.store:
            self.outbox_sender = OutboxSender(
                self._outbox.store, backend, self._outbox_tasks, gather_ms=_GATHER_MS, parent=self
            )
            self.outbox_sender.receipt_changed.connect(self._session.on_receipt)
            self.outbox_sender.status_changed.connect(self._session.on_outbox_status)
            self._outbox.on_put = self.outbox_sender.wake
            # What was refused may have been mended since: each start tries it once more.
            self._retry_parked(self.outbox_sender)
        self._session.on_backend_ready(backend)
        self._telephony.on_backend(url, token)

    def _retry_parked(self, sender: OutboxSender) -> None:
        try:
            sender.retry_parked()
        except OutboxError as error:
            self._complain(error)
