"""The address that a CRM opens the panel with: hostile until it is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.adapters.scheme.customer_url import names_customer, parse_customer_url
from nba_desktop.contract.customer_no import ADDRESSABLE
from nba_desktop.domain.errors import CallUrlError


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("nba-desktop:customer?customer_no=K-104776", "K-104776"),
        ("NBA-Desktop://customer/?customer_no=A%2F1%20x", "A/1 x"),
        ("nba-desktop:customer?customer_no=A+1", "A 1"),
    ],
)
def test_a_number_is_read(text: str, number: str) -> None:
    assert names_customer(text)
    assert parse_customer_url(text) == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nba-desktop:customer", "unknown_parameter"),
        ("nba-desktop:customer?customer_id=7", "unknown_parameter"),
        ("nba-desktop:customer?customer_no=1&reason=none", "unknown_parameter"),
        ("nba-desktop:customer?customer_no=", "bad_customer_no"),
        ("nba-desktop:customer?customer_no={Number}", "bad_customer_no"),
        ("nba-desktop:customer?customer_no=%ff1", "bad_customer_no"),
        ("nba-desktop:customer?customer_no=%C3%A41", "bad_customer_no"),
        ("nba-desktop:customer?customer_no=A%2B1", "bad_customer_no"),
        ("nba-desktop:customer?customer_no=1%0A2", "bad_customer_no"),
        ("nba-desktop:customer?customer_no=" + "1" * 65, "bad_customer_no"),
        ("nba-desktop:customer?customer_no=" + "1" * 3000, "too_long"),
        ("nba-desktop:customers?customer_no=1", "unknown_command"),
        ("nba-desktop:call?number=1&state=ringing", "unknown_command"),
    ],
)
def test_what_is_none_is_refused_without_being_repeated(text: str, reason: str) -> None:
    with pytest.raises(CallUrlError) as refused:
        parse_customer_url(text)
    assert refused.value.reason == reason
    said = f"the customer number is not {ADDRESSABLE}" if reason == "bad_customer_no" else reason
    assert str(refused.value) == f"not a call URL: {said}"


@given(st.text(max_size=80))
def test_whatever_comes_is_a_number_or_refused(text: str) -> None:
    for address in (text, f"nba-desktop:customer?customer_no={text}"):
        try:
            number = parse_customer_url(address)
        except CallUrlError:
            continue
        assert number.isascii()
        assert 0 < len(number) <= 64
