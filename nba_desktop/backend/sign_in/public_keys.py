"""Which keys of a JSON Web Key Set may check a token (RFC 7517)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from nba_desktop.backend.sign_in.tokens import PublicKey

_LEAST_RSA_BITS: Final = 2048
_LEAST_MODULUS: Final = 342
"""So many characters of base64 they are."""
# What makes a public key; whatever else a set holds is not taken in, private parts before all.
_PARTS: Final = ("kty", "n", "e", "crv", "x", "y", "alg")


def public_keys(jwks: Mapping[str, Any]) -> dict[str, PublicKey]:
    """Return the keys by their ids; what is no usable public signature key is left out."""
    listed = jwks.get("keys")
    found: dict[str, PublicKey] = {}
    for jwk in listed if isinstance(listed, list) else []:
        if isinstance(jwk, dict) and isinstance(jwk.get("kid"), str) and _is_for_signatures(jwk):
            key = _key({name: jwk[name] for name in _PARTS if name in jwk})
            if key is not None:
                found[jwk["kid"]] = key
    return found


def _is_for_signatures(jwk: Mapping[str, Any]) -> bool:
    operations = jwk.get("key_ops")
    return jwk.get("use", "sig") == "sig" and (not isinstance(operations, list) or "verify" in operations)


def _key(jwk: dict[str, Any]) -> PublicKey | None:
    try:
        match jwk.get("kty"):
            case "RSA" if len(jwk["n"]) >= _LEAST_MODULUS:
                key = RSAKey.import_key(jwk)
                return key if key.public_key.key_size >= _LEAST_RSA_BITS else None
            case "EC":
                return ECKey.import_key(jwk)
            case "OKP":
                return OKPKey.import_key(jwk)
    except (JoseError, ValueError, TypeError, LookupError):
        # One key of another kind or a broken one takes nothing from the others.
        return None
    return None
