"""What another policy would have earned, from what one policy logged: IPS, SNIPS and DR.

For row i: reward r, propensity p (probability with which the logging policy took the logged action), target t
(probability with which the target policy takes it), weight w = t / p, n rows, w̄ the mean weight.

    IPS    v = mean(w·r)                          influence ψᵢ = wᵢ·rᵢ - v
    SNIPS  v = Σ w·r / Σ w                        influence ψᵢ = wᵢ·(rᵢ - v) / w̄
    DR     v = mean(q̂_target + w·(r - q̂_logged))  influence ψᵢ = q̂_targetᵢ + wᵢ·(rᵢ - q̂_loggedᵢ) - v

The 95 % interval is v ± 1.96·√V with V = G/(G-1) · Σ_g (Σ_{i in g} ψᵢ)² / n² over the G clusters g (a customer with
all his rows); without clusters every row is its own, and V is the sample variance of ψ over n. The effective sample
size is Kish's (Σ W)² / Σ W² over the clusters' summed weights W.

Sources: Horvitz and Thompson 1952; Swaminathan and Joachims 2015 (SNIPS); Dudík, Langford and Li 2011 (DR).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray, FloatArray, IntArray
from nba_desktop.backend.errors import EvaluationError

ENOUGH: Final = 100
"""Below this effective sample size an estimate is not to be relied on."""

_Z: Final = NormalDist().inv_cdf(0.975)


class Estimator(StrEnum):
    """How a value is estimated."""

    IPS = "IPS"
    SNIPS = "SNIPS"
    DR = "DR"


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """The rows of a log: arrays of shape (n,); `clusters` numbers the customer of each row from 0.

    Raises EvaluationError, which names the row (from 1) and the value, for propensities that are not above 0 and at
    most 1, targets outside 0 to 1 and rewards that are no numbers.
    """

    rewards: FloatArray
    propensities: FloatArray
    targets: FloatArray
    clusters: IntArray | None = None

    def __post_init__(self) -> None:
        n = len(self.rewards)
        if n < 2:
            raise EvaluationError(f"{_rows(n)} cannot be evaluated: an interval needs at least 2")
        for name in ("propensities", "targets", *(["clusters"] if self.clusters is not None else [])):
            if len(getattr(self, name)) != n:
                raise EvaluationError(f"there are {len(getattr(self, name))} {name} for {n} rewards")
        _refuse_first(~np.isfinite(self.rewards), self.rewards, "reward", "leave rows without a response out")
        _refuse_first(
            ~((self.propensities > 0) & (self.propensities <= 1)),
            self.propensities,
            "propensity",
            "it must be above 0 and at most 1, the probability with which the logged action was chosen",
        )
        _refuse_first(
            ~((self.targets >= 0) & (self.targets <= 1)),
            self.targets,
            "target probability",
            "it must lie between 0 and 1",
        )
        if not self.targets.any():
            raise EvaluationError("the target policy takes none of the logged actions: the log says nothing about it")
        if self.clusters is not None and len(np.unique(self.clusters)) < 2:
            raise EvaluationError("all rows are one customer's: an interval needs at least 2 customers")


@dataclass(frozen=True, slots=True)
class Estimate:
    """The value of a target policy in rewards per row, its 95 % interval and how much of the log stands behind it."""

    estimator: Estimator
    value: float
    low: float
    high: float
    rows: int
    effective_n: float
    mean_weight: float
    clip: float | None = None
    clipped_rows: int = 0

    @property
    def reliable(self) -> bool:
        return not self.reason

    @property
    def reason(self) -> str:
        """Why the estimate is not reliable; empty if it is."""
        if self.effective_n < ENOUGH:
            return f"{_rows(self.rows)} weigh as much as {self.effective_n:.0f}; at least {ENOUGH} are needed"
        if self.low == self.high:
            return "every row that counts earned the same: how far chance reaches cannot be seen"
        return ""


def ips(log: Log, clip: float | None = None) -> Estimate:
    """Inverse propensity scoring; `clip` limits the weights and is reported with how many rows it touched."""
    weights = _weights(log, clip)
    terms = weights * log.rewards
    value = float(terms.mean())
    return _estimate(Estimator.IPS, log, weights, value, terms - value, clip)


def snips(log: Log, clip: float | None = None) -> Estimate:
    """Self-normalised IPS: never outside the range of the rewards, and indifferent to a constant factor of weights."""
    weights = _weights(log, clip)
    value = float((weights * log.rewards).sum() / weights.sum())
    return _estimate(Estimator.SNIPS, log, weights, value, weights * (log.rewards - value) / weights.mean(), clip)


def doubly_robust(
    log: Log, logged_prediction: FloatArray, target_prediction: FloatArray, clip: float | None = None
) -> Estimate:
    """The reward model's value, corrected by the weighted errors it made on what was logged.

    `logged_prediction` is the predicted reward of each row's logged action, `target_prediction` the mean predicted
    reward under the target policy in that row, shape (n,) each. The predictions of a row must not come from a model
    that has seen the row (`fit_rewards` cross-fits them).
    """
    for name, prediction in (("logged", logged_prediction), ("target", target_prediction)):
        if prediction.shape != log.rewards.shape:
            raise EvaluationError(f"there are {prediction.size} {name} predictions for {len(log.rewards)} rewards")
        _refuse_first(~np.isfinite(prediction), prediction, f"{name} prediction", "the reward model failed there")
    weights = _weights(log, clip)
    terms = target_prediction + weights * (log.rewards - logged_prediction)
    value = float(terms.mean())
    return _estimate(Estimator.DR, log, weights, value, terms - value, clip)


def _weights(log: Log, clip: float | None) -> FloatArray:
    weights = log.targets / log.propensities
    if clip is None:
        return weights
    if not clip > 0:
        raise EvaluationError(f"weights cannot be clipped at {clip}: the limit must be above 0")
    return np.minimum(weights, clip)


def _estimate(
    estimator: Estimator, log: Log, weights: FloatArray, value: float, influence: FloatArray, clip: float | None
) -> Estimate:
    n = len(weights)
    summed, influences = _by_cluster(log.clusters, weights), _by_cluster(log.clusters, influence)
    groups = len(summed)
    half = _Z * float(np.sqrt(groups / (groups - 1) * np.square(influences).sum())) / n
    return Estimate(
        estimator=estimator,
        value=value,
        low=value - half,
        high=value + half,
        rows=n,
        effective_n=float(summed.sum() ** 2 / np.square(summed).sum()),
        mean_weight=float(weights.mean()),
        clip=clip,
        clipped_rows=0 if clip is None else int((log.targets / log.propensities > clip).sum()),
    )


def _by_cluster(clusters: IntArray | None, values: FloatArray) -> FloatArray:
    if clusters is None:
        return values
    _, place = np.unique(clusters, return_inverse=True)
    return np.bincount(place, weights=values).astype(np.float64)


def _refuse_first(wrong: BoolArray, values: FloatArray, name: str, way_out: str) -> None:
    if wrong.any():
        row = int(np.argmax(wrong))
        more = int(wrong.sum()) - 1
        others = f" ({more} more rows have one like it)" if more else ""
        raise EvaluationError(f"row {row + 1}: the {name} is {float(values[row])!r}: {way_out}{others}")


def _rows(n: int) -> str:
    return "1 row" if n == 1 else f"{n} rows"
