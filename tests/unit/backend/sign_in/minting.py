"""Tokens as an identity provider signs them, and as nobody should."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jws
from joserfc.jwk import ECKey, RSAKey

from nba_desktop.backend.sign_in.entries import SignInEntry
from nba_desktop.backend.sign_in.public_keys import public_keys
from nba_desktop.backend.sign_in.tokens import PublicKey

ISSUER: Final = "https://login.example"
ENTRY: Final[Mapping[str, Any]] = {
    "issuer": ISSUER,
    "audience": "nba-backend",
    "roles_claim": "roles",
    "roles": {"nba-agent": "agent", "nba-lead": ["team_lead", "analyst"], "nba-machine": "machine"},
    "agent_claim": "name",
    "machine_claim": "azp",
}


def entry(**changes: Any) -> SignInEntry:
    """A site's file; changes are by key."""
    return SignInEntry.model_validate({**ENTRY, **changes})


@cache
def key(name: str) -> RSAKey | ECKey:
    """A key pair; the one of a name is made once."""
    if name == "curve":
        return ECKey.generate_key("P-256", {"kid": name, "use": "sig"})
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


def jwks(*names: str) -> dict[str, Any]:
    """A key set as a provider publishes it."""
    return {"keys": [key(name).as_dict(private=False) for name in names]}


def keys(*names: str) -> dict[str, PublicKey]:
    """The same as the backend knows it."""
    return public_keys(jwks(*names))


def claims(now: datetime, **changes: Any) -> dict[str, Any]:
    """What a good token of Anna's says; None takes a claim out."""
    at = int(now.timestamp())
    said = {
        "iss": ISSUER,
        "aud": "nba-backend",
        "sub": "0815",
        "iat": at,
        "exp": at + 300,
        "name": "anna",
        "roles": ["nba-agent"],
    }
    return {name: value for name, value in {**said, **changes}.items() if value is not None}


def mint(payload: Mapping[str, Any] | str, signer: str = "ours", **header: Any) -> str:
    """Sign a token as its header says; parameters of None are left out."""
    said = {"alg": "RS256", "typ": "at+jwt", "kid": signer if signer in ("ours", "curve") else "ours", **header}
    said = {name: value for name, value in said.items() if value is not None}
    text = payload if isinstance(payload, str) else json.dumps(payload)
    signed = f"{part(json.dumps(said).encode())}.{part(text.encode())}"
    match signer:
        case "nobody":
            return f"{signed}.AAAA"
        case "public key as secret":
            # No library makes such a token, nor one that demands an extension.
            return f"{signed}.{part(hmac.digest(key('ours').as_pem(private=False), signed.encode(), 'sha256'))}"
        case _ if "crit" in said:
            return f"{signed}.{part(_rs256(signed.encode()))}"
    registry = jws.JWSRegistry(algorithms=("RS256", "RS512", "PS256", "ES256"), strict_check_header=False)
    return jws.serialize_compact(said, text, key(signer), registry=registry)


def _rs256(signed: bytes) -> bytes:
    private = key("ours").private_key
    assert isinstance(private, RSAPrivateKey)
    return private.sign(signed, PKCS1v15(), SHA256())


def part(content: bytes) -> str:
    """One part of a token."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
