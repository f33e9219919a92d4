"""What one arm achieves more than another, with how sure that is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

from nba_desktop.backend.errors import EvaluationError


@dataclass(frozen=True, slots=True)
class Counts:
    """Successes among trials; not whole numbers where repeats of one customer were deflated."""

    successes: float
    trials: float

    def __post_init__(self) -> None:
        if not 0 <= self.successes <= self.trials:
            raise EvaluationError(f"{self.successes:g} successes of {self.trials:g} trials cannot be")

    @property
    def rate(self) -> float:
        """Successes per trial; raises EvaluationError without a trial."""
        if self.trials == 0:
            raise EvaluationError("there is no rate of no trials")
        return self.successes / self.trials


@dataclass(frozen=True, slots=True)
class Uplift:
    """Rates from 0 to 1, treated less control in percentage points, and the interval of that.

    `ratio` is treated / control and stands only beside the points; None where the control's rate is 0.
    """

    treated: float
    control: float
    points: float
    low: float
    high: float
    ratio: float | None


@dataclass(frozen=True, slots=True)
class NotYet:
    """Too few cases to show a figure: those planned per arm, and those reached."""

    planned: int
    treated: float
    control: float


def wilson(counts: Counts, alpha: float = 0.05) -> tuple[float, float]:
    """The Wilson score interval of a proportion (Wilson 1927), between 0 and 1."""
    n, p = counts.trials, counts.rate
    z = NormalDist().inv_cdf(1 - alpha / 2)
    middle = p + z * z / (2 * n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))


def newcombe(treated: Counts, control: Counts, alpha: float = 0.05) -> tuple[float, float]:
    """The interval of the difference of two independent proportions (Newcombe 1998, method 10), from -1 to 1."""
    low_1, high_1 = wilson(treated, alpha)
    low_2, high_2 = wilson(control, alpha)
    p_1, p_2 = treated.rate, control.rate
    difference = p_1 - p_2
    return (
        difference - math.hypot(p_1 - low_1, high_2 - p_2),
        difference + math.hypot(high_1 - p_1, p_2 - low_2),
    )


def uplift(treated: Counts, control: Counts, planned: int, alpha: float = 0.05) -> Uplift | NotYet:
    """The uplift, or, while either arm has fewer trials than planned, how many it has.

    A figure that is looked at before its time is stopped at the moment it looks best.
    """
    if min(treated.trials, control.trials) < max(planned, 1):
        return NotYet(planned=planned, treated=treated.trials, control=control.trials)
    low, high = newcombe(treated, control, alpha)
    return Uplift(
        treated=treated.rate,
        control=control.rate,
        points=100 * (treated.rate - control.rate),
        low=100 * low,
        high=100 * high,
        ratio=treated.rate / control.rate if control.rate > 0 else None,
    )


def planned_sample_size(base_rate: float, smallest_effect: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Cases per arm that show a difference of `smallest_effect` from `base_rate` (both from 0 to 1) with this power.

    The two-sided test of two proportions in arms of equal size (Fleiss, Levin and Paik 2003, formula 4.14 without the
    continuity correction; R's `power.prop.test`). With one large arm it is on the safe side.
    """
    other = base_rate + smallest_effect
    if not (0 < base_rate < 1 and 0 < other < 1) or smallest_effect == 0:
        raise EvaluationError(
            f"no sample size for a base rate of {base_rate:g} and an effect of {smallest_effect:g}: "
            "rates lie between 0 and 1, and the effect is not 0"
        )
    if not (0 < alpha < 1 and 0 < power < 1):
        raise EvaluationError(f"no sample size for alpha {alpha:g} and power {power:g}: both lie between 0 and 1")
    normal = NormalDist()
    mean = (base_rate + other) / 2
    under_none = normal.inv_cdf(1 - alpha / 2) * math.sqrt(2 * mean * (1 - mean))
    under_effect = normal.inv_cdf(power) * math.sqrt(base_rate * (1 - base_rate) + other * (1 - other))
    return math.ceil(((under_none + under_effect) / smallest_effect) ** 2)


def counts_of_customers(customers: Iterable[tuple[int, int]]) -> Counts:
    """Add up (successes, trials) of each customer, deflated by the design effect of a customer's repeats.

    Several calls of one customer say less than as many customers would. Counts are divided by the ratio of the
    clustered to the binomial variance where that is above 1 (Rao and Scott 1992).
    """
    clusters = [(x, n) for x, n in customers if n]
    successes, trials = sum(x for x, _ in clusters), sum(n for _, n in clusters)
    if len(clusters) < 2 or not 0 < successes < trials:
        return Counts(successes, trials)
    rate = successes / trials
    groups = len(clusters)
    clustered = groups / (groups - 1) * math.fsum((x - rate * n) ** 2 for x, n in clusters) / trials**2
    effect = clustered / (rate * (1 - rate) / (trials - 1))
    # Calls of as many customers come to 1, but for the last digit.
    if effect <= 1 + 1e-9:
        return Counts(successes, trials)
    return Counts(successes / effect, trials / effect)
