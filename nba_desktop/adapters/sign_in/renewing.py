"""The access token of a sign-in, as everything that speaks with the backend has it, and its renewal."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from nba_desktop.adapters.bearer_token import BearerToken
from nba_desktop.adapters.sign_in.provider import Provider
from nba_desktop.adapters.sign_in.tokens import Agent, SignedIn, Tokens
from nba_desktop.domain.errors import BackendOffline, FailureCode, SignInError

_NO_SOONER_S: Final = 10.0
"""A token that is refused at this age is not renewed for it: the backend does not want the agent, whatever its age."""
_PAUSE_S: Final = 5.0
"""How long after a provider that did not answer nobody asks it for what the backend refuses."""


class RenewedToken(BearerToken):
    """One agent's token; `tell` hears each `SignedIn` that takes its place, or why there is none any more.

    `tell` is called in the thread that renewed, before anybody else learns of it. Who renews while another thread does
    waits, and has what that one got.
    """

    def __init__(
        self,
        provider: Provider,
        signed_in: SignedIn,
        tell: Callable[[SignedIn | SignInError], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._provider = provider
        self._tell = tell
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._asked_at: float | None = None
        self._is_over = False
        self._take(signed_in)
        super().__init__(signed_in.tokens.access_token)

    @property
    def agent(self) -> Agent:
        """Whom the token speaks for."""
        return self._signed_in.agent

    @property
    def tokens(self) -> Tokens:
        """All of his tokens as they are now."""
        return self._signed_in.tokens

    @property
    def is_waiting(self) -> bool:
        """Whether it has ended, and the provider could not be asked for another one."""
        has_ended = self._monotonic() - self._renewed_at > self.tokens.lifetime_s
        return has_ended and self._asked_at is not None and not self._is_over

    def sign_in_again(self, signed_in: SignedIn) -> None:
        """Go on with what the same agent's new sign-in came to."""
        with self._lock:
            self._is_over = False
            self._asked_at = None
            self._take(signed_in)
            self.replace(signed_in.tokens.access_token)

    def newer_than(self, refused: str) -> str:
        """The token that takes the place of one that the backend refused; raises `BackendOffline` for not yet."""
        with self._lock:
            now = self._monotonic()
            too_soon = now - self._renewed_at < min(_NO_SOONER_S, self.tokens.lifetime_s)
            if refused != self._value or self._is_over or too_soon:
                return self._value
            try:
                if self._asked_at is not None and now - self._asked_at < _PAUSE_S:
                    raise SignInError("it was just asked in vain", FailureCode.SIGN_IN_UNREACHABLE)
                self._renew()
            except SignInError as error:
                if error.code is FailureCode.SIGN_IN_UNREACHABLE:
                    raise BackendOffline("the sign-in cannot be renewed now") from None
            return self._value

    def renew(self) -> None:
        """Get a new token before this one ends. Raises `SignInError`."""
        with self._lock:
            self._renew()

    def _renew(self) -> None:
        try:
            signed_in = renewed(self._provider, self._signed_in.agent, self._signed_in.tokens)
        except SignInError as error:
            self._asked_at = self._monotonic()
            if error.code is FailureCode.SIGN_IN_ENDED:
                self._is_over = True
                self._tell(error)
            raise
        self._asked_at = None
        self._take(signed_in)
        self.replace(signed_in.tokens.access_token)
        self._tell(signed_in)

    def _take(self, signed_in: SignedIn) -> None:
        self._signed_in = signed_in
        self._renewed_at = self._monotonic()


def renewed(provider: Provider, agent: Agent, tokens: Tokens) -> SignedIn:
    """The same agent with new tokens. Raises `SignInError`: `SIGN_IN_ENDED` when only the agent can help."""
    if not tokens.refresh_token:
        raise SignInError("there is nothing to renew the sign-in with", FailureCode.SIGN_IN_ENDED)
    new = provider.tokens_for_refresh(tokens.refresh_token)
    # What a renewal leaves out stays as it was (RFC 6749 section 6, OpenID Connect Core section 12.2).
    if new.id_token:
        said = provider.agent_of(new, None)
        if said != agent:
            raise SignInError("the renewed ID token is for somebody else", FailureCode.SIGN_IN_ENDED)
        # A renewed ID token may say less of him than the first one did.
        agent = Agent(agent.issuer, agent.subject, said.name or agent.name, said.login or agent.login)
    kept = Tokens(
        new.access_token, new.lifetime_s, new.refresh_token or tokens.refresh_token, new.id_token or tokens.id_token
    )
    return SignedIn(agent, kept)
