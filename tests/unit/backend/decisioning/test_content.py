"""Sentences filled for one customer, as each language writes numbers, money and dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES, Unit, Value
from nba_desktop.backend.decisioning.content import Filler, gaps, written_date, written_number
from nba_desktop.contract.base import Language

TODAY = date(2025, 11, 20)


@pytest.mark.parametrize(
    ("value", "unit", "de", "en"),
    [
        (212, "eur", "212 €", "€212"),
        (1234.5, "eur", "1.234,50 €", "€1,234.50"),
        (-184, "eur", "\u2212184 €", "\u2212€184"),
        (12.9, "eur", "12,90 €", "€12.90"),
        (14, "percent", "14 %", "14%"),
        (-14, "percent", "\u221214 %", "\u221214%"),
        (33.2, "ct", "33,20 ct", "33.20 ct"),
        (2400, "kwh", "2.400 kWh", "2,400 kWh"),
        (11, "kw", "11 kW", "11 kW"),
        (4.2, "kw", "4,2 kW", "4.2 kW"),
        (2009, "year", "2009", "2009"),
        (76, "years", "76", "76"),
    ],
)
def test_a_number_is_written_with_its_unit(value: float, unit: Unit, de: str, en: str) -> None:
    assert written_number(value, unit, "de").replace("\u00a0", " ") == de
    assert written_number(value, unit, "en").replace("\u00a0", " ") == en


@pytest.mark.parametrize(
    ("day", "de", "en"),
    [
        (date(2026, 1, 1), "1. Januar", "1 January"),
        (date(2027, 3, 31), "31. März 2027", "31 March 2027"),
        (date(2024, 12, 5), "5. Dezember 2024", "5 December 2024"),
    ],
)
def test_a_date_has_its_year_only_when_it_is_far(day: date, de: str, en: str) -> None:
    assert written_date(day, "de", TODAY).replace("\u00a0", " ") == de
    assert written_date(day, "en", TODAY).replace("\u00a0", " ") == en


def filled(template: str, language: Language = "de", **values: Value) -> str:
    return Filler(ATTRIBUTES, values, language, TODAY).fill(template, frozenset({"stand"})).replace("\u00a0", " ")


def test_gaps_are_filled_in_every_form() -> None:
    assert filled("{consumption_trend_pct:abs} {above_below}", consumption_trend_pct=-14, above_below=("below",)) == (
        "14 % unter"
    )
    assert filled("im {bill_date:month}", bill_date=date(2026, 3, 2)) == "im März"
    assert filled("in {bill_date:month}", "en", bill_date=date(2026, 3, 2)) == "in March"
    assert filled("{channels_missing}", channels_missing=("PHONE", "SMS", "POST")) == (
        "telefonisch, per SMS oder per Post"
    )
    assert filled("{channels_missing}", "en", channels_missing=("PHONE",)) == "by phone"


def test_a_bonus_is_said_where_the_offer_holds_one() -> None:
    filler = Filler(ATTRIBUTES, {"age": 40}, "de", TODAY)
    with_bonus = filler.with_bonus(20.0)
    assert with_bonus.fill("{bonus_eur} mit {age}").replace("\u00a0", " ") == "20 € mit 40"
    assert filler.fill("{bonus_eur}") == "[…]"
    assert Filler(ATTRIBUTES, {}, "en", TODAY).with_bonus(12.5).fill("{bonus_eur}") == "€12.50"


def test_missing_values_are_marked_and_inputs_are_kept() -> None:
    assert filled("{boiler_year} und {channels_missing} und {stand}", channels_missing=()) == "[…] und […] und {stand}"


@pytest.mark.parametrize("template", ["{", "}", "{a", "{a!r}", "{a.b}", "{a[0]}", "{}", "{0}", "{a b}"])
def test_wrong_braces_are_said(template: str) -> None:
    with pytest.raises(ValueError, match="brace"):
        gaps(template)


@given(st.text(max_size=40))
def test_any_template_has_gaps_or_a_clear_error(template: str) -> None:
    try:
        found = [gap.name for gap in gaps(template)]
    except ValueError as error:
        found = ["brace"] if "brace" in str(error) else [str(error)]
    assert all(name.isidentifier() for name in found)
