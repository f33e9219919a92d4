"""Ranking: the product of the factors, the best few of what is allowed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.ranking import Factor, PriorityTable, top

VALUES = np.array([1.0, 2.0, 0.5])
LEVERS = np.array([1.0, 1.1, 2.0])
CONTEXT = {"bill": np.array([1.5, 1.0, 0.0])}
PROPENSITIES = np.array([0.4, 0.1, 0.3])


def test_a_priority_is_propensity_times_context_times_value_times_levers() -> None:
    table = PriorityTable(VALUES, LEVERS, CONTEXT)
    assert table.priorities(PROPENSITIES, "bill") == pytest.approx([0.6, 0.22, 0.0])


@pytest.mark.parametrize("concern", [None, "move"])
def test_a_concern_that_weighs_nothing_leaves_the_other_factors(concern: str | None) -> None:
    table = PriorityTable(VALUES, LEVERS, CONTEXT)
    assert table.priorities(PROPENSITIES, concern) == pytest.approx([0.4, 0.22, 0.3])
    assert table.context_of(concern) == pytest.approx([1, 1, 1])


@pytest.mark.parametrize(
    ("off", "expected"),
    [
        ("propensity", [1.5, 2.2, 0.0]),
        ("context", [0.4, 0.22, 0.3]),
        ("value", [0.6, 0.11, 0.0]),
        ("levers", [0.6, 0.2, 0.0]),
    ],
)
def test_a_factor_that_is_switched_off_counts_one(off: Factor, expected: list[float]) -> None:
    table = PriorityTable(VALUES, LEVERS, CONTEXT, off=(off,))
    assert table.priorities(PROPENSITIES, "bill") == pytest.approx(expected)


def test_many_draws_are_ranked_at_once() -> None:
    table = PriorityTable(VALUES, LEVERS, CONTEXT)
    draws = np.array([PROPENSITIES, PROPENSITIES * 2])
    found = table.priorities(draws, "bill")
    assert found == pytest.approx(np.array([[0.6, 0.22, 0.0], [1.2, 0.44, 0.0]]))


def test_only_what_is_allowed_is_among_the_best() -> None:
    priorities = np.array([0.9, 0.1, 0.5, 0.7])
    assert top(priorities, np.array([True, True, True, True]), 3) == [0, 3, 2]
    assert top(priorities, np.array([False, True, False, True]), 3) == [3, 1]
    assert top(priorities, np.zeros(4, dtype=bool), 3) == []
    assert priorities.tolist() == [0.9, 0.1, 0.5, 0.7]


def test_an_allowed_action_of_no_priority_is_still_an_action() -> None:
    assert top(np.zeros(3), np.array([True, False, True]), 3) == [0, 2]


@given(
    st.lists(st.tuples(st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.booleans()), min_size=1, max_size=30),
    st.integers(0, 5),
)
def test_the_best_few_are_those_a_stable_sort_would_find(actions: list[tuple[float, bool]], k: int) -> None:
    priorities = np.array([one for one, _ in actions])
    allowed = np.array([one for _, one in actions])
    expected = sorted((place for place in range(len(actions)) if allowed[place]), key=lambda place: -priorities[place])
    assert top(priorities, allowed, k) == expected[:k]
