"""The right to ask Genesys Cloud: tokens of either grant, got, kept in memory and renewed."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol

from nba_desktop.adapters.cti.genesys.api import Access, GenesysApi
from nba_desktop.adapters.cti.genesys.settings import GenesysSourceSettings
from nba_desktop.adapters.cti.genesys.sign_in import sign_in
from nba_desktop.adapters.cti.genesys.trouble import LineTrouble
from nba_desktop.adapters.sign_in.pages import SignInPages
from nba_desktop.domain.errors import PanelError

_log = logging.getLogger(__name__)


class RefreshTokens(Protocol):
    """Where the refresh token is kept between two starts, such as the keyring; both may raise `PanelError`."""

    def read(self) -> str | None: ...

    def store(self, token: str) -> None: ...


class AccessKeeper:
    """Has a token when one is needed; raises `LineTrouble`. For one thread.

    The browser is opened when there is no other way and the agent asked for it: at the start and by `ask_agent`.
    """

    def __init__(
        self,
        settings: GenesysSourceSettings,
        api: GenesysApi,
        open_browser: Callable[[str], None],
        stopped: threading.Event,
        *,
        sign_in_s: float,
        pages: SignInPages,
        kept: RefreshTokens | None = None,
    ) -> None:
        self._settings = settings
        self._api = api
        self._open_browser = open_browser
        self._stopped = stopped
        self._sign_in_s = sign_in_s
        self._pages = pages
        self._kept = kept
        self._access: Access | None = None
        self._ends = 0.0
        self._refresh_token: str | None = None
        self._refused: str | None = None
        self._may_ask = True

    @property
    def left_s(self) -> float:
        """For how many seconds the token is still good."""
        return max(self._ends - time.monotonic(), 0.0) if self._access is not None else 0.0

    @property
    def can_renew(self) -> bool:
        """Whether a new token can be had without asking anybody."""
        return self._settings.grant == "client_credentials" or self._refresh_token is not None

    def ask_agent(self) -> None:
        """Open the browser once more when a token is needed next."""
        self._may_ask = True

    def token(self) -> str:
        """Return a token that is good now."""
        if self._access is None or self.left_s <= 0:
            self._take(self._new())
        assert self._access is not None
        return self._access.token

    def renew(self) -> None:
        """Get a new token before the old one ends; for one that `can_renew`."""
        if self._settings.grant == "client_credentials":
            self._take(self._api.token_by_secret())
        elif (access := self._refreshed()) is not None:
            # Otherwise the token lasts a while yet; when it ends, the agent signs in.
            self._take(access)

    def forget(self) -> None:
        """Throw a token away that the service no longer takes."""
        self._access = None

    def _new(self) -> Access:
        if self._settings.grant == "client_credentials":
            return self._api.token_by_secret()
        if (access := self._refreshed()) is not None:
            return access
        if not self._may_ask:
            raise LineTrouble("sign_in_needed")
        self._may_ask = False
        code, verifier = sign_in(self._settings, self._open_browser, self._stopped, self._sign_in_s, self._pages)
        return self._api.token_by_code(code, verifier)

    def _refreshed(self) -> Access | None:
        """A token for what is kept of the sign-in; None when nothing is, or it is not taken any more."""
        while (token := self._refresh_token or self._kept_token()) is not None:
            self._refresh_token = token
            try:
                return self._api.token_by_refresh(token)
            except LineTrouble as trouble:
                if trouble.code != "sign_in_needed":
                    raise
            # `nba-desktop doctor` may have used it up meanwhile, and kept the next one.
            self._refused, self._refresh_token = token, None
        return None

    def _kept_token(self) -> str | None:
        try:
            token = self._kept.read() if self._kept is not None else None
        except PanelError:
            # No token, or no keyring: the agent signs in, as without one.
            return None
        return token if token != self._refused else None

    def _take(self, access: Access) -> None:
        self._access = access
        self._ends = time.monotonic() + access.lifetime_s
        if access.refresh_token is not None and access.refresh_token != self._refresh_token:
            self._refresh_token = access.refresh_token
            if self._kept is not None:
                try:
                    self._kept.store(access.refresh_token)
                except PanelError as error:
                    _log.info("the sign-in is not kept for the next start (%s)", error.code)
