"""How often customers without a contract buy again, and whether they still do: BG/NBD.

P. S. Fader, B. G. S. Hardie, K. L. Lee, "Counting Your Customers" the Easy Way: An Alternative to the Pareto/NBD
Model, Marketing Science 24 (2005). While he is one, a customer buys at a rate of his own (gamma distributed over the
customers: shape `r`, rate `alpha`), and after each purchase he leaves with a probability of his own (beta: `a`, `b`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import FloatArray
from nba_desktop.backend.value.minimum import minimum
from nba_desktop.backend.value.special import LogGamma, hypergeometric

_STARTS: Final = ((0.5, 0.2, 1.0, 2.5), (1.0, 1.0, 0.5, 5.0), (2.0, 0.5, 0.1, 1.0))
"""Where the search begins until one leads somewhere: r, alpha as a share of the mean time, a, b."""
_NEARLY: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Repeats:
    """What customers did, one place for each.

    `count` of repeat purchases, the first not counted; `last` is the time of the last one and `time` the time until
    now, both since the first and in the same unit.
    """

    count: FloatArray
    last: FloatArray
    time: FloatArray


@dataclass(frozen=True, slots=True)
class BgNbd:
    """The fitted model; `alpha` is in the unit of time of what it was fitted to, `log_likelihood` the whole."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float

    def alive(self, seen: Repeats) -> FloatArray:
        """The probability that each is still a customer."""
        return 1 / self._dead_or_alive(seen)

    def purchases(self, seen: Repeats, ahead: float) -> FloatArray:
        """How many purchases each is expected to make within the time `ahead`."""
        # At these two points the formula is 0 ÷ 0; just beside them it is right to six places.
        a = self.a + _NEARLY if abs(self.a - 1) < _NEARLY else self.a
        total = a + self.b + seen.count - 1
        total = np.where(np.abs(total) < _NEARLY, total + _NEARLY, total)
        z = ahead / (self.alpha + seen.time + ahead)
        # Euler's transformation of the paper's ₂F₁(r + x, b + x; a + b + x − 1; z): no term grows with x.
        left = (1 - z) ** (a - 1) * hypergeometric(a + self.b - 1 - self.r, a - 1, total, z)
        expected = total / (a - 1) * (1 - left) / self._dead_or_alive(seen)
        return np.maximum(expected, 0.0)

    def _dead_or_alive(self, seen: Repeats) -> FloatArray:
        """One over the probability of being alive."""
        silent = np.log((self.alpha + seen.time) / (self.alpha + seen.last))
        with np.errstate(over="ignore"):
            odds = self.a / (self.b + np.maximum(seen.count, 1) - 1) * np.exp((self.r + seen.count) * silent)
        return np.where(seen.count > 0, 1 + odds, 1.0)


def fit_bg_nbd(seen: Repeats) -> BgNbd | None:
    """Fit the model by maximum likelihood; None where the likelihood has no maximum that can be found."""
    rows, weights = np.unique(np.stack([seen.count, seen.last, seen.time]), axis=1, return_counts=True)
    compact = Repeats(rows[0], rows[1], rows[2])
    customers = float(weights.sum())
    log_gamma = LogGamma(compact.count)

    def loss(parameters: FloatArray) -> float:
        # Summed and not multiplied as vectors: that would wake all cores for a millisecond's work.
        return -float(np.sum(weights * _log_likelihood(compact, log_gamma, *parameters.tolist()))) / customers

    mean_time = float(seen.time.mean())
    found = (minimum(loss, (r, share * mean_time, a, b)) for r, share, a, b in _STARTS)
    best = next((one for one in found if one is not None), None)
    if best is None:
        return None
    r, alpha, a, b = best.tolist()
    return BgNbd(r, alpha, a, b, -loss(best) * customers)


def _log_likelihood(seen: Repeats, log_gamma: LogGamma, r: float, alpha: float, a: float, b: float) -> FloatArray:
    x = seen.count
    both = math.lgamma(a + b) - math.lgamma(b) - math.lgamma(r) + r * math.log(alpha)
    counted = log_gamma.at(1.0, r) + log_gamma.at(1.0, b) - log_gamma.at(1.0, a + b)
    stayed = -(r + x) * np.log(alpha + seen.time)
    left = math.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + seen.last)
    return both + counted + np.where(x > 0, np.logaddexp(stayed, left), stayed)
