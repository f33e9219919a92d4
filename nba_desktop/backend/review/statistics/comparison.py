"""A team's agents, each compared with all others, fairly and all at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from nba_desktop.backend.arrays import BoolArray, FloatArray, IntArray
from nba_desktop.backend.errors import EvaluationError
from nba_desktop.backend.review.statistics.cells import Cells
from nba_desktop.backend.review.statistics.chance import chance
from nba_desktop.backend.review.statistics.counts import Interval
from nba_desktop.backend.review.statistics.discoveries import benjamini_hochberg
from nba_desktop.backend.review.statistics.mantel_haenszel import mantel_haenszel


class Verdict(StrEnum):
    """What may be said of an agent beside the others."""

    NO_RELIABLE_DIFFERENCE = "no_reliable_difference"
    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """For each agent: difference to the others (-1 to 1, or not a number), its interval, p-value and verdict.

    The interval is that of one look; the verdict minds how many were looked at, and is the stricter. `strata` says
    how many could be compared.
    """

    difference: FloatArray
    interval: Interval
    strata: IntArray
    p_value: FloatArray
    verdicts: tuple[Verdict, ...]


def compare(cells: Cells, judged: BoolArray | None = None, q: float = 0.01, level: float = 0.95) -> Comparison:
    """Compare each agent with all others over the strata; the verdicts hold for all judged agents at once.

    `judged` says which agents are shown at all: the others are part of everybody's comparison, but get no verdict, and
    do not count among the looks. Without it all are judged.
    """
    agents = len(cells.trials)
    if judged is None:
        judged = np.ones(agents, dtype=np.bool_)
    if judged.shape != (agents,):
        raise EvaluationError(f"judged has the shape {judged.shape}, and there are {agents} agents")
    found = mantel_haenszel(cells, level)
    p = chance(cells)
    apart = np.zeros(agents, dtype=np.bool_)
    looked = np.flatnonzero(judged & (found.strata > 0))
    apart[looked] = benjamini_hochberg(p[looked], q)
    verdicts = tuple(
        _verdict(bool(holds), difference) for holds, difference in zip(apart, found.difference.tolist(), strict=True)
    )
    return Comparison(found.difference, found.interval, found.strata, p, verdicts)


def _verdict(holds: bool, difference: float) -> Verdict:
    if not holds:
        return Verdict.NO_RELIABLE_DIFFERENCE
    return Verdict.ABOVE if difference > 0 else Verdict.BELOW
