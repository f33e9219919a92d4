"""Dates, times, money and numbers as each language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.contract.base import Language, Params
from nba_desktop.ui.formats import Formats
from tests.fakes import states

DE, EN = Formats("de", states.now), Formats("en", states.now)

DAYS = [
    (date(2026, 9, 12), "12. Sep", "12 Sep"),
    (date(2026, 10, 2), "2. Okt", "2 Oct"),
    (date(2026, 3, 5), "5. Mär", "5 Mar"),
    (date(2026, 6, 5), "5. Jun", "5 Jun"),
    (date(2026, 5, 31), "31. Mai", "31 May"),
    (date(2024, 12, 24), "24. Dez 24", "24 Dec 24"),
    (date(2027, 1, 1), "1. Jan 27", "1 Jan 27"),
]


@pytest.mark.parametrize(("that", "german", "english"), DAYS)
def test_a_short_day_names_its_year_only_when_it_is_another(that: date, german: str, english: str) -> None:
    assert (DE.plain_day(that), EN.plain_day(that)) == (german, english)


def test_today_and_yesterday_are_said_in_words(formats: Formats) -> None:
    words = {"de": ("Heute", "Gestern"), "en": ("Today", "Yesterday")}[formats.language]
    assert (formats.day(states.NOW), formats.day(states.NOW - timedelta(days=1))) == words


def test_a_day_is_that_of_the_workstation() -> None:
    late_utc = datetime(2026, 11, 8, 23, 30, tzinfo=UTC)  # half past midnight on the ninth in Berlin
    assert DE.plain_day(DE.local_day(late_utc)) == "9. Nov"
    assert DE.time(late_utc) == "00:30"


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", ["heute", "gestern", "vor 5 Tagen"]), ("en", ["today", "yesterday", "5 days ago"])],
    indirect=["language"],
)
def test_how_long_ago_is_said_in_words(language: Language, formats: Formats, words: list[str]) -> None:
    assert [formats.days_ago(days) for days in (0, 1, 5)] == words


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "00:00"), (192.9, "03:12"), (3599, "59:59"), (3600, "1:00:00"), (36_061, "10:01:01"), (-5, "00:00")],
)
def test_a_running_time_is_never_negative(seconds: float, shown: str) -> None:
    assert DE.duration(seconds) == shown


@pytest.mark.parametrize(
    ("amount", "german", "english"),
    [(84, "84\u00a0€", "€84"), (84.5, "84,50\u00a0€", "€84.50"), (-1234.5, "−1.234,50\u00a0€", "−€1,234.50")],
)
def test_money_has_cents_only_where_there_are_some(amount: float, german: str, english: str) -> None:
    assert (DE.money(amount), EN.money(amount)) == (german, english)


def test_a_range_of_values_is_said_in_thousands() -> None:
    assert (DE.money_range(1100, 1500), EN.money_range(1100, 1500)) == ("1,1–1,5\u00a0T€", "€1.1–1.5k")
    assert (DE.money_range(100, 400), EN.money_range(100, 400)) == ("100–400\u00a0€", "€100–400")


@pytest.mark.parametrize(
    ("raw", "e164", "shown"),
    [
        ("03512805504", "+493512805504", "0351 2805504"),
        ("0041443334455", "+41443334455", "+41 44 333 44 55"),
        ("4711", None, "4711"),
        ("", "+1", "+1"),
    ],
)
def test_a_number_is_national_at_home(raw: str, e164: str | None, shown: str) -> None:
    assert DE.phone(raw, e164) == shown


def test_parameters_become_words_by_name_and_form() -> None:
    params: Params = {"amount_eur": 212, "until": "2027-01-01", "kwh": 18250, "form": "move", "gone": None}
    assert DE.params(params) == {
        "amount_eur": "212\u00a0€",
        "until": "1. Januar 2027",
        "kwh": "18.250",
        "form": "move",
    }
    assert EN.params(params)["until"] == "1 January 2027"


@given(st.floats(-1e9, 1e9, allow_nan=False))
def test_every_number_reads_back_as_itself(value: float) -> None:
    rounded = round(value, 2)
    assert float(EN.number(rounded).replace(",", "")) == pytest.approx(rounded, abs=0.011)
