"""Counts what is asked for, within what may be shown; the same for every page of the review."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, TypeVar

from nba_desktop.backend.decisioning.entries.site import ReviewEntry
from nba_desktop.backend.review.cells import Span, read_from, rests_of, spans_of, trimmed, whole_blocks
from nba_desktop.backend.review.counting import CountedWeek, Counts, Names, Sieve
from nba_desktop.backend.review.details import Details, details_of
from nba_desktop.backend.review.protection import Presentations, Protected, protect
from nba_desktop.backend.review.reading import ReadWeek, Weeks
from nba_desktop.backend.review.segments import Segment, joined
from nba_desktop.backend.review.site.scope import agents_in, site_weeks
from nba_desktop.contract.review import Period

_KEPT: Final = 16
"""Results of what may be shown that are held in memory."""

_MOST_ROWS: Final = 4_000_000
"""Recommendations made ready that are held in memory, each some 50 bytes; those asked for last are held anyhow."""

_PARTS: Final = 2
"""Of a period: the weeks that are mature, and the others."""

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be counted: of a team, or with None of all, in a period of whole weeks; `persons` as the mode says.

    With `persons` the period is of whole blocks (`cells.whole_blocks`), and each agent counts with his whole cells
    only; with `beside_persons` all of him, as what is said of all agents beside that. With `teams` none but those
    count.
    """

    team_id: str | None
    period: Period
    sieve: Sieve
    persons: bool
    teams: frozenset[str] | None = None
    beside_persons: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """Weeks made ready to be counted at once, and whether the time to be confirmed is over for all of their calls."""

    segment: Segment
    counted: CountedWeek
    mature: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts, what of them may be shown, and how many weeks of too few agents were left out.

    `spans` says of which blocks each agent counts, where persons are counted; whoever is not in it does not count.
    `teams` are those that have calls in the period. What was due in `due_weeks` (Mondays) may be counted beside: where
    weeks are left out, in those that are not.
    """

    question: Question
    weeks: Sequence[Ready]
    counts: Counts
    protected: Protected
    left_out_weeks: int
    due_weeks: Sequence[date]
    teams: Sequence[str]
    spans: Mapping[str, Span] = field(default_factory=dict)

    def due(self) -> list[tuple[Sequence[date], frozenset[str]]]:
        """Return in which weeks (Mondays) what was due counts, and of which agents."""
        if not self.question.persons:
            return [(self.due_weeks, frozenset(self.counts.names.agents))]
        agents: dict[Span, set[str]] = {}
        for agent, span in self.spans.items():
            agents.setdefault(span, set()).add(agent)
        return [(_mondays(span.period), frozenset(those)) for span, those in agents.items()]

    def details(self) -> Details:
        """Count objections and reasons, too."""
        weeks = [(one.counted, one.segment) for one in self.weeks]
        return details_of(weeks, self.counts.names, self.question.sieve)


class Asking:
    """Counts; one for a process, used by many threads.

    What does not depend on the filter – weeks made ready, and what may be shown – is worked out once for a period's
    facts and held for the last few of them. What is mature hardly ever changes, so the others are made ready apart.
    """

    def __init__(self, weeks: Weeks) -> None:
        self._weeks = weeks
        self._lock = threading.Lock()
        self._protected: OrderedDict[object, Protected] = OrderedDict()
        self._ready: OrderedDict[object, Ready] = OrderedDict()

    def count(self, question: Question, rules: ReviewEntry, today: date) -> Counted:
        """Count what a question asks for; `today` is the site's."""
        read, kept, spans = self._kept(question, rules, today)
        names = Names.of(one.segment for one in kept)
        counts = Counts(names)
        still_open = today - timedelta(days=6 + rules.confirm_days)
        parts = ([one for one in kept if one.week < still_open], [one for one in kept if one.week >= still_open])
        ready = [
            self._made_ready(part, names, mature, spans if question.persons else None)
            for part, mature in zip(parts, (True, False), strict=True)
            if part
        ]
        if question.sieve.action_id in (None, *names.actions):
            for one in ready:
                one.counted.add_to(counts, question.sieve, one.mature)
        return Counted(
            question,
            ready,
            counts,
            self._what_may_be_shown(question, rules, kept, ready, names, spans),
            len({one.week for one in read}) - len({one.week for one in kept}),
            sorted({one.week for one in kept}),
            sorted({one.team_id for one in read}),
            spans,
        )

    def tells_nobody(self, question: Question, rules: ReviewEntry, today: date) -> bool:
        """Whether all agents together, less what is shown of each of them, is nothing or of enough agents."""
        blocks = whole_blocks(question.period, today)
        since = self._weeks.read(question.team_id, read_from(blocks), blocks.period.last)
        spans = spans_of(since, question.sieve, blocks, rules.least_presentations)
        inside = [one for one in since if one.week >= question.period.first]
        return all(not one or len(one) >= rules.least_group for one in rests_of(inside, question.sieve, spans))

    def _kept(
        self, question: Question, rules: ReviewEntry, today: date
    ) -> tuple[Sequence[ReadWeek], Sequence[ReadWeek], Mapping[str, Span]]:
        """The weeks of the period, what of them counts, and of which blocks each agent does."""
        first, last = question.period.first, question.period.last
        if question.persons:
            blocks = whole_blocks(question.period, today)
            since = self._weeks.read(question.team_id, read_from(blocks), blocks.period.last)
            spans = spans_of(since, question.sieve, blocks, rules.least_presentations)
            read = [one for one in since if one.week >= first]
            return read, trimmed(read, spans), spans
        read = [
            one
            for one in self._weeks.read(question.team_id, first, last)
            if question.teams is None or one.team_id in question.teams
        ]
        if question.beside_persons:
            return read, read, {}
        if question.team_id is None and question.teams is None:
            return read, [one for week in site_weeks(read, rules.least_group).values() for one in week], {}
        return read, _worked_by_enough(read, rules.least_group), {}

    def _made_ready(
        self, weeks: Sequence[ReadWeek], names: Names, mature: bool, spans: Mapping[str, Span] | None
    ) -> Ready:
        # Weeks of which nobody counts are not those of which everybody does.
        key = (names, mature, _facts_of(weeks), None if spans is None else tuple(spans.items()))

        def make() -> Ready:
            segment = joined([one.segment for one in weeks])
            return Ready(segment, CountedWeek(segment, names), mature)

        found = _held(self._lock, self._ready, key, make)
        with self._lock:
            rows = sum(len(one.counted.action) for one in self._ready.values())
            while rows > _MOST_ROWS and len(self._ready) > _PARTS:
                _, gone = self._ready.popitem(last=False)
                rows -= len(gone.counted.action)
        return found

    def _what_may_be_shown(
        self,
        question: Question,
        rules: ReviewEntry,
        weeks: Sequence[ReadWeek],
        ready: Sequence[Ready],
        names: Names,
        spans: Mapping[str, Span],
    ) -> Protected:
        limits = (rules.least_group, rules.least_presentations)
        key = (question.persons, limits, _facts_of(weeks), tuple(spans.items()))

        def work_out() -> Protected:
            presentations = Presentations(names)
            for one in ready:
                presentations.add(one.counted, one.segment)
            return protect(presentations, names, rules.least_group, rules.least_presentations, question.persons)

        found = _held(self._lock, self._protected, key, work_out)
        with self._lock:
            while len(self._protected) > _KEPT:
                self._protected.popitem(last=False)
        return found


def _mondays(period: Period) -> list[date]:
    """The weeks of a period of whole weeks."""
    return [period.first + timedelta(days=days) for days in range(0, (period.last - period.first).days, 7)]


def _facts_of(weeks: Sequence[ReadWeek]) -> tuple[tuple[date, str, int], ...]:
    return tuple((one.week, one.team_id, one.revision) for one in weeks)


def _held(lock: threading.Lock, held: OrderedDict[object, Thing], key: object, make: Callable[[], Thing]) -> Thing:
    """Return what is held under a key, or make it and hold it as what was asked for last."""
    with lock:
        thing = held.get(key)
    if thing is None:
        thing = make()
    with lock:
        held[key] = thing
        held.move_to_end(key)
    return thing


def _worked_by_enough(weeks: Sequence[ReadWeek], least_group: int) -> list[ReadWeek]:
    """A team's weeks in which enough agents worked: two periods could differ by one of the others alone."""
    return [one for one in weeks if len(agents_in(one)) >= least_group]
