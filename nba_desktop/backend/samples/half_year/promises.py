"""What an agent promises at the end of a made-up call, and when he keeps it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from uuid import UUID

from nba_desktop.backend.samples.half_year import timetable, truth
from nba_desktop.backend.samples.half_year.told import Told
from nba_desktop.contract.codes import FollowUpKind, ResponseCode

_KINDS: Final = {
    ResponseCode.INTEREST_CALLBACK: FollowUpKind.CALLBACK,
    ResponseCode.INTEREST_INFO: FollowUpKind.SEND_INFORMATION,
    ResponseCode.INTEREST_SPECIALIST: FollowUpKind.SPECIALIST,
}
_FURTHEST_DAYS: Final = 14
_LATE_DAYS: Final = 6
_SUNDAY: Final = 6


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of a call: for an action, or for its concern; `done_at` is None of what nobody has done yet."""

    kind: FollowUpKind
    due: date
    at_time: time | None
    action_id: str | None
    done_at: datetime | None


def stream(contact_id: UUID) -> random.Random:
    """Return the chance that settles a call's promises, so that the same seed makes the same calls without them."""
    return random.Random(f"{contact_id}/promises")


def promised(chance: random.Random, told: Told, zone: tzinfo, now: datetime) -> Iterator[Promise]:
    """Yield what is promised to whoever is interested, and to some whose concern is not solved."""
    day = told.contact.started_at.astimezone(zone).date()
    for answer in told.answers:
        if answer.code in _KINDS:
            yield _promise(chance, _KINDS[answer.code], answer.action.action_id, day, zone, now)
    unsolved = told.incoming.solved == timetable.UNSOLVED and not told.incoming.transferred
    if unsolved and chance.random() < truth.CONCERN_PROMISED:
        yield _promise(chance, FollowUpKind.CONCERN, None, day, zone, now)


def _promise(
    chance: random.Random, kind: FollowUpKind, action_id: str | None, day: date, zone: tzinfo, now: datetime
) -> Promise:
    due = _working_day(day + timedelta(days=chance.randint(1, _FURTHEST_DAYS)))
    at_time = time(chance.randint(9, 17), chance.choice((0, 30))) if kind is FollowUpKind.CALLBACK else None
    lot = chance.random()
    done_on = None
    if lot < truth.PROMISE_KEPT:
        done_on = due - timedelta(days=min(chance.randint(0, 2), (due - day).days - 1))
    elif lot < truth.PROMISE_KEPT + truth.PROMISE_KEPT_LATE:
        done_on = _working_day(due + timedelta(days=chance.randint(1, _LATE_DAYS)))
    done_at = None if done_on is None else _in_working_hours(chance, done_on, zone)
    return Promise(kind, due, at_time, action_id, done_at if done_at is not None and done_at < now else None)


def _working_day(day: date) -> date:
    return day + timedelta(days=1) if day.weekday() == _SUNDAY else day


def _in_working_hours(chance: random.Random, day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(chance.randint(8, 17), chance.randint(0, 59)), zone).astimezone(UTC)
