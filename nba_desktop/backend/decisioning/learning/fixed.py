"""The documented start propensities as they are: a model that does not learn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import FloatArray
from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.learning.explaining import largest
from nba_desktop.backend.decisioning.learning.protocols import Example
from nba_desktop.backend.decisioning.learning.settings import LearningSettings
from nba_desktop.backend.decisioning.learning.start import StartTable
from nba_desktop.backend.decisioning.learning.traits import ActionTraits
from nba_desktop.backend.decisioning.learning.update import Update

_LOWEST: Final = 0.01
_HIGHEST: Final = 0.95


@dataclass(frozen=True, slots=True)
class FixedPropensities:
    """Start propensities of all actions at one moment; certain, so that every draw is the mean."""

    means: FloatArray
    start: StartTable
    rows: tuple[int, ...]

    @property
    def deviations(self) -> FloatArray:
        return np.zeros_like(self.means)

    def draws(self, rng: np.random.Generator, n: int, scale: float) -> FloatArray:  # noqa: ARG002 – certain
        return np.tile(self.means, (n, 1))

    def moved_by(self, index: int) -> Mapping[str, float]:
        return largest(self.start.shifts(self.rows, index))


class FixedModel:
    """Base rates and their documented shifts, held between 1 % and 95 %."""

    def __init__(self, settings: LearningSettings, traits: Sequence[ActionTraits]) -> None:
        self.actions = tuple(one.action_id for one in traits)
        self._start = StartTable(traits, settings.neutral_rate)

    @property
    def version(self) -> str:
        return "fixed-1"

    def propensities(self, values: Mapping[str, Value]) -> FixedPropensities:
        rows = self._start.active(values)
        means = 1 / (1 + np.exp(-self._start.sums(rows)))
        return FixedPropensities(np.clip(means, _LOWEST, _HIGHEST), self._start, rows)

    def update_for(self, example: Example, siblings: Sequence[Update]) -> Update | None:  # noqa: ARG002 – learns nothing
        return None

    def apply(self, update: Update, sign: int = 1) -> None:
        """Leave the state as it is: there is none."""

    def advance(self, at: datetime) -> None:
        """Leave the state as it is: there is none."""

    def count_from(self, count: int) -> None:
        """Leave the name as it is: there is one state."""

    def snapshot(self) -> bytes:
        return b""
