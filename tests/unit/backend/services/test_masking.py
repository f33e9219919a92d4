"""What may be seen before authentication."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.contacts.masking import display_name, mask_number, mask_place, security_items
from tests.fakes.backend_site import JAN, LISA

ALL_ITEMS = ("customer_no", "birth_date", "iban_last4", "meter_no", "postcode", "street")


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("K-104233", "K-104 •••"),
        ("K-104 233", "K-104 •••"),
        ("123456789012", "12345678 •••"),
        ("12", "•••"),
        ("", "•••"),
    ],
)
def test_the_end_of_a_customer_number_is_hidden(number: str, masked: str) -> None:
    assert mask_number(number) == masked


@given(st.text(st.characters(categories=("Nd", "Lu")), min_size=1, max_size=30))
def test_at_least_a_third_of_a_number_is_hidden(number: str) -> None:
    shown = mask_number(number).removesuffix("•••").strip()
    assert number.startswith(shown)
    assert len(shown) <= len(number) * 2 / 3


def test_a_place_shows_only_its_beginnings() -> None:
    assert mask_place(LISA) == "01••• D•••"


def test_the_hints_let_answers_be_compared_and_give_none_away_in_full() -> None:
    hints = {item.code: item.hint for item in security_items(LISA, ALL_ITEMS, "de")}
    assert hints == {
        "customer_no": "••• 33",
        "birth_date": "17.04.••••",
        "iban_last4": "•••• 4417",
        "meter_no": "••• 678",
        "postcode": "01•••",
        "street": "Lin•••",
    }


def test_header_and_hint_together_are_not_the_whole_customer_number() -> None:
    (item,) = security_items(LISA, ["customer_no"], "de")
    seen = mask_number(LISA.customer_no).removesuffix("•••").strip() + item.hint.removeprefix("••• ")
    assert LISA.customer_no.endswith(item.hint.removeprefix("••• "))
    assert len(seen) < len(LISA.customer_no)


def test_an_english_panel_writes_the_birth_date_its_way() -> None:
    (item,) = security_items(LISA, ["birth_date"], "en")
    assert item.hint == "17/04/••••"


def test_what_is_not_known_cannot_be_asked() -> None:
    assert [item.code for item in security_items(JAN, ALL_ITEMS, "de")] == [
        "customer_no",
        "birth_date",
        "meter_no",
        "postcode",
        "street",
    ]


def test_a_family_is_named_in_the_language_of_the_panel() -> None:
    family = replace(LISA, salutation="family", first_name="", last_name="Berger")
    assert (display_name(family, "de"), display_name(family, "en")) == ("Familie Berger", "Berger family")
    assert display_name(LISA, "de") == "Lisa Müller"
