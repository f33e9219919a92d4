"""What each control arm shows, what is tried out, and how probable that was.

The first row of every array is the draw that is shown. The rows behind it are further draws, which nobody sees: they
say how probable it was. The last row holds the mean propensities: what would be shown if nothing were tried out.

    P(action is shown) = Σ over arms: share of the arm × share of its draws whose slate holds the action

A draw is a row but the last. The first row counts too, so that what is shown always has a probability above 0:
(hits + 1) / (further draws + 1) in the arm it was shown in. With these probabilities, inverse propensity scoring over
the decisions of all arms together weighs right. An arm that the site gives no customers, and that is asked for all the
same (a test, a replay), stands alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray, FloatArray, Places
from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.decisioning.learning.protocols import Propensities
from nba_desktop.backend.decisioning.selection import Candidates, slates

FURTHER_DRAWS: Final = 128


@dataclass(frozen=True, slots=True)
class Draws:
    """Propensities of all actions, drawn, and for each action a lot between 0 and 1; (2 + further draws, actions)."""

    propensities: FloatArray
    lots: FloatArray


def draw(propensities: Propensities, means: FloatArray, seed: str, scale: float) -> Draws:
    """Draw from what the model believes; the same seed draws the same for an action, whatever else has changed."""
    digest = hashlib.sha256(seed.encode()).digest()
    beliefs, lots = (np.random.default_rng(int.from_bytes(half, "big")) for half in (digest[:16], digest[16:]))
    drawn = propensities.draws(beliefs, FURTHER_DRAWS + 1, scale)
    return Draws(np.vstack((drawn, means)), lots.random((FURTHER_DRAWS + 2, len(means))))


@dataclass(frozen=True, slots=True)
class Choice:
    """What one arm shows, by places of the candidates.

    `order` is the order of all candidates, best first; `explored` stands higher in the slate than its mean would put
    it; `shown` is the probability of each candidate to be shown, and `slate_probability` that of exactly this slate.
    """

    slate: tuple[int, ...]
    order: tuple[int, ...]
    explored: tuple[int, ...]
    shown: FloatArray
    slate_probability: float


def choose(
    candidates: Candidates,
    priorities: FloatArray,
    without_levers: FloatArray,
    lots: FloatArray,
    arm: Arm,
    shares: Mapping[Arm, float],
    slots: int,
) -> Choice:
    """Choose by priorities, (draws, candidates), in the way of `arm`; `shares` are the arms' shares."""
    ways = _Ways(candidates, priorities, without_levers, lots, slots)
    chosen = ways.slates(arm)
    slate = chosen[0]
    shown = np.zeros(len(candidates))
    slate_probability = 0.0
    drawn_in = shares if shares.get(arm, 0) > 0 else {arm: 1.0}
    whole = sum(drawn_in.values())
    for one, share in drawn_in.items():
        if share <= 0:
            continue
        drawn = ways.slates(one)[:-1]
        shown += share / whole * np.bincount(drawn.ravel(), minlength=len(candidates)) / len(drawn)
        if drawn.shape[1] == len(slate):
            slate_probability += share / whole * float((drawn == slate).all(axis=1).mean())
    by_belief = arm in {Arm.RANKED, Arm.WITHOUT_LEVERS}
    by_mean = chosen[-1].tolist()
    explored = tuple(
        place for rank, place in enumerate(slate.tolist()) if by_belief and place not in by_mean[: rank + 1]
    )
    order = np.argsort(-ways.keys(arm)[0], kind="stable")
    return Choice(
        tuple(slate.tolist()),
        tuple(order.tolist()),
        explored,
        np.minimum(shown, 1.0),
        min(slate_probability, 1.0),
    )


class _Ways:
    """The slates of every arm, each worked out when it is asked for and once."""

    def __init__(
        self, candidates: Candidates, priorities: FloatArray, without_levers: FloatArray, lots: FloatArray, slots: int
    ) -> None:
        self._candidates = candidates
        self._slots = slots
        ranked = candidates.keys(priorities)
        self._keys: dict[Arm, FloatArray] = {Arm.RANKED: ranked, Arm.NOTHING: ranked}
        self._priorities: dict[Arm, FloatArray] = {Arm.WITHOUT_LEVERS: without_levers, Arm.RANDOM: lots}
        self._slates: dict[Arm, Places] = {Arm.RANKED: slates(candidates, ranked, slots)}

    def keys(self, arm: Arm) -> FloatArray:
        if arm not in self._keys:
            self._keys[arm] = self._candidates.keys(self._priorities[arm])
        return self._keys[arm]

    def slates(self, arm: Arm) -> Places:
        if arm not in self._slates:
            keys = self.keys(arm)
            if arm is Arm.NOTHING:
                self._slates[arm] = self._service_only(keys)
            else:
                self._slates[arm] = slates(self._candidates, keys, self._slots, self._kept())
        return self._slates[arm]

    def _kept(self) -> BoolArray:
        """The service actions of the ranked arm: no arm withholds them."""
        ranked = self._slates[Arm.RANKED]
        kept = np.zeros((len(ranked), len(self._candidates)), dtype=np.bool_)
        np.put_along_axis(kept, ranked, self._candidates.service[ranked], axis=1)
        return kept

    def _service_only(self, keys: FloatArray) -> Places:
        services = np.flatnonzero(self._candidates.service)
        if not len(services):
            return np.empty((len(keys), 0), dtype=np.intp)
        chosen = slates(self._candidates.of(services), keys[:, services], self._slots, self._kept()[:, services])
        return services[chosen]
