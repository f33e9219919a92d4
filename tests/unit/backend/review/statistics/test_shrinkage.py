"""Rates drawn towards the usual one: the figures of the domain, and the strength that was put in comes out."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.errors import EvaluationError
from nba_desktop.backend.review.statistics.shrinkage import USUAL_STRENGTH, prior_strength, shrunk
from tests.unit.backend.review.statistics.draws import COUNTS


def test_small_numbers_are_drawn_most() -> None:
    found = shrunk([3, 0, 12, 60], [5, 8, 40, 200], mean=0.2, strength=30)
    assert (found * 100).round(1).tolist() == [25.7, 15.8, 25.7, 28.7]


@given(COUNTS, st.floats(0, 1), st.floats(0, 1000))
def test_a_drawn_rate_lies_between_what_was_seen_and_what_is_usual(
    counts: tuple[int, int], mean: float, strength: float
) -> None:
    rate = counts[0] / counts[1]
    found = float(shrunk(*counts, mean, strength))
    assert min(rate, mean) - 1e-12 <= found <= max(rate, mean) + 1e-12


def test_each_agent_is_drawn_to_the_rate_of_his_own_mix() -> None:
    assert shrunk([0, 0], [0, 0], mean=[0.1, 0.4]).tolist() == [0.1, 0.4]
    assert shrunk([3, 3], [5, 5], mean=[0.1, 0.4], strength=math.inf).tolist() == [0.1, 0.4]
    assert shrunk([3], [5], mean=[0.1], strength=0).tolist() == [0.6]


def test_the_strength_put_in_comes_out() -> None:
    rng = np.random.default_rng(3)
    means = rng.choice([0.1, 0.3], 2000)
    trials = rng.integers(30, 300, 2000)
    successes = rng.binomial(trials, rng.beta(40 * means, 40 * (1 - means)))
    assert prior_strength(successes, trials, means) == pytest.approx(40, rel=0.1)


def test_agents_who_differ_by_chance_alone_are_all_drawn_to_the_mean() -> None:
    assert prior_strength([20, 20, 20], [100, 100, 100], 0.2) == math.inf


def test_agents_who_refuse_or_accept_everything_are_not_drawn() -> None:
    assert prior_strength([100, 0], [100, 100], 0.5) == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize(
    ("successes", "trials", "mean"),
    [([], [], 0.2), ([3], [9], 0.2), ([1, 0, 0], [1, 1, 1], 0.2), ([0, 0], [50, 50], 0.0), ([50, 50], [50, 50], 1.0)],
)
def test_where_agents_cannot_say_the_usual_strength_holds(successes: list[int], trials: list[int], mean: float) -> None:
    assert prior_strength(successes, trials, mean) == USUAL_STRENGTH


def test_a_mean_or_strength_that_cannot_be_is_refused() -> None:
    with pytest.raises(EvaluationError, match="mean rate"):
        shrunk(1, 2, mean=20)
    with pytest.raises(EvaluationError, match="strength of -1"):
        shrunk(1, 2, mean=0.2, strength=-1)
