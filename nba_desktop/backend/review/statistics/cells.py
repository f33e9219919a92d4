"""What is compared: decisions and acceptances of each agent, kept apart by what was offered to whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nba_desktop.backend.arrays import BoolArray, FloatArray, IntArray
from nba_desktop.backend.errors import EvaluationError


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Trials and successes, both agents × strata (an action, a contact reason, or an action for a contact reason).

    Each event counts once for its call and action. Raises EvaluationError for counts that cannot be.
    """

    trials: IntArray
    successes: IntArray

    def __post_init__(self) -> None:
        x, n = self.successes, self.trials
        if n.ndim != 2 or x.shape != n.shape:
            raise EvaluationError(
                f"trials of shape {n.shape} and successes of shape {x.shape}: both are agents × strata"
            )
        wrong = (x < 0) | (x > n)
        if wrong.any():
            agent, stratum = (int(i) for i in np.argwhere(wrong)[0])
            raise EvaluationError(
                f"{x[agent, stratum]} successes of {n[agent, stratum]} trials cannot be "
                f"(agent {agent}, stratum {stratum})"
            )

    @property
    def all_trials(self) -> FloatArray:
        """Trials of all agents together, for each stratum."""
        return _over_agents(self.trials)

    @property
    def all_successes(self) -> FloatArray:
        """Successes of all agents together, for each stratum."""
        return _over_agents(self.successes)

    @property
    def compared(self) -> BoolArray:
        """Agents × strata: where this agent and somebody else has a case; the rest can be compared with nothing."""
        return (self.trials > 0) & (self.trials < self.all_trials)


def _over_agents(table: IntArray) -> FloatArray:
    # Floats: products of several totals leave the range of an integer.
    found: FloatArray = table.sum(axis=0).astype(np.float64)
    return found
