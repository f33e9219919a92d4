"""The catalogue's actions as propensity models know them, and the start model for one action at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.catalogue import Action
from nba_desktop.backend.decisioning.learning.fixed import FixedModel
from nba_desktop.backend.decisioning.learning.settings import LearningSettings
from nba_desktop.backend.decisioning.learning.traits import ActionTraits


@dataclass(frozen=True, slots=True)
class Propensity:
    """A probability between 0 and 1, and what moved it away from the base rate, in log-odds."""

    value: float
    base_rate: float
    moved_by: Mapping[str, float]


class PropensityModel(Protocol):
    """Whatever can say how likely an action is accepted."""

    @property
    def version(self) -> str: ...

    def propensity(self, action: Action, values: Mapping[str, Value]) -> Propensity: ...


class StartPropensity:
    """The action's base rate with its documented shifts; see `learning/start.py`."""

    @property
    def version(self) -> str:
        return "start-1"

    def propensity(self, action: Action, values: Mapping[str, Value]) -> Propensity:
        found = FixedModel(LearningSettings(mode="fixed"), (traits_of(action),)).propensities(values)
        return Propensity(
            value=float(found.means[0]), base_rate=action.entry.base_rate, moved_by=dict(found.moved_by(0))
        )


def traits_of(action: Action) -> ActionTraits:
    """Return what models know of an action of the catalogue."""
    return ActionTraits(
        action_id=action.action_id,
        kind=action.entry.kind,
        group=action.entry.group,
        base_rate=action.entry.base_rate,
        concerns=action.entry.concerns,
        advertising=action.advertising,
    )
