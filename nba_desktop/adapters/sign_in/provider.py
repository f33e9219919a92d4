"""The identity provider as the panel asks it: what it offers, its keys, tokens for codes, their renewal and their end.

Each call blocks. Whatever goes wrong on the way is a `SignInError` with `SIGN_IN_UNREACHABLE`, which may pass; what the
provider itself refuses has another code.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

import requests
from joserfc.jwk import KeySet

from nba_desktop.adapters.backend_url import check_service_url
from nba_desktop.adapters.http_session import new_session
from nba_desktop.adapters.network.routes import Routes
from nba_desktop.adapters.settings import SignInSettings
from nba_desktop.adapters.sign_in.id_token import Expected, checked_agent, key_set, shown
from nba_desktop.adapters.sign_in.tokens import Agent, Tokens
from nba_desktop.domain.errors import FailureCode, SettingsError, SignInError

LARGEST: Final = 512 * 1024

_CONNECT_S: Final = 5.0
_TOTAL_S: Final = 10.0
_CLOCKS_AGREE: Final = timedelta(seconds=60)
_PIECE: Final = 64 * 1024
_LIFETIME_S: Final = 300.0
"""How long a token is taken to live that does not say; a minute more than what is renewed at once."""
_LONGEST_LIFETIME_S: Final = 24 * 3600.0
_ENDED: Final = frozenset({"invalid_grant", "interaction_required", "login_required", "consent_required"})
"""What only the agent can mend (RFC 6749 section 5.2, OpenID Connect Core section 3.1.2.6)."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a provider says of itself (OpenID Connect Discovery 1.0, RFC 8414); what it does not offer is empty.

    `names_itself` says that each answer of the browser carries the issuer (RFC 9207).
    """

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    revocation_endpoint: str = ""
    end_session_endpoint: str = ""
    names_itself: bool = False


class Provider:
    """One identity provider, for one client of it; may be used from any thread."""

    def __init__(
        self,
        settings: SignInSettings,
        routes: Routes | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.settings = settings
        self._routes = routes
        self._now = now
        self._metadata: Metadata | None = None
        self.ahead: timedelta | None = None
        """By how much this machine's clock was ahead of the provider's at the last answer, where that has a time."""

    def metadata(self) -> Metadata:
        """What the provider says of itself; asked once, and again as long as it could not be had."""
        if self._metadata is None:
            base = self.settings.issuer.rstrip("/")
            _, document = self._exchange("GET", f"{base}/.well-known/openid-configuration")
            self._metadata = _metadata_of(document, self.settings.issuer)
        return self._metadata

    def tokens_for_code(self, code: str, verifier: str, redirect_uri: str) -> Tokens:
        """Turn the code that the browser brought into tokens."""
        return self._tokens(
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": redirect_uri,
                "code_verifier": verifier,
            }
        )

    def tokens_for_refresh(self, refresh_token: str) -> Tokens:
        """Get new tokens without asking anybody; `SIGN_IN_ENDED` when the provider takes this one no more."""
        return self._tokens({"grant_type": "refresh_token", "refresh_token": refresh_token})

    def agent_of(self, tokens: Tokens, nonce: str | None) -> Agent:
        """Whom the tokens speak for, by the keys that the provider has now; `nonce` is None for a renewal's."""
        if not tokens.id_token:
            raise _untrusted("there is no ID token in the answer")
        expected = Expected(self.settings.issuer, self.settings.client_id, nonce, tokens.access_token)
        try:
            return checked_agent(tokens.id_token, self.keys(), expected, self._now())
        except SignInError as error:
            if error.code is FailureCode.SIGN_IN_CLOCK and self.ahead is not None and abs(self.ahead) < _CLOCKS_AGREE:
                # The provider has the same time, and says this all the same.
                raise _untrusted(str(error)) from None
            raise

    def keys(self) -> KeySet:
        """The keys that the provider signs with now."""
        _, document = self._exchange("GET", self.metadata().jwks_uri)
        return key_set(document)

    def revoke(self, refresh_token: str) -> None:
        """Have the provider end the sign-in (RFC 7009), where it can."""
        endpoint = self.metadata().revocation_endpoint
        if endpoint:
            values = {"token": refresh_token, "token_type_hint": "refresh_token", **self._client()}
            status, _ = self._exchange("POST", endpoint, values)
            if status != 200:
                raise _unreachable(f"it answered {status} to a revocation")

    def _client(self) -> dict[str, str]:
        return {"client_id": self.settings.client_id}

    def _tokens(self, values: Mapping[str, str]) -> Tokens:
        wanted = {"resource": self.settings.resource, "audience": self.settings.audience}
        more = {name: value for name, value in wanted.items() if value}
        status, body = self._exchange("POST", self.metadata().token_endpoint, {**values, **self._client(), **more})
        if status != 200:
            error = body.get("error")
            if status >= 500 or status == 429 or not isinstance(error, str):
                raise _unreachable(f"it answered {status}")
            ended = error in _ENDED and values["grant_type"] == "refresh_token"
            code = FailureCode.SIGN_IN_ENDED if ended else FailureCode.SIGN_IN_REFUSED
            raise SignInError(f"the identity provider refuses ({_code(error)})", code)
        if str(body.get("token_type", "")).lower() != "bearer":
            raise SignInError("the token is of an unknown kind", FailureCode.SIGN_IN_UNTRUSTED)
        return Tokens(
            access_token=_text(body, "access_token"),
            lifetime_s=_lifetime(body.get("expires_in")),
            refresh_token=_text(body, "refresh_token", ""),
            id_token=_text(body, "id_token", ""),
        )

    def _exchange(self, method: str, url: str, form: Mapping[str, str] | None = None) -> tuple[int, dict[str, Any]]:
        """Send one request; the status and the object that came back, an empty one for none."""
        try:
            with (
                new_session(_TOTAL_S, self._routes) as session,
                session.request(
                    method,
                    url,
                    data=form,
                    headers={"Accept": "application/json"},
                    timeout=(_CONNECT_S, _TOTAL_S),
                    stream=True,
                ) as response,
            ):
                content = bytearray()
                for piece in response.iter_content(_PIECE):
                    content += piece
                    if len(content) > LARGEST:
                        raise ValueError
                status = response.status_code
                self.ahead = _ahead(response.headers.get("Date", ""), self._now())
        except (requests.RequestException, OSError, ValueError) as error:
            failure = _unreachable(type(error).__name__)
        else:
            body = _object(bytes(content))
            if method == "POST" or (status == 200 and body):
                return status, body
            failure = _unreachable(f"it answered {status} with nothing that can be read")
        # Raised out here: the foreign error may hold what was sent.
        raise failure


