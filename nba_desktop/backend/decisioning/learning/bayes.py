"""The Bayesian logistic model: one for all actions, with what they share, what a group and what one action adds.

logit p(a | x) = start(a, x) + κ·(shared + group(a) + action(a))·x, each weight with a mean and a variance of its own.
κ moderates what was learnt by how uncertain it is, so that an action nothing is known of has its documented rate.
An example moves the weights by assumed-density filtering (moments of the logistic likelihood with the logit's
variance moderated as in MacKay 1992; the diagonal scheme of Graepel et al. 2010, adPredictor, for a logit). Each step
shrinks with the variance of the whole logit, so that many classes which explain the same do not overshoot.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import FloatArray, Places, SmallArray
from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.learning.beliefs import Beliefs, in_days
from nba_desktop.backend.decisioning.learning.explaining import LEARNT, largest
from nba_desktop.backend.decisioning.learning.features import Encoder
from nba_desktop.backend.decisioning.learning.protocols import Example
from nba_desktop.backend.decisioning.learning.settings import LearningSettings
from nba_desktop.backend.decisioning.learning.snapshot import write_snapshot
from nba_desktop.backend.decisioning.learning.start import StartTable
from nba_desktop.backend.decisioning.learning.traits import ActionTraits
from nba_desktop.backend.decisioning.learning.update import Update
from nba_desktop.backend.errors import FeatureError

SHARED: Final = "shared"
# A logit with this variance, seen through the logistic function, is about a logit divided by √(1 + π/8 · variance).
_MODERATION: Final = math.pi / 8
_STALE_HALF_LIVES: Final = 1 / 256


class BayesPropensities:
    """What the model believes of all actions at one moment.

    The posterior's parts are kept apart (action, group, shared): what actions share moves them together in a draw.
    """

    __slots__ = ("_active", "_block", "_groups", "_means", "_model", "_rows", "_size", "_spread", "_start", "_sums")

    def __init__(
        self, model: BayesModel, active: list[int], rows: tuple[int, ...], block: FloatArray, sums: FloatArray
    ):
        self._model = model
        self._active = active
        self._rows = rows
        self._block = block
        self._sums = sums
        self._start = model.start.sums(rows)
        self._groups = model.groups
        self._size = len(self._groups)
        self._means: FloatArray | None = None
        # 1 / κ of each action.
        self._spread = self._variances()
        self._spread *= _MODERATION
        self._spread += 1
        np.sqrt(self._spread, out=self._spread)

    @property
    def means(self) -> FloatArray:
        if self._means is None:
            logits = self._sums[: self._size] / self._spread
            logits += self._start
            self._means = _logistic(logits)
        return self._means

    @property
    def deviations(self) -> FloatArray:
        return np.sqrt(self._variances())

    def draws(self, rng: np.random.Generator, n: int, scale: float) -> FloatArray:
        size = self._size
        if scale == 0:
            return np.tile(self.means, (n, 1))
        deviations = np.sqrt(self._sums[size:])
        if scale != 1:
            deviations *= scale
        # One draw is the hot path, and plain vectors are faster than matrices of one row.
        noise = rng.standard_normal(len(deviations) if n == 1 else (n, len(deviations)))
        noise *= deviations
        drawn: FloatArray = noise[..., :size]
        drawn += self._sums[:size]
        drawn += noise[..., size:-1][..., self._groups]
        drawn += noise[..., -1:]
        drawn /= self._spread
        drawn += self._start
        return _logistic(drawn).reshape(n, size)

    def moved_by(self, index: int) -> Mapping[str, float]:
        names = self._model.encoder.feature_names
        moderation = 1 / float(self._spread[index])
        weights = (moderation * weight for weight in self._block[:, index].tolist())
        learnt = zip([LEARNT, *(names[place] for place in self._active[1:])], weights, strict=True)
        return largest([*learnt, *self._model.start.shifts(self._rows, index)])

    def _variances(self) -> FloatArray:
        size = self._size
        found: FloatArray = self._sums[2 * size : -1][self._groups]
        found += self._sums[size : 2 * size]
        found += self._sums[-1]
        return found


class BayesModel:
    """One online Bayesian logistic model over all actions; one thread at a time."""

    mode: Final = "bayes"

    def __init__(self, settings: LearningSettings, traits: Sequence[ActionTraits], encoder: Encoder) -> None:
        self.actions = tuple(one.action_id for one in traits)
        groups = sorted({one.group for one in traits})
        group_of = [groups.index(one.group) for one in traits]
        self.encoder = encoder
        self.start = StartTable(traits, settings.neutral_rate)
        self._index = {action_id: place for place, action_id in enumerate(self.actions)}
        self.groups: Places = np.array(group_of, dtype=np.intp)
        self._first_action = 1 + len(groups)
        # For each action: its three owners, by name and by place.
        self._owners = [(SHARED, f"group:{one.group}", f"action:{one.action_id}") for one in traits]
        self._places: Places = np.array(
            [[0, 1 + group, self._first_action + place] for place, group in enumerate(group_of)], dtype=np.intp
        )
        owners = [SHARED, *(f"group:{name}" for name in groups), *(names[-1] for names in self._owners)]
        self.beliefs = Beliefs(owners, encoder.classes, settings.half_life_days)
        self._live = len(owners)
        documented = any(one.base_rate is not None for one in traits)
        self._prior = _prior_precision(settings, encoder, documented)
        levels = [0] + [1] * len(groups) + [2] * len(traits)
        self._prior_by_owner = self._prior[:, levels]
        # What a decision adds up: classes × (mean and own variance of each action, the variance of each group, the
        # shared variance).
        self._table: FloatArray = np.zeros((len(encoder.classes), 2 * len(traits) + len(groups) + 1))
        self._ones = np.ones(len(encoder.features) + 1)
        self._table_at = -math.inf
        self._changed: set[int] = set(range(len(self._table)))

    @property
    def version(self) -> str:
        return f"bayes-1@{self.beliefs.count}"

    def propensities(self, values: Mapping[str, Value]) -> BayesPropensities:
        self._refresh()
        active = self.encoder.encode(values)
        rows = self.start.active(values)
        block = self._table.take(active, axis=0)
        # A product with ones adds up rows faster than a reduction over them.
        return BayesPropensities(self, active, rows, block, self._ones.dot(block))

    def update_for(self, example: Example, siblings: Sequence[Update]) -> Update | None:
        index = self._index.get(example.action_id)
        if index is None:
            raise FeatureError(f"the model has no action '{example.action_id}': nothing can be learnt of it")
        active = self.encoder.encode(example.values)
        start = float(self.start.sums(self.start.active(example.values))[index])
        beliefs = self.beliefs
        cells = np.array(active)[:, None], self._places[index]
        precision, information = beliefs.precision[cells], beliefs.information[cells]
        left = beliefs.weight
        precision *= left
        information *= left
        for sibling in siblings:
            self._leave_out(sibling, active, self._places[index].tolist(), precision, information)
        # Taking back leaves float dust, which may lie below nothing.
        np.maximum(precision, 0, out=precision)
        precision += self._prior[cells[0][:, 0]]
        names = self.encoder.classes
        classes = tuple([names[place] for place in active])
        return Update(example.at, self._owners[index], classes, *_step(precision, information, start, example))

    def apply(self, update: Update, sign: int = 1) -> None:
        self._changed.update(self.beliefs.add(update, sign))

    def advance(self, at: datetime) -> None:
        self.beliefs.advance(at)

    def count_from(self, count: int) -> None:
        self.beliefs.count = count

    def snapshot(self) -> bytes:
        return write_snapshot(self.mode, self.beliefs)

    def restore(self, beliefs: Beliefs) -> None:
        """Take over what an earlier model of this kind had learnt, by the names of actions, groups and classes."""
        self.beliefs.take_over(beliefs)
        self._changed = set(range(len(self._table)))

    def _leave_out(
        self, sibling: Update, active: list[int], owners: list[int], precision: FloatArray, information: FloatArray
    ) -> None:
        """Take a sibling's part out of these cells."""
        left = self.beliefs.left(in_days(sibling.at), self.beliefs.now)
        its_classes, its_owners = self.beliefs.places(sibling)
        _, mine, its = np.intersect1d(active, its_classes, assume_unique=True, return_indices=True)
        _, my_owners, same = np.intersect1d(owners, its_owners, assume_unique=True, return_indices=True)
        precision[np.ix_(mine, my_owners)] -= left * sibling.precision[np.ix_(its, same)]
        information[np.ix_(mine, my_owners)] -= left * sibling.information[np.ix_(its, same)]

    def _refresh(self) -> None:
        """Bring the table up to date where something was learnt, or everywhere when time has passed."""
        beliefs = self.beliefs
        if beliefs.now - self._table_at > beliefs.half_life_days * _STALE_HALF_LIVES:
            self._changed = set(range(len(self._table)))
            self._table_at = beliefs.now
        if not self._changed:
            return
        # Classes behind the live ones belong to features that are not in force.
        changed = np.array([place for place in self._changed if place < len(self._table)], dtype=np.intp)
        self._changed = set()
        left = 1.0 if beliefs.epoch is None else beliefs.left(beliefs.epoch, self._table_at)
        variances = beliefs.precision[changed, : self._live]
        variances *= left
        np.maximum(variances, 0, out=variances)
        variances += self._prior_by_owner[changed]
        np.reciprocal(variances, out=variances)
        means = beliefs.information[changed, : self._live]
        means *= left
        means *= variances
        size, first = len(self.actions), self._first_action
        table = self._table
        weights = means[:, first:] + means[:, 1:first].take(self.groups, axis=1)
        weights += means[:, :1]
        table[changed, :size] = weights
        table[changed, size : 2 * size] = variances[:, first:]
        table[changed, 2 * size : -1] = variances[:, 1:first]
        table[changed, -1] = variances[:, 0]


