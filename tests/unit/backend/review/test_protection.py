"""No figure of too few is shown, and none follows from those that are: by any filter, and any sum of them."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nba_desktop.backend.arrays import BoolArray, IntArray
from nba_desktop.backend.review.counting import Names, Sieve
from nba_desktop.backend.review.protection import Presentations, Protected, protect

ACTIONS, QUEUES, CONCERNS = ("A", "B"), ("gas", "strom"), ("bill",)
LEAST_GROUP, LEAST = 3, 10


def names(agents: int) -> Names:
    return Names(tuple(f"A-{number}" for number in range(agents)), ACTIONS, QUEUES, CONCERNS)


def protected(decided: IntArray, shown: BoolArray | None = None, persons: bool = True) -> Protected:
    """What may be shown of these decided presentations: agents × actions × queues × contact reasons."""
    known = names(len(decided))
    presentations = Presentations(known)
    presentations.decided[:] = decided
    presentations.shown[:] = decided > 0 if shown is None else shown
    return protect(presentations, known, LEAST_GROUP, LEAST, persons)


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
        assert (cell(decided, sieve)[found.agents(sieve)] >= LEAST).all()


@settings(max_examples=60, deadline=None)
@given(arrays(np.int64, (4, 2, 3, 2), elements=st.integers(0, 14)))
def test_what_is_left_of_an_agent_without_a_filter_s_is_enough_or_nothing(decided: IntArray) -> None:
    """Where all of an agent and one filter of him are shown, the rest follows: it must be enough, or nothing."""
    found = protected(decided)
    whole, shown = cell(decided, Sieve()), found.agents(Sieve())
    for sieve in sieves()[1:]:
        both = shown & found.agents(sieve)
        rest = (whole - cell(decided, sieve))[both]
        assert ((rest == 0) | (rest >= LEAST)).all(), sieve


@settings(max_examples=60, deadline=None)
@given(arrays(np.bool_, (5, 2, 3, 2)))
def test_a_group_is_shown_from_the_least_group_on_and_never_less_one(shown: BoolArray) -> None:
    found = protected(np.zeros(shown.shape, np.int64), shown, persons=False)
    for sieve in sieves():
        agents = int((cell(shown.astype(np.int64), sieve) > 0).sum())
        assert not found.group(sieve) or agents == 0 or agents >= LEAST_GROUP
    # Of one axis: the total less everything that is shown is of enough agents together, or of none.
    for axis, (kind, known) in enumerate((("action_id", ACTIONS), ("queue", QUEUES)), start=1):
        if not found.group(Sieve()):
            continue
        hidden = [place for place, name in enumerate(known) if not found.group(Sieve(**{kind: name}))] + (
            [len(known)] if shown.shape[axis] > len(known) and found.groups[_none(axis)] else []
        )
        left = shown.take(hidden, axis=axis).any(axis=(1, 2, 3)).sum()
        assert left == 0 or left >= LEAST_GROUP


def _none(axis: int) -> tuple[int, int, int]:
    """Where the calls without a value of one axis are, whatever the others."""
    whole = [len(ACTIONS), len(QUEUES) + 1, len(CONCERNS) + 1]
    whole[axis - 1] -= 1
    return whole[0], whole[1], whole[2]


def test_without_persons_nobody_is_shown() -> None:
    found = protected(np.full((5, 2, 3, 2), 50), persons=False)
    assert not found.agents(Sieve()).any()


def test_what_does_not_occur_is_not_shown() -> None:
    found = protected(np.full((5, 2, 3, 2), 50))
    assert not found.group(Sieve(queue="nowhere"))
    assert not found.agents(Sieve("nothing")).any()


@pytest.mark.parametrize("persons", [True, False])
def test_of_a_table_too_large_to_look_through_only_single_filters_are_answered_for_persons(persons: bool) -> None:
    known = Names(
        tuple(f"A-{number}" for number in range(30)),
        tuple(f"X{number}" for number in range(20)),
        tuple(f"q{number}" for number in range(9)),
        tuple(f"c{number}" for number in range(9)),
    )
    presentations = Presentations(known)
    presentations.decided[:] = 40
    presentations.shown[:] = True
    found = protect(presentations, known, LEAST_GROUP, LEAST, persons)
    for sieve in (Sieve(), Sieve("X1"), Sieve(queue="q2"), Sieve(concern="c3")):
        assert found.agents(sieve).all() == persons
        assert found.group(sieve)
    assert not found.agents(Sieve("X1", "q2")).any()
    assert found.group(Sieve("X1", "q2"))
