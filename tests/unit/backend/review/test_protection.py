"""No figure of too few is shown, and none follows from those that are: by any filter, and any sum of them."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nba_desktop.backend.arrays import BoolArray, IntArray
from nba_desktop.backend.review.cells import Span
from nba_desktop.backend.review.counts import Names, Sieve
from nba_desktop.backend.review.parts import Part
from nba_desktop.backend.review.protection import Presentations, Protected, protect

ACTIONS, QUEUES, CONCERNS = ("A", "B"), ("gas", "strom"), ("bill",)
LEAST_GROUP, LEAST = 3, 10


NAMES = Names(ACTIONS, QUEUES, CONCERNS)


def protected(decided: IntArray, present: BoolArray | None = None, persons: bool = True) -> Protected:
    """What may be shown of these decided presentations: parts × actions × queues × contact reasons, one for each agent.

    Without numbers of those, whoever is present has one of each.
    """
    there = decided > 0 if present is None else present
    # No call is without a recommendation.
    none = np.zeros((len(there), 1, *there.shape[2:]), np.bool_)
    there = np.concatenate([there, none], axis=1)
    numbers = there.astype(np.int64)
    if present is None:
        numbers[:, :-1] = decided
    presentations = Presentations(numbers, there, there)
    parts = [Part(f"A-{number}", Span(0, 0), "team", persons) for number in range(len(decided))]
    return protect(presentations, parts, NAMES, LEAST_GROUP, LEAST)


def sieves() -> list[Sieve]:
    return [
        Sieve(action, queue, concern)
        for action, queue, concern in product((None, *ACTIONS), (None, *QUEUES), (None, *CONCERNS))
    ]


def cell(table: IntArray, sieve: Sieve) -> IntArray:
    """What a filter lets through of each agent."""
    for axis, (value, known) in enumerate(
        ((sieve.action_id, ACTIONS), (sieve.queue, QUEUES), (sieve.concern, CONCERNS)), start=1
    ):
        if value is not None:
            table = table.take([known.index(value)], axis=axis)
    return np.asarray(table.sum(axis=(1, 2, 3)))


@settings(max_examples=60, deadline=None)
@given(arrays(np.int64, (4, 2, 3, 2), elements=st.integers(0, 14)))
def test_an_agent_is_shown_with_enough_presentations_only(decided: IntArray) -> None:
    found = protected(decided)
    for sieve in sieves():
        assert (cell(decided, sieve)[found.parts(sieve).alone] >= LEAST).all()


@settings(max_examples=60, deadline=None)
@given(arrays(np.int64, (4, 2, 3, 2), elements=st.integers(0, 14)))
def test_what_is_left_of_an_agent_without_a_filter_s_is_enough_or_nothing(decided: IntArray) -> None:
    """Where all of an agent and one filter of him are shown, the rest follows: it must be enough, or nothing."""
    found = protected(decided)
    whole, shown = cell(decided, Sieve()), found.parts(Sieve()).alone
    for sieve in sieves()[1:]:
        both = shown & found.parts(sieve).alone
        rest = (whole - cell(decided, sieve))[both]
        assert ((rest == 0) | (rest >= LEAST)).all(), sieve


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([5, 17]).flatmap(lambda agents: arrays(np.bool_, (agents, 2, 3, 2))))
def test_a_group_is_shown_from_the_least_group_on(there: BoolArray) -> None:
    found = protected(np.zeros(there.shape, np.int64), there, persons=False)
    for sieve in sieves():
        agents = int((cell(there.astype(np.int64), sieve) > 0).sum())
        kept = found.parts(sieve).together
        assert kept.all() or not kept.any()
        assert not kept.any() or agents == 0 or agents >= LEAST_GROUP


def test_without_persons_nobody_is_shown_by_himself() -> None:
    found = protected(np.full((5, 2, 3, 2), 50), persons=False)
    assert not any(found.parts(sieve).alone.any() for sieve in sieves())
    assert found.parts(Sieve()).together.all()


def test_what_does_not_occur_is_not_shown() -> None:
    found = protected(np.full((5, 2, 3, 2), 50))
    for sieve in (Sieve(queue="nowhere"), Sieve("nothing")):
        assert not found.occurs(sieve)
        assert not found.parts(sieve).together.any()


def test_many_values_of_too_few_are_no_hindrance_to_one_of_enough() -> None:
    """What is looked through is small, however many actions, queues and contact reasons there are."""
    names = Names(
        tuple(f"x{n:02}" for n in range(40)), tuple(f"q{n:02}" for n in range(9)), tuple(f"c{n}" for n in range(9))
    )
    decided = np.zeros((30, 41, 10, 10), np.int64)
    decided[:, :40, :9, 0] = 1
    decided[:, 7, 2:4, 0] = 20, 40
    presentations = Presentations(decided, decided > 0, decided > 0)
    parts = [Part(f"A-{number:02}", Span(0, 0), "team", person=True) for number in range(30)]
    found = protect(presentations, parts, names, LEAST_GROUP, LEAST)
    for sieve, shown in ((Sieve(), True), (Sieve("x07"), True), (Sieve("x07", "q03"), True), (Sieve("x08"), False)):
        assert found.parts(sieve).alone.all() == shown, sieve
