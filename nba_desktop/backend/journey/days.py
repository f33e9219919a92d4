"""Days as the site counts them: from midnight to midnight where it is."""

from __future__ import annotations

from datetime import datetime


def days_between(earlier: datetime, later: datetime) -> int:
    """How many midnights of `later`'s time zone lie between two moments."""
    return (later.date() - earlier.astimezone(later.tzinfo).date()).days
