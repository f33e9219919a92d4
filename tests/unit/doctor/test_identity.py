"""What the doctor says of the identity provider, before anybody signs in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from nba_desktop.doctor.identity import check_sign_in
from tests.fakes.identity import Lies, identity


def test_a_good_provider_is_said_to_be_there_and_nobody_is_asked_for_a_token() -> None:
    with identity() as provider:
        finding = check_sign_in(provider.settings())
        assert finding.ok
        assert not finding.way_out
        assert [path for path, _ in provider.asked] == ["/.well-known/openid-configuration", "/jwks"]


@pytest.mark.parametrize(
    ("lies", "words"),
    [
        (
            Lies(discovery={"issuer": "https://other.example"}),
            "another issuer: 'https://other.example', sign_in.issuer is",
        ),
        (Lies(keys={"keys": []}), "keys cannot be used"),
        (Lies(discovery={"code_challenge_methods_supported": ["plain"]}), "PKCE"),
    ],
)
def test_what_keeps_everybody_from_signing_in_is_said(lies: Lies, words: str) -> None:
    with identity(lies) as provider:
        finding = check_sign_in(provider.settings())
    assert not finding.ok
    assert words in finding.says
    assert finding.way_out


def test_a_provider_that_is_away_is_said() -> None:
    with identity() as provider:
        settings = provider.settings()
    finding = check_sign_in(settings)
    assert not finding.ok
    assert "network" in finding.way_out


@pytest.mark.parametrize(("off", "words"), [(400, "ahead of"), (-400, "behind")])
def test_a_clock_that_lets_nobody_sign_in_is_said(off: int, words: str) -> None:
    with identity() as provider:
        finding = check_sign_in(provider.settings(), now=lambda: datetime.now(UTC) + timedelta(seconds=off))
    assert not finding.ok
    assert words in finding.says


def test_that_nobody_can_be_signed_out_there_is_advice() -> None:
    with identity(Lies(discovery={"end_session_endpoint": None})) as provider:
        finding = check_sign_in(provider.settings())
    assert finding.sign == "advice"
