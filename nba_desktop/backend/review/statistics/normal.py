"""The normal distribution, as far as intervals and tests ask for it.

All that is needed is one quantile for a level and tails of test statistics: `statistics.NormalDist` and `math.erfc`
give both to full precision. SciPy would bring the same two functions with some thirty megabytes, and its exact tests
know one stratum only.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from nba_desktop.backend.arrays import FloatArray
from nba_desktop.backend.errors import EvaluationError


def quantile(level: float) -> float:
    """How many standard deviations to each side of the mean hold this share of all cases; 0.95 → 1.96."""
    if not 0 < level < 1:
        raise EvaluationError(f"there is no interval of level {level:g}: give one between 0 and 1, as 0.95")
    return NormalDist().inv_cdf((1 + level) / 2)


def two_sided(deviations: FloatArray) -> FloatArray:
    """How often chance alone is at least as far from the mean as these numbers of standard deviations."""
    flat = [math.erfc(abs(z) / math.sqrt(2)) for z in deviations.ravel().tolist()]
    return np.array(flat, dtype=np.float64).reshape(deviations.shape)
