"""The agent's sign-in as the panel has it: begun by a click, kept over the day, ended by a click."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from nba_desktop.adapters.network.routes import Routes
from nba_desktop.adapters.settings import SignInSettings
from nba_desktop.adapters.sign_in.kept import Kept, KeptSignIn, kept_of, written
from nba_desktop.adapters.sign_in.pages import SignInPages
from nba_desktop.adapters.sign_in.tokens import Agent, SignedIn, Tokens
from nba_desktop.adapters.tasks import QtTasks
from nba_desktop.domain.errors import FailureCode, PanelError, SignInError
from nba_desktop.domain.signing_in import SignInState, SignInStatus

if TYPE_CHECKING:
    from nba_desktop.adapters.sign_in.provider import Provider
    from nba_desktop.adapters.sign_in.renewing import RenewedToken

_log = logging.getLogger(__name__)

_LIMIT_S: Final = 300.0
"""How long an agent may take in his browser: a password, a second factor, a forgotten one."""
_SOONEST_MS: Final = 1_000
_RENEWED_BY_THEN_MS: Final = 1_000
_RETRY_FIRST_MS: Final = 5_000
_RETRY_LONGEST_MS: Final = 60_000


def open_in_browser(address: str) -> bool:
    """Open an address in the agent's browser; whether the system could."""
    return QDesktopServices.openUrl(QUrl(address))


