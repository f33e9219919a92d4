"""Uplift of arms: published figures, hidden before its time, honest about repeats."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.analysis.uplift import (
    Counts,
    NotYet,
    Uplift,
    counts_of_customers,
    newcombe,
    planned_sample_size,
    uplift,
    wilson,
)
from nba_desktop.backend.errors import EvaluationError

COUNTS = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (12, 40, 0.181, 0.454),
        (300, 1000, 0.272, 0.329),
    ],
)
def test_wilson_intervals_are_the_published_ones(successes: int, trials: int, low: float, high: float) -> None:
    digits = 3 if trials in (40, 1000) else 4
    found = wilson(Counts(successes, trials))
    assert (round(found[0], digits), round(found[1], digits)) == (low, high)


@pytest.mark.parametrize(
    ("treated", "control", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_differences_are_those_of_newcombe_1998_method_10(
    treated: tuple[int, int], control: tuple[int, int], low: float, high: float
) -> None:
    found = newcombe(Counts(*treated), Counts(*control))
    assert (round(found[0], 4), round(found[1], 4)) == (low, high)


@given(COUNTS, COUNTS)
def test_the_interval_holds_the_difference_and_turns_with_the_arms(
    treated: tuple[int, int], control: tuple[int, int]
) -> None:
    one, other = Counts(*treated), Counts(*control)
    low, high = newcombe(one, other)
    assert -1 - 1e-12 <= low <= one.rate - other.rate + 1e-12
    assert one.rate - other.rate - 1e-12 <= high <= 1 + 1e-12
    assert newcombe(other, one) == pytest.approx((-high, -low), abs=1e-12)


def test_an_uplift_is_told_in_points_with_the_ratio_beside_it() -> None:
    found = uplift(Counts(60, 200), Counts(40, 200), planned=200)
    assert isinstance(found, Uplift)
    assert found.points == pytest.approx(10)
    assert (round(found.low, 1), round(found.high, 1)) == (1.5, 18.3)
    assert found.ratio == pytest.approx(1.5)


def test_without_any_success_of_the_control_there_is_no_ratio() -> None:
    found = uplift(Counts(6, 100), Counts(0, 100), planned=100)
    assert isinstance(found, Uplift)
    assert found.ratio is None


@pytest.mark.parametrize(("treated", "control"), [(199, 5000), (5000, 199), (0, 0)])
def test_below_the_plan_there_is_no_figure_but_how_far_it_is(treated: int, control: int) -> None:
    assert uplift(Counts(0, treated), Counts(0, control), planned=200) == NotYet(200, treated, control)


def test_no_trials_are_never_enough() -> None:
    assert isinstance(uplift(Counts(0, 0), Counts(0, 0), planned=0), NotYet)


@pytest.mark.parametrize(
    ("base", "effect", "alpha", "power", "planned"),
    [
        (0.50, 0.25, 0.05, 0.90, 77),  # the example of R's power.prop.test: 76.7
        (0.60, 0.10, 0.05, 0.80, 356),
        (0.10, 0.02, 0.05, 0.80, 3841),
        (0.75, -0.25, 0.05, 0.90, 77),
    ],
)
def test_the_planned_size_is_the_published_one(
    base: float, effect: float, alpha: float, power: float, planned: int
) -> None:
    assert planned_sample_size(base, effect, alpha, power) == planned


def test_the_planned_size_sees_the_effect_as_often_as_it_says() -> None:
    rng = np.random.default_rng(2)
    n = planned_sample_size(0.2, 0.1)
    seen = 0
    for treated, control in zip(rng.binomial(n, 0.3, 1000), rng.binomial(n, 0.2, 1000), strict=True):
        low, _ = newcombe(Counts(int(treated), n), Counts(int(control), n))
        seen += low > 0
    assert 0.76 <= seen / 1000 <= 0.84


@pytest.mark.parametrize(
    ("base", "effect", "alpha", "power"),
    [(0, 0.1, 0.05, 0.8), (0.95, 0.1, 0.05, 0.8), (0.2, 0, 0.05, 0.8), (0.2, 0.1, 0, 0.8), (0.2, 0.1, 0.05, 1)],
)
def test_a_plan_that_cannot_be_is_refused(base: float, effect: float, alpha: float, power: float) -> None:
    with pytest.raises(EvaluationError, match="no sample size for"):
        planned_sample_size(base, effect, alpha, power)


@pytest.mark.parametrize(("successes", "trials"), [(3, 2), (-1, 5)])
def test_counts_that_cannot_be_are_refused(successes: int, trials: int) -> None:
    with pytest.raises(EvaluationError, match="cannot be"):
        Counts(successes, trials)


def test_there_is_no_rate_without_a_trial() -> None:
    with pytest.raises(EvaluationError, match="no rate"):
        _ = Counts(0, 0).rate


def test_single_calls_count_as_they_are() -> None:
    assert counts_of_customers([(1, 1)] * 30 + [(0, 1)] * 70) == Counts(30, 100)


def test_a_customer_who_answers_ten_times_alike_counts_once() -> None:
    counts = counts_of_customers([(10, 10)] * 30 + [(0, 10)] * 70)
    assert counts.rate == pytest.approx(0.3)
    assert counts.trials == pytest.approx(100, rel=0.02)


def test_customers_who_never_call_do_not_count() -> None:
    assert counts_of_customers([(0, 0)] * 5) == Counts(0, 0)
    assert counts_of_customers([(0, 3), (0, 0), (0, 2)]) == Counts(0, 5)
