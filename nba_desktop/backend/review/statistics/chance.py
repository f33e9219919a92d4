"""How often chance alone would set an agent as far apart from the others.

The test of Mantel and Haenszel asks: of the acceptances of each stratum, is the agent's number one that comes about
if they fall on all its cases alike? Its normal form errs where it matters here. With twenty agents the figures that
decide lie at one in two thousand, and there the tails of small counts are lopsided: 14 acceptances of 30 among others
with 20 % are six times as likely as it says, and teams whose agents have 30 to 60 cases show a false difference twice
as often as promised. So the distribution is computed (the sum over strata of hypergeometric numbers), except where it
can change nothing or where counts are so large that the normal form needs but one correction.
The test is exact, not mid-p: what is said of a person errs at most as often as promised. That has its price: of agents
with 400 cases and ten points more than nineteen others, 85 in a hundred are found, with mid-p 86, with the normal form
88.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import FloatArray, IntArray
from nba_desktop.backend.review.statistics.cells import Cells
from nba_desktop.backend.review.statistics.counts import shares
from nba_desktop.backend.review.statistics.normal import two_sided

_WORTH_A_LOOK: Final = 1.5
"""Standard deviations below which no distribution of these gives a probability under five percent."""

_LARGE: Final = 100.0
"""Variance of the agent's number of acceptances from which its distribution is normal but for its skewness."""

_REACH: Final = 10
"""Standard deviations, and cases besides, beyond which a stratum's probabilities are below any double's last digit."""

_CIRCLE: Final = 18
"""Standard deviations of the sum that a circle of its distribution holds; the ninth to each side has no mass left."""

_SHORT: Final = 48
"""Numbers up to which two distributions are added up by hand: a transform of each would be the longer way."""

_AT_ONCE: Final = 64
"""Agents whose distributions are computed together; some megabytes."""


def chance(cells: Cells) -> FloatArray:
    """The two-sided probability of each agent's difference from the others, given what was accepted in each stratum.

    Conditional on the strata's totals; twice the smaller tail, at most 1. 1 where nothing can be compared. Above five
    percent, and with a variance of 100 or more, the normal form with its continuity correction of half a case; the
    latter also corrected for skewness (the first term of Cornish and Fisher), within a tenth of the exact one where
    that decides. Else the absolute error is below 1e-12.
    """
    compared = cells.compared
    n = cells.trials.astype(np.float64) * compared
    total = cells.all_trials * compared
    accepted = cells.all_successes * compared
    observed = (cells.successes * compared).sum(axis=1)

    share = shares(accepted, total)
    mean = (n * share).sum(axis=1)
    variances = n * share * (1 - share) * shares(total - n, np.maximum(total - 1, 1))
    variance = variances.sum(axis=1)
    apart = np.abs(observed - mean)
    deviations = np.sign(observed - mean) * shares(np.maximum(apart - 0.5, 0), np.sqrt(variance))
    third = variances * shares(total - 2 * accepted, total) * (total - 2 * n) / np.maximum(total - 2, 1)
    lean = np.where(variance >= _LARGE, shares(third.sum(axis=1), variance**1.5), 0)
    found = two_sided(deviations - lean * (deviations**2 - 1) / 6)
    near = np.flatnonzero((apart >= _WORTH_A_LOOK * np.sqrt(variance)) & (variance > 0) & (variance < _LARGE))
    near = near[np.argsort(variance[near], kind="stable")]
    for some in (near[at : at + _AT_ONCE] for at in range(0, len(near), _AT_ONCE)):
        # What cannot vary is as expected. Of each agent the others come first: many have few of them.
        varies = variances[some] > 0
        rest = observed[some] - np.rint((n[some] * share[some] * ~varies).sum(axis=1)).astype(np.int64)
        places = np.argsort(~varies, axis=1, kind="stable")[:, : int(varies.sum(axis=1).max())]
        sides = (np.take_along_axis(one[some] * varies, places, axis=1) for one in (n, accepted, total, variances))
        trials, won, all_trials, spread = sides
        found[some] = _exact(rest, trials, won, all_trials, np.sqrt(spread))
    return found


def _exact(
    observed: IntArray, trials: FloatArray, accepted: FloatArray, total: FloatArray, deviation: FloatArray
) -> FloatArray:
    """Twice the smaller tail of the sum of each row's independent hypergeometric numbers."""
    mean = shares(trials * accepted, total)
    first = np.maximum(np.maximum(0, trials + accepted - total), np.floor(mean - _REACH * (deviation + 1)))
    last = np.minimum(np.minimum(trials, accepted), np.ceil(mean + _REACH * (deviation + 1)))
    k = first[..., np.newaxis] + np.arange(int((last - first).max()), dtype=np.float64)
    n, m, t = (side[..., np.newaxis] for side in (trials, accepted, total))
    # Each probability by its ratio to the one before; past the last there is none.
    inside = k < last[..., np.newaxis]
    ratio = np.divide((m - k) * (n - k), (k + 1) * (t - m - n + k + 1), out=np.ones(k.shape), where=inside)
    logs = np.zeros((*first.shape, k.shape[-1] + 1))
    np.cumsum(np.log(ratio), axis=-1, out=logs[..., 1:])
    logs[..., 1:][~inside] = -np.inf
    weights = np.exp(logs - logs.max(axis=-1, keepdims=True))
    weights = _two_by_two(weights / weights.sum(axis=-1, keepdims=True))

    # Sums of independent numbers are products of their transforms. The transform is a circle: turned so that the mean
    # lies in its middle, what comes round again is nothing.
    needed = max(weights.shape[-1], _CIRCLE * float(np.sqrt((deviation**2).sum(axis=1).max())))
    width = 16 * math.ceil(max(64, needed) / 16)
    circle = np.fft.irfft(np.prod(np.fft.rfft(weights, width), axis=1), width)
    begin = np.rint(mean.sum(axis=1) - first.sum(axis=1)).astype(np.int64) - width // 2
    places = (begin[:, np.newaxis] + np.arange(width)) % width
    distribution = np.maximum(np.take_along_axis(circle, places, axis=1), 0)
    place = (observed - first.sum(axis=1).astype(np.int64) - begin)[:, np.newaxis]
    below = np.where(np.arange(width) <= place, distribution, 0).sum(axis=1)
    above = np.where(np.arange(width) >= place, distribution, 0).sum(axis=1)
    return np.asarray(np.minimum(1, 2 * np.minimum(below, above)), dtype=np.float64)


def _two_by_two(weights: FloatArray) -> FloatArray:
    """Add up neighbouring strata (the second axis) as long as their distributions are short; the sum stays the same."""
    while weights.shape[1] > 1 and weights.shape[2] <= _SHORT // 2:
        if weights.shape[1] % 2:
            nothing = np.zeros((len(weights), 1, weights.shape[2]))
            nothing[..., 0] = 1
            weights = np.concatenate([weights, nothing], axis=1)
        ones, others = weights[:, ::2], weights[:, 1::2]
        length = weights.shape[2]
        weights = np.zeros((*ones.shape[:2], 2 * length - 1))
        for place in range(length):
            weights[..., place : place + length] += ones[..., place : place + 1] * others
    return weights
