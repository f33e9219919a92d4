"""Uplift of arms: hidden before its time, honest about repeats."""

from __future__ import annotations

import pytest

from nba_desktop.backend.errors import EvaluationError
from nba_desktop.backend.review.statistics.uplift import Counts, NotYet, Uplift, counts_of_customers, uplift


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
