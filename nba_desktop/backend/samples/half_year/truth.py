"""What is true of the made-up half-year: a review of it should find the effects declared here and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from nba_desktop.backend.decisioning.arms import ArmShares


@dataclass(frozen=True, slots=True)
class AgentEffect:
    """What sets one agent apart from the others, by his number from 1.

    `points` is added to the probability that a customer accepts what this agent raises, whatever it is. After an
    objection to the price, whoever does not accept declines with the probability `declined_after_price` and else thinks
    it over; None is what the others have. It changes no acceptance.
    """

    number: int
    points: float = 0.0
    declined_after_price: float | None = None


EFFECTS: Final = (
    AgentEffect(1, points=0.12),
    AgentEffect(2, points=-0.12),
    AgentEffect(3, declined_after_price=0.95),
)
"""Agents are dealt to the teams in turn, so that with three teams no two of these are compared with one another."""

EASY_MIX: Final = frozenset({4, 5, 6, 10, 11, 12})
"""These get far more of the contact reasons in which customers accept easily, and have no effect of their own."""

TOO_EXPENSIVE: Final = "too_expensive"
PRICE_RAISED: Final = 0.6
DECLINED_AFTER_PRICE: Final = 0.5
ANY_OBJECTION_BEFORE_NO: Final = 0.4
ANY_OBJECTION_BEFORE_YES: Final = 0.1

ARMS: Final = ArmShares(ranked=80, without_levers=5, random=5, nothing=10)
"""The shares of customers in each arm of that half-year, by quarter."""

FITTING: Final = 1.1
OTHER: Final = 0.5
"""Times this the catalogue's base rate is the probability of a yes, where the contact reason is the action's or not."""
_HIGHEST: Final = 0.7

ANYWAY: Final = 0.3
"""Of the customers who would have accepted, this share does so by himself where he did not accept, shown or not."""

RAISED: Final = (0.6, 0.2, 0.08)
"""How often a recommendation is raised, by rank; the same for every agent."""
RAISED_QUIETLY: Final = 0.1
"""Times this where the concern is not solved or calls for quiet."""
QUIET_CONCERNS: Final = frozenset({"complaint", "outage"})

AUTHENTICATED: Final = 0.86
IDENTIFIED: Final = 0.06
SOLVED: Final = 0.8
UNSOLVED: Final = 0.13
REPEATS_UNSOLVED: Final = 0.35
REPEATS_SOLVED: Final = 0.06
TRANSFERRED: Final = 0.04

REASON_GIVEN: Final = 0.9
CODED: Final = 0.95
CORRECTED: Final = 0.01

LINK_SENT: Final = 0.8
CONFIRMED: Final = 0.62
LAPSED: Final = 0.25
UNDONE: Final = 0.08
"""Of what awaits a confirmation: done within days, lapsed after two weeks; of what is done, revoked or cancelled."""

DOI_CONFIRMED: Final = 0.65

PAINTED: Final = (-1.2, 0.4)
PAINTED_AT_MOST: Final = 3.0
"""Seconds until recommendations are painted: mean and deviation of their logarithm."""

HELD: Final = 0.25
HELD_S: Final = (3.7, 0.6)
"""How many callers are put on hold, and for how many seconds: mean and deviation of their logarithm."""

PROMISE_KEPT: Final = 0.82
PROMISE_KEPT_LATE: Final = 0.1
CONCERN_PROMISED: Final = 0.4
"""Of what is promised, the share done on its day or before, and after it; how many unsolved concerns are promised."""

QUEUED: Final = 0.3
QUEUED_S: Final = 40.0
RINGS_S: Final = (3.0, 9.0)
GIVES_UP: Final = 0.05
PATIENCE_S: Final = 60.0
"""So many callers find nobody free and wait so long on average; so many more than are answered give up."""

CONCERN_SHARES: Final[Mapping[str, float]] = {
    "instalment": 16,
    "price_change": 9,
    "move": 10,
    "bill": 18,
    "meter_reading": 10,
    "payment": 8,
    "outage": 3,
    "termination": 5,
    "tariff": 7,
    "contract_data": 6,
    "heating": 6,
    "charging": 2,
    "complaint": 2,
    "consent": 1,
}
OTHER_CONCERN_SHARE: Final = 1.0

QUEUES: Final[Mapping[str, str]] = {
    "instalment": "Abrechnung",
    "bill": "Abrechnung",
    "payment": "Abrechnung",
    "meter_reading": "Abrechnung",
    "price_change": "Verträge",
    "tariff": "Verträge",
    "termination": "Verträge",
    "move": "Verträge",
    "outage": "Technik",
    "heating": "Technik",
    "charging": "Technik",
}
OTHER_QUEUE: Final = "Service"
EASY_QUEUE: Final = "Abrechnung"
EASY_WEIGHT: Final = 5.0
"""How much more of the calls of that queue an agent with an easy mix takes."""


def effect_of(number: int) -> AgentEffect:
    """Return what sets an agent apart; of most nothing does."""
    return next((one for one in EFFECTS if one.number == number), AgentEffect(number))


def probability(base_rate: float, fits: bool, points: float = 0.0) -> float:
    """Return how probably a customer accepts what is raised."""
    rate = min(base_rate * (FITTING if fits else OTHER), _HIGHEST)
    return min(max(rate + points, 0.01), 0.97)
