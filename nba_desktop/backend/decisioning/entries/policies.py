"""What the site decides for all actions: caps, context, levers, bonuses, control arms, learning, load."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from nba_desktop.backend.decisioning.arms import ArmShares, PeriodLength
from nba_desktop.backend.decisioning.entries.base import Entry, Words
from nba_desktop.backend.decisioning.entries.targets import Target
from nba_desktop.backend.decisioning.learning.settings import LearningSettings, Mode
from nba_desktop.contract.base import Code


class CapEntry(Entry):
    """At most so many times within so many days, the days counted from local midnight, for one customer."""

    target: Target
    counts: Literal["shown", "addressed"] = "addressed"
    at_most: Annotated[int, Field(ge=1, le=1000)]
    days: Annotated[int, Field(ge=1, le=365)]


class ContextEntry(Entry):
    """How much a concern lifts an issue, a group or an action, in percent; the weights that match are added."""

    concern: Code
    target: Target
    weight: Annotated[int, Field(ge=-100, le=500)]


class LeverEntry(Entry):
    """What the company wants more or less of for now, in percent, and why."""

    id: Code
    target: Target
    percent: Annotated[int, Field(ge=-100, le=300)]
    why: Words


class BonusEntry(Entry):
    """When a bonus is worth it, and what each level of authority may promise at most, in EUR."""

    enough_points: Annotated[float, Field(gt=0, le=100)] = 3
    limits_eur: dict[Code, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)


class ArmsEntry(Entry):
    """How many percent of the customers are in each control arm, drawn anew each period."""

    ranked: Annotated[int, Field(ge=0, le=100)] = 90
    without_levers: Annotated[int, Field(ge=0, le=100)] = 4
    random: Annotated[int, Field(ge=0, le=100)] = 4
    nothing: Annotated[int, Field(ge=0, le=100)] = 2
    period: PeriodLength = "quarter"

    @model_validator(mode="after")
    def _whole(self) -> Self:
        total = self.ranked + self.without_levers + self.random + self.nothing
        if total != 100:
            raise ValueError(f"the arms come to {total} %, they have to come to 100 %")
        return self

    @property
    def shares(self) -> ArmShares:
        """The shares as customers are drawn by them."""
        return ArmShares(self.ranked, self.without_levers, self.random, self.nothing)


class LearningEntry(Entry):
    """How propensities come about at this site.

    `mode`: one model that learns from all actions together, a count for each action, or the fixed base rates.
    `exploration` scales how far an uncertain propensity is tried out: 1 as uncertain as it is, 0 never.
    """

    mode: Mode = "bayes"
    exploration: Annotated[float, Field(ge=0, le=2)] = LearningSettings().exploration


class LoadGateEntry(Entry):
    """While the queues are busy, only sales actions with at least this propensity are raised.

    `high_from_waiting` is how many waiting callers make the load high where the telephone system says so.
    """

    low: Annotated[float, Field(ge=0, le=1)] = 0
    normal: Annotated[float, Field(ge=0, le=1)] = 0
    high: Annotated[float, Field(ge=0, le=1)] = 0.25
    high_from_waiting: Annotated[int, Field(ge=1)] | None = None
