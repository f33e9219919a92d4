"""What one arm achieves more than another, with how sure that is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from nba_desktop.backend.errors import EvaluationError
from nba_desktop.backend.review.statistics.newcombe import newcombe


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


def uplift(treated: Counts, control: Counts, planned: int, level: float = 0.95) -> Uplift | NotYet:
    """The uplift, or, while either arm has fewer trials than planned, how many it has.

    A figure that is looked at before its time is stopped at the moment it looks best.
    """
    if min(treated.trials, control.trials) < max(planned, 1):
        return NotYet(planned=planned, treated=treated.trials, control=control.trials)
    interval = newcombe(treated.successes, treated.trials, control.successes, control.trials, level)
    return Uplift(
        treated=treated.rate,
        control=control.rate,
        points=100 * (treated.rate - control.rate),
        low=100 * float(interval.low),
        high=100 * float(interval.high),
        ratio=treated.rate / control.rate if control.rate > 0 else None,
    )


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
