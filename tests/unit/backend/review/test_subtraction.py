"""Whoever asks everything he may, every filter of every period, and subtracts, learns nothing of too few.

The worlds are small, so that all that follows by subtraction can be tried: every set of cases whose sum is a sum of
shown figures, each taken any number of times. Which cases there are none of, whoever asks is taken to know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nba_desktop.backend.arrays import BoolArray, FloatArray, IntArray
from nba_desktop.backend.decisioning.entries.site import ReviewEntry
from nba_desktop.backend.review.asking import Asking, Counted, Question
from nba_desktop.backend.review.counts import Sieve
from nba_desktop.backend.review.objections import told_of_persons
from nba_desktop.backend.review.reading import ReadWeek
from nba_desktop.backend.review.segments import ACTION_BITS, ACTIONS, CALLS, NONE, OBJECTIONS, Segment
from nba_desktop.contract.review import Period

FIRST = date(2026, 2, 16)
"""The Monday a block begins with."""
BLOCKS = 3
TODAY = FIRST + timedelta(weeks=4 * BLOCKS)
AGENTS = 7
TEAM = "strom"
KINDS, QUEUES = ("A", "B"), ("gas", "strom")
PERSONS = frozenset({TEAM})
RULES = ReviewEntry(least_group=5, least_presentations=30)
DECIDED = sum(1 << ACTION_BITS.index(name) for name in ("shown", "addressed", "decided"))


@dataclass
class World:
    """Weeks in memory; `cases` are blocks × agents × actions × queues, one week for each block.

    In so many of them as `raised` says an objection was raised.
    """

    cases: IntArray
    raised: IntArray | None = None

    def read(self, team_id: str | None, first: date, last: date) -> Sequence[ReadWeek]:
        weeks = [FIRST + timedelta(weeks=4 * block) for block in range(len(self.cases))]
        return [
            ReadWeek(week, TEAM, 1, _segment(cases, raised))
            for week, cases, raised in zip(weeks, self.cases, self._raised(), strict=True)
            if first <= week <= last and cases.any()
        ]

    def _raised(self) -> IntArray:
        return np.zeros_like(self.cases) if self.raised is None else self.raised

    def answers(
        self, persons: frozenset[str], team_id: str | None = TEAM, rules: ReviewEntry = RULES
    ) -> Iterator[Counted]:
        """Everything that can be asked."""
        asking = Asking(self)  # type: ignore[arg-type]
        for begin, end in product(range(len(self.cases)), repeat=2):
            if begin <= end:
                last = FIRST + timedelta(weeks=4 * (end + 1), days=-1)
                period = Period(first=FIRST + timedelta(weeks=4 * begin), last=last)
                for action, queue in product((None, *KINDS), (None, *QUEUES)):
                    question = Question(team_id, period, Sieve(action, queue), persons)
                    yield asking.count(question, rules, TODAY)


def _segment(cases: IntArray, raised: IntArray) -> Segment:
    """A week in which each case is a call with one decided presentation; agents × actions × queues."""
    met = np.concatenate(
        [np.arange(number) < few for number, few in zip(cases[cases > 0], raised[cases > 0], strict=True)]
    )
    objections = {"fact": np.flatnonzero(met), "objection": np.zeros(met.sum(), np.intp)}
    agent, action, queue = (np.repeat(place, cases[cases > 0]) for place in np.nonzero(cases))
    calls = {name: np.full(len(agent), NONE, "<u2").astype(dtype) for name, dtype in CALLS.items()}
    calls |= {"agent": agent.astype("<u2"), "queue": queue.astype("<u2"), "bits": np.zeros(len(agent), "<u2")}
    calls["actions"] = np.ones(len(agent), "u1")
    actions = {name: np.zeros(len(agent), dtype) for name, dtype in ACTIONS.items()}
    actions |= {"action": action.astype("<u2"), "bits": np.full(len(agent), DECIDED, "<u2")}
    names = {
        "agents": tuple(f"A-{number}" for number in range(len(cases))),
        "queues": QUEUES,
        "concerns": (),
        "actions": KINDS,
        "arms": (),
        "objections": ("price",),
    }
    return Segment(names, calls, actions, {name: objections[name].astype(kind) for name, kind in OBJECTIONS.items()})


def _covered(counted: Counted, kept: BoolArray, shape: tuple[int, ...]) -> IntArray:
    """How often each case is in the sum of some parts under a filter: blocks × agents × actions × queues."""
    found = np.zeros(shape, np.int64)
    sieve = counted.question.sieve
    first = (counted.prepared.span.period.first - FIRST).days // 28
    actions = [number for number, name in enumerate(KINDS[: shape[2]]) if sieve.action_id in (None, name)]
    queues = [number for number, name in enumerate(QUEUES[: shape[3]]) if sieve.queue in (None, name)]
    for number in np.flatnonzero(kept).tolist():
        part = counted.parts[number]
        blocks = range(part.span.first - counted.prepared.span.first, part.span.last - counted.prepared.span.first + 1)
        for block, action, queue in product(blocks, actions, queues):
            found[first + block, int(part.agent[2:]), action, queue] = 1
    return found


def _every_set(number: int) -> FloatArray:
    """Every choice of some things but none; choices × things."""
    return ((np.arange(1, 1 << number)[:, np.newaxis] >> np.arange(number)) & 1).astype(np.float64)


def _that_follow(shown: Sequence[IntArray], choices: FloatArray) -> BoolArray:
    """Which choices are sums of what is shown, each taken any number of times; `shown` are of the same things."""
    if not shown:
        return np.zeros(len(choices), np.bool_)
    rows = np.unique(np.array(shown, dtype=np.float64), axis=0)
    _, sizes, ways = np.linalg.svd(rows, full_matrices=False)
    ways = ways[sizes > 1e-9]
    found: BoolArray = np.abs(choices - choices @ ways.T @ ways).max(axis=1, initial=0.0) < 1e-9
    return found


def _agent_of(there: BoolArray) -> IntArray:
    """Whose each case is; `there` are blocks × agents × …"""
    agents: IntArray = np.nonzero(there)[1]
    return agents


few_or_many = st.one_of(st.integers(0, 3), st.integers(0, 14), st.integers(25, 70))


@settings(max_examples=20, deadline=None)
@given(arrays(np.int64, (BLOCKS, 1, 2, 2), elements=few_or_many))
def test_nothing_of_a_person_below_the_minimum_follows_from_any_filters_of_any_periods(cases: IntArray) -> None:
    there = cases > 0
    shown = [
        _covered(counted, counted.kept.alone, cases.shape)[there]
        for counted in World(cases).answers(PERSONS)
        if counted.kept.together.any()
    ]
    choices = _every_set(int(there.sum()))
    numbers = choices @ cases[there]
    too_few = choices[_that_follow(shown, choices) & (numbers < RULES.least_presentations)]
    assert not len(too_few), cases


@settings(max_examples=15, deadline=None)
@given(*(arrays(np.int64, (BLOCKS, 1, 2, 2), elements=few_or_many) for _ in range(2)))
def test_no_objection_a_person_met_too_rarely_follows_from_any_filters_of_any_periods(
    cases: IntArray, raised: IntArray
) -> None:
    raised = np.minimum(cases, raised)
    there = raised > 0
    shown = [
        _covered(counted, told, cases.shape)[there]
        for counted in World(cases, raised).answers(PERSONS)
        if (told := counted.kept.alone & _told(counted)).any()
    ]
    choices = _every_set(int(there.sum()))
    too_few = choices[_that_follow(shown, choices) & (choices @ raised[there] < RULES.least_group)]
    assert not len(too_few), (cases, raised)


def _told(counted: Counted) -> BoolArray:
    """Of which parts the objection is told."""
    question, ready = counted.question, counted.prepared.ready
    found: BoolArray = told_of_persons(ready, question.sieve, counted.kept.alone, RULES.least_group)
    any_of_them: BoolArray = np.logical_or.reduce(found, axis=1, initial=False)
    return any_of_them


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from([(2, 3, 2, 1), (1, 3, 2, 2)]).flatmap(lambda shape: arrays(np.int64, shape, elements=few_or_many))
)
def test_what_is_of_all_tells_no_person_s_few_beside_the_lines(cases: IntArray) -> None:
    """The team's figures, its actions, and the same over all teams, as a lead may see them who answers for actions."""
    there, rules = cases > 0, RULES.model_copy(update={"least_group": 2})
    world, agents = World(cases), cases.shape[1]
    shown = []
    for team_id in (TEAM, None):
        for counted in world.answers(PERSONS, team_id, rules):
            whose = np.array([int(part.agent[2:]) for part in counted.parts], dtype=np.intp)
            kept = [counted.kept.together, *(counted.kept.alone & (whose == agent) for agent in range(agents))]
            shown += [_covered(counted, one, cases.shape)[there] for one in kept if one.any()]
    choices = _every_set(int(there.sum()))
    of_one = sum((choices[:, _agent_of(there) == agent].any(axis=1) for agent in range(agents)), 0) == 1
    too_few = choices[_that_follow(shown, choices) & of_one & (choices @ cases[there] < rules.least_presentations)]
    assert not len(too_few), cases


