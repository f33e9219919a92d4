"""How far the review goes now, and what periods it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from nba_desktop.backend.errors import Forbidden
from nba_desktop.backend.rows.review_log import ReviewModeRow
from nba_desktop.contract.codes import ReviewMode, Role
from nba_desktop.contract.review import Period

SITE_READERS: Final = frozenset({Role.TEAM_LEAD, Role.ACTION_OWNER, Role.ANALYST, Role.ADMIN, Role.WORKS_COUNCIL})
"""Who may see the site's figures: no person is in them."""


@dataclass(frozen=True, slots=True)
class ModeNow:
    """The mode that counts today, with the works agreement that allows figures of one person."""

    mode: ReviewMode
    agreement: str | None = None
    until: date | None = None


def mode_now(modes: Sequence[ReviewModeRow], today: date) -> ModeNow:
    """Return what counts today: the last that was set, and team_only once its agreement has ended, or without any."""
    last = modes[-1] if modes else None
    if last is None:
        return ModeNow(ReviewMode.TEAM_ONLY)
    if last.mode is not ReviewMode.COACHING:
        return ModeNow(last.mode)
    if last.until is None or today > last.until:
        return ModeNow(ReviewMode.TEAM_ONLY)
    return ModeNow(ReviewMode.COACHING, last.agreement, last.until)


def check_on(now: ModeNow) -> None:
    """Raise `Forbidden` where the review is switched off."""
    if now.mode is ReviewMode.OFF:
        raise Forbidden("the review is switched off at this site: an administrator switches it on")


def check_persons(now: ModeNow) -> None:
    """Raise `Forbidden` where no works agreement in force allows figures of one person."""
    check_on(now)
    if now.mode is not ReviewMode.COACHING:
        raise Forbidden("no works agreement in force allows figures of one person: the review is of teams only")


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def whole_weeks(period: Period) -> Period:
    """Return the period with the rest of its first and last week.

    Of two periods that differ by a day the difference would be that day's figures.
    """
    return Period(first=monday(period.first), last=monday(period.last) + timedelta(days=6))
