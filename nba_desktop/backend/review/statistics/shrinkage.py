"""Rates of few cases drawn towards what is usual, so that small numbers do not fill both ends of a list."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from nba_desktop.backend.arrays import FloatArray
from nba_desktop.backend.errors import EvaluationError
from nba_desktop.backend.review.statistics.counts import counted, shares

USUAL_STRENGTH: Final = 30.0
"""As many cases weighs the usual rate, where the agents themselves cannot say."""


def shrunk(
    successes: npt.ArrayLike, trials: npt.ArrayLike, mean: npt.ArrayLike, strength: float = USUAL_STRENGTH
) -> FloatArray:
    """The beta-binomial estimate (x + k·m) / (n + k) of each rate, k the strength, m the rate of the same mix.

    An infinite strength, that of agents who differ by chance alone, gives the mean itself; so does no trial.
    """
    x, n = counted(successes, trials)
    m = _rates(mean)
    if not strength >= 0:
        raise EvaluationError(f"a strength of {strength:g} cannot be: it is a number of cases, 0 or more")
    weight = np.divide(n, n + strength, out=np.zeros(n.shape), where=n > 0)
    return m + weight * (shares(x, n) - m)


def prior_strength(
    successes: npt.ArrayLike, trials: npt.ArrayLike, mean: npt.ArrayLike, fallback: float = USUAL_STRENGTH
) -> float:
    """How many cases the usual rate weighs, from how far agents spread around theirs (method of moments).

    One count for each agent, `mean` the rate expected of his mix. Infinite where they spread no further than chance;
    `fallback` where it cannot be known: fewer than two agents with two cases, or nothing but sure refusals and sure
    acceptances expected.
    """
    x, n = counted(successes, trials)
    m = np.broadcast_to(_rates(mean), n.shape)
    binomial = m * (1 - m)
    pairs = float(np.sum(n * (n - 1) * binomial))
    if np.count_nonzero((n >= 2) & (binomial > 0)) < 2:
        return fallback
    correlation = float(np.sum((x - n * m) ** 2 - n * binomial)) / pairs
    if correlation <= 0:
        return math.inf
    return max(1 / correlation - 1, 0.0)


def _rates(mean: npt.ArrayLike) -> FloatArray:
    m = np.asarray(mean, dtype=np.float64)
    if not ((m >= 0) & (m <= 1)).all():
        raise EvaluationError("a mean rate lies from 0 to 1")
    return m
