"""One sign-in in the agent's browser: authorization code with PKCE, state and nonce, to a loopback redirect."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from nba_desktop.adapters.sign_in.loopback import Loopback, code_challenge
from nba_desktop.adapters.sign_in.pages import SignInPages
from nba_desktop.adapters.sign_in.provider import Metadata, Provider
from nba_desktop.adapters.sign_in.tokens import SignedIn
from nba_desktop.domain.errors import FailureCode, SignInError


@dataclass(frozen=True, slots=True)
class Hints:
    """What the provider is told of whom to expect.

    `login` is the name of who is to sign in again. `anew` has it ask whoever is there, not the one of the last time.
    """

    login: str = ""
    anew: bool = False


def sign_in(
    provider: Provider,
    open_browser: Callable[[str], object],
    stopped: threading.Event,
    pages: SignInPages,
    limit_s: float,
    hints: Hints = Hints(),
) -> SignedIn:
    """Let the agent sign in in his browser; blocks until he has, `stopped` is set, or `limit_s` seconds are over.

    Raises `SignInError`: `SIGN_IN_UNANSWERED` for a browser that was closed, `SIGN_IN_REFUSED` for a provider that
    says no, `SIGN_IN_UNTRUSTED` for an answer that is not what it must be.
    """
    metadata = provider.metadata()
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    try:
        with Loopback(state, pages) as loopback:
            redirect_uri = loopback.redirect_uri
            open_browser(_address(provider, metadata, redirect_uri, state, nonce, verifier, hints))
            answer = loopback.answer(stopped, limit_s)
            if answer is None:
                raise SignInError("no answer came from the browser", FailureCode.SIGN_IN_UNANSWERED)
            # Still listening: whoever comes a second time is told that it is over.
            tokens = provider.tokens_for_code(_code_of(answer, metadata), verifier, redirect_uri)
            return SignedIn(provider.agent_of(tokens, nonce), tokens)
    except OSError as error:
        failure = SignInError(f"no port is free on this machine ({type(error).__name__})", FailureCode.SIGN_IN_REFUSED)
    raise failure


def end_session_address(provider: Provider, id_token: str) -> str:
    """Where the browser ends the provider's own session (RP-Initiated Logout 1.0); empty where it cannot."""
    endpoint = provider.metadata().end_session_endpoint
    if not endpoint:
        return ""
    values = {"client_id": provider.settings.client_id} | ({"id_token_hint": id_token} if id_token else {})
    return _with_query(endpoint, values)


def _address(
    provider: Provider,
    metadata: Metadata,
    redirect_uri: str,
    state: str,
    nonce: str,
    verifier: str,
    hints: Hints,
) -> str:
    settings = provider.settings
    values = {
        "response_type": "code",
        "client_id": settings.client_id,
        "redirect_uri": redirect_uri,
        "scope": " ".join(settings.scopes),
        "state": state,
        "nonce": nonce,
        "code_challenge": code_challenge(verifier),
        "code_challenge_method": "S256",
        "resource": settings.resource,
        "audience": settings.audience,
        "login_hint": hints.login,
        "prompt": "login" if hints.anew else "",
    }
    return _with_query(metadata.authorization_endpoint, {name: value for name, value in values.items() if value})


def _code_of(answer: Mapping[str, str], metadata: Metadata) -> str:
    """The code in an answer; raises `SignInError` for one of another issuer (RFC 9207), and for a refusal."""
    issuer = answer.get("iss")
    if issuer != metadata.issuer and (issuer is not None or metadata.names_itself):
        raise SignInError("the answer is another issuer’s", FailureCode.SIGN_IN_UNTRUSTED)
    if "error" in answer:
        raise SignInError("the identity provider refuses the sign-in", FailureCode.SIGN_IN_REFUSED)
    code = answer.get("code", "")
    if not code:
        raise SignInError("there is no code in the answer", FailureCode.SIGN_IN_UNTRUSTED)
    return code


def _with_query(endpoint: str, values: Mapping[str, str]) -> str:
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(values)}"
