"""Where every propensity starts: the documented base rate, shifted by a few documented facts.

The shifts are small and balanced, so that over a usual mix of customers the mean stays near the base rate (campaign
managers set the base rate from counted responses). No shift uses age, name, place or gender. A missing fact shifts
nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import FloatArray
from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.learning.traits import ActionTraits
from nba_desktop.contract.codes import ActionKind

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


def log_odds(probability: float) -> float:
    """Log-odds of a probability strictly between 0 and 1."""
    return math.log(probability / (1 - probability))


class StartTable:
    """The start log-odds of all actions, as rows to be added up: the base rates and one row for each shift.

    `table` is (rows, actions); `names` says what each row is. An action without base rate starts from the mean of its
    group's, else of all base rates, else from `neutral_rate`.
    """

    def __init__(self, traits: Sequence[ActionTraits], neutral_rate: float) -> None:
        self.names: list[str] = []
        rows: list[list[float]] = []

        def row(name: str, values: Iterable[float]) -> int:
            self.names.append(name)
            rows.append(list(values))
            return len(rows) - 1

        row("base_rate", _base_log_odds(traits, neutral_rate))
        concerns = sorted({concern for one in traits for concern in one.concerns})
        self._concern = {
            concern: row("fits_concern", (_FITS_CONCERN * (concern in one.concerns) for one in traits))
            for concern in concerns
        }
        self._solved = {
            True: row("concern_solved", (_SOLVED for _ in traits)),
            False: row("concern_not_solved", (_NOT_SOLVED for _ in traits)),
        }
        self._trouble = row("recent_trouble", (_RECENT_TROUBLE * one.advertising for one in traits))
        self._long = row("long_customer", (_LONG_CUSTOMER for _ in traits))
        self._leaving = {
            churn: row("churn_class", (by_kind.get(one.kind, 0.0) for one in traits))
            for churn, by_kind in _LEAVING.items()
        }
        self.table: FloatArray = np.array(rows, dtype=np.float64).reshape(len(rows), len(traits))
        self._sums: dict[tuple[int, ...], FloatArray] = {}

    def active(self, values: Mapping[str, Value]) -> tuple[int, ...]:
        """Return the rows that hold for these values, the base rates first."""
        get = values.get
        rows = [0]
        concern = self._concern.get(get("concern"))  # type: ignore[arg-type]  # what is no text is no concern
        if concern is not None:
            rows.append(concern)
        solved = get("concern_solved")
        if solved is True or solved is False:
            rows.append(self._solved[solved])
        trouble = get("days_since_trouble")
        if isinstance(trouble, int) and trouble <= _TROUBLE_DAYS:
            rows.append(self._trouble)
        years = get("years_customer")
        if isinstance(years, int) and years >= _LONG_YEARS:
            rows.append(self._long)
        leaving = self._leaving.get(get("churn_class"))  # type: ignore[arg-type]
        if leaving is not None:
            rows.append(leaving)
        return tuple(rows)

    def sums(self, rows: tuple[int, ...]) -> FloatArray:
        """Return where each action starts when these rows hold: (actions,), not to be changed."""
        # There are as many as the few facts have combinations, so that each is added up once.
        found = self._sums.get(rows)
        if found is None:
            found = self._sums[rows] = self.table[list(rows)].sum(axis=0)
        return found

    def shifts(self, rows: tuple[int, ...], index: int) -> list[tuple[str, float]]:
        """Return what these rows move one action away from its base rate, by name."""
        return [(self.names[row], float(self.table[row, index])) for row in rows[1:]]


def start_rates(traits: Sequence[ActionTraits], neutral_rate: float) -> list[float]:
    """The rate each action starts from before any shift, in the actions' order."""
    return [1 / (1 + math.exp(-odds)) for odds in _base_log_odds(traits, neutral_rate)]


def _base_log_odds(traits: Sequence[ActionTraits], neutral_rate: float) -> list[float]:
    everywhere = [log_odds(one.base_rate) for one in traits if one.base_rate is not None]
    found: list[float] = []
    for one in traits:
        if one.base_rate is not None:
            found.append(log_odds(one.base_rate))
            continue
        group = [log_odds(other.base_rate) for other in traits if other.group == one.group and other.base_rate]
        known = group or everywhere
        found.append(sum(known) / len(known) if known else log_odds(neutral_rate))
    return found
