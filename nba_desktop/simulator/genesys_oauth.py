"""The sign-in of the stand-in for Genesys Cloud: OAuth 2 with client credentials, PKCE and refresh tokens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from nba_desktop.simulator.genesys_http import Answer, error


@dataclass(frozen=True, slots=True)
class Tenant:
    """The organisation that is played: its client, its one user, and how long things live (seconds)."""

    client_id: str = "nba-desktop-demo"
    secret: str = "genesys-demo"
    user_id: str = "5f0c6f0e-2a51-4b38-9f0e-0d2f5a9b1c01"
    redirect_uri: str = ""
    channel_life_s: float = 24 * 3600.0
    token_life_s: float = 24 * 3600.0
    heartbeat_s: float = 30.0
    gives_refresh_tokens: bool = True


@dataclass(frozen=True, slots=True)
class _Grant:
    """An authorization code: for whom it was made."""

    challenge: str
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class Token:
    """What an access token is good for, and until when (monotonic seconds)."""

    speaks_for_user: bool
    ends: float


class SignInDesk:
    """Gives tokens and knows them again; one thread at a time."""

    def __init__(self, tenant: Tenant, report: Callable[[dict[str, object]], None]) -> None:
        self._tenant = tenant
        self._report = report
        self._grants: dict[str, _Grant] = {}
        self._tokens: dict[str, Token] = {}
        self._refresh_tokens: set[str] = set()

    def known(self, token: str) -> Token | None:
        """Return what is known of an access token; None when it is not good (any more)."""
        found = self._tokens.get(token)
        return None if found is None or found.ends < time.monotonic() else found

    def revoke(self) -> None:
        """Take every access token back; refresh tokens stay good."""
        self._tokens.clear()

    def token(self, authorization: str, values: dict[str, list[str]]) -> Answer:
        """Answer `POST /oauth/token`."""
        form = {key: value[0] for key, value in values.items()}
        grant = form.get("grant_type")
        if grant == "client_credentials":
            pair = base64.b64encode(f"{self._tenant.client_id}:{self._tenant.secret}".encode()).decode()
            right = hmac.compare_digest(authorization.encode(), f"Basic {pair}".encode())
            return self._new_token(speaks_for_user=False) if right else self._refused("invalid_client")
        if form.get("client_id") != self._tenant.client_id:
            return self._refused("invalid_client")
        if grant == "authorization_code":
            made = self._grants.pop(form.get("code", ""), None)
            challenge = _challenge(form.get("code_verifier", ""))
            right = made is not None and hmac.compare_digest(made.challenge, challenge)
            right = right and made is not None and made.redirect_uri == form.get("redirect_uri")
            return self._new_token(speaks_for_user=True) if right else self._refused("invalid_grant")
        if grant == "refresh_token" and form.get("refresh_token") in self._refresh_tokens:
            self._refresh_tokens.discard(form["refresh_token"])
            return self._new_token(speaks_for_user=True)
        return self._refused("invalid_grant")

    def authorize(self, values: dict[str, list[str]]) -> Answer:
        """Answer `GET /oauth/authorize`: everybody is signed in already, so that it redirects at once."""
        form = {key: value[0] for key, value in values.items()}
        target = form.get("redirect_uri", "")
        known = form.get("client_id") == self._tenant.client_id
        allowed = target == self._tenant.redirect_uri or (
            not self._tenant.redirect_uri and urlsplit(target).hostname == "127.0.0.1"
        )
        if not known or not allowed or form.get("response_type") != "code":
            return error(400, "invalid_request")
        if form.get("code_challenge_method") != "S256" or not form.get("code_challenge"):
            return error(400, "invalid_request")
        code = secrets.token_urlsafe(16)
        self._grants[code] = _Grant(form["code_challenge"], target)
        query = urlencode({"code": code, "state": form.get("state", "")})
        return 302, None, {"Location": f"{target}?{query}"}

    def _refused(self, error: str) -> Answer:
        self._report({"client": "refused", "error": error})
        return 400 if error == "invalid_grant" else 401, {"error": error}, {}

    def _new_token(self, *, speaks_for_user: bool) -> Answer:
        token = secrets.token_urlsafe(32)
        self._tokens[token] = Token(speaks_for_user, time.monotonic() + self._tenant.token_life_s)
        answer: dict[str, Any] = {
            "access_token": token,
            "token_type": "bearer",
            "expires_in": int(self._tenant.token_life_s),
        }
        if speaks_for_user and self._tenant.gives_refresh_tokens:
            answer["refresh_token"] = secrets.token_urlsafe(32)
            self._refresh_tokens.add(answer["refresh_token"])
        self._report({"client": "signed_in"})
        return 200, answer, {}


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
