"""What decisions and services need of a propensity model, whichever it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np

from nba_desktop.backend.arrays import FloatArray
from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.learning.update import Update


@dataclass(frozen=True, slots=True)
class Example:
    """One recommendation whose answer is known: the values of its decision, and what the answer teaches.

    `label` is 1 for yes and 0 for no, `weight` how much it counts (0, 1], `at` the decision's moment.
    """

    action_id: str
    values: Mapping[str, Value]
    label: float
    at: datetime
    weight: float = 1.0


class Propensities(Protocol):
    """How likely each action is accepted at one moment, in the order of the model's actions."""

    @property
    def means(self) -> FloatArray:
        """Calibrated probabilities before any draw, (actions,)."""

    @property
    def deviations(self) -> FloatArray:
        """Standard deviations in log-odds, (actions,)."""

    def draws(self, rng: np.random.Generator, n: int, scale: float) -> FloatArray:
        """Return `n` draws from what the model believes, (n, actions) probabilities; scale 0 gives the means."""

    def moved_by(self, index: int) -> Mapping[str, float]:
        """Return what moved one action away from its base rate, in log-odds by name, the largest few first."""


class PropensityModel(Protocol):
    """Whatever can say how likely actions are accepted."""

    @property
    def version(self) -> str:
        """The name of this state."""

    @property
    def actions(self) -> tuple[str, ...]:
        """The ids of its actions, in the order of every array."""

    def propensities(self, values: Mapping[str, Value]) -> Propensities:
        """Return the propensities of all actions."""


class LearningModel(PropensityModel, Protocol):
    """A propensity model that learns; one thread at a time."""

    def update_for(self, example: Example, siblings: Sequence[Update]) -> Update | None:
        """Return what the example teaches, or None when there is nothing to learn.

        `siblings` are the applied updates of the same decision (an earlier one of the same action is to be taken back
        before, or named here too): the example is seen from the state without them, so that the order of a
        decision's responses does not matter. Raises `FeatureError` for an action the model does not have.
        """

    def apply(self, update: Update, sign: int = 1) -> None:
        """Add an update to the state, or with sign -1 take it back."""

    def advance(self, at: datetime) -> None:
        """Let time pass to a moment, so that old observations count less; an earlier moment changes nothing."""

    def count_from(self, count: int) -> None:
        """Name the state by this number, and each update, also one that is taken back, by the next."""

    def snapshot(self) -> bytes:
        """Return the state; `make_model` restores it."""
