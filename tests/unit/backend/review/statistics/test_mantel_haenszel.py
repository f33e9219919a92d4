"""The common difference over strata: by its definition, by its interval's, and in plain cases by what is plain."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given

from nba_desktop.backend.review.statistics.cells import Cells
from nba_desktop.backend.review.statistics.mantel_haenszel import mantel_haenszel
from nba_desktop.backend.review.statistics.newcombe import newcombe
from nba_desktop.backend.review.statistics.normal import quantile
from tests.unit.backend.review.statistics.draws import COUNTS, cells, teams

BERKELEY = cells(
    # Men and women admitted, of applicants, by department: 1973, the departments A to F.
    [(512, 825), (353, 560), (120, 325), (138, 417), (53, 191), (22, 373)],
    [(89, 108), (17, 25), (202, 593), (131, 375), (94, 393), (24, 341)],
)


@given(COUNTS, COUNTS)
def test_with_one_stratum_it_is_the_plain_difference_with_newcombes_interval(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    found = mantel_haenszel(cells([one], [other]))
    plain = newcombe(*one, *other)
    assert found.difference[0] == pytest.approx(one[0] / one[1] - other[0] / other[1])
    assert (found.interval.low[0], found.interval.high[0]) == (plain.low, plain.high)
    assert found.strata.tolist() == [1, 1]


def test_strata_that_cannot_be_compared_leave_no_trace() -> None:
    found = mantel_haenszel(cells([(6, 10), (9, 9), (0, 0)], [(20, 40), (0, 0), (5, 5)]))
    plain = mantel_haenszel(cells([(6, 10)], [(20, 40)]))
    assert found.difference.tolist() == plain.difference.tolist()
    assert found.interval.low.tolist() == plain.interval.low.tolist()


def test_a_mix_of_hard_departments_is_no_difference() -> None:
    men = sum(BERKELEY.successes[0]) / sum(BERKELEY.trials[0])
    women = sum(BERKELEY.successes[1]) / sum(BERKELEY.trials[1])
    assert men - women > 0.14
    found = mantel_haenszel(BERKELEY)
    assert -0.05 < found.difference[0] < 0
    assert found.interval.low[0] < 0 < found.interval.high[0]


@given(teams(agents=(2, 4), strata=(2, 4)))
def test_difference_and_interval_are_those_of_their_definition(team: Cells) -> None:
    found = mantel_haenszel(team)
    z = quantile(0.95)
    for agent in np.flatnonzero(found.strata > 1):
        weights = above = tilt = spread = 0.0
        for n, x, t, s in zip(
            team.trials[agent].tolist(),
            team.successes[agent].tolist(),
            team.all_trials.tolist(),
            team.all_successes.tolist(),
            strict=True,
        ):
            m, y = t - n, s - x
            if n and m:
                weights += n * m / t
                above += n * m / t * (x / n - y / m)
                tilt += (n * n * y - m * m * x + n * m * (m - n) / 2) / t**2
                spread += (x * (m - y) + y * (n - x)) / (2 * t)
        difference = above / weights
        assert found.difference[agent] == pytest.approx(difference, abs=1e-12)
        for bound in (float(found.interval.low[agent]), float(found.interval.high[agent])):
            # The bound is as far from the difference as chance reaches if the bound is the truth.
            reach = z * math.sqrt(max(tilt * bound + spread, 0)) / weights
            assert abs(bound) == 1 or abs(difference - bound) == pytest.approx(reach, abs=1e-6)


@given(teams())
def test_the_interval_holds_the_difference_and_stays_between_minus_1_and_1(team: Cells) -> None:
    found = mantel_haenszel(team)
    low, high = found.interval.low, found.interval.high
    known = found.strata > 0
    assert (np.isnan(found.difference) == ~known).all()
    assert (low >= -1).all()
    assert (high <= 1).all()
    assert (low[known] <= found.difference[known] + 1e-12).all()
    assert (found.difference[known] - 1e-12 <= high[known]).all()
    assert (low[~known] == -1).all()
    assert (high[~known] == 1).all()


def test_two_agents_differ_from_each_other_by_the_same() -> None:
    found = mantel_haenszel(BERKELEY)
    assert found.difference[0] == pytest.approx(-found.difference[1])
    assert found.interval.low[0] == pytest.approx(-found.interval.high[1])


def test_where_nobody_accepts_the_interval_keeps_a_width() -> None:
    found = mantel_haenszel(cells([(0, 20), (0, 20)], [(0, 400), (0, 300)]))
    assert found.difference[0] == 0
    assert found.interval.high[0] > 0.02


def test_nineteen_of_twenty_intervals_hold_the_truth() -> None:
    rng = np.random.default_rng(6)
    held = []
    for _ in range(60):
        rates = rng.uniform(0.02, 0.4, 6)
        trials = rng.multinomial(rng.integers(30, 400, 20), rng.dirichlet(np.ones(6), 20))
        found = mantel_haenszel(Cells(trials, rng.binomial(trials, rates)))
        held.append((found.interval.low <= 0) & (found.interval.high >= 0))
    assert 0.93 <= np.mean(held) <= 0.98
