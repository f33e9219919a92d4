"""The interval of one rate, and how many cases make it narrow enough."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from nba_desktop.backend.errors import EvaluationError
from nba_desktop.backend.review.statistics.counts import Interval, counted, shares
from nba_desktop.backend.review.statistics.normal import quantile


def wilson(successes: npt.ArrayLike, trials: npt.ArrayLike, level: float = 0.95) -> Interval:
    """The Wilson score interval of each rate (Wilson 1927), between 0 and 1; without a trial it is all of that.

    Counts of any shape, not whole numbers where repeats were deflated. Raises EvaluationError for counts that cannot
    be and for a level outside 0 to 1.
    """
    x, n = counted(successes, trials)
    z2 = quantile(level) ** 2
    p = shares(x, n)
    middle = (x + z2 / 2) / (n + z2)
    half = np.sqrt(z2 * (n * p * (1 - p) + z2 / 4)) / (n + z2)
    # The rate itself is inside by definition; the last digit of a root must not say otherwise.
    low = np.where(n > 0, np.minimum(np.clip(middle - half, 0, 1), p), 0.0)
    high = np.where(n > 0, np.maximum(np.clip(middle + half, 0, 1), p), 1.0)
    return Interval(low, high)


def cases_needed(half_width: float, base_rate: float, level: float = 0.95) -> int:
    """The fewest trials with which the Wilson interval of this rate reaches no further than this to each side.

    Both from 0 to 1: ±10 points at a rate of 20 % are (0.1, 0.2). The positive root of the half width as a function of
    the trials; it only falls, so all larger numbers do as well.
    """
    if not (0 < half_width < 0.5 and 0 <= base_rate <= 1):
        raise EvaluationError(
            f"no number of cases gives ±{half_width:g} at a rate of {base_rate:g}: "
            "the half width lies between 0 and 0.5, the rate from 0 to 1"
        )
    z2, h2 = quantile(level) ** 2, half_width**2
    linear = 2 * h2 * z2 - z2 * base_rate * (1 - base_rate)
    root = (-linear + math.sqrt(linear**2 + 4 * h2 * z2**2 * (0.25 - h2))) / (2 * h2)
    return max(1, math.ceil(root - 1e-9))
