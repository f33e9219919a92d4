"""Our own decisions, read for evaluation: what became of recommendations, arms side by side, other policies.

Everything here is about advertising actions. Service actions are shown in every arm and are left out, because they
would make the arms look alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from nba_desktop.backend.analysis.ope import Estimate, Log, doubly_robust, ips, snips
from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.errors import EvaluationError
from nba_desktop.backend.review.statistics.uplift import NotYet, Uplift, counts_of_customers, uplift


@dataclass(frozen=True, slots=True)
class LoggedCandidate:
    """An action that could have been shown: its propensity before arbitration, its priority and the levers in it."""

    action_id: str
    propensity: float
    priority: float
    levers: float = 1.0
    service: bool = False


@dataclass(frozen=True, slots=True)
class LoggedExposure:
    """An action of the slate and the facts about it, none inferred from another.

    `shown_probability` is the probability, over arms and exploration, that the policy shows this action to this
    customer at this moment. `label` is 1 or 0 as the response means it, None where it means neither.
    """

    action_id: str
    shown_probability: float
    shown: bool = False
    addressed: bool = False
    responded: bool = False
    label: float | None = None
    completed: bool = False


@dataclass(frozen=True, slots=True)
class LoggedDecision:
    """One decision that was made for a customer; what versions in shadow decided does not belong here."""

    decision_id: str
    customer_id: str
    moment: datetime
    arm: Arm
    candidates: tuple[LoggedCandidate, ...]
    slate: tuple[LoggedExposure, ...]

    @property
    def advertising(self) -> tuple[LoggedCandidate, ...]:
        """The candidates that arms may withhold; with none the decision is no opportunity."""
        return tuple(one for one in self.candidates if not one.service)

    @property
    def advertised(self) -> tuple[LoggedExposure, ...]:
        """The part of the slate that arms may withhold."""
        service = {one.action_id for one in self.candidates if one.service}
        return tuple(one for one in self.slate if one.action_id not in service)


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many recommendations reached each fact; each is counted for itself."""

    decisions: int
    opportunities: int
    recommended: int
    shown: int
    addressed: int
    responded: int
    completed: int


class FunnelCount:
    """Counts the funnel decision by decision."""

    def __init__(self) -> None:
        self._decisions = self._opportunities = 0
        self._facts = dict.fromkeys(("recommended", "shown", "addressed", "responded", "completed"), 0)

    def add(self, decision: LoggedDecision) -> None:
        self._decisions += 1
        self._opportunities += bool(decision.advertising)
        for one in decision.advertised:
            self._facts["recommended"] += 1
            self._facts["shown"] += one.shown
            self._facts["addressed"] += one.addressed
            self._facts["responded"] += one.responded
            self._facts["completed"] += one.completed

    def result(self) -> Funnel:
        return Funnel(self._decisions, self._opportunities, **self._facts)


