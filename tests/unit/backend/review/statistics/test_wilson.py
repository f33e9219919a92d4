"""One rate and its interval: the figures of the domain, and never out of bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.errors import EvaluationError
from nba_desktop.backend.review.statistics.wilson import cases_needed, wilson
from tests.unit.backend.review.statistics.draws import COUNTS


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (0, 5, 0.0, 43.4),
        (3, 10, 10.8, 60.3),
        (12, 40, 18.1, 45.4),
        (60, 200, 24.1, 36.7),
        (300, 1000, 27.2, 32.9),
        (81, 263, 25.5, 36.6),  # Newcombe 1998
        (15, 148, 6.2, 16.0),
        (0, 20, 0.0, 16.1),
        (1, 29, 0.6, 17.2),
    ],
)
def test_intervals_are_the_published_ones(successes: int, trials: int, low: float, high: float) -> None:
    found = wilson(successes, trials)
    assert (float(found.low) * 100, float(found.high) * 100) == pytest.approx((low, high), abs=0.05)


@given(COUNTS, st.floats(0.01, 0.999))
def test_an_interval_stays_between_0_and_1_and_holds_the_rate(counts: tuple[int, int], level: float) -> None:
    successes, trials = counts
    found = wilson(successes, trials, level)
    assert 0 <= found.low <= successes / trials <= found.high <= 1
    assert found.low < found.high


@given(COUNTS)
def test_refusals_have_the_interval_of_acceptances_turned_round(counts: tuple[int, int]) -> None:
    successes, trials = counts
    found, turned = wilson(successes, trials), wilson(trials - successes, trials)
    assert (float(found.low), float(found.high)) == pytest.approx((1 - float(turned.high), 1 - float(turned.low)))


def test_tables_of_counts_give_tables_of_intervals() -> None:
    found = wilson(np.array([[0, 12], [60, 300]]), np.array([[5, 40], [200, 1000]]))
    assert found.low.round(3).tolist() == [[0.0, 0.181], [0.241, 0.272]]


def test_without_a_trial_nothing_is_known() -> None:
    found = wilson([0, 1], [0, 2])
    assert (found.low[0], found.high[0]) == (0, 1)


def test_counts_that_cannot_be_are_refused_with_their_place() -> None:
    with pytest.raises(EvaluationError, match=r"3 successes of 2 trials cannot be \(place 1\)"):
        wilson([1, 3], [2, 2])
    with pytest.raises(EvaluationError, match="nan successes"):
        wilson(float("nan"), 2)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_that_cannot_be_is_refused(level: float) -> None:
    with pytest.raises(EvaluationError, match=r"as 0\.95"):
        wilson(1, 2, level)


@pytest.mark.parametrize(
    ("half_width", "base_rate", "cases"), [(0.10, 0.2, 60), (0.05, 0.2, 245), (0.10, 0.3, 78), (0.05, 0.3, 320)]
)
def test_the_cases_needed_are_those_of_the_domain(half_width: float, base_rate: float, cases: int) -> None:
    assert cases_needed(half_width, base_rate) == cases


@given(st.floats(0.01, 0.49), st.floats(0, 1), st.floats(0.5, 0.99))
def test_with_the_cases_needed_the_interval_is_narrow_enough_and_with_one_less_it_is_not(
    half_width: float, base_rate: float, level: float
) -> None:
    def half(trials: int) -> float:
        found = wilson(base_rate * trials, trials, level)
        # At the edges the interval is cut off, or pulled to the rate: its middle is that of the formula.
        return float(found.high - found.low) / 2 if 0 < found.low < found.high < 1 else half_width

    cases = cases_needed(half_width, base_rate, level)
    assert half(cases) <= half_width + 1e-9
    assert cases == 1 or half(cases - 1) >= half_width - 1e-9


@pytest.mark.parametrize(("half_width", "base_rate"), [(0, 0.2), (0.5, 0.2), (0.1, 1.2)])
def test_a_width_or_rate_that_cannot_be_is_refused(half_width: float, base_rate: float) -> None:
    with pytest.raises(EvaluationError, match="no number of cases"):
        cases_needed(half_width, base_rate)
