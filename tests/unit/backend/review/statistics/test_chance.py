"""The test behind a verdict: published figures, and the exact fractions."""

from __future__ import annotations

from fractions import Fraction
from math import comb, exp, lgamma

import numpy as np
import pytest
from hypothesis import given

from nba_desktop.backend.review.statistics.cells import Cells
from nba_desktop.backend.review.statistics.chance import chance
from tests.unit.backend.review.statistics.draws import cells, teams
from tests.unit.backend.review.statistics.test_mantel_haenszel import BERKELEY


def by_fractions(team: Cells, agent: int) -> float:
    """Twice the smaller tail, reckoned out."""
    observed, distribution = 0, [Fraction(1)]
    for n, x, trials, successes in zip(
        team.trials[agent].tolist(),
        team.successes[agent].tolist(),
        team.trials.sum(axis=0).tolist(),
        team.successes.sum(axis=0).tolist(),
        strict=True,
    ):
        if n in (0, trials):
            continue
        observed += x
        row = [
            Fraction(comb(successes, k) * comb(trials - successes, n - k), comb(trials, n))
            for k in range(min(n, successes) + 1)
        ]
        longer = [Fraction(0)] * (len(distribution) + len(row) - 1)
        for i, one in enumerate(distribution):
            for j, other in enumerate(row):
                longer[i + j] += one * other
        distribution = longer
    return float(min(1, 2 * min(sum(distribution[: observed + 1]), sum(distribution[observed:]))))


@given(teams(agents=(2, 4), strata=(1, 3), most=25))
def test_what_may_decide_is_exact_and_what_is_not_exact_decides_nothing(team: Cells) -> None:
    for agent, found in enumerate(chance(team).tolist()):
        exact = by_fractions(team, agent)
        if exact < 0.05:
            assert found == pytest.approx(exact, abs=1e-12)
        else:
            assert found > 0.02


def test_large_counts_are_those_of_mantel_haenszel_with_continuity() -> None:
    # R: mantelhaen.test(UCBAdmissions), X-squared = 1.4269, p-value = 0.2323; ours minds the skewness besides.
    assert chance(BERKELEY).tolist() == pytest.approx([0.2323, 0.2323], abs=0.001)


@pytest.mark.parametrize(
    ("x", "n", "rate"), [(105, 700, 0.2), (175, 700, 0.2), (180, 700, 0.2), (96, 1300, 0.1), (168, 1300, 0.1)]
)
def test_large_counts_are_next_to_exact_where_that_decides(x: int, n: int, rate: float) -> None:
    # A variance just above 100, where the skewness is greatest; without the correction it errs by half.
    successes, trials = x + round(9000 * rate), n + 9000

    def ways(of: int, some: int) -> float:
        return lgamma(of + 1) - lgamma(some + 1) - lgamma(of - some + 1)

    def probability(k: int) -> float:
        return exp(ways(successes, k) + ways(trials - successes, n - k) - ways(trials, n))

    exact = 2 * min(sum(map(probability, range(x + 1))), sum(map(probability, range(x, min(n, successes) + 1))))
    assert 1e-5 < exact < 0.01
    assert chance(cells([(x, n)], [(successes - x, 9000)]))[0] == pytest.approx(exact, rel=0.1)


def test_few_cases_are_not_found_as_easily_as_the_normal_form_would() -> None:
    # 14 of 30 where the others have 20 %: 3.6 deviations, one in three thousand by the normal form.
    assert chance(cells([(14, 30)], [(1520, 7600)]))[0] == pytest.approx(0.00186, abs=0.0001)


def test_an_agent_far_from_all_others_has_next_to_no_chance() -> None:
    assert chance(cells([(300, 300)], [(0, 3000)])).tolist() == pytest.approx([0, 0], abs=1e-12)


@pytest.mark.parametrize(
    "team",
    [
        cells([(0, 0)]),
        cells([(3, 7)], [(0, 0)]),
        cells([(0, 40), (0, 50)], [(0, 10), (0, 10)]),
        cells([(40, 40)], [(10, 10)]),
        cells([(5, 9), (0, 0)], [(0, 0), (5, 9)]),
    ],
)
def test_where_nothing_can_be_compared_all_is_chance(team: Cells) -> None:
    assert chance(team).tolist() == [1.0] * len(team.trials)


def test_many_agents_at_once_are_the_same_as_one_by_one() -> None:
    rng = np.random.default_rng(8)
    trials = rng.integers(0, 40, (150, 5))
    successes = rng.binomial(trials, rng.uniform(0.05, 0.6, (150, 1)))
    together = chance(Cells(trials, successes))
    for agent in range(0, 150, 10):
        others = np.delete(np.arange(150), agent)
        alone = Cells(
            np.stack([trials[agent], trials[others].sum(axis=0)]),
            np.stack([successes[agent], successes[others].sum(axis=0)]),
        )
        assert chance(alone)[0] == pytest.approx(together[agent], abs=1e-12)
