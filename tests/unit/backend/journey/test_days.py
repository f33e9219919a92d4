"""Days are counted where the site is, not in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from nba_desktop.backend.journey.days import days_between

BERLIN = ZoneInfo("Europe/Berlin")


def test_an_evening_in_berlin_is_yesterday_just_after_its_midnight() -> None:
    evening = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)
    after_midnight = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert days_between(evening, after_midnight) == 0
    assert days_between(evening, after_midnight.astimezone(BERLIN)) == 1


def test_the_hour_that_clocks_are_put_back_does_not_make_a_day() -> None:
    before = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)
    after = datetime(2026, 10, 25, 22, 30, tzinfo=UTC).astimezone(BERLIN)
    assert days_between(before, after) == 0
