"""The score of every action that may be shown: propensity × context × value × levers, in the order of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray, FloatArray, Places
from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.bonus import bonus_for, value_with_bonus
from nba_desktop.backend.decisioning.catalogue import Action, Catalogue
from nba_desktop.backend.decisioning.entries.targets import aims_at
from nba_desktop.backend.decisioning.learning.protocols import Propensities, PropensityModel
from nba_desktop.backend.decisioning.ranking import Factor, PriorityTable

NOTHING_RAISED: Final[Mapping[str, int]] = {}
_NOTHING: Final[Mapping[str, float]] = {}


@dataclass(frozen=True, slots=True)
class Factors:
    """The factors besides the propensity, (actions,) each; `bonuses` are in EUR by the action's place.

    `raised` is the part of the context that waiting events make.
    """

    context: FloatArray
    value: FloatArray
    levers: FloatArray
    bonuses: Mapping[int, float]
    raised: FloatArray


class Scoring:
    """The factors of one catalogue; a factor in `off` counts 1 for every action."""

    def __init__(self, catalogue: Catalogue, off: Collection[Factor] = ()) -> None:
        self._actions = catalogue.actions
        self._rules = catalogue.entry.bonus
        self._value_counts = "value" not in off
        self._events_count = "context" not in off
        self._with_ladder = [place for place, one in enumerate(self._actions) if one.entry.value.bonus_ladder]
        values = np.array([one.value for one in self._actions])
        levers = _weights([(one.target, one.percent) for one in catalogue.entry.levers], self._actions)
        context = {
            concern: _weights(
                [(one.target, one.weight) for one in catalogue.entry.context if one.concern == concern], self._actions
            )
            for concern in {one.concern for one in catalogue.entry.context}
        }
        self._ranked = PriorityTable(values, levers, context, off)
        self._without_levers = PriorityTable(values, levers, context, {*off, "levers"})

    def factors(
        self, values: Mapping[str, Value], authority: str | None, percents: Mapping[str, int] = NOTHING_RAISED
    ) -> Factors:
        """Return the factors for one customer; a bonus is taken off the value of the offer that holds it.

        `percents` is by how much waiting events raise actions, by their ids.
        """
        churn_class = values.get("churn_class")
        bonuses: dict[int, float] = {}
        value = self._ranked.values
        for place in self._with_ladder:
            eur = bonus_for(self._actions[place], churn_class, self._rules, authority).eur
            if eur is not None:
                bonuses[place] = eur
        if bonuses and self._value_counts:
            value = value.copy()
            for place, eur in bonuses.items():
                value[place] = value_with_bonus(self._actions[place], eur)
        context, raised = self._ranked.context_of(concern_of(values)), self._ranked.neutral
        if percents and self._events_count:
            raised = np.array([1 + percents.get(one.action_id, 0) / 100 for one in self._actions])
            context = context * raised
        return Factors(context, value, self._ranked.levers, bonuses, raised)

    def priorities(
        self, propensities: FloatArray, values: Mapping[str, Value], factors: Factors
    ) -> tuple[FloatArray, FloatArray]:
        """Return the priorities with levers and without, (draws, actions)."""
        concern = concern_of(values)
        both = self._ranked.priorities(propensities, concern), self._without_levers.priorities(propensities, concern)
        if factors.raised is not self._ranked.neutral:
            both = both[0] * factors.raised, both[1] * factors.raised
        if not factors.bonuses or not self._value_counts:
            return both
        less = np.ones(len(self._actions))
        for place in factors.bonuses:
            less[place] = factors.value[place] / self._ranked.values[place]
        return both[0] * less, both[1] * less


def concern_of(values: Mapping[str, Value]) -> str | None:
    """The contact reason among the values, None where it may not be used."""
    concern = values.get("concern")
    return concern if isinstance(concern, str) else None


def _weights(percents: Sequence[tuple[str, int]], actions: Sequence[Action]) -> FloatArray:
    """Add up, for each action, the percents that aim at it: /100, + 1, never below 0."""
    sums = [sum(percent for target, percent in percents if aims_at(target, one.entry)) for one in actions]
    return np.array([max(1 + total / 100, 0.0) for total in sums])


@dataclass(frozen=True, slots=True)
class Believed:
    """The propensities of a catalogue's actions, in its order, where the model was made for other actions.

    An action that the model does not know counts with its base rate, and is certain.
    """

    model: Propensities
    places: Places
    known: BoolArray
    base_rates: FloatArray

    @property
    def means(self) -> FloatArray:
        return self._filled(self.model.means, self.base_rates)

    @property
    def deviations(self) -> FloatArray:
        return self._filled(self.model.deviations, np.zeros_like(self.base_rates))

    def draws(self, rng: np.random.Generator, n: int, scale: float) -> FloatArray:
        drawn = np.tile(self.base_rates, (n, 1))
        drawn[:, self.known] = self.model.draws(rng, n, scale)[:, self.places]
        return drawn

    def moved_by(self, index: int) -> Mapping[str, float]:
        if not self.known[index]:
            return _NOTHING
        return self.model.moved_by(int(self.places[int(self.known[:index].sum())]))

    def _filled(self, of_model: FloatArray, otherwise: FloatArray) -> FloatArray:
        filled = otherwise.copy()
        filled[self.known] = of_model[self.places]
        return filled


def believer(
    action_ids: tuple[str, ...], base_rates: FloatArray
) -> Callable[[PropensityModel, Mapping[str, Value]], tuple[Propensities, frozenset[str]]]:
    """Return what asks a model about these actions, and says which of them it does not know."""

    def believed(model: PropensityModel, values: Mapping[str, Value]) -> tuple[Propensities, frozenset[str]]:
        propensities = model.propensities(values)
        if model.actions == action_ids:
            return propensities, frozenset()
        at = {action_id: place for place, action_id in enumerate(model.actions)}
        known = np.array([action_id in at for action_id in action_ids], dtype=np.bool_)
        places = np.array([at[action_id] for action_id in action_ids if action_id in at], dtype=np.intp)
        unknown = frozenset(action_id for action_id in action_ids if action_id not in at)
        return Believed(propensities, places, known, base_rates), unknown

    return believed