@dataclass(frozen=True, slots=True)
class ArmResult:
    """One arm: opportunities of how many customers, and in how many of them something was accepted or completed."""

    arm: Arm
    customers: int
    opportunities: int
    accepted: int
    completed: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The ranked arm against a control arm, by what became of opportunities: accepted or completed."""

    against: Arm
    outcome: str
    result: Uplift | NotYet


@dataclass
class _Customer:
    opportunities: int = 0
    accepted: int = 0
    completed: int = 0


class ArmCount:
    """Counts what arms achieve per opportunity, by customer.

    An opportunity is a decision with at least one advertising action among its candidates, whether or not the arm
    showed any: acceptance per addressed customer could be raised by addressing fewer.
    """

    def __init__(self) -> None:
        self._customers: dict[Arm, dict[str, _Customer]] = {arm: defaultdict(_Customer) for arm in Arm}

    def add(self, decision: LoggedDecision) -> None:
        if not decision.advertising:
            return
        customer = self._customers[decision.arm][decision.customer_id]
        customer.opportunities += 1
        customer.accepted += any(one.label is not None and one.label > 0 for one in decision.advertised)
        customer.completed += any(one.completed for one in decision.advertised)

    def result(self) -> tuple[ArmResult, ...]:
        return tuple(
            ArmResult(
                arm,
                len(customers),
                sum(one.opportunities for one in customers.values()),
                sum(one.accepted for one in customers.values()),
                sum(one.completed for one in customers.values()),
            )
            for arm, customers in self._customers.items()
        )

    def comparisons(self, planned: int, level: float = 0.95) -> tuple[Comparison, ...]:
        """The ranked arm against each control arm.

        Repeats of a customer are deflated before the plan is asked. Where nothing is shown nothing can be accepted or
        completed through a recommendation: that comparison is what recommending achieves at all.
        """
        ranked = list(self._customers[Arm.RANKED].values())
        found: list[Comparison] = []
        for control in (Arm.WITHOUT_LEVERS, Arm.RANDOM, Arm.NOTHING):
            others = list(self._customers[control].values())
            for outcome in ("accepted", "completed"):
                treated, untreated = (
                    counts_of_customers((getattr(one, outcome), one.opportunities) for one in customers)
                    for customers in (ranked, others)
                )
                found.append(Comparison(control, outcome, uplift(treated, untreated, planned, level)))
        return tuple(found)


Policy = Callable[[Sequence[LoggedCandidate], int], Mapping[str, float]]
"""From candidates and the number of slots to the probability with which each action is shown."""


def best_by_propensity(candidates: Sequence[LoggedCandidate], slots: int) -> dict[str, float]:
    """Always the actions that are most likely accepted."""
    best = sorted(candidates, key=lambda one: (-one.propensity, one.action_id))[:slots]
    return {one.action_id: 1.0 for one in best}


def uniform_random(candidates: Sequence[LoggedCandidate], slots: int) -> dict[str, float]:
    """Any of the candidates, each as likely as the other."""
    return {one.action_id: min(1.0, slots / len(candidates)) for one in candidates}


def without_levers(candidates: Sequence[LoggedCandidate], slots: int) -> dict[str, float]:
    """The ranking as it would be without levers."""
    best = sorted(candidates, key=lambda one: (-one.priority / one.levers, one.action_id))[:slots]
    return {one.action_id: 1.0 for one in best}


POLICIES: Final[Mapping[str, Policy]] = {
    "best_by_propensity": best_by_propensity,
    "uniform_random": uniform_random,
    "without_levers": without_levers,
}


@dataclass(frozen=True, slots=True)
class PolicyValue:
    """What a policy would have earned per answered recommendation; `problem` says why there is no estimate."""

    policy: str
    estimates: tuple[Estimate, ...]
    problem: str = ""


class OffPolicyRows:
    """Collects what was shown and answered, and estimates what other policies would have earned with it.

    A row is a shown advertising action with a label. A target policy fills as many slots as were filled, without the
    rules of selection. The reward model of DR is the propensity logged before arbitration: it was made before the
    response was known, so no row has taught its own prediction. A customer's rows are one cluster.
    """

    def __init__(self, policies: Mapping[str, Policy] = POLICIES) -> None:
        self._policies = policies
        self._rewards: list[float] = []
        self._propensities: list[float] = []
        self._predictions: list[float] = []
        self._customers: dict[str, int] = {}
        self._clusters: list[int] = []
        self._targets: dict[str, list[float]] = {name: [] for name in policies}
        self._expected: dict[str, list[float]] = {name: [] for name in policies}

    def add(self, decision: LoggedDecision) -> None:
        """Take the rows of a decision; EvaluationError names the decision and the action that cannot be used."""
        candidates = {one.action_id: one for one in decision.advertising}
        shown = [one for one in decision.advertised if one.shown]
        answered = [one for one in shown if one.label is not None]
        if not answered:
            return
        for one in answered:
            _check(decision, one, candidates)
        cluster = self._customers.setdefault(decision.customer_id, len(self._customers))
        for name, policy in self._policies.items():
            chances = policy(decision.advertising, len(shown))
            expected = sum(chance * candidates[action_id].propensity for action_id, chance in chances.items())
            self._targets[name].extend(chances.get(one.action_id, 0.0) for one in answered)
            self._expected[name].extend([expected / len(shown)] * len(answered))
        for one in answered:
            self._rewards.append(float(one.label or 0.0))
            self._propensities.append(one.shown_probability)
            self._predictions.append(candidates[one.action_id].propensity)
            self._clusters.append(cluster)

    def result(self, clip: float | None = None) -> tuple[PolicyValue, ...]:
        """IPS, SNIPS and DR of every policy."""
        return tuple(self._value(name, clip) for name in self._policies)

    def _value(self, name: str, clip: float | None) -> PolicyValue:
        try:
            log = Log(
                np.array(self._rewards),
                np.array(self._propensities),
                np.array(self._targets[name]),
                np.array(self._clusters, dtype=np.int64),
            )
        except EvaluationError as error:
            return PolicyValue(name, (), str(error))
        predicted, expected = np.array(self._predictions), np.array(self._expected[name])
        return PolicyValue(name, (ips(log, clip), snips(log, clip), doubly_robust(log, predicted, expected, clip)))


def _check(decision: LoggedDecision, exposure: LoggedExposure, candidates: Mapping[str, LoggedCandidate]) -> None:
    where = f"decision {decision.decision_id}, action {exposure.action_id}"
    if exposure.action_id not in candidates:
        raise EvaluationError(f"{where}: it was shown but is not among the candidates; the record is damaged")
    if not 0 < exposure.shown_probability <= 1:
        raise EvaluationError(
            f"{where}: the probability of having been shown is {exposure.shown_probability!r}; it must be above "
            "0 and at most 1: leave decisions out that were made without it (--since)"
        )
