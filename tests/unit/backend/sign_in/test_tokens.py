"""Which tokens count: a table of good and bad ones."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from nba_desktop.backend.errors import InvalidToken, Refused, RoleMissing
from nba_desktop.backend.sign_in.entries import SignInEntry
from nba_desktop.backend.sign_in.tokens import PublicKey, SignedIn, looks_signed, signed_in
from nba_desktop.backend.tokens import new_token
from tests.unit.backend.sign_in.minting import claims, entry, key, keys, mint, part

NOW: Final = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
TABLE: Final = yaml.safe_load(Path(__file__).with_name("tokens.yaml").read_text(encoding="utf-8"))
FILLS: Final = {"{long}": "x" * 20_000, "{long_name}": "x" * 65, "{brackets}": "[" * 8_000}


def checked(token: str, site: SignInEntry | None = None) -> SignedIn:
    known = keys("ours", "curve")

    def key_of(key_id: str) -> PublicKey:
        if key_id not in known:
            raise InvalidToken("the token's key is not one of the identity provider's")
        return known[key_id]

    return signed_in(token, key_of, site or entry(), NOW)


def filled(value: Any) -> Any:
    if value == "{foreign_jwk}":
        return key("foreign").as_dict(private=False)
    return FILLS.get(value, value) if isinstance(value, str) else value


def made(case: dict[str, Any]) -> str:
    """The token of a line of the table."""
    at = int(NOW.timestamp())
    relative = {name: at + seconds for name, seconds in case.get("seconds", {}).items()}
    payload = case.get("payload") or claims(
        NOW, **{name: filled(value) for name, value in case.get("claims", {}).items()}, **relative
    )
    header = {name: filled(value) for name, value in case.get("header", {}).items()}
    token = mint(filled(payload), case.get("key", "ours"), **header)
    head, said, signature = token.split(".")
    text: str = case.get("text", "{token}")
    for name, value in {
        "{token}": token,
        "{head}": head,
        "{payload}": said,
        "{signature}": signature,
        "{other_payload}": mint(claims(NOW, name="ben")).split(".")[1],
        "{brackets}": part(b"[" * 6_000),
    }.items():
        text = text.replace(name, value)
    return text


@pytest.mark.parametrize("name", TABLE["good"])
def test_a_good_token_counts(name: str) -> None:
    case = TABLE["good"][name]
    found = checked(made(case))
    assert (found.agent_id, found.subject) == (case["agent"], "0815")
    assert found.roles == set(case.get("roles", ["agent"]))


@pytest.mark.parametrize("name", TABLE["bad"])
def test_a_bad_token_does_not_count_and_the_reason_repeats_nothing_of_it(name: str) -> None:
    case = TABLE["bad"][name]
    with pytest.raises(Refused, match=case["says"]) as raised:
        checked(made(case))
    assert isinstance(raised.value, InvalidToken | RoleMissing)
    # It becomes part of a header, in quotes.
    assert raised.value.detail.isascii()
    assert not set('"\\') & set(raised.value.detail)
    assert "anna" not in raised.value.detail


def test_a_token_counts_until_it_ends_and_as_long_again_as_clocks_differ() -> None:
    assert checked(mint(claims(NOW))).until == NOW + timedelta(seconds=300 + 30)


def test_a_site_may_ask_for_tokens_that_say_they_are_access_tokens() -> None:
    strict = entry(at_jwt_only=True)
    assert checked(mint(claims(NOW)), strict).agent_id == "anna"
    for kind in ("JWT", None):
        with pytest.raises(InvalidToken, match="not an access token"):
            checked(mint(claims(NOW), typ=kind), strict)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("realm_access.roles", {"realm_access": {"roles": ["nba-agent"]}}),
        ("https://site.example/roles", {"https://site.example/roles": ["nba-agent"]}),
        (["resource_access", "nba.backend", "roles"], {"resource_access": {"nba.backend": {"roles": ["nba-agent"]}}}),
    ],
)
def test_roles_are_found_wherever_a_provider_puts_them(path: object, said: dict[str, Any]) -> None:
    assert checked(mint(claims(NOW, roles=None, **said)), entry(roles_claim=path)).roles == {"agent"}


def test_no_token_made_here_looks_like_one_of_a_provider() -> None:
    assert looks_signed(mint(claims(NOW)))
    assert not any(looks_signed(new_token()) for _ in range(100))


JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
HEADERS: Final = ("alg", "kid", "typ", "crit", "b64", "jwk", "x5c")
CLAIMS: Final = (*claims(NOW), "nbf", "typ", "at_hash", "roles")


def counts_or_is_refused(token: str) -> None:
    try:
        checked(token)
    except Refused:
        return


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(CLAIMS), JSON, max_size=4))
def test_whatever_a_provider_signs_counts_or_is_refused(said: dict[str, Any]) -> None:
    counts_or_is_refused(mint({**claims(NOW), **said}, "curve", alg="ES256"))


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.sampled_from(HEADERS), JSON, max_size=4) | JSON, st.binary(max_size=20), st.binary(max_size=80)
)
def test_whatever_anybody_sends_counts_or_is_refused(header: object, payload: bytes, signature: bytes) -> None:
    said = {"alg": "RS256", "kid": "ours", **header} if isinstance(header, dict) else header
    counts_or_is_refused(f"{part(json.dumps(said).encode())}.{part(payload)}.{part(signature)}")
