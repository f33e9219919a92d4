"""What the agent promised to customers and what of it waits for him: counted, and due at its time; pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from nba_desktop.contract.follow_up import FollowUp, FollowUps
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.receipts import Receipt

AHEAD: Final = timedelta(days=7)
"""How far ahead the list looks."""


@dataclass(frozen=True, slots=True)
class CalendarState:
    """The list as a calendar file: asked for, kept, or why it was not."""

    status: BlockStatus = BlockStatus.IDLE
    failure: FailureCode | None = None


@dataclass(frozen=True, slots=True)
class DueState:
    """The agent's open promises as they are shown; `open` while he looks at the list.

    `done` are those he said to be done here, each with how far that has come; a refused one is open again. `reached`
    are those of today whose time has come. `failure` with a list that is there says what was not kept or fetched.
    """

    open: bool = False
    status: BlockStatus = BlockStatus.IDLE
    failure: FailureCode | None = None
    listed: FollowUps | None = None
    done: tuple[tuple[UUID, Receipt], ...] = ()
    reached: frozenset[UUID] = frozenset()
    calendar: CalendarState = field(default_factory=CalendarState)

    @property
    def follow_ups(self) -> tuple[FollowUp, ...]:
        """Everything that is listed, what is late first, then by day and time."""
        return self.listed.follow_ups if self.listed else ()

    @property
    def waiting(self) -> tuple[FollowUp, ...]:
        """What is listed and not done yet."""
        done = {one for one, receipt in self.done if receipt is not Receipt.REFUSED}
        return tuple(one for one in self.follow_ups if one.follow_up_id not in done)

    @property
    def today(self) -> int:
        """How many are due on the day of the list."""
        return sum(not one.late and one.due <= self.listed.day for one in self.waiting) if self.listed else 0

    @property
    def late(self) -> int:
        """How many are overdue."""
        return sum(one.late for one in self.waiting)

    @property
    def now_due(self) -> FollowUp | None:
        """The one whose time came last, of those that are not done."""
        timed = [one for one in self.waiting if one.follow_up_id in self.reached and one.at_time is not None]
        return max(timed, key=lambda one: (one.at_time, one.follow_up_id), default=None)

    def receipt_of(self, follow_up_id: UUID) -> Receipt | None:
        """How far it has come that a promise was said to be done; None for one that was not."""
        return next((receipt for one, receipt in self.done if one == follow_up_id), None)


def reached_by(listed: FollowUps, now: datetime) -> frozenset[UUID]:
    """The promises of the list's day whose time has come; `now` is a local time."""
    return frozenset(one.follow_up_id for one, at in _timed(listed, now) if at <= now)


def next_time(listed: FollowUps, now: datetime) -> datetime | None:
    """When the next promise of the list's day is due; None when none is any more."""
    return min((at for _, at in _timed(listed, now) if at > now), default=None)


def _timed(listed: FollowUps, now: datetime) -> list[tuple[FollowUp, datetime]]:
    return [
        (one, datetime.combine(one.due, one.at_time, now.tzinfo))
        for one in listed.follow_ups
        if one.at_time is not None and not one.late and one.due == listed.day == now.date()
    ]
