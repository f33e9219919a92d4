"""What a purchase is worth on average, by customer: Gamma-Gamma.

P. S. Fader, B. G. S. Hardie, The Gamma-Gamma Model of Monetary Value (2013). The amounts of a customer are gamma
distributed (shape `p`) around a mean of his own, and the means over the customers follow from `q` and `v`. The model
takes it that how often somebody buys and how much say nothing about each other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nba_desktop.backend.arrays import FloatArray
from nba_desktop.backend.value.minimum import minimum
from nba_desktop.backend.value.special import LogGamma


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """The fitted model; `v` is in EUR."""

    p: float
    q: float
    v: float

    @property
    def mean(self) -> float:
        """What a purchase of somebody nobody knows is worth on average, in EUR."""
        return self.p * self.v / (self.q - 1)

    def amounts(self, count: FloatArray, mean: FloatArray) -> FloatArray:
        """The expected amount of each customer's next purchase, from the `mean` of his `count` repeat purchases."""
        return self.p * (self.v + count * mean) / (self.p * count + self.q - 1)


def fit_gamma_gamma(count: FloatArray, mean: FloatArray) -> GammaGamma | None:
    """Fit the model to customers with at least one repeat purchase of more than nothing; None where it cannot be.

    That is where the likelihood has no maximum that can be found, or the mean of all customers would have no end.
    """
    log_gamma = LogGamma(count)
    log_mean, log_count = np.log(mean), np.log(count)

    def loss(parameters: FloatArray) -> float:
        p, q, v = parameters.tolist()
        same = q * math.log(v) - math.lgamma(q)
        counted = log_gamma.at(p, q) - log_gamma.at(p, 0.0)
        spent = (p * count - 1) * log_mean + p * count * log_count - (p * count + q) * np.log(v + count * mean)
        return float(-same - np.mean(counted + spent))

    found = minimum(loss, (2.0, 2.0, float(mean.mean())))
    if found is None:
        return None
    p, q, v = found.tolist()
    return GammaGamma(p, q, v) if q > 1 else None
