"""What a site says of its identity provider, as written in `sign_in.yaml`."""

from __future__ import annotations

import ipaddress
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from nba_desktop.contract.codes import Role

Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA"]
"""Signatures by a key pair only: whoever can check a token must not be able to make one."""

# Old names of the same thing; a token says either.
_ALIKE: Final = {"EdDSA": "Ed25519", "Ed25519": "EdDSA"}


def is_this_machine(host: str) -> bool:
    """Return whether a host's name stays on this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _readable(url: str) -> str:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise ValueError("the address cannot be read: it looks like https://login.example/realms/site") from None
    if not url.isascii() or not url.isprintable() or " " in url:
        raise ValueError("an address has ASCII characters only: write others as %XX")
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise ValueError("the address is not https://…")
    if parts.username or parts.password or parts.fragment:
        raise ValueError("the address has no user, no password and no '#'")
    if parts.scheme == "http" and not is_this_machine(parts.hostname):
        raise ValueError("keys that came in the clear prove nothing: write https://")
    return url


def _without_query(url: str) -> str:
    if "?" in url:
        raise ValueError("an issuer has no '?' (OpenID Connect Discovery, section 3)")
    return url


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _steps(value: Any) -> Any:
    """A path as it is written: a list of names, or one text with dots."""
    return {"whole": value} if isinstance(value, str) else {"steps": value}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Address = Annotated[str, StringConstraints(max_length=500, strip_whitespace=True), AfterValidator(_readable)]
Issuer = Annotated[Address, AfterValidator(_without_query)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Roles = Annotated[tuple[Role, ...], BeforeValidator(_as_list), Field(min_length=1)]


class ClaimPath(_Part):
    """Where a claim stands: `realm_access.roles`, or `[resource_access, nba.backend, roles]` where names have dots."""

    whole: Name | None = None
    steps: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None

    def value_in(self, claims: dict[str, Any]) -> Any:
        """Return what stands there, None where nothing does."""
        if self.whole is not None and self.whole in claims:
            # Namespaced claims are addresses, with dots in them.
            return claims[self.whole]
        found: Any = claims
        for step in self.steps or (self.whole or "").split("."):
            found = found.get(step) if isinstance(found, dict) else None
        return found


Claim = Annotated[ClaimPath, BeforeValidator(_steps)]


class SignInEntry(_Part):
    """One identity provider, and what its access tokens mean here.

    `roles` are our roles by the values of `roles_claim`. `agent_claim` is who somebody is here when he comes for the
    first time; for a token with the role `machine` that is `machine_claim`. With `at_jwt_only` a token must say that
    it is an access token (RFC 9068). `leeway_s` is how far clocks may be apart. `jwks_uri` is where the provider's keys
    are, for one that publishes no discovery document.
    """

    issuer: Issuer
    audience: Name
    roles_claim: Claim
    roles: Annotated[dict[Name, Roles], Field(min_length=1)]
    agent_claim: Claim
    machine_claim: Claim = ClaimPath(whole="sub")
    algorithms: Annotated[tuple[Algorithm, ...], Field(min_length=1)] = ("RS256", "PS256", "ES256")
    at_jwt_only: bool = False
    leeway_s: Annotated[int, Field(ge=0, le=120)] = 30
    jwks_uri: Address | None = None
    proxy: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/@?#]+/?$", max_length=200)] | None = None

    @property
    def allowed(self) -> frozenset[str]:
        """The algorithms by every name they have."""
        return frozenset(self.algorithms) | {_ALIKE[one] for one in self.algorithms if one in _ALIKE}
