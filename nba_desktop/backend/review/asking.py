"""Counts what is asked for, within what may be shown; the same for every page of the review."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray, Places, SmallArray
from nba_desktop.backend.decisioning.entries.site import ReviewEntry
from nba_desktop.backend.review.cells import Span, block_of, read_from, together, whole_blocks
from nba_desktop.backend.review.counting import CountedWeek
from nba_desktop.backend.review.counts import Counts, Gathering, Names, Sieve
from nba_desktop.backend.review.crowd import Crowd
from nba_desktop.backend.review.details import Details, details_of
from nba_desktop.backend.review.parts import Part, PartedWeek, parts_of
from nba_desktop.backend.review.protection import Kept, Presentations, Protected, protect
from nba_desktop.backend.review.reading import ReadWeek, Weeks
from nba_desktop.backend.review.segments import Segment, joined
from nba_desktop.backend.review.site.scope import agents_in
from nba_desktop.contract.review import Period

_MOST_ROWS: Final = 4_000_000
"""Recommendations made ready that are held in memory, each some 50 bytes; those asked for last are held anyhow."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be counted: of a team, or with None of all, in a period; `persons` are teams shown person by person.

    Counted are the whole blocks around the period (`cells.whole_blocks`).
    """

    team_id: str | None
    period: Period
    sieve: Sieve
    persons: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ready:
    """Weeks made ready to be counted at once, and whether the time to be confirmed is over for all of their calls."""

    segment: Segment
    counted: CountedWeek
    mature: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything of a period that does not depend on the filter.

    `agents` are all who have calls in it, `agent_of` says for each part whose it is, `blocks` with which others it is
    summed up (`Crowd`). `read` says which weeks (Mondays) of which teams there are, `grouped` in which group those of
    them are that have calls of some part.
    """

    span: Span
    names: Names
    parts: tuple[Part, ...]
    ready: tuple[Ready, ...]
    protected: Protected
    agents: tuple[str, ...]
    agent_of: Places
    blocks: SmallArray
    read: tuple[tuple[date, str], ...]
    grouped: tuple[tuple[date, str, str], ...]

    @property
    def rows(self) -> int:
        """Recommendations held in memory."""
        return sum(len(one.counted.action) for one in self.ready)


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of each part under a filter; `kept` says which parts count under it, `kept_of` for each action.

    Nothing but what is gathered here from parts that are kept may leave the backend.
    """

    question: Question
    prepared: Prepared
    counts: Counts
    kept: Kept
    kept_of: Kept

    def by_agent(self) -> Counts:
        """Return the counts of each of `prepared.agents`."""
        return self.counts.gathered(self._by_agent(self.kept.alone))

    def actions_by_agent(self) -> Counts:
        """Return the counts of actions of each agent, of each what its own filter shows."""
        every = np.ones(len(self.parts), np.bool_)
        return self.counts.only_actions(self.kept_of.alone).gathered(self._by_agent(every))

    def together(self) -> Counts:
        """Return the counts of parts, to be summed up."""
        return self.counts.only(self.kept.together)

    def actions_together(self) -> Counts:
        """Return the counts of actions in parts, to be summed up; of each action what its own filter shows."""
        return self.counts.only_actions(self.kept_of.together)

    def details_by_agent(self) -> Details:
        """Count objections and reasons of each agent, too."""
        return self._details().gathered(self._by_agent(self.kept.alone))

    def details_together(self) -> Details:
        """Count objections and reasons of parts, to be summed up."""
        numbers = np.arange(len(self.parts))
        return self._details().gathered(Gathering.of(numbers, len(numbers), self.kept.together))

    def crowd(self, least_group: int) -> Crowd:
        """Say with which others parts are summed up under the filter."""
        return Crowd(self.prepared.blocks, self.kept.alone[:, np.newaxis], least_group)

    def crowd_of_actions(self, least_group: int) -> Crowd:
        """Say the same under the filter of each action."""
        return Crowd(self.prepared.blocks, self.kept_of.alone, least_group)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is counted, in the order of the counts."""
        return self.prepared.parts

    @property
    def occurs(self) -> bool:
        """Whether there are calls in the period, and the filter names what occurs in it."""
        return bool(self.prepared.read) and self.prepared.protected.occurs(self.question.sieve)

    def left_out_weeks(self) -> int:
        """How many weeks of the period have calls and count in no part under the filter."""
        return len({week for week, _ in self.prepared.read} - {week for week, _ in self._weeks(self.kept.together)})

    def left_out_teams(self) -> int:
        """How many teams have calls in the period and count in no part under the filter."""
        return len({team for _, team in self.prepared.read} - {team for _, team in self._weeks(self.kept.together)})

    def agents_by_weeks(self) -> list[tuple[tuple[date, ...], dict[str, int]]]:
        """Return the weeks (Mondays) in which parts count, with the agents that do, and the numbers of their parts."""
        found = []
        for of_block in self.prepared.blocks > 0:
            numbers = np.flatnonzero(of_block & self.kept.together).tolist()
            if numbers:
                group, span = self.parts[numbers[0]].group, self.parts[numbers[0]].span
                weeks = sorted(
                    week for week, _, one in self.prepared.grouped if one == group and block_of(week) in span
                )
                found.append((tuple(weeks), {self.parts[number].agent: number for number in numbers}))
        return found

    def spans_of(self, kept: BoolArray) -> dict[str, tuple[Period, ...]]:
        """Return by agent what of the period some parts are of, nothing where it is all of it."""
        spans: dict[str, list[Span]] = {}
        for number in np.flatnonzero(kept).tolist():
            spans.setdefault(self.parts[number].agent, []).append(self.parts[number].span)
        whole = (self.prepared.span.period,)
        periods = {agent: together(several) for agent, several in spans.items()}
        return {agent: () if one == whole else one for agent, one in periods.items()}

    def _weeks(self, kept: BoolArray) -> set[tuple[date, str]]:
        """The weeks (Mondays) and teams that count in some of the parts."""
        some = (np.flatnonzero(of_block & kept)[:1].tolist() for of_block in self.prepared.blocks > 0)
        there = {(self.parts[number].group, self.parts[number].span) for numbers in some for number in numbers}
        blocks = {(group, block) for group, span in there for block in range(span.first, span.last + 1)}
        return {(week, team) for week, team, group in self.prepared.grouped if (group, block_of(week)) in blocks}

    def _by_agent(self, kept: BoolArray) -> Gathering:
        """Sum up the parts that are kept to agents."""
        return Gathering.of(self.prepared.agent_of, len(self.prepared.agents), kept)

    def _details(self) -> Details:
        weeks = [(one.counted, one.segment) for one in self.prepared.ready]
        return details_of(weeks, self.prepared.names, len(self.parts), self.question.sieve)


