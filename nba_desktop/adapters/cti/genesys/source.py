"""Genesys Cloud as a source of calls in the GUI thread."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from nba_desktop.adapters.cti.genesys.messages import Problem
from nba_desktop.adapters.cti.genesys.settings import SOURCE, GenesysSourceSettings
from nba_desktop.adapters.cti.genesys.snapshot import GenesysTranslator
from nba_desktop.adapters.cti.link_events import link_event
from nba_desktop.adapters.sign_in.pages import SignInPages
from nba_desktop.domain.call_event import CallEvent, CallEventType, LinkState

if TYPE_CHECKING:
    from nba_desktop.adapters.cti.genesys.access import RefreshTokens
    from nba_desktop.adapters.cti.genesys.line import GenesysLine, GenesysTiming, Item
    from nba_desktop.adapters.network.routes import Routes


def open_in_browser(address: str) -> None:
    """Open an address in the agent's browser; whether he signs in there, only the redirect tells."""
    QDesktopServices.openUrl(QUrl(address))


class GenesysSource(QObject):
    """Listens to one user's conversations; the work is done in a thread, its signals arrive in this object's.

    `call_event` carries a `CallEvent`, `link_changed` a `LinkState`, `input_dropped` a `Problem` with a `code`, and
    `received` each message as it came, which holds personal data. Without a sign-in (`sign_in_needed`) the line waits
    for `sign_in`. `refresh_tokens` keeps the sign-in for the next start; without it, it lasts as long as this object.
    Tokens leave this object only towards the service and `refresh_tokens`. The way there is what `routes` says, the
    direct one without.
    """

    call_event = Signal(object)
    # It may hold personal data: only what masks it may listen.
    received = Signal(bytes)
    link_changed = Signal(object)
    input_dropped = Signal(object)
    _arrived = Signal(int, object)
    _browser_wanted = Signal(int, str)

    def __init__(
        self,
        settings: GenesysSourceSettings,
        timing: GenesysTiming | None = None,
        *,
        routes: Routes | None = None,
        refresh_tokens: RefreshTokens | None = None,
        open_browser: Callable[[str], None] = open_in_browser,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        jitter: Callable[[], float] = random.random,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._timing = timing
        self._routes = routes
        self._refresh_tokens = refresh_tokens
        self._open_browser = open_browser
        self._now = now
        self._jitter = jitter
        self._line: GenesysLine | None = None
        self._life = 0
        self._up = False
        self._translators: dict[str, GenesysTranslator] = {}
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._browser_wanted.connect(self._on_browser_wanted, Qt.ConnectionType.QueuedConnection)

    @property
    def name(self) -> str:
        """The source's name in its events."""
        return self._settings.source

    @property
    def kind(self) -> str:
        """What the settings call a source of this kind."""
        return SOURCE

    def start(self) -> None:
        """Begin to connect; does nothing when already started."""
        if self._line is not None:
            return
        # Not before: most panels have another source, and need neither the modules nor their memory.
        from nba_desktop.adapters.cti.genesys.line import GenesysLine, GenesysTiming

        self._life += 1
        life = self._life
        self._line = GenesysLine(
            self._settings,
            self._timing or GenesysTiming(),
            lambda item: self._arrived.emit(life, item),
            lambda address: self._browser_wanted.emit(life, address),
            translator=self._translator,
            pages=SignInPages(
                self.tr("You are signed in. You can close this window."),
                self.tr("The sign-in did not work. Please start it again in the panel."),
            ),
            kept=self._refresh_tokens,
            routes=self._routes,
            now=self._now,
            jitter=self._jitter,
        )
        self._line.start()

    def stop(self) -> None:
        """Let go of the line and stay disconnected."""
        if self._line is None:
            return
        self._line.stop()
        self._line = None
        self._life += 1
        if self._up:
            self._up = False
            self.call_event.emit(link_event(self._settings.source, CallEventType.LINK_DOWN, self._now(), "stopped"))
        self.link_changed.emit(LinkState(self._settings.source, "down", "stopped"))

    def sign_in(self) -> None:
        """Open the browser again; for a line that is down with `sign_in_needed`."""
        if self._line is not None:
            self._line.sign_in()

    def _translator(self, user_id: str) -> GenesysTranslator:
        """Runs in the line's thread; what is known of the calls outlives a line."""
        settings = self._settings
        return self._translators.setdefault(
            user_id,
            GenesysTranslator(
                settings.source,
                settings.user(user_id),
                settings.numbers,
                settings.attributes,
                internal_calls=settings.internal_calls,
            ),
        )

    def _on_arrived(self, life: int, item: Item) -> None:
        if life != self._life:
            return
        match item:
            case CallEvent():
                self.call_event.emit(item)
            case LinkState():
                self._up = item.state == "up"
                self.link_changed.emit(item)
            case Problem():
                self.input_dropped.emit(item)
            case _:
                self.received.emit(item)

    def _on_browser_wanted(self, life: int, address: str) -> None:
        if life == self._life:
            self._open_browser(address)
