"""Counts what is asked for, within what may be shown; the same for every page of the review."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray, Places
from nba_desktop.backend.decisioning.entries.site import ReviewEntry
from nba_desktop.backend.review.cells import Span, block_of, read_from, together, whole_blocks
from nba_desktop.backend.review.counting import Ready
from nba_desktop.backend.review.counts import ActionCounts, Chances, Counts, Gathering, Names, Sieve
from nba_desktop.backend.review.crowd import Crowd
from nba_desktop.backend.review.details import Details, details_of
from nba_desktop.backend.review.objections import told_of_persons
from nba_desktop.backend.review.parts import Part, parts_of
from nba_desktop.backend.review.protection import Kept, Protected, presentations_of, protect
from nba_desktop.backend.review.reading import ReadWeek, Weeks
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
class Prepared:
    """Everything of a period that does not depend on the filter.

    `agents` are all who have calls in it. `agent_of` says for each part whose it is, `crowd_of` in which of so many
    `crowds` it is summed up with others. `read` says which weeks (Mondays) of which teams there are, `grouped` in which
    group those of them are that have calls of some part.
    """

    span: Span
    names: Names
    parts: tuple[Part, ...]
    ready: Ready
    protected: Protected
    agents: tuple[str, ...]
    agent_of: Places
    crowd_of: Places
    crowds: int
    read: tuple[tuple[date, str], ...]
    grouped: tuple[tuple[date, str, str], ...]

    @property
    def rows(self) -> int:
        """Recommendations held in memory."""
        return len(self.ready.action)


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of each part under a filter; `kept` says which parts count under it, `kept_of` for each action.

    Nothing but what is gathered here from parts that are kept may leave the backend.
    """

    question: Question
    prepared: Prepared
    counts: Counts
    actions: ActionCounts
    kept: Kept
    kept_of: Kept

    def by_agent(self) -> Counts:
        """Return the counts of each of `prepared.agents`."""
        return self.counts.gathered(self._by_agent())

    def chances_by_agent(self) -> Chances:
        """Return the chances of each of `prepared.agents`."""
        agents = len(self.prepared.agents)
        target = np.where(self.kept.alone, self.prepared.agent_of, agents)
        return self.prepared.ready.chances(self.question.sieve, target, agents)

    def actions_of(self, agent: int) -> ActionCounts:
        """Return the counts of an agent's actions, of each what its own filter shows."""
        rows = np.flatnonzero(self.prepared.agent_of == agent)
        return self.actions.of(rows, self.kept_of.alone[rows])

    def together(self) -> Counts:
        """Return the counts of parts, to be summed up."""
        return self.counts.only(self.kept.together)

    def its_action_together(self) -> ActionCounts:
        """Return the counts of actions in parts, to be summed up, under the filter."""
        return self.actions.only(self.kept.together[:, np.newaxis])

    def actions_together(self) -> ActionCounts:
        """Return the counts of actions in parts, to be summed up; of each action what its own filter shows."""
        return self.actions.only(self.kept_of.together)

    def details_by_agent(self, least_group: int) -> Details:
        """Count objections and reasons of each agent, too; objections where they may be shown of him."""
        told = self._objections_alone(least_group)
        return self._details().of_objections(told).gathered(self._by_agent())

    def details_together(self) -> Details:
        """Count objections and reasons of parts, to be summed up."""
        numbers = np.arange(len(self.parts))
        return self._details().gathered(Gathering.of(numbers, len(numbers), self.kept.together))

    def crowd(self, least_group: int) -> Crowd:
        """Say with which others parts are summed up under the filter."""
        return Crowd(self._crowds(), self.kept.alone[:, np.newaxis], least_group)

    def crowd_of_actions(self, least_group: int) -> Crowd:
        """Say the same under the filter of each action."""
        return Crowd(self._crowds(), self.kept_of.alone, least_group)

    def crowd_of_objections(self, least_group: int) -> Crowd:
        """Say the same for each objection under the filter."""
        return Crowd(self._crowds(), self._objections_alone(least_group), least_group)

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
        for numbers in self._in_crowds(self.kept.together):
            group, span = self.parts[numbers[0]].group, self.parts[numbers[0]].span
            weeks = sorted(week for week, _, one in self.prepared.grouped if one == group and block_of(week) in span)
            found.append((tuple(weeks), {self.parts[number].agent: number for number in numbers}))
        return found

    def spans_of(self, kept: BoolArray) -> dict[str, tuple[Period, ...]]:
        """Return by agent what of the period some parts are of, nothing where it is all of it."""
        spans: dict[str, list[Span]] = {}
        for number in np.flatnonzero(kept).tolist():
            spans.setdefault(self.parts[number].agent, []).append(self.parts[number].span)
        whole = (self.prepared.span.period,)
        # Most have all of the same blocks.
        periods = {several: together(several) for several in {tuple(one) for one in spans.values()}}
        return {agent: () if (one := periods[tuple(several)]) == whole else one for agent, several in spans.items()}

    def _weeks(self, kept: BoolArray) -> set[tuple[date, str]]:
        """The weeks (Mondays) and teams that count in some of the parts."""
        some = [self.parts[numbers[0]] for numbers in self._in_crowds(kept)]
        blocks = {(one.group, block) for one in some for block in range(one.span.first, one.span.last + 1)}
        return {(week, team) for week, team, group in self.prepared.grouped if (group, block_of(week)) in blocks}

    def _in_crowds(self, kept: BoolArray) -> list[list[int]]:
        """The numbers of the parts that are kept, of each crowd that has any."""
        gather = Gathering.of(self.prepared.crowd_of, self.prepared.crowds, kept)
        return [numbers.tolist() for numbers in np.split(gather.rows, gather.starts[1:]) if len(numbers)]

    def _crowds(self) -> Gathering:
        return Gathering.of(self.prepared.crowd_of, self.prepared.crowds)

    def _by_agent(self) -> Gathering:
        """Sum up the parts that are kept to agents."""
        return Gathering.of(self.prepared.agent_of, len(self.prepared.agents), self.kept.alone)

    def _objections_alone(self, least_group: int) -> BoolArray:
        """Which objections may be shown of a part by itself; parts × objections."""
        return told_of_persons(self.prepared.ready, self.question.sieve, self.kept.alone, least_group)

    def _details(self) -> Details:
        return details_of(self.prepared.ready, self.question.sieve)


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
        prepared, sieve = self._prepared(question, rules, today), question.sieve
        counts, actions = prepared.ready.count(sieve)
        kept, kept_of = prepared.protected.parts(sieve), prepared.protected.actions(sieve)
        return Counted(question, prepared, counts, actions, kept, kept_of)

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
    ready = Ready(
        [one.segment for one in parted],
        names,
        np.concatenate([np.zeros(0, np.intp), *(one.part for one in parted)]),
        len(parts),
        np.concatenate(
            [np.zeros(0, np.bool_), *(np.full(len(one.part), one.week.week < still_open) for one in parted)]
        ),
    )
    agents = tuple(sorted(set[str]().union(*(agents_in(one) for one in inside))))
    place_of = {agent: place for place, agent in enumerate(agents)}
    crowds: dict[tuple[str, Span], int] = {}
    crowd_of = [crowds.setdefault((one.group, one.span), len(crowds)) for one in parts]
    return Prepared(
        span,
        names,
        parts,
        ready,
        protect(presentations_of(ready), parts, names, rules.least_group, rules.least_presentations),
        agents,
        np.array([place_of[one.agent] for one in parts], dtype=np.intp),
        np.array(crowd_of, dtype=np.intp),
        len(crowds),
        tuple((one.week, one.team_id) for one in inside),
        tuple((one.week.week, one.week.team_id, one.group) for one in parted),
    )
