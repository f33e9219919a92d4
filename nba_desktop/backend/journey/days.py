"""Days as the site counts them: from midnight to midnight where it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

_HALF_LIFE: Final = timedelta(days=180)


def days_between(earlier: datetime, later: datetime) -> int:
    """How many midnights of `later`'s time zone lie between two moments."""
    return (later.date() - earlier.astimezone(later.tzinfo).date()).days


def half_after_180_days(at: datetime, now: datetime) -> float:
    """How much something that happened still counts: 1 now, a half after 180 days, a quarter after 360."""
    return float(0.5 ** (max(timedelta(), now - at) / _HALF_LIFE))
