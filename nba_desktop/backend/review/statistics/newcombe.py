"""The interval of the difference of two rates."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from nba_desktop.backend.review.statistics.counts import Interval, counted, shares
from nba_desktop.backend.review.statistics.wilson import wilson


def newcombe(
    successes: npt.ArrayLike,
    trials: npt.ArrayLike,
    other_successes: npt.ArrayLike,
    other_trials: npt.ArrayLike,
    level: float = 0.95,
) -> Interval:
    """The interval of each rate less the other, independent of it (Newcombe 1998, method 10), from -1 to 1.

    Counts of shapes that fit each other. Where either side has no trial, nothing is known: -1 to 1.
    """
    x, n = counted(successes, trials)
    y, m = counted(other_successes, other_trials)
    one, other = wilson(x, n, level), wilson(y, m, level)
    p, q = shares(x, n), shares(y, m)
    known = (n > 0) & (m > 0)
    low = np.where(known, p - q - np.hypot(p - one.low, other.high - q), -1.0)
    high = np.where(known, p - q + np.hypot(one.high - p, q - other.low), 1.0)
    return Interval(np.clip(low, -1, 1), np.clip(high, -1, 1))