class Asking:
    """Counts; one for a process, used by many threads.

    What does not depend on the filter is prepared once for a period's facts and held for the last few of them.
    """

    def __init__(self, weeks: Weeks) -> None:
        self._weeks = weeks
        self._lock = threading.Lock()
        self._held: OrderedDict[object, Prepared] = OrderedDict()

    def count(self, question: Question, rules: ReviewEntry, today: date) -> Counted:
        """Count what a question asks for; `today` is the site's."""
        prepared = self._prepared(question, rules, today)
        counts = Counts(prepared.names, len(prepared.parts))
        sieve = question.sieve
        if prepared.protected.occurs(sieve):
            for one in prepared.ready:
                one.counted.add_to(counts, sieve, one.mature)
        return Counted(question, prepared, counts, prepared.protected.parts(sieve), prepared.protected.actions(sieve))

    def _prepared(self, question: Question, rules: ReviewEntry, today: date) -> Prepared:
        span = whole_blocks(question.period, today)
        first = read_from(span) if question.persons else span.period.first
        read = self._weeks.read(question.team_id, first, span.period.last)
        limits = (rules.least_group, rules.least_presentations)
        still_open = today - timedelta(days=6 + rules.confirm_days)
        facts = tuple((one.week, one.team_id, one.revision, one.week < still_open) for one in read)
        key = (span, question.persons, limits, facts)
        with self._lock:
            found = self._held.get(key)
        if found is None:
            found = _prepare(read, span, question.persons, rules, still_open)
        with self._lock:
            self._held[key] = found
            self._held.move_to_end(key)
            rows = sum(one.rows for one in self._held.values())
            while rows > _MOST_ROWS and len(self._held) > 1:
                _, gone = self._held.popitem(last=False)
                rows -= gone.rows
        return found


def _prepare(
    read: Sequence[ReadWeek], span: Span, persons: frozenset[str], rules: ReviewEntry, still_open: date
) -> Prepared:
    """Sort weeks into parts and work out what may be shown of them; those before the span say where cells begin."""
    parts, parted = parts_of(read, span, persons, rules.least_group, rules.least_presentations)
    inside = [one for one in read if block_of(one.week) in span]
    names = Names.of(one.segment for one in inside)
    ready = tuple(
        _made_ready(some, names, mature)
        for mature in (True, False)
        if (some := [one for one in parted if (one.week.week < still_open) is mature])
    )
    agents = tuple(sorted(set[str]().union(*(agents_in(one) for one in inside))))
    place_of = {agent: place for place, agent in enumerate(agents)}
    presentations = Presentations(names, len(parts))
    for one in ready:
        presentations.add(one.counted, one.segment)
    return Prepared(
        span,
        names,
        parts,
        ready,
        protect(presentations, parts, names, rules.least_group, rules.least_presentations),
        agents,
        np.array([place_of[one.agent] for one in parts], dtype=np.intp),
        _blocks_of(parts),
        tuple((one.week, one.team_id) for one in inside),
        tuple((one.week.week, one.week.team_id, one.group) for one in parted),
    )


def _blocks_of(parts: Sequence[Part]) -> SmallArray:
    """Say with which others each part is summed up: blocks × parts."""
    numbers: dict[tuple[str, Span], int] = {}
    block = [numbers.setdefault((one.group, one.span), len(numbers)) for one in parts]
    found = np.zeros((len(numbers), len(parts)), np.float32)
    found[block, np.arange(len(parts))] = 1
    return found


def _made_ready(weeks: Sequence[PartedWeek], names: Names, mature: bool) -> Ready:
    segment = joined([one.segment for one in weeks])
    return Ready(segment, CountedWeek(segment, names, np.concatenate([one.part for one in weeks])), mature)
