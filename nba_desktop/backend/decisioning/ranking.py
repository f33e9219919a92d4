"""The numeric core of a decision: priority = propensity × context × value × levers, for all actions at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, Literal

import numpy as np

from nba_desktop.backend.arrays import BoolArray, FloatArray

Factor = Literal["propensity", "context", "value", "levers"]
_NONE_LEFT: Final = -np.inf


class PriorityTable:
    """The factors of all actions that do not change from customer to customer, in the order of the model's actions.

    `values` and `levers` are (actions,), `context` is (actions,) for each concern that weighs any action. A factor in
    `off` counts 1 for every action.
    """

    def __init__(
        self,
        values: FloatArray,
        levers: FloatArray,
        context: Mapping[str, FloatArray],
        off: Collection[Factor] = (),
    ) -> None:
        neutral = np.ones(len(values))
        self.values = neutral if "value" in off else np.asarray(values, dtype=np.float64)
        self.levers = neutral if "levers" in off else np.asarray(levers, dtype=np.float64)
        self.context = {} if "context" in off else dict(context)
        self.neutral = neutral
        self._with_propensity = "propensity" not in off
        fixed = self.values * self.levers
        self._weights = {concern: fixed * weights for concern, weights in self.context.items()}
        self._unweighted = fixed

    def context_of(self, concern: str | None) -> FloatArray:
        """Return the context weight of each action for a concern, 1 where none is declared."""
        return self.neutral if concern is None else self.context.get(concern, self.neutral)

    def priorities(self, propensities: FloatArray, concern: str | None) -> FloatArray:
        """Return the priorities for propensities of shape (actions,) or (draws, actions)."""
        weights = self._unweighted if concern is None else self._weights.get(concern, self._unweighted)
        if self._with_propensity:
            return propensities * weights
        return np.broadcast_to(weights, propensities.shape)


def top(priorities: FloatArray, allowed: BoolArray, k: int) -> list[int]:
    """Return the places of the `k` highest priorities among the allowed actions, best first, fewer if there are fewer.

    Of equal priorities the earlier action goes first.
    """
    left: FloatArray = np.where(allowed, priorities, _NONE_LEFT)
    found: list[int] = []
    for _ in range(k):
        best = int(left.argmax())
        if left[best] == _NONE_LEFT:
            break
        found.append(best)
        left[best] = _NONE_LEFT
    return found