def _metadata_of(document: Mapping[str, Any], issuer: str) -> Metadata:
    """Read the discovery document; raises `SignInError` for one that another issuer wrote, or that cannot be used."""
    if document.get("issuer") != issuer:
        theirs = shown(document.get("issuer"))
        raise _untrusted(f"the discovery document names another issuer: {theirs}, sign_in.issuer is {shown(issuer)}")
    methods = document.get("code_challenge_methods_supported", ["S256"])
    if not isinstance(methods, list) or "S256" not in methods:
        raise _untrusted("the identity provider does not support PKCE by S256")
    return Metadata(
        issuer,
        _endpoint(document, "authorization_endpoint"),
        _endpoint(document, "token_endpoint"),
        _endpoint(document, "jwks_uri"),
        _endpoint(document, "revocation_endpoint", needed=False),
        _endpoint(document, "end_session_endpoint", needed=False),
        document.get("authorization_response_iss_parameter_supported") is True,
    )


def _endpoint(document: Mapping[str, Any], name: str, *, needed: bool = True) -> str:
    url = document.get(name)
    if url is None and not needed:
        return ""
    try:
        check_service_url(str(url), name)
    except SettingsError:
        raise _untrusted(f"the discovery document has no {name} that can be used") from None
    return str(url)


def _object(content: bytes) -> dict[str, Any]:
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _text(body: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = body.get(key, default)
    if not isinstance(value, str) or (default is None and not value) or not value.isascii() or not value.isprintable():
        raise _untrusted(f"the answer has no {key} that can be used")
    return value


def _lifetime(seconds: object) -> float:
    try:
        value = float(seconds)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return _LIFETIME_S
    return min(value, _LONGEST_LIFETIME_S) if math.isfinite(value) and value > 0 else _LIFETIME_S


def _ahead(date: str, now: datetime) -> timedelta | None:
    try:
        theirs = parsedate_to_datetime(date)
        return now - theirs.replace(tzinfo=theirs.tzinfo or UTC)
    except ValueError:
        return None


def _code(error: str) -> str:
    """The provider's code of an error, unless it is none of the kind that codes are."""
    return error if error.replace("_", "").isalpha() and error.isascii() and len(error) < 60 else "another reason"


def _unreachable(why: str) -> SignInError:
    return SignInError(f"the identity provider gave no answer ({why})", FailureCode.SIGN_IN_UNREACHABLE)


def _untrusted(says: str) -> SignInError:
    return SignInError(says, FailureCode.SIGN_IN_UNTRUSTED)
