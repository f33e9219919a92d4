"""What a simulation found, and how two versions of the catalogue differ on the same customers.

A pair is one action for one customer. Counts are of customers where nothing else is said; titles and sentences are the
catalogue's English ones. Nothing in a report is about a single customer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from nba_desktop.backend.analysis.population import Source
from nba_desktop.backend.decisioning.ranking import Factor

GOOD_CHOICE: Final = 7
"""So many candidates a customer are good practice of the trade."""


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """Pairs removed at a step and left after it, and the customers who have an action left."""

    step: str
    removed: int
    left: int
    customers: int


@dataclass(frozen=True, slots=True)
class Stop:
    """What kept an action from being shown: the first rule that removed it, as the engine says."""

    stage: str
    rule: str
    sentence: str
    customers: int


@dataclass(frozen=True, slots=True)
class ActionResult:
    """How often an action was a candidate, among the shown, and first; `stops` are the most frequent first."""

    action_id: str
    title: str
    issue: str
    group: str
    candidates: int
    shown: int
    first: int
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class IssueResult:
    """What an issue got: first places, pairs shown, and customers who were shown any of it."""

    issue: str
    actions: int
    first: int
    shown: int
    customers: int


@dataclass(frozen=True, slots=True)
class RuleCost:
    """What one rule costs one action.

    `owner` is the group or the action that the rule belongs to, empty for what holds for every catalogue. It `fails`
    for so many customers, for `unknown` of them because a value is missing. It `removes` where it is the first that
    fails, and is the `only` one where the action would be a candidate without it.
    """

    action_id: str
    owner: str
    stage: str
    rule: str
    sentence: str
    fails: int
    unknown: int
    removes: int
    only: int


@dataclass(frozen=True, slots=True)
class LostTo:
    """A rule that fails for an action of `customers` who get none; `won_back` would get one without the rule."""

    owner: str
    stage: str
    rule: str
    sentence: str
    customers: int
    won_back: int


@dataclass(frozen=True, slots=True)
class WithoutAction:
    """Customers without any candidate, and what it is lost to, the costliest first."""

    customers: int
    share: float
    rules: tuple[LostTo, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """How many candidates customers have; `histogram[n]` customers have n of them."""

    median: float
    enough: int
    enough_share: float
    histogram: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WithoutFactor:
    """What changes when a factor of the priority counts 1 for every action.

    Customers who get another first action, and customers who are shown other actions (in whatever order);
    `first_places` is what each issue gains or loses.
    """

    factor: Factor
    first_changed: int
    first_changed_share: float
    shown_changed: int
    shown_changed_share: float
    first_places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class VersionResult:
    """What one version of the catalogue does with the customers."""

    name: str
    version: str
    model_version: str
    authority: str | None
    skills: tuple[str, ...]
    funnel: tuple[FunnelStep, ...]
    actions: tuple[ActionResult, ...]
    issues: tuple[IssueResult, ...]
    rules: tuple[RuleCost, ...]
    choice: Choice
    without: WithoutAction
    factors: tuple[WithoutFactor, ...]

    @property
    def never_first(self) -> tuple[ActionResult, ...]:
        """The actions that are never first, those that are never even shown before the others."""
        never = [one for one in self.actions if one.first == 0]
        return tuple(sorted(never, key=lambda one: (one.shown, one.candidates, one.action_id)))


@dataclass(frozen=True, slots=True)
class Move:
    """Customers whose first action was `before` and is `after`; None is no action."""

    before: str | None
    after: str | None
    customers: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changes for the customers from one version to another.

    `added` and `removed` are actions that only one of the catalogues has; `appearing` and `disappearing` are all that
    are shown to somebody by only one of them.
    """

    first_changed: int
    first_changed_share: float
    shown_changed: int
    shown_changed_share: float
    added: tuple[str, ...]
    removed: tuple[str, ...]
    appearing: tuple[str, ...]
    disappearing: tuple[str, ...]
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class SimulationReport:
    """A simulation: on whom, in which situation, with what result; `against` is the version it is compared with."""

    customers: int
    source: Source
    seed: int
    at: datetime
    concern: str | None
    solved: bool
    load: str
    seconds: float
    customers_per_second: float
    result: VersionResult
    against: VersionResult | None = None
    comparison: Comparison | None = None
