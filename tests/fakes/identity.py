"""An identity provider that says whatever a test wants it to, and a browser that does what it is told."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

import requests
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from nba_desktop.adapters.settings import SignInSettings

CLIENT: Final = "panel"
SUBJECT: Final = "anna-1"
CODE: Final = "code-1"
ACCESS: Final = "access-1"
_OTHER_KEY: Final = ECKey.generate_key("P-256", {"kid": "k1"})


@dataclass
class Lies:
    """What differs from a good provider; in `discovery`, `claims`, `answer` and `tokens` None takes a value away.

    `signed` is how the ID token is signed: `well`, with `none`, with a shared `secret`, or with `another` key. A `body`
    is answered as it is, with `status`, in place of tokens; `at` is the clock of the one who signs, in seconds;
    `revoked` is what a revocation is answered.
    """

    discovery: Mapping[str, Any] = field(default_factory=dict)
    claims: Mapping[str, Any] = field(default_factory=dict)
    answer: Mapping[str, Any] = field(default_factory=dict)
    tokens: Mapping[str, Any] = field(default_factory=dict)
    signed: str = "well"
    status: int = 200
    body: str | None = None
    keys: Any = None
    at: int = 0
    revoked: int = 200


class FakeIdentity:
    """One provider; `asked` are the forms that came to it, by path."""

    def __init__(self, lies: Lies | None = None) -> None:
        self.lies = lies or Lies()
        self.key = ECKey.generate_key("P-256", {"kid": "k1", "use": "sig", "alg": "ES256"})
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.nonce = ""
        self.issued = 0
        self.server: ThreadingHTTPServer

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def settings(self, **more: Any) -> SignInSettings:
        return SignInSettings(method="openid", issuer=self.issuer, client_id=CLIENT, **more)

    def forms(self, path: str) -> list[dict[str, str]]:
        return [form for asked, form in self.asked if asked == path]

    def answer_to(self, address: str) -> str:
        """Where the browser of somebody who signs in is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.nonce = asked["nonce"]
        answer = _changed({"code": CODE, "state": asked["state"]}, self.lies.answer)
        return f"{asked['redirect_uri']}?{urlencode(answer)}"

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, bytes]:
        """What it says on a path."""
        self.asked.append((path, form))
        match path:
            case "/.well-known/openid-configuration":
                return 200, json.dumps(_changed(self._discovery(), self.lies.discovery)).encode()
            case "/jwks":
                keys = self.lies.keys if self.lies.keys is not None else {"keys": [self.key.as_dict(private=False)]}
                return 200, json.dumps(keys).encode()
            case "/token" if self.lies.body is not None:
                return self.lies.status, self.lies.body.encode()
            case "/token":
                return 200, json.dumps(_changed(self._tokens(form), self.lies.tokens)).encode()
            case "/revoke":
                return self.lies.revoked, b""
            case _:
                return 404, b""

    def _discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/auth",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "revocation_endpoint": f"{self.issuer}/revoke",
            "end_session_endpoint": f"{self.issuer}/end",
            "code_challenge_methods_supported": ["S256"],
        }

    def _tokens(self, form: Mapping[str, str]) -> dict[str, Any]:
        self.issued += 1
        access = f"access-{self.issued}"
        now = int(time.time()) + self.lies.at
        claims = {
            "iss": self.issuer,
            "sub": SUBJECT,
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "name": "Anna Agent",
            "preferred_username": "anna",
        }
        if form["grant_type"] == "authorization_code":
            claims["nonce"] = self.nonce
        half = hashlib.sha256(access.encode()).digest()[:16]
        claims["at_hash"] = base64.urlsafe_b64encode(half).rstrip(b"=").decode()
        return {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": 300,
            "refresh_token": f"refresh-{self.issued}",
            "id_token": self._signed(_changed(claims, self.lies.claims)),
        }

    def _signed(self, claims: dict[str, Any]) -> str:
        match self.lies.signed:
            case "none":
                parts = (json.dumps(part).encode() for part in ({"alg": "none"}, claims))
                return ".".join([*(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), ""])
            case "secret":
                secret = OctKey.import_key(json.dumps(self.key.as_dict(private=False)))
                return jwt.encode({"alg": "HS256", "kid": "k1"}, claims, secret, algorithms=["HS256"])
            case "another":
                return jwt.encode({"alg": "ES256", "kid": "k1"}, claims, _OTHER_KEY)
            case _:
                return jwt.encode({"alg": "ES256", "kid": "k1"}, claims, self.key)


class _Handler(BaseHTTPRequestHandler):
    identity: FakeIdentity

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer({name: values[0] for name, values in parse_qs(body).items()})

    def _answer(self, form: dict[str, str]) -> None:
        status, content = self.identity.answer(urlsplit(self.path).path, form)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def identity(lies: Lies | None = None) -> Iterator[FakeIdentity]:
    """A provider that runs."""
    made = FakeIdentity(lies)
    handler = type("Handler", (_Handler,), {"identity": made})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        made.server = server
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield made
        finally:
            server.shutdown()


class FakeBrowser:
    """Signs in at once, in a thread of its own; `shown` is what it was answered at the end."""

    def __init__(self, provider: FakeIdentity) -> None:
        self.provider = provider
        self.opened: list[str] = []
        self.shown: list[tuple[int, str]] = []

    def __call__(self, address: str) -> bool:
        self.opened.append(address)
        if urlsplit(address).path != "/auth":
            return True
        threading.Thread(target=self.visit, args=(self.provider.answer_to(address),), daemon=True).start()
        return True

    def visit(self, address: str) -> None:
        answer = requests.get(address, timeout=10)
        self.shown.append((answer.status_code, answer.text))


def _changed(values: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**values, **changes}.items() if value is not None}
