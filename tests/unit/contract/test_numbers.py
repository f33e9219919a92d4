"""Panel and backend read numbers by the same rules; a rule that cannot be is refused."""

from __future__ import annotations

import pytest

from nba_desktop.contract.numbers import NumberFormat, NumberRules, ReadNumber, read_number


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"region": "XX"}, "two-letter"),
        ({"trunk_prefix": "+"}, "trunk prefix"),
        ({"extension_digits": 10}, "0 to 9"),
    ],
)
def test_rules_that_make_no_sense_are_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        NumberRules(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raw", "number_format", "e164"),
    [
        ("4917638123456", NumberFormat.E164_WITHOUT_PLUS, "+4917638123456"),
        # Read by the country the system stands in, this would become +494917638123456 and pass as valid.
        ("4917638123456", NumberFormat.NATIONAL, None),
        ("017638123456", NumberFormat.NATIONAL, "+4917638123456"),
        ("004917638123456", NumberFormat.INTERNATIONAL_00, "+4917638123456"),
        ("+49 176 38123456", NumberFormat.NATIONAL, "+4917638123456"),
    ],
)
def test_a_number_is_read_by_its_sources_format_alone(raw: str, number_format: NumberFormat, e164: str | None) -> None:
    assert read_number(raw, NumberRules(number_format)) == ReadNumber(raw, e164, "allowed")