@settings(max_examples=20, deadline=None)
@given(
    arrays(np.int64, (2, 2, 2), elements=st.sampled_from([0, 1, 2, 5, 6, AGENTS])),
    arrays(np.int64, (2, 2, 2), elements=st.integers(0, AGENTS - 1)),
)
def test_nothing_of_too_few_agents_follows_from_any_filters_of_any_periods(number: IntArray, since: IntArray) -> None:
    """Of each place so many agents have a case, from one on."""
    agent = np.arange(AGENTS)[:, np.newaxis, np.newaxis]
    there = (agent - since[:, np.newaxis]) % AGENTS < number[:, np.newaxis]
    shown = [
        _covered(counted, counted.kept.together, there.shape).any(axis=1).reshape(-1).astype(np.int64)
        for counted in World(there.astype(np.int64)).answers(frozenset())
        if counted.kept.together.any()
    ]
    # What is shown is of all agents, whoever they are: a place of a block, and who has cases there.
    whose = np.moveaxis(there, 1, -1).reshape(-1, AGENTS)
    places = whose.any(axis=1)
    choices = _every_set(int(places.sum()))
    agents = (choices @ whose[places] > 0).sum(axis=1)
    too_few = choices[_that_follow([one[places] for one in shown], choices) & (agents < RULES.least_group)]
    assert not len(too_few), there
