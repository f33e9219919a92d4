"""How likely a customer says yes: a start model, to be replaced by one that learns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.catalogue import Action
from nba_desktop.contract.codes import ActionKind


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


_FITS_CONCERN: Final = 0.5
_SOLVED: Final = 0.2
_NOT_SOLVED: Final = -0.7
_RECENT_TROUBLE: Final = -0.4
_TROUBLE_DAYS: Final = 30
_LONG_CUSTOMER: Final = 0.15
_LONG_YEARS: Final = 10
_LEAVING: Final = {
    "high": {ActionKind.RETENTION: 0.3, ActionKind.SALES: -0.4},
    "low": {ActionKind.RETENTION: -0.1, ActionKind.SALES: 0.1},
}
_LOWEST, _HIGHEST = 0.01, 0.95


class StartPropensity:
    """The action's base rate, shifted in log-odds by a few documented facts about customer and contact.

    The shifts are small and balanced, so that over a usual mix of customers the mean stays near the base rate
    (campaign managers set the base rate from counted responses). No shift uses age, name, place or gender.
    A missing fact shifts nothing.
    """

    @property
    def version(self) -> str:
        return "start-1"

    def propensity(self, action: Action, values: Mapping[str, Value]) -> Propensity:
        base_rate = action.entry.base_rate
        moved_by = _moved_by(action, values)
        odds = math.log(base_rate / (1 - base_rate)) + sum(moved_by.values())
        value = min(max(1 / (1 + math.exp(-odds)), _LOWEST), _HIGHEST)
        return Propensity(value=value, base_rate=base_rate, moved_by=moved_by)


def _moved_by(action: Action, values: Mapping[str, Value]) -> dict[str, float]:
    moved: dict[str, float] = {}
    if values.get("concern") in action.entry.concerns:
        moved["fits_concern"] = _FITS_CONCERN
    match values.get("concern_solved"):
        case True:
            moved["concern_solved"] = _SOLVED
        case False:
            moved["concern_not_solved"] = _NOT_SOLVED
    trouble = values.get("days_since_trouble")
    if isinstance(trouble, int) and trouble <= _TROUBLE_DAYS and action.advertising:
        moved["recent_trouble"] = _RECENT_TROUBLE
    years = values.get("years_customer")
    if isinstance(years, int) and years >= _LONG_YEARS:
        moved["long_customer"] = _LONG_CUSTOMER
    leaving = _LEAVING.get(str(values.get("churn_class")), {}).get(action.entry.kind)
    if leaving is not None:
        moved["churn_class"] = leaving
    return moved
