"""Days and times of a promise, as they are offered and as they are typed."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.domain.due import offered_days, read_clock, read_day
from nba_desktop.domain.guide_input import InputFault

TODAY = date(2026, 12, 30)


def test_the_days_offered_go_over_the_turn_of_the_year() -> None:
    assert offered_days(TODAY) == (
        date(2026, 12, 30),
        date(2026, 12, 31),
        date(2027, 1, 2),
        date(2027, 1, 6),
        date(2027, 1, 13),
    )


@pytest.mark.parametrize(
    ("typed", "comma", "value"),
    [
        ("31.12.", True, "2026-12-31"),
        ("2.1.", True, "2027-01-02"),
        ("2.1.27", True, "2027-01-02"),
        ("30/12/2026", False, "2026-12-30"),
        ("2027-02-01", False, "2027-02-01"),
    ],
)
def test_a_day_is_read_as_the_language_writes_it(typed: str, comma: bool, value: str) -> None:
    assert read_day(typed, comma, TODAY).value == value


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("29.12.2026", InputFault.TOO_EARLY),
        ("31.12.2027", InputFault.TOO_LATE),
        ("31.2.2027", InputFault.NO_SUCH_DAY),
        ("morgen", InputFault.NOT_A_DATE),
    ],
)
def test_a_day_that_cannot_be_promised_is_refused(typed: str, fault: InputFault) -> None:
    reading = read_day(typed, True, TODAY)
    assert (reading.value, reading.fault) == ("", fault)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", None),
        ("  ", None),
        ("14", time(14)),
        ("14:30", time(14, 30)),
        ("14.30", time(14, 30)),
        ("1430", time(14, 30)),
        ("14 Uhr", time(14)),
        ("9:05 Uhr", time(9, 5)),
        ("14h30", time(14, 30)),
        ("2 pm", time(14)),
        ("2:30 p.m.", time(14, 30)),
        ("12 am", time(0)),
        ("12pm", time(12)),
    ],
)
def test_a_time_of_day_is_read(typed: str, read: time | None) -> None:
    assert read_clock(typed) == read


@pytest.mark.parametrize("typed", ["25", "14:60", "nachmittags", "14:3", "13 pm", "0 am", "14:30:00"])
def test_what_is_no_time_of_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        read_clock(typed)


@given(st.times().map(lambda one: one.replace(second=0, microsecond=0)))
def test_every_time_is_read_as_it_is_written(at: time) -> None:
    assert read_clock(f"{at.hour}:{at.minute:02d}") == at
