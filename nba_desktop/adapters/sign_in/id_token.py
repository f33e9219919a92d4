"""The check of an ID token (OpenID Connect Core 1.0 section 3.1.3.7), by joserfc."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from joserfc import errors, jws, jwt
from joserfc.jwk import KeySet

from nba_desktop.adapters.sign_in.tokens import Agent
from nba_desktop.domain.errors import FailureCode, SignInError

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures of the issuer's own key pair: never `none`, and none with a secret that two know."""

_LEEWAY_S: Final = 60
_LARGEST: Final = 32 * 1024
_NAMES: Final = ("name", "preferred_username", "email")
_LOGINS: Final = ("preferred_username", "email")
_LONGEST_NAME: Final = 80
_MOST_SHOWN: Final = 5
_LONGEST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Expected:
    """What an ID token must say; `nonce` is None for one that comes with a renewal."""

    issuer: str
    client_id: str
    nonce: str | None
    access_token: str


def key_set(document: Mapping[str, Any]) -> KeySet:
    """The issuer's keys; raises `SignInError` when there is none that can be used."""
    keys = document.get("keys")
    wanted = [one for one in keys if _is_for_signatures(one)] if isinstance(keys, list) else []
    try:
        return KeySet.import_key_set({"keys": wanted})
    except (errors.JoseError, ValueError, TypeError, KeyError):
        raise _untrusted("the issuer’s keys cannot be used") from None


def checked_agent(id_token: str, keys: KeySet, expected: Expected, now: datetime) -> Agent:
    """Who has signed in, once everything in the token is as it must be; raises `SignInError`."""
    if len(id_token) > _LARGEST:
        raise _untrusted("the ID token is too large")
    registry = jws.JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    try:
        token = jwt.decode(id_token, keys, algorithms=list(ALGORITHMS), registry=registry)
    except (errors.JoseError, ValueError, TypeError, KeyError) as error:
        raise _untrusted(f"the ID token cannot be believed ({type(error).__name__})") from None
    claims = token.claims
    _check_claims(claims, expected, now)
    _check_access_token(claims.get("at_hash"), str(token.header.get("alg")), expected.access_token)
    return Agent(expected.issuer, claims["sub"], _first(claims, _NAMES), _first(claims, _LOGINS))


def _check_claims(claims: dict[str, Any], expected: Expected, now: datetime) -> None:
    audience = claims.get("aud")
    others = [one for one in audience if one != expected.client_id] if isinstance(audience, list) else []
    options: dict[str, jwt.ClaimsOption] = {
        "iss": {"essential": True, "value": expected.issuer},
        "sub": {"essential": True},
        "aud": {"essential": True, "value": expected.client_id},
        "exp": {"essential": True},
        "iat": {"essential": True},
        # Whoever else it is for, it was asked for by this client.
        "azp": {"essential": bool(others), "value": expected.client_id},
    }
    if expected.nonce is not None:
        options["nonce"] = {"essential": True, "value": expected.nonce}
    registry = jwt.JWTClaimsRegistry(now=int(now.timestamp()), leeway=_LEEWAY_S, **options)
    try:
        registry.validate(claims)
    except errors.ExpiredTokenError:
        raise SignInError("the ID token has expired", FailureCode.SIGN_IN_CLOCK) from None
    except (errors.InvalidClaimError, errors.MissingClaimError) as error:
        of_time = error.claim in ("iat", "nbf")
        code = FailureCode.SIGN_IN_CLOCK if of_time else FailureCode.SIGN_IN_UNTRUSTED
        says = f"the ID token does not say what it must ({error.claim})"
        wanted = {"iss": expected.issuer, "aud": expected.client_id, "azp": expected.client_id}.get(error.claim or "")
        if wanted is not None:
            says += f": it says {shown(claims.get(error.claim))}, expected is {shown(wanted)}"
        raise SignInError(says, code) from None


def _check_access_token(at_hash: object, algorithm: str, access_token: str) -> None:
    """Whether the ID token was made for this access token, where it says so (section 3.1.3.6)."""
    if at_hash is None:
        return
    whole = hashlib.new(f"sha{algorithm[2:]}", access_token.encode()).digest()
    half = base64.urlsafe_b64encode(whole[: len(whole) // 2]).rstrip(b"=")
    if not isinstance(at_hash, str) or not hmac.compare_digest(at_hash.encode(), half):
        raise _untrusted("the ID token is for another access token")


def shown(value: object) -> str:
    """An issuer or a client, or a list of them, so that it can be printed; nobody's data."""
    said = value[:_MOST_SHOWN] if isinstance(value, list) else [value]
    return ", ".join(repr(one[:_LONGEST_SHOWN]) for one in said if isinstance(one, str)) or "none"


def _is_for_signatures(key: object) -> bool:
    """Whether a key of the set is public and may sign: a secret that two know signs nothing here."""
    return isinstance(key, dict) and key.get("kty") in ("RSA", "EC", "OKP") and key.get("use", "sig") == "sig"


def _first(claims: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """The first of these claims that has words, with what can be shown of it."""
    texts = (claims[name] for name in names if isinstance(claims.get(name), str))
    shown = ("".join(one for one in text if one.isprintable()).strip()[:_LONGEST_NAME] for text in texts)
    return next(filter(None, shown), "")


def _untrusted(says: str) -> SignInError:
    return SignInError(says, FailureCode.SIGN_IN_UNTRUSTED)
