"""A number means what its source is set to mean, and nothing is guessed."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.adapters.cti.numbers import NumberFormat, NumberKind, NumberSettings, classify, party
from nba_desktop.domain.call_event import Party
from nba_desktop.domain.errors import SettingsError

F = NumberFormat


@pytest.mark.parametrize(
    ("raw", "format_", "e164"),
    [
        ("+49 351 2805504", F.E164, "+493512805504"),
        ("+49 (0)351 2805504", F.E164, "+493512805504"),
        ("03512805504", F.E164, None),
        ("4917638123456", F.E164, None),
        ("4917638123456", F.E164_WITHOUT_PLUS, "+4917638123456"),
        ("43154321987", F.E164_WITHOUT_PLUS, "+43154321987"),
        ("03512805504", F.E164_WITHOUT_PLUS, None),
        ("+493512805504", F.E164_WITHOUT_PLUS, "+493512805504"),
        ("0351/280-5504", F.NATIONAL, "+493512805504"),
        ("0043154321987", F.NATIONAL, "+43154321987"),
        ("4917638123456", F.NATIONAL, None),
        ("00493512805504", F.INTERNATIONAL_00, "+493512805504"),
        ("03512805504", F.INTERNATIONAL_00, None),
        ("4917638123456", F.INTERNATIONAL_00, None),
        ("+", F.E164, None),
        ("+4", F.E164, None),
        ("+999999999999999999", F.E164, None),
    ],
)
def test_a_number_is_read_in_its_sources_format(raw: str, format_: NumberFormat, e164: str | None) -> None:
    assert party(raw, NumberSettings(format_)).e164 == e164
    assert party(raw, NumberSettings(format_)).raw == raw


def test_the_library_alone_would_have_guessed() -> None:
    # The trap this module exists for: a number of another format passes as a valid German one.
    guessed = phonenumbers.parse("4917638123456", "DE")
    assert phonenumbers.is_valid_number(guessed)
    assert party("4917638123456", NumberSettings(F.NATIONAL)).e164 is None


@pytest.mark.parametrize(
    ("raw", "e164"), [("003512805504", "+493512805504"), ("03512805504", None), ("000431543219", "+431543219")]
)
def test_a_trunk_prefix_is_taken_off_first(raw: str, e164: str | None) -> None:
    assert party(raw, NumberSettings(F.NATIONAL, trunk_prefix="0")).e164 == e164


def test_a_country_without_a_trunk_zero_is_read_too() -> None:
    assert party("912345678", NumberSettings(F.NATIONAL, region="ES")).e164 == "+34912345678"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("anonymous", NumberKind.WITHHELD),
        ("Anonymous", NumberKind.WITHHELD),
        ("", NumberKind.UNKNOWN),
        ("<unknown>", NumberKind.UNKNOWN),
        ("unknown", NumberKind.UNKNOWN),
        ("110", NumberKind.SERVICE),
        ("116117", NumberKind.SERVICE),
        ("201", NumberKind.EXTENSION),
        ("*8", NumberKind.EXTENSION),
        ("Anna", NumberKind.UNREADABLE),
        ("+49١٢٣٤٥٦٧", NumberKind.UNREADABLE),
        ("+4930123456", NumberKind.SUBSCRIBER),
    ],
)
@pytest.mark.parametrize("format_", F)
def test_what_is_no_subscriber_is_recognised_before_it_is_parsed(
    raw: str, kind: NumberKind, format_: NumberFormat
) -> None:
    assert classify(raw, NumberSettings(format_)) is kind


def test_a_withheld_and_an_unknown_number_are_two_things() -> None:
    assert party("anonymous", NumberSettings()) == Party("anonymous", None, "restricted")
    assert party("<unknown>", NumberSettings()) == Party("", None, "unknown")


def test_a_number_marked_as_withheld_is_dropped() -> None:
    assert party("+4930123456", NumberSettings(), withheld=True) == Party("", None, "restricted")


@pytest.mark.parametrize(
    "wrong", [{"region": "XX"}, {"trunk_prefix": "+"}, {"trunk_prefix": "00000"}, {"extension_digits": 10}]
)
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match="number format"):
        NumberSettings(**wrong)  # type: ignore[arg-type]


@given(st.text(max_size=40), st.sampled_from(F), st.sampled_from(["", "0", "9"]))
def test_no_text_raises_and_only_real_numbers_become_e164(raw: str, format_: NumberFormat, prefix: str) -> None:
    e164 = party(raw, NumberSettings(format_, trunk_prefix=prefix)).e164
    assert e164 is None or phonenumbers.is_possible_number(phonenumbers.parse(e164, None))
