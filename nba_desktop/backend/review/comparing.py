"""Each agent beside the others with the same mix of actions and contact reasons."""

from __future__ import annotations

from typing import Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray
from nba_desktop.backend.review.counts import Chances
from nba_desktop.backend.review.statistics.cells import Cells
from nba_desktop.backend.review.statistics.comparison import compare
from nba_desktop.backend.review.statistics.expected import expected
from nba_desktop.contract.codes import ReviewStatement
from nba_desktop.contract.review import Comparison

LEVEL: Final = 0.99
FALSE_SHARE: Final = 0.01
"""Of all agents that are said to differ, on average at most this share does not."""

TOO_FEW: Final = Comparison(statement=ReviewStatement.TOO_FEW)


def comparisons(chances: Chances, shown: BoolArray, least_group: int) -> list[Comparison]:
    """Return one comparison for each agent.

    Whoever is not shown is part of what the others are compared with and gets no word himself. With fewer agents than
    the least group nobody is compared: the others would be somebody.
    """
    trials = chances.trials
    if int((trials.sum(axis=1) > 0).sum()) < least_group:
        return [TOO_FEW] * len(shown)
    used = trials.any(axis=0)
    cells = Cells(*(one.compress(used, axis=1) for one in (trials, chances.successes)))
    found = compare(cells, shown, FALSE_SHARE, LEVEL)
    mix = expected(cells, LEVEL)
    rows = zip(
        shown.tolist(),
        found.verdicts,
        found.strata.tolist(),
        np.divide(mix.expected, mix.trials, out=np.zeros(len(shown)), where=mix.trials > 0).tolist(),
        found.difference.tolist(),
        found.interval.low.tolist(),
        found.interval.high.tolist(),
        mix.left_out.tolist(),
        strict=True,
    )
    return [
        Comparison(
            statement=ReviewStatement(verdict.value),
            expected=rate,
            difference=difference,
            low=low,
            high=high,
            not_compared=left_out,
        )
        if visible and strata
        else TOO_FEW
        for visible, verdict, strata, rate, difference, low, high, left_out in rows
    ]
