"""What the others would have achieved with the same mix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nba_desktop.backend.arrays import FloatArray, IntArray
from nba_desktop.backend.review.statistics.cells import Cells
from nba_desktop.backend.review.statistics.counts import Interval, shares
from nba_desktop.backend.review.statistics.wilson import wilson


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """For each agent, in cases: what was observed where it can be compared, and what the others make one expect there.

    `range` is where this share of agents like the others would lie: their own chance and the others' together.
    `left_out` and `left_out_successes` are the cases nobody else has a counterpart for; they are in neither figure.
    """

    trials: IntArray
    observed: IntArray
    expected: FloatArray
    range: Interval
    left_out: IntArray
    left_out_successes: IntArray


def expected(cells: Cells, level: float = 0.95) -> Expected:
    """Σ n·m over strata, n of the agent and m the rate of all others (indirect standardisation, leave-one-out).

    The range is Wilson's, with as many cases as make the variance of its rate that of observed less expected:
    Σ n·m·(1-m)·(1 + n/n_others); then half a case to each side, for observed cases are whole.
    """
    compared = cells.compared
    observed, known = cells.successes * compared, cells.trials * compared
    n = known.astype(np.float64)
    others_trials = (cells.all_trials - cells.trials) * compared
    others_successes = (cells.all_successes - cells.successes) * compared
    m = shares(others_successes, others_trials)
    repeats = 1 + shares(n, others_trials)

    trials = n.sum(axis=1)
    mean = (n * m).sum(axis=1)
    rate = shares(mean, trials)
    binomial = trials * rate * (1 - rate)
    spread = (n * m * (1 - m) * repeats).sum(axis=1)
    # Where the others' rates are all 0 or 1 there is no spread to measure: the cases count as of one rate.
    worth = np.where(spread > 0, shares(trials * binomial, spread), shares(trials * trials, (n * repeats).sum(axis=1)))
    range_ = wilson(rate * worth, worth, level)
    return Expected(
        trials=known.sum(axis=1),
        observed=observed.sum(axis=1),
        expected=mean,
        range=Interval(np.maximum(range_.low * trials - 0.5, 0), np.minimum(range_.high * trials + 0.5, trials)),
        left_out=(cells.trials - known).sum(axis=1),
        left_out_successes=(cells.successes - observed).sum(axis=1),
    )
