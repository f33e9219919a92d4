"""Counts what is asked for, within what may be shown; the same for every page of the review."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeVar

import numpy as np

from nba_desktop.backend.decisioning.entries.site import ReviewEntry
from nba_desktop.backend.review.counting import CountedWeek, Counts, Names, Sieve
from nba_desktop.backend.review.details import Details, details_of
from nba_desktop.backend.review.protection import Presentations, Protected, protect
from nba_desktop.backend.review.reading import ReadWeek, Weeks
from nba_desktop.contract.review import Period

_KEPT: Final = 16
"""Results of what may be shown that are held in memory."""

_READY: Final = 60
"""Weeks made ready that are held in memory."""

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be counted: of a team, or with None of all, in a period of whole weeks; `persons` as the mode says."""

    team_id: str | None
    period: Period
    sieve: Sieve
    persons: bool


@dataclass(frozen=True, slots=True)
class Ready:
    """A week made ready, and whether the time to be confirmed is over for all of its calls."""

    week: ReadWeek
    counted: CountedWeek
    mature: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts, what of them may be shown, and how many weeks of too few agents were left out."""

    question: Question
    weeks: Sequence[Ready]
    counts: Counts
    protected: Protected
    left_out_weeks: int

    def details(self) -> Details:
        """Count objections and reasons, too."""
        weeks = [(one.counted, one.week.segment) for one in self.weeks]
        return details_of(weeks, self.counts.names, self.question.sieve)


class Asking:
    """Counts; one for a process, used by many threads.

    What does not depend on the filter – weeks made ready, and what may be shown – is worked out once for a period's
    facts and held for the last few of them.
    """

    def __init__(self, weeks: Weeks) -> None:
        self._weeks = weeks
        self._lock = threading.Lock()
        self._protected: OrderedDict[object, Protected] = OrderedDict()
        self._ready: OrderedDict[object, CountedWeek] = OrderedDict()

    def count(self, question: Question, rules: ReviewEntry, today: date) -> Counted:
        """Count what a question asks for; `today` is the site's."""
        read = self._weeks.read(question.team_id, question.period.first, question.period.last)
        kept = read if question.persons else _worked_by_enough(read, rules.least_group)
        names = Names.of(one.segment for one in kept)
        counts = Counts(names)
        ready = []
        for one in kept:
            over = one.week + timedelta(days=6 + rules.confirm_days) < today
            ready.append(Ready(one, self._made_ready(one, names), over))
            if question.sieve.action_id in (None, *names.actions):
                ready[-1].counted.add_to(counts, question.sieve, over)
        return Counted(
            question,
            ready,
            counts,
            self._what_may_be_shown(question, rules, ready, names),
            len({one.week for one in read}) - len({one.week for one in kept}),
        )

    def _made_ready(self, week: ReadWeek, names: Names) -> CountedWeek:
        key = (week.week, week.team_id, week.revision, names)
        return _held(self._lock, self._ready, key, _READY, lambda: CountedWeek(week.segment, names))

    def _what_may_be_shown(
        self, question: Question, rules: ReviewEntry, weeks: Sequence[Ready], names: Names
    ) -> Protected:
        key = (
            question.persons,
            rules.least_group,
            rules.least_presentations,
            tuple((one.week.week, one.week.team_id, one.week.revision) for one in weeks),
        )

        def work_out() -> Protected:
            presentations = Presentations(names)
            for one in weeks:
                presentations.add(one.counted, one.week.segment)
            return protect(presentations, names, rules.least_group, rules.least_presentations, question.persons)

        return _held(self._lock, self._protected, key, _KEPT, work_out)


def _held(
    lock: threading.Lock, held: OrderedDict[object, Thing], key: object, most: int, make: Callable[[], Thing]
) -> Thing:
    """Return what is held under a key, or make it and hold it, and let go of what was not asked for the longest."""
    with lock:
        thing = held.get(key)
    if thing is None:
        thing = make()
    with lock:
        held[key] = thing
        held.move_to_end(key)
        if len(held) > most:
            held.popitem(last=False)
    return thing


def _worked_by_enough(weeks: Sequence[ReadWeek], least_group: int) -> list[ReadWeek]:
    """The weeks in which enough agents worked: two periods could differ by one of the others alone."""
    agents: dict[date, set[str]] = {}
    for one in weeks:
        worked = np.unique(one.segment.calls["agent"])
        agents.setdefault(one.week, set()).update(one.segment.names["agents"][number] for number in worked.tolist())
    return [one for one in weeks if len(agents[one.week]) >= least_group]
