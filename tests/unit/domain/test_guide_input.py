"""What agents type at a step, in both languages."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.contract.recommendation import StepInput
from nba_desktop.domain.guide_input import InputFault, as_typed, read_input

TODAY = date(2026, 11, 22)


def asked(kind: Any, **more: Any) -> StepInput:
    return StepInput(name="value", kind=kind, label="Wert", **more)


def value(kind: str, typed: str, comma: bool = True, **more: Any) -> str:
    reading = read_input(asked(kind, **more), typed, comma, TODAY)
    assert reading.fault is None, reading
    return reading.value


def fault(kind: str, typed: str, comma: bool = True, **more: Any) -> tuple[InputFault | None, str]:
    reading = read_input(asked(kind, **more), typed, comma, TODAY)
    assert reading.fault is None or reading.value == ""
    return reading.fault, reading.limit


@pytest.mark.parametrize(
    ("kind", "typed", "comma", "kept"),
    [
        ("integer", "12345", True, "12345"),
        ("integer", "12.345", True, "12345"),
        ("integer", "12 345", True, "12345"),
        ("integer", "12\u202f345", True, "12345"),
        ("integer", "00123", True, "123"),
        ("integer", " 12.345 kWh", True, "12345"),
        ("integer", "12,345", False, "12345"),
        ("integer", "1,234,567", False, "1234567"),
        ("number", "1.234,5", True, "1234.5"),
        ("number", "1,234.5", False, "1234.5"),
        ("number", "12,50", True, "12.5"),
        ("amount", "84", True, "84"),
        ("amount", "84,5", True, "84.50"),
        ("amount", "84,50 €", True, "84.50"),
        ("amount", "1.234,50 EUR", True, "1234.50"),
        ("amount", "€1,234.50", False, "1234.50"),
        ("amount", "84 Euro", True, "84"),
        ("text", "  Am  Hang 3 ", True, "Am Hang 3"),
        ("date", "01.12.2026", True, "2026-12-01"),
        ("date", "1. 12. 26", True, "2026-12-01"),
        ("date", "2026-12-01", True, "2026-12-01"),
        ("date", "2026-12-01", False, "2026-12-01"),
        ("date", "01/12/2026", False, "2026-12-01"),
        ("date", "1/12/26", False, "2026-12-01"),
        ("date", "24.12.", True, "2026-12-24"),
        ("date", "24.12", True, "2026-12-24"),
        ("date", "1.2.", True, "2027-02-01"),
        ("date", "29.2.", True, "2028-02-29"),
        ("date", "31.12.99", True, "1999-12-31"),
    ],
)
def test_what_is_typed_is_read_as_the_language_writes_it(kind: str, typed: str, comma: bool, kept: str) -> None:
    assert value(kind, typed, comma, unit="kWh" if kind == "integer" else "") == kept


@pytest.mark.parametrize(
    ("kind", "typed", "comma", "expected"),
    [
        ("integer", "12,5", True, InputFault.NOT_WHOLE),
        ("integer", "viel", True, InputFault.NOT_WHOLE),
        ("integer", "1.23", True, InputFault.NOT_WHOLE),
        ("integer", "1.234 567", True, InputFault.NOT_WHOLE),
        ("integer", "١٢٣", True, InputFault.NOT_WHOLE),
        ("number", "12.5", True, InputFault.NOT_A_NUMBER),
        ("number", "12,5", False, InputFault.NOT_A_NUMBER),
        ("number", "1e5", False, InputFault.NOT_A_NUMBER),
        ("amount", "84.50", True, InputFault.NOT_AN_AMOUNT),
        ("amount", "84,505", True, InputFault.NOT_AN_AMOUNT),
        ("amount", "€", True, InputFault.NOT_AN_AMOUNT),
        ("amount", "nan", False, InputFault.NOT_AN_AMOUNT),
        ("date", "morgen", True, InputFault.NOT_A_DATE),
        ("date", "12/01/2026", True, InputFault.NOT_A_DATE),
        ("date", "31.02.2027", True, InputFault.NO_SUCH_DAY),
        ("date", "31.2.", True, InputFault.NO_SUCH_DAY),
        ("date", "0000-01-01", True, InputFault.NO_SUCH_DAY),
        ("integer", "-1", True, InputFault.TOO_SMALL),
        ("integer", "9999999999999999", True, InputFault.TOO_LARGE),
    ],
)
def test_what_it_cannot_be_is_said(kind: str, typed: str, comma: bool, expected: InputFault) -> None:
    assert fault(kind, typed, comma)[0] is expected


def test_limits_are_kept_and_named() -> None:
    assert value("amount", "5", least=5, most=2000) == "5"
    assert fault("amount", "4,99", least=5, most=2000) == (InputFault.TOO_SMALL, "5")
    assert fault("amount", "2.000,01", least=5, most=2000) == (InputFault.TOO_LARGE, "2000")
    assert value("number", "-3,5", least=-10) == "-3.5"
    assert fault("date", "21.11.2026", least=0, most=60) == (InputFault.TOO_EARLY, "2026-11-22")
    assert fault("date", "22.01.2027", least=0, most=60) == (InputFault.TOO_LATE, "2027-01-21")


def test_a_day_without_a_year_is_the_one_within_the_limits() -> None:
    assert value("date", "1.11.", least=0, most=400) == "2027-11-01"
    assert value("date", "1.11.", least=-60, most=0) == "2026-11-01"
    assert fault("date", "1.6.", least=-60, most=60) == (InputFault.TOO_LATE, "2027-01-21")


@pytest.mark.parametrize("kind", ["text", "integer", "number", "amount", "date"])
def test_nothing_typed_takes_the_entry_back(kind: str) -> None:
    assert value(kind, "   ") == ""
    assert as_typed(asked(kind), "", True) == ""


@pytest.mark.parametrize(
    ("kind", "kept", "german", "english"),
    [
        ("integer", "12345", "12.345", "12,345"),
        ("number", "1234.5", "1.234,5", "1,234.5"),
        ("amount", "1234.50", "1.234,50", "1,234.50"),
        ("amount", "84", "84", "84"),
        ("date", "2026-12-01", "01.12.2026", "01/12/2026"),
        ("text", "Am Hang 3", "Am Hang 3", "Am Hang 3"),
    ],
)
def test_a_kept_value_is_written_as_the_language_writes_it(kind: str, kept: str, german: str, english: str) -> None:
    assert (as_typed(asked(kind), kept, True), as_typed(asked(kind), kept, False)) == (german, english)


@given(st.decimals(0, 10**9, places=2), st.booleans())
def test_an_amount_written_is_read_again(amount: Decimal, comma: bool) -> None:
    whole = amount == amount.to_integral_value()
    kept = str(int(amount)) if whole else f"{amount:.2f}"
    assert value("amount", as_typed(asked("amount"), kept, comma), comma) == kept


@given(st.integers(0, 10**12 - 1), st.booleans())
def test_a_whole_number_written_is_read_again(number: int, comma: bool) -> None:
    assert value("integer", as_typed(asked("integer"), str(number), comma), comma) == str(number)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.booleans())
def test_a_day_written_is_read_again(day: date, comma: bool) -> None:
    assert value("date", as_typed(asked("date"), day.isoformat(), comma), comma) == day.isoformat()


@given(
    st.sampled_from(["text", "integer", "number", "amount", "date"]),
    st.text(max_size=30),
    st.booleans(),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
)
def test_whatever_is_typed_is_a_value_or_a_fault(kind: str, typed: str, comma: bool, today: date) -> None:
    reading = read_input(asked(kind, unit="€"), typed, comma, today)
    assert reading.fault is None or reading.value == ""
    again = read_input(asked(kind, unit="€"), as_typed(asked(kind), reading.value, comma), comma, today)
    assert again.value == reading.value


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-400, 400))
def test_a_day_without_a_year_comes_or_was_within_a_year(today: date, away: int) -> None:
    day = today + timedelta(days=away)
    reading = read_input(asked("date"), f"{day.day}.{day.month}.", True, today)
    assert reading.fault is None
    assert date.fromisoformat(reading.value) >= today
    assert reading.value[5:] == day.isoformat()[5:]
