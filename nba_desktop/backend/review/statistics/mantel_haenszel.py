"""How much more of what he is offered an agent's customers accept than those of all others, action by action."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nba_desktop.backend.arrays import FloatArray, IntArray
from nba_desktop.backend.review.statistics.cells import Cells
from nba_desktop.backend.review.statistics.counts import Interval, shares
from nba_desktop.backend.review.statistics.newcombe import newcombe
from nba_desktop.backend.review.statistics.normal import quantile


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """For each agent the common difference of rates to the others (-1 to 1; not a number without anything to compare).

    `interval` is that of one look at one agent; `strata` says in how many the agent and others both have cases.
    """

    difference: FloatArray
    interval: Interval
    strata: IntArray


def mantel_haenszel(cells: Cells, level: float = 0.95) -> Difference:
    """The Mantel–Haenszel risk difference of each agent to all others, over the strata.

    Its interval: Klingenberg (2014), which puts the bound itself into the variance of Sato (1989); that keeps a
    width where nobody or everybody accepts. With one stratum to compare: Newcombe's, and the plain difference.
    Nothing to compare: -1 to 1.
    """
    one, other, x, y = _sides(cells)
    # Where nobody has a case all of them are nothing, whatever they are divided by.
    both = np.maximum(one + other, 1)
    product = one * other
    weights = (product / both).sum(axis=1)
    difference = shares((x * other / both - y * one / both).sum(axis=1), weights)
    tilt = ((one**2 * y - other**2 * x + product * (other - one) / 2) / both**2).sum(axis=1)
    spread = ((x * (other - y) + y * (one - x)) / (2 * both)).sum(axis=1)

    z2 = quantile(level) ** 2
    middle = difference + z2 / 2 * shares(tilt, weights**2)
    half = np.sqrt(np.maximum(middle**2 - difference**2 + z2 * shares(spread, weights**2), 0))
    low = np.minimum(np.clip(middle - half, -1, 1), difference)
    high = np.maximum(np.clip(middle + half, -1, 1), difference)

    strata = np.count_nonzero(one, axis=1)
    # Where there is but one stratum, its counts are the sums over all.
    plain = newcombe(x.sum(axis=1), one.sum(axis=1), y.sum(axis=1), other.sum(axis=1), level)
    return Difference(
        difference=np.where(strata > 0, difference, np.nan),
        interval=Interval(np.where(strata > 1, low, plain.low), np.where(strata > 1, high, plain.high)),
        strata=strata,
    )


def _sides(cells: Cells) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Trials of each agent and of all others, successes of both; 0 in strata that cannot be compared."""
    compared = cells.compared
    sides = (
        cells.trials,
        cells.all_trials - cells.trials,
        cells.successes,
        cells.all_successes - cells.successes,
    )
    one, other, x, y = (side.astype(np.float64) * compared for side in sides)
    return one, other, x, y