def _prior_precision(settings: LearningSettings, encoder: Encoder, documented: bool) -> FloatArray:
    """The prior precision of each class's weight for what is shared, a group and an action: (classes, 3).

    `documented` says that there are base rates to start from.
    """
    intercepts, weights = settings.intercepts, settings.weights
    precision: FloatArray = np.empty((len(encoder.classes), 3))
    # One class of each feature is active: together they vary as much as the settings say, however many they are.
    precision[:] = len(encoder.features) / np.array([weights.shared, weights.group, weights.action]) ** 2
    shared = intercepts.shared if documented else settings.unknown_rate
    precision[0] = np.array([shared, intercepts.group, intercepts.action]) ** -2
    return precision


def _step(
    precision: FloatArray, information: FloatArray, start: float, example: Example
) -> tuple[SmallArray, SmallArray]:
    """What one example adds to cells with this precision and information, as float32."""
    variances = 1 / precision
    means = information * variances
    spread = float(variances.sum())
    moderation = 1 / math.sqrt(1 + _MODERATION * spread)
    expected = 1 / (1 + math.exp(-start - moderation * float(means.sum())))
    gain = example.weight * moderation * (example.label - expected)
    curvature = example.weight * moderation**2 * expected * (1 - expected)
    # Each weight's own variance shrinks by what the example says about it while the others stay as uncertain.
    seen = curvature * variances
    added = curvature / (1 - seen)
    moved = variances * gain
    informed = gain + added * (means + moved)
    return added.astype(np.float32), informed.astype(np.float32)


def _logistic(logits: FloatArray) -> FloatArray:
    np.negative(logits, out=logits)
    np.exp(logits, out=logits)
    logits += 1
    return np.reciprocal(logits, out=logits)
