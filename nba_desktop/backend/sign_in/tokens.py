"""Is this an access token of the site's identity provider, and whom does it stand for?

Pure: what a token says, against keys and a moment. RFC 7519, 8725, 9068.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeGuard

from joserfc import jws, jwt
from joserfc.errors import ClaimError, ExpiredTokenError, InvalidClaimError, JoseError, MissingClaimError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from nba_desktop.backend.errors import InvalidToken, RoleMissing
from nba_desktop.backend.sign_in.entries import SignInEntry
from nba_desktop.contract.codes import Role

LONGEST_TOKEN: Final = 16_384
LONGEST_AGENT_ID: Final = 64
LONGEST_SUBJECT: Final = 255

PublicKey = RSAKey | ECKey | OKPKey

_COMPACT: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_LONGEST_HEADER: Final = 8192
_ACCESS_TOKEN: Final = frozenset({"at+jwt", "application/at+jwt"})
_ANY_TOKEN: Final = _ACCESS_TOKEN | {"jwt"}
# What only other kinds of token have, should their audience be ours: ID tokens, and what Keycloak calls its kinds.
_NOT_FOR_ACCESS: Final = frozenset({"at_hash", "c_hash", "s_hash", "events"})
_OTHER_KINDS: Final = frozenset({"id", "refresh", "offline", "logout"})
_MOST_SHOWN: Final = 5
_LONGEST_SHOWN: Final = 200
_LATEST: Final = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a valid token says: whose it is at its issuer, who that is here at first, what he may do, and until when."""

    issuer: str
    subject: str
    agent_id: str
    roles: frozenset[Role]
    until: datetime


def looks_signed(token: str) -> bool:
    """Return whether a token is one of an identity provider; those that are made here have no dots."""
    return "." in token


def signed_in(token: str, key_of: Callable[[str], PublicKey], entry: SignInEntry, now: datetime) -> SignedIn:
    """Return whom a token stands for.

    `key_of` finds the provider's key by its id. Raises `InvalidToken` with a reason that repeats nothing of the token,
    `RoleMissing` when it gives no role here, and what `key_of` raises.
    """
    header = _header(token, entry)
    try:
        claims = jwt.decode(token, key_of(header["kid"]), registry=_registry(entry)).claims
    except (JoseError, ValueError, RecursionError):
        raise InvalidToken("the token's signature or form is not valid") from None
    _check_claims(claims, entry, now)
    roles = _roles(claims, entry)
    path = entry.machine_claim if Role.MACHINE in roles else entry.agent_claim
    agent = path.value_in(claims)
    if not _is_name(claims["sub"], LONGEST_SUBJECT) or not _is_name(agent, LONGEST_AGENT_ID):
        raise InvalidToken("the token does not say which agent it stands for")
    # What is beyond every calendar is capped; the clock's leeway belongs to the token's life.
    until = min(claims["exp"] + entry.leeway_s, _LATEST.timestamp())
    return SignedIn(claims["iss"], claims["sub"], agent, roles, datetime.fromtimestamp(until, UTC))


def shown(value: object) -> str:
    """Return an issuer or an audience, or a list of them, so that it can be printed."""
    said = value[:_MOST_SHOWN] if isinstance(value, list) else [value]
    return ", ".join(repr(one[:_LONGEST_SHOWN]) for one in said if isinstance(one, str)) or "none"


def _is_name(value: object, longest: int) -> TypeGuard[str]:
    return isinstance(value, str) and 1 <= len(value) <= longest and value.isprintable()


def _header(token: str, entry: SignInEntry) -> Mapping[str, Any]:
    if len(token) > LONGEST_TOKEN or not _COMPACT.fullmatch(token) or token.index(".") > _LONGEST_HEADER:
        raise InvalidToken("the token is no signed JWT, or too long")
    try:
        header: object = jws.extract_compact(token.encode(), registry=_registry(entry)).headers()
    except (JoseError, ValueError, RecursionError):
        raise InvalidToken("the token's header cannot be read") from None
    if not isinstance(header, dict) or not isinstance(header.get("alg"), str):
        raise InvalidToken("the token's header cannot be read")
    if header["alg"] not in entry.allowed:
        raise InvalidToken("the token's algorithm is not allowed")
    if "crit" in header:
        raise InvalidToken("the token demands an extension that is not known")
    kind = header.get("typ", "JWT")
    accepted = _ACCESS_TOKEN if entry.at_jwt_only else _ANY_TOKEN
    if not isinstance(kind, str) or kind.lower() not in accepted:
        raise InvalidToken("the token is not an access token")
    if not isinstance(header.get("kid"), str):
        raise InvalidToken("the token does not name its key")
    return header


def _registry(entry: SignInEntry) -> jws.JWSRegistry:
    # Headers that are not known are ignored, as RFC 7515 demands; what must be understood stands in `crit`.
    registry = jws.JWSRegistry(algorithms=sorted(entry.allowed), strict_check_header=False)
    registry.max_header_length = LONGEST_TOKEN
    return registry


def _check_claims(claims: Mapping[str, Any], entry: SignInEntry, now: datetime) -> None:
    rules = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=entry.leeway_s,
        iss={"essential": True, "value": entry.issuer},
        aud={"essential": True, "value": entry.audience},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        rules.validate(dict(claims))
    except ExpiredTokenError:
        raise InvalidToken("the token has expired") from None
    except MissingClaimError:
        raise InvalidToken("the token lacks one of iss, aud, sub, exp and iat") from None
    except InvalidClaimError as error:
        expected = {"iss": entry.issuer, "aud": entry.audience}.get(error.claim or "")
        compared = "" if expected is None else f"it is {shown(claims.get(error.claim))}, expected is {shown(expected)}"
        raise InvalidToken(f"the token's {error.claim} is not the one that is expected here", compared) from None
    except ClaimError:
        raise InvalidToken("the token is not valid yet") from None
    kind = claims.get("typ")
    if _NOT_FOR_ACCESS & claims.keys() or (isinstance(kind, str) and kind.lower() in _OTHER_KINDS):
        raise InvalidToken("the token is not an access token")


def _roles(claims: dict[str, Any], entry: SignInEntry) -> frozenset[Role]:
    found = entry.roles_claim.value_in(claims)
    values = found.split() if isinstance(found, str) else found if isinstance(found, list) else []
    roles = frozenset(role for value in values if isinstance(value, str) for role in entry.roles.get(value, ()))
    if not roles:
        raise RoleMissing("the token gives no role here")
    return roles
