"""How many cases an experiment needs before its figures are looked at."""

from __future__ import annotations

import math
from statistics import NormalDist

from nba_desktop.backend.errors import EvaluationError
from nba_desktop.backend.review.statistics.normal import quantile


def sample_size(base_rate: float, difference: float, power: float = 0.8, level: float = 0.95) -> int:
    """Cases per arm that show a difference of `difference` from `base_rate` (both from 0 to 1) with this power.

    The two-sided test of two proportions in arms of equal size (Fleiss, Levin and Paik 2003, formula 4.14 without the
    continuity correction; R's `power.prop.test`). With one large arm it is on the safe side.
    """
    other = base_rate + difference
    if not (0 < base_rate < 1 and 0 < other < 1) or difference == 0:
        raise EvaluationError(
            f"no sample size for a base rate of {base_rate:g} and a difference of {difference:g}: "
            "rates lie between 0 and 1, and the difference is not 0"
        )
    if not (0 < level < 1 and 0 < power < 1):
        raise EvaluationError(f"no sample size for level {level:g} and power {power:g}: both lie between 0 and 1")
    mean = (base_rate + other) / 2
    under_none = quantile(level) * math.sqrt(2 * mean * (1 - mean))
    under_effect = NormalDist().inv_cdf(power) * math.sqrt(base_rate * (1 - base_rate) + other * (1 - other))
    return math.ceil(((under_none + under_effect) / difference) ** 2)
