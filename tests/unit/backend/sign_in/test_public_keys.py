"""Which keys of a key set check tokens."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc.jwk import OctKey

from nba_desktop.backend.sign_in.public_keys import public_keys
from tests.unit.backend.sign_in.minting import jwks, key


def jwk(name: str = "ours", **changes: Any) -> dict[str, Any]:
    said = {**jwks(name)["keys"][0], **changes}
    return {part: value for part, value in said.items() if value is not None}


def short() -> dict[str, Any]:
    modulus = rsa.generate_private_key(65537, 1024).public_key().public_numbers().n
    return jwk(n=base64.urlsafe_b64encode(modulus.to_bytes(128)).rstrip(b"=").decode())


def secret() -> dict[str, Any]:
    return OctKey.generate_key(256, {"kid": "secret"}).as_dict(private=True)


@pytest.mark.parametrize(
    ("listed", "known"),
    [
        (lambda: [jwk(), jwk("curve")], {"ours", "curve"}),
        (lambda: [jwk(use=None)], {"ours"}),
        (lambda: [jwk(key_ops=["verify"])], {"ours"}),
        (lambda: [jwk(x5c=["…"], vendor=True)], {"ours"}),
        # Not for signatures, or for nobody to find.
        (lambda: [jwk(use="enc")], set()),
        (lambda: [jwk(key_ops=["encrypt"])], set()),
        (lambda: [jwk(kid=None)], set()),
        (lambda: [jwk(kid=7)], set()),
        # One that cannot be read takes nothing from the others.
        (lambda: [jwk(n="!"), jwk("curve")], {"curve"}),
        (lambda: [jwk(n=None), jwk("curve")], {"curve"}),
        (lambda: [jwk(n=7), jwk("curve")], {"curve"}),
        (lambda: [jwk(kty="vendor"), jwk("curve")], {"curve"}),
        (lambda: [jwk("curve", crv="P-1"), jwk()], {"ours"}),
        (lambda: [jwk("curve", x=jwk("curve")["y"])], set()),
        (lambda: ["ours", None, 7, jwk()], {"ours"}),
        # Too short, and no secret of two.
        (lambda: [short()], set()),
        (lambda: [secret()], set()),
        (dict, set()),
        (lambda: "ours", set()),
    ],
)
def test_only_public_keys_for_signatures_are_known(listed: Callable[[], object], known: set[str]) -> None:
    assert public_keys({"keys": listed()}).keys() == known


def test_no_private_part_is_taken_in() -> None:
    found = public_keys({"keys": [key("ours").as_dict(private=True)]})
    assert not found["ours"].is_private


def test_a_set_without_a_list_knows_nothing() -> None:
    assert public_keys({}) == {}
