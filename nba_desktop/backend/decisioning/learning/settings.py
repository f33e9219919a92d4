"""The defaults of learning: one set, for every site and every data set."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Mode = Literal["bayes", "beta", "fixed"]


@dataclass(frozen=True, slots=True)
class Deviations:
    """Standard deviations of a prior in log-odds: of what all actions share, and what a group and an action add."""

    shared: float
    group: float
    action: float


@dataclass(frozen=True, slots=True)
class LearningSettings:
    """How propensities come about.

    `exploration` scales the draws' deviation: 1 as uncertain as the model is, 0 none. Half of it costs less on the way
    and finds the same (Chapelle & Li 2011, An Empirical Evaluation of Thompson Sampling). After `half_life_days` an
    observation counts half.

    `intercepts` and `weights` are the priors of the Bayesian model: of how far rates lie from the documented ones, and
    of what all features together move a rate for one customer. Where no base rate is documented at all, actions start
    from `neutral_rate`, and `unknown_rate` is how far what they share may lie from it. `prior_trials` is how many
    observations a base rate counts as in the Beta-Bernoulli mode.
    """

    mode: Mode = "bayes"
    exploration: float = 0.5
    half_life_days: float = 90.0
    intercepts: Deviations = field(default_factory=lambda: Deviations(shared=0.4, group=0.4, action=0.3))
    weights: Deviations = field(default_factory=lambda: Deviations(shared=0.6, group=0.35, action=0.3))
    unknown_rate: float = 1.0
    neutral_rate: float = 0.5
    prior_trials: float = 30.0
