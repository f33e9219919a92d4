"""A Beta-Bernoulli count for each action: what is left when no feature may be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import FloatArray
from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.learning.beliefs import Beliefs
from nba_desktop.backend.decisioning.learning.explaining import LEARNT, largest
from nba_desktop.backend.decisioning.learning.protocols import Example
from nba_desktop.backend.decisioning.learning.settings import LearningSettings
from nba_desktop.backend.decisioning.learning.snapshot import write_snapshot
from nba_desktop.backend.decisioning.learning.start import log_odds, start_rates
from nba_desktop.backend.decisioning.learning.traits import ActionTraits
from nba_desktop.backend.decisioning.learning.update import Update
from nba_desktop.backend.errors import FeatureError

COUNTS: Final = "counts"
_LEAST: Final = 1e-6


@dataclass(frozen=True, slots=True)
class BetaPropensities:
    """The counts of all actions as Beta distributions; the same for every customer."""

    accepted: FloatArray
    declined: FloatArray
    starts: tuple[float, ...]

    @property
    def means(self) -> FloatArray:
        found: FloatArray = self.accepted / (self.accepted + self.declined)
        return found

    @property
    def deviations(self) -> FloatArray:
        # The deviation of a Beta variable's log-odds, by the first term of the trigamma function.
        found: FloatArray = np.sqrt(1 / self.accepted + 1 / self.declined)
        return found

    def draws(self, rng: np.random.Generator, n: int, scale: float) -> FloatArray:
        if scale == 0:
            return np.tile(self.means, (n, 1))
        # Fewer counts with the same mean are as much more uncertain as asked.
        return rng.beta(self.accepted / scale**2, self.declined / scale**2, size=(n, len(self.starts)))

    def moved_by(self, index: int) -> Mapping[str, float]:
        return largest([(LEARNT, log_odds(float(self.means[index])) - log_odds(self.starts[index]))])


class BetaModel:
    """Accepted and declined, counted for each action beside its base rate.

    An action without base rate starts from what its group has shown. Group and action are counted by the same updates.
    """

    mode: Final = "beta"

    def __init__(self, settings: LearningSettings, traits: Sequence[ActionTraits]) -> None:
        self.actions = tuple(one.action_id for one in traits)
        self._traits = {one.action_id: one for one in traits}
        groups = sorted({one.group for one in traits})
        self._group_of = [groups.index(one.group) for one in traits]
        self._starts = tuple(start_rates(traits, settings.neutral_rate))
        self._prior_trials = settings.prior_trials
        owners = [*(f"group:{name}" for name in groups), *(f"action:{name}" for name in self.actions)]
        self.beliefs = Beliefs(owners, (COUNTS,), settings.half_life_days)
        self._groups = len(groups)
        self._newest: BetaPropensities | None = None

    @property
    def version(self) -> str:
        return f"beta-1@{self.beliefs.count}"

    def propensities(self, values: Mapping[str, Value]) -> BetaPropensities:  # noqa: ARG002 – the same for everyone
        if self._newest is None:
            self._newest = self._counted()
        return self._newest

    def update_for(self, example: Example, siblings: Sequence[Update]) -> Update | None:  # noqa: ARG002 – counts only
        traits = self._traits.get(example.action_id)
        if traits is None:
            raise FeatureError(f"the model has no action '{example.action_id}': nothing can be learnt of it")
        trials = np.full((1, 2), example.weight, dtype=np.float32)
        owners = (f"group:{traits.group}", f"action:{traits.action_id}")
        return Update(example.at, owners, (COUNTS,), trials, trials * np.float32(example.label))

    def apply(self, update: Update, sign: int = 1) -> None:
        self.beliefs.add(update, sign)
        self._newest = None

    def advance(self, at: datetime) -> None:
        self.beliefs.advance(at)
        self._newest = None

    def count_from(self, count: int) -> None:
        self.beliefs.count = count

    def snapshot(self) -> bytes:
        return write_snapshot(self.mode, self.beliefs)

    def restore(self, beliefs: Beliefs) -> None:
        """Take over what an earlier model of this kind had counted, by the names of actions and groups."""
        self.beliefs.take_over(beliefs)
        self._newest = None

    def _counted(self) -> BetaPropensities:
        left = self.beliefs.weight
        trials = left * self.beliefs.precision[0]
        accepted = left * self.beliefs.information[0]
        prior = self._prior_trials
        starts: list[float] = []
        for place, one in enumerate(self._traits.values()):
            start = self._starts[place]
            if one.base_rate is None:
                group = self._group_of[place]
                start = (prior * start + float(accepted[group])) / (prior + float(trials[group]))
            starts.append(start)
        base = np.array(starts)
        live = slice(self._groups, self._groups + len(self.actions))
        yes = prior * base + accepted[live]
        no = prior * (1 - base) + trials[live] - accepted[live]
        # Taking back leaves float dust, which may lie below nothing.
        return BetaPropensities(np.maximum(yes, _LEAST), np.maximum(no, _LEAST), self._starts)
