"""When something is due that was promised to a customer: the usual days, and days and times as the agent types them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from nba_desktop.contract.recommendation import StepInput
from nba_desktop.domain.guide_input import Reading, read_input

DAYS_AHEAD: Final = (0, 1, 3, 7, 14)
"""The days from today that are offered."""
_LATEST_DAYS: Final = 365
DUE_DAY: Final = StepInput(name="due", kind="date", label="", least=0, most=_LATEST_DAYS)
"""A day that can be promised: today at the earliest, within a year."""
_CLOCK: Final = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*(\d{2})|(\d{2}))?\s*(?:uhr|h|(a|p)\.?m\.?)?", re.ASCII)


def offered_days(today: date) -> tuple[date, ...]:
    """The days of `DAYS_AHEAD`."""
    return tuple(today + timedelta(days=days) for days in DAYS_AHEAD)


def read_day(typed: str, decimal_comma: bool, today: date) -> Reading:
    """Read a day that can be promised, as `read_input` reads a date; one without a year is the next such day."""
    return read_input(DUE_DAY, typed, decimal_comma, today)


def earliest_clock(day: date, at_time: time | None, now: datetime) -> time | None:
    """When it is by now on the workstation, where a time of this day is over already; None where it can be kept."""
    by_now = now.time().replace(second=0, microsecond=0)
    return by_now if at_time is not None and day == now.date() and at_time < by_now else None


def read_clock(typed: str) -> time | None:
    """Read a time of day: 14:30, 14.30, 1430, 14 Uhr, 2:30 pm; None for nothing typed.

    Raises `ValueError` when it is none.
    """
    text = typed.strip().casefold()
    if not text:
        return None
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise ValueError("not a time of day")
    hour, minute, half = int(match[1]), int(match[2] or match[3] or 0), match[4]
    if half and not 1 <= hour <= 12:
        raise ValueError("not an hour of half a day")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute)