class SigningIn(QObject):
    """Signs one agent in and keeps him signed in; the work is done in threads, the signals arrive in this object's.

    `changed` carries the new `SignInState`, `token_came` the agent's `RenewedToken` when it is there for the first
    time, `token_renewed` says that it has become another one, `other_came` carries the `SignedIn` of another agent than
    the one who works here, `left` says that he has signed out. The browser is opened by `sign_in` and `sign_out` alone.
    """

    changed = Signal(object)
    token_came = Signal(object)
    token_renewed = Signal()
    other_came = Signal(object)
    left = Signal()
    _browser_wanted = Signal(int, str)
    _told = Signal(object)

    def __init__(
        self,
        settings: SignInSettings,
        *,
        is_own: Callable[[Agent], bool] | None = None,
        routes: Routes | None = None,
        open_browser: Callable[[str], bool] = open_in_browser,
        limit_s: float = _LIMIT_S,
        chance: Callable[[], float] = random.random,
        parent: QObject | None = None,
    ) -> None:
        """`is_own` says whether it is this agent's place; without it, it is whose who signs in first."""
        super().__init__(parent)
        self._settings = settings
        self._is_own = is_own or (lambda agent: self._agent is None or agent == self._agent)
        self._kept: KeptSignIn | None = None
        self._routes = routes
        self._open_browser = open_browser
        self._limit_s = limit_s
        self._chance = chance
        self._tasks = QtTasks(max_threads=2, name="sign-in", parent=self)
        self._provider_made: Provider | None = None
        self._agent: Agent | None = None
        self._refresh_token = ""
        self._ask_anew = False
        self._attempt = 0
        self._given_up = threading.Event()
        self._failures = 0
        self._is_over = False
        self._brought: SignedIn | None = None
        """What a thread has renewed and this one has not heard of yet: what was kept before may count no more."""
        self._renewal = QTimer(self)
        self._renewal.setSingleShot(True)
        self._renewal.timeout.connect(self._renew)
        self._browser_wanted.connect(self._on_browser_wanted, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self.token: RenewedToken | None = None
        self.state = SignInState()

    # ---- the begin

    @property
    def agent(self) -> Agent | None:
        """Who works here, once that is known."""
        return self._agent

    def start(
        self,
        kept: KeptSignIn | None = None,
        signed_in: SignedIn | None = None,
        *,
        anew: bool = False,
        left: int = 0,
    ) -> None:
        """Go on with who has just signed in, else with whose sign-in is kept; without either, wait for a click.

        With `anew` the provider asks whoever is there. `left` counts what waits here of whoever was there before.
        """
        self._kept = kept
        self._ask_anew = anew
        self.token = self._agent = None
        if signed_in is not None:
            self._agent = signed_in.agent
            self._take(signed_in)
            return
        known = self._read()
        if known is None:
            self._set(SignInState(SignInStatus.NEEDED, left=left))
            return
        self._agent, self._refresh_token = known.agent, known.refresh_token
        self._set(SignInState(SignInStatus.CHECKING, known.agent.name))
        self._renew()

    def stop(self) -> None:
        """End: nothing is asked or told any more, and what a renewal has just brought is kept."""
        self._given_up.set()
        self._renewal.stop()
        self._tasks.close(_RENEWED_BY_THEN_MS)
        if self._brought is not None and self._agent is not None:
            self._store(self._brought)
        self._is_over = True

    # ---- the agent's clicks

    def sign_in(self) -> None:
        """Open the browser for a sign-in, unless somebody is signed in; once more for one whose window was closed."""
        if not self.state.is_wanted:
            return
        self._given_up.set()
        self._given_up = given_up = threading.Event()
        self._attempt += 1
        attempt = self._attempt
        self._set(replace(self.state, status=SignInStatus.WAITING, failure=None))
        login = self._agent.login if self._agent is not None else ""
        self._tasks.run(
            partial(self._signed_in, attempt, given_up, login),
            partial(self._on_signed_in, attempt),
            partial(self._on_failed, attempt),
        )

    def give_up(self) -> None:
        """Wait for the browser no more."""
        if self.state.status is SignInStatus.WAITING:
            self._given_up.set()
            self._attempt += 1
            self._want(None)

    def sign_out(self) -> None:
        """End the sign-in here and at the provider, which shows its own page about it in the browser."""
        token = self.token
        if self.state.status is SignInStatus.LEAVING:
            return
        self._renewal.stop()
        self._given_up.set()
        self._attempt += 1
        self._set(replace(self.state, status=SignInStatus.LEAVING))
        tokens = token.tokens if token is not None else Tokens("", 0.0, self._refresh_token)
        self._tasks.run(partial(self._ended, tokens), self._on_ended, lambda _: self._on_ended(""))

    # ---- work in threads

    def _provider(self) -> Provider:
        # joserfc and requests take longer to load than the panel takes to paint.
        from nba_desktop.adapters.sign_in.provider import Provider

        if self._provider_made is None:
            self._provider_made = Provider(self._settings, self._routes)
        return self._provider_made

    def _signed_in(self, attempt: int, given_up: threading.Event, login: str) -> SignedIn:
        from nba_desktop.adapters.sign_in.browser import Hints, sign_in

        hints = Hints("" if self._ask_anew else login, self._ask_anew)
        open_browser = partial(self._browser_wanted.emit, attempt)
        return sign_in(self._provider(), open_browser, given_up, self._pages(), self._limit_s, hints)

    def _renewed(self, token: RenewedToken | None, agent: Agent, refresh_token: str) -> SignedIn | None:
        """New tokens: of the token that is there, which tells of them itself, else of what was kept."""
        from nba_desktop.adapters.sign_in.renewing import renewed

        if token is None:
            self._brought = renewed(self._provider(), agent, Tokens("", 0.0, refresh_token))
            return self._brought
        token.renew()
        return None

    def _tell(self, said: SignedIn | SignInError) -> None:
        if isinstance(said, SignedIn):
            self._brought = said
        self._told.emit(said)

    def _ended(self, tokens: Tokens) -> str:
        from nba_desktop.adapters.sign_in.browser import end_session_address

        provider = self._provider()
        try:
            if tokens.refresh_token:
                provider.revoke(tokens.refresh_token)
        except SignInError as error:
            _log.warning("the sign-in ends here, not at the provider: %s", error.code)
        return end_session_address(provider, tokens.id_token)

    # ---- what came of it

    def _on_browser_wanted(self, attempt: int, address: str) -> None:
        if attempt == self._attempt and not self._open_browser(address):
            self._given_up.set()
            self._attempt += 1
            self._want(FailureCode.SIGN_IN_NO_BROWSER)

    def _on_signed_in(self, attempt: int, signed_in: SignedIn) -> None:
        if attempt != self._attempt:
            return
        self._ask_anew = False
        if not self._is_own(signed_in.agent):
            # Whatever is recorded here is another agent's, and stays his.
            self.other_came.emit(signed_in)
            return
        self._take(signed_in)

    def _on_failed(self, attempt: int, error: PanelError) -> None:
        if attempt == self._attempt:
            _log.info("sign-in: %s (%s)", error.code, type(error).__name__)
            self._want(error.code)

    def _take(self, signed_in: SignedIn) -> None:
        from nba_desktop.adapters.sign_in.renewing import RenewedToken

        if self.token is not None:
            self.token.sign_in_again(signed_in)
            self._settle(signed_in)
            self.token_renewed.emit()
            return
        self.token = RenewedToken(self._provider(), signed_in, self._tell)
        self._settle(signed_in)
        self.token_came.emit(self.token)

    def _settle(self, signed_in: SignedIn) -> None:
        """The agent has good tokens: keep what renews them, and renew them in time."""
        self._agent, self._refresh_token = signed_in.agent, signed_in.tokens.refresh_token
        self._failures = 0
        self._store(signed_in)
        if self._brought is signed_in:
            self._brought = None
        # Not all panels of a site that began the day together; what cannot be renewed counts to its end.
        share = 0.7 + 0.2 * self._chance() if self._refresh_token else 1.0
        self._renewal.start(max(_SOONEST_MS, round(signed_in.tokens.lifetime_s * share * 1000)))
        self._set(SignInState(SignInStatus.SIGNED_IN, signed_in.agent.name))

    def _renew(self) -> None:
        if self._agent is not None:
            self._tasks.run(
                partial(self._renewed, self.token, self._agent, self._refresh_token),
                self._on_renewed,
                self._on_not_renewed,
            )

    def _on_renewed(self, signed_in: SignedIn | None) -> None:
        # None: the token that is there has told of it itself.
        if signed_in is not None and self.state.status is SignInStatus.CHECKING:
            self._take(signed_in)

    def _on_not_renewed(self, error: PanelError) -> None:
        if self.state.status in (SignInStatus.WAITING, SignInStatus.LEAVING):
            return
        if error.code is FailureCode.SIGN_IN_ENDED:
            self._end()
            return
        pause = min(_RETRY_LONGEST_MS, _RETRY_FIRST_MS * 2.0 ** min(self._failures, 8))
        self._failures += 1
        self._renewal.start(round(pause * (0.5 + self._chance() / 2)))
        self._set(replace(self.state, failure=error.code))

    def _on_told(self, said: SignedIn | SignInError) -> None:
        """What a renewal in whatever thread came to."""
        if self._is_over or self.state.status in (SignInStatus.WAITING, SignInStatus.LEAVING):
            return
        if isinstance(said, SignInError):
            self._end()
        else:
            self._settle(said)
            self.token_renewed.emit()

    def _end(self) -> None:
        """Only the agent can help; what he records waits for him."""
        self._renewal.stop()
        self._want(None)

    def _want(self, failure: FailureCode | None) -> None:
        working = self._agent is not None
        status = SignInStatus.ENDED if working else SignInStatus.NEEDED
        self._set(replace(self.state, status=status, failure=failure))

    def _on_ended(self, address: str) -> None:
        if self._kept is not None:
            try:
                self._kept.delete()
            except PanelError as error:
                _log.warning("the kept sign-in could not be deleted: %s", error.code)
        if address:
            self._open_browser(address)
        self.token = self._agent = self._brought = None
        self._refresh_token = ""
        self._ask_anew = True
        self._set(SignInState(SignInStatus.NEEDED))
        self.left.emit()

    # ---- the rest

    def _read(self) -> Kept | None:
        try:
            return kept_of(self._kept.read() if self._kept is not None else None, self._settings)
        except PanelError as error:
            _log.info("no kept sign-in could be read: %s", error.code)
            return None

    def _store(self, signed_in: SignedIn) -> None:
        if self._kept is None or not signed_in.tokens.refresh_token:
            return
        try:
            self._kept.store(written(Kept(signed_in.agent, signed_in.tokens.refresh_token), self._settings))
        except PanelError as error:
            _log.info("the sign-in is not kept for the next start: %s", error.code)

    def _pages(self) -> SignInPages:
        return SignInPages(
            self.tr("Done. You can close this window and go on in NBA Desktop."),
            self.tr("The sign-in did not work. Please start it again in NBA Desktop."),
        )

    def _set(self, state: SignInState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)
