"""What the others would have achieved with the same mix."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from nba_desktop.backend.review.statistics.cells import Cells
from nba_desktop.backend.review.statistics.expected import expected
from tests.unit.backend.review.statistics.draws import cells, teams


def test_each_action_counts_with_the_rate_of_the_others() -> None:
    found = expected(cells([(6, 10), (1, 30)], [(20, 40), (2, 20)], [(10, 20), (1, 10)]))
    # 10 · 30/60 + 30 · 3/30, and the same for each of the others.
    assert found.expected.tolist() == pytest.approx([8, 40 * 16 / 30 + 20 * 2 / 40, 20 * 26 / 50 + 10 * 3 / 50])
    assert found.observed.tolist() == [7, 22, 11]
    assert found.trials.tolist() == [40, 60, 30]


def test_what_nobody_else_offers_is_in_neither_figure_and_counted_apart() -> None:
    found = expected(cells([(6, 10), (9, 9)], [(20, 40), (0, 0)]))
    assert (found.observed[0], found.expected[0], found.trials[0]) == (6, 5, 10)
    assert (found.left_out[0], found.left_out_successes[0]) == (9, 9)
    assert found.left_out.tolist() == [9, 0]


def test_an_agent_with_nothing_to_compare_expects_nothing() -> None:
    found = expected(cells([(6, 10)], [(0, 0)]))
    assert found.expected.tolist() == [0, 0]
    assert (found.range.low.tolist(), found.range.high.tolist()) == ([0, 0], [0, 0])


@given(teams())
def test_no_case_is_lost_and_the_range_holds_what_is_expected(team: Cells) -> None:
    found = expected(team)
    assert (found.trials + found.left_out == team.trials.sum(axis=1)).all()
    assert (found.observed + found.left_out_successes == team.successes.sum(axis=1)).all()
    assert (found.range.low >= 0).all()
    assert (found.range.low <= found.expected + 1e-9).all()
    assert (found.expected <= found.range.high + 1e-9).all()
    assert (found.range.high <= found.trials).all()


def test_nineteen_of_twenty_like_agents_lie_in_the_range() -> None:
    rng = np.random.default_rng(5)
    inside = []
    for _ in range(60):
        rates = rng.uniform(0.02, 0.5, 6)
        trials = rng.multinomial(rng.integers(30, 600, 20), rng.dirichlet(np.ones(6), 20))
        found = expected(Cells(trials, rng.binomial(trials, rates)))
        inside.append((found.range.low <= found.observed) & (found.observed <= found.range.high))
    assert 0.935 <= np.mean(inside) <= 0.98
