"""Who calls when about what, and which of it is a repeat: as arrays, so that millions of calls stay small."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from nba_desktop.backend.arrays import BoolArray, FloatArray, IntArray
from nba_desktop.backend.errors import SampleDataError
from nba_desktop.backend.samples.half_year import truth

_WEEKDAYS: Final = (1.25, 1.1, 1.0, 1.0, 0.9, 0.35)
"""Calls on a Monday to a Saturday; on Sundays nobody is there."""
_STEP_S: Final = 300
_DAY_S: Final = 86_400

NONE, IDENTIFIED, AUTHENTICATED = range(3)
UNSAID, UNSOLVED, SOLVED = range(3)


@dataclass(frozen=True, slots=True)
class Timetable:
    """One place for each call, in order of time: seconds since 1970, numbers of customers and concerns, and so on.

    `level` is one of NONE, IDENTIFIED, AUTHENTICATED, `solved` one of UNSAID, UNSOLVED, SOLVED. After the calls that
    are `transferred` a colleague takes over.
    """

    days: tuple[date, ...]
    day: IntArray
    at: IntArray
    customer: IntArray
    concern: IntArray
    level: IntArray
    solved: IntArray
    transferred: BoolArray

    def __len__(self) -> int:
        return len(self.at)


@dataclass(frozen=True, slots=True)
class Profile:
    """How the calls of a day are spread over it: seconds since midnight, and the share of calls from there on."""

    starts: IntArray
    shares: FloatArray


def day_profile(path: Path) -> Profile:
    """Read a profile; raises `SampleDataError` when the file is not one."""
    try:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        rows = [(time.fromisoformat(row["Time"]), float(row["Calls"])) for row in csv.DictReader(lines)]
    except (OSError, KeyError, ValueError) as error:
        raise SampleDataError(f"{path.name}: not a profile of a day: {error}") from error
    calls = np.array([calls for _, calls in rows])
    if not len(rows) or calls.min() < 0 or calls.sum() <= 0:
        raise SampleDataError(
            f"{path.name}: a profile has calls in some five minutes of the day, and never less than none"
        )
    return Profile(np.array([at.hour * 3600 + at.minute * 60 for at, _ in rows]), calls / calls.sum())


def weeks_before(today: date, weeks: int) -> tuple[date, ...]:
    """Return the Mondays to Saturdays of the whole weeks before the one that `today` is in."""
    first = today - timedelta(days=today.weekday() + 7 * weeks)
    return tuple(first + timedelta(days=7 * week + day) for week in range(weeks) for day in range(len(_WEEKDAYS)))


def timetable(
    chance: np.random.Generator,
    calls: int,
    days: tuple[date, ...],
    profile: Profile,
    zone: ZoneInfo,
    customers: int,
    concerns: Sequence[str],
) -> Timetable:
    """Draw so many calls, colleagues who take over among them."""
    own = calls - round(calls * truth.TRANSFERRED / (1 + truth.TRANSFERRED))
    weights = np.array([_WEEKDAYS[day.weekday()] for day in days])
    # By day and time of day alike: sorted, the calls are in order.
    number = np.sort(chance.choice(len(days), own, p=weights / weights.sum()))
    midnights = np.array([int(datetime.combine(day, time(), zone).timestamp()) for day in days])
    slot = profile.starts[chance.choice(len(profile.starts), own, p=profile.shares)]
    at = midnights[number] + slot + chance.integers(_STEP_S, size=own)
    order = np.argsort(at, kind="stable")
    shares = np.array([truth.CONCERN_SHARES.get(one, truth.OTHER_CONCERN_SHARE) for one in concerns])
    level = chance.choice(3, own, p=[1 - truth.AUTHENTICATED - truth.IDENTIFIED, truth.IDENTIFIED, truth.AUTHENTICATED])
    solved = chance.choice(3, own, p=[1 - truth.SOLVED - truth.UNSOLVED, truth.UNSOLVED, truth.SOLVED])
    transferred = np.zeros(own, np.bool_)
    transferred[chance.choice(own, calls - own, replace=False)] = True
    found = Timetable(
        days,
        number[order],
        at[order],
        chance.integers(customers, size=own),
        chance.choice(len(concerns), own, p=shares / shares.sum()),
        level,
        np.where(transferred, UNSAID, solved),
        transferred,
    )
    _repeat(chance, found)
    return found


def _repeat(chance: np.random.Generator, found: Timetable) -> None:
    """Let some customers call again within the week: they take the place of whoever would have called then."""
    own = len(found)
    again = np.where(found.solved == SOLVED, truth.REPEATS_SOLVED, truth.REPEATS_UNSOLVED)
    wants = chance.random(own) < again
    # Two hours past the same time some days later, so that the first call is surely over.
    later = found.at + chance.integers(1, 7, size=own) * _DAY_S + chance.integers(7200, size=own)
    place = np.searchsorted(found.at, later)
    taken = np.zeros(own, np.bool_)
    for first in np.flatnonzero(wants & (found.level == AUTHENTICATED) & (place < own)).tolist():
        second = int(place[first])
        if not taken[second]:
            taken[second] = True
            found.customer[second] = found.customer[first]
            found.concern[second] = found.concern[first]
            found.level[second] = AUTHENTICATED
