"""A browser that signs in: it follows redirects, keeps cookies and presses the one button of a page."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

import requests

from tests.oidc.provider import LIMIT_S, Provider

_MOST_STEPS: Final = 20
_REDIRECT: Final = "http://127.0.0.1:9/callback"


class Browser:
    """A person's browser; one that is kept stays signed in."""

    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.trust_env = False

    def visit(self, url: str, *, stop_at: str = "") -> str:
        """Go to an address; return where it ends, or the first address that begins with `stop_at`, unvisited."""
        for _ in range(_MOST_STEPS):
            if stop_at and url.startswith(stop_at):
                return url
            answer = self._session.get(url, allow_redirects=False, timeout=LIMIT_S)
            if (form := _form(answer.text)) is not None:
                answer = self._session.post(form.action, form.fields, allow_redirects=False, timeout=LIMIT_S)
            if not answer.is_redirect:
                return url
            url = requests.compat.urljoin(answer.url, answer.headers["Location"])
        raise AssertionError(f"more than {_MOST_STEPS} redirects")


@dataclass(frozen=True, slots=True)
class _Form:
    action: str
    fields: dict[str, str]


def _form(page: str) -> _Form | None:
    action = re.search(r'<form[^>]* action="([^"]+)"', page)
    if action is None:
        return None
    fields = re.findall(r'<(?:input|button)[^>]* name="([^"]+)"[^>]* value="([^"]*)"', page)
    return _Form(action[1], dict(fields))


def sign_in(provider: Provider, browser: Browser | None = None, **parameters: str) -> dict[str, Any]:
    """Return the answer of the token endpoint to a sign-in with code and PKCE: access, refresh and ID token."""
    verifier = secrets.token_urlsafe(48)
    asked = {
        "client_id": provider.client_id,
        "response_type": "code",
        "redirect_uri": _REDIRECT,
        "scope": "openid profile",
        "state": secrets.token_urlsafe(16),
        "nonce": secrets.token_urlsafe(16),
        "code_challenge_method": "S256",
        "code_challenge": base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode(),
        **parameters,
    }
    came_back = (browser or Browser()).visit(f"{provider.issuer}/auth?{urlencode(asked)}", stop_at=_REDIRECT)
    answer = parse_qs(urlsplit(came_back).query)
    assert "code" in answer, answer
    tokens: dict[str, Any] = token_request(
        provider,
        grant_type="authorization_code",
        code=answer["code"][0],
        redirect_uri=_REDIRECT,
        code_verifier=verifier,
    ).json()
    return tokens


def token_request(provider: Provider, **parameters: str) -> requests.Response:
    """Ask the token endpoint as the panel's client."""
    form = {"client_id": provider.client_id, **parameters}
    return requests.post(f"{provider.issuer}/token", data=form, timeout=LIMIT_S)
