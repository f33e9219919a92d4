"""What was learnt, as sums over updates: additive, in any order, forgotten by time, found by name."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import FloatArray
from nba_desktop.backend.decisioning.learning.update import Update

_SECONDS_A_DAY: Final = 86_400.0
_RESCALE_AT: Final = 512


def in_days(at: datetime) -> float:
    """Days since 1970, with the fraction of the day."""
    return at.timestamp() / _SECONDS_A_DAY


class Beliefs:
    """Sums of precision and of precision × mean, (classes, owners), each update weighted 2^(-age / half-life).

    The sums are kept as of `epoch` and weighted when read, so that adding is a plain sum: updates commute, and one
    taken back leaves what was there before, to float tolerance. `now` is the newest moment seen; it never goes back.
    The first owners and classes are those of the catalogue in force; others, of actions and features that are not in
    it, lie behind them, because a rollback brings them back.
    """

    def __init__(self, owners: Sequence[str], classes: Sequence[str], half_life_days: float) -> None:
        self.owners = _numbered(owners)
        self.classes = _numbered(classes)
        self.half_life_days = half_life_days
        self.epoch: float | None = None
        self.now = -math.inf
        self.count = 0
        self.precision: FloatArray = np.zeros((len(classes), len(owners)))
        self.information: FloatArray = np.zeros((len(classes), len(owners)))

    @property
    def weight(self) -> float:
        """What the sums are multiplied by to be as of now."""
        return 1.0 if self.epoch is None else self.left(self.epoch, self.now)

    def left(self, earlier: float, later: float) -> float:
        """How much of an observation is left after the days between two moments; above 1 the other way round."""
        return float(2.0 ** ((earlier - later) / self.half_life_days))

    def advance(self, at: datetime) -> None:
        """Let time pass to a moment; an earlier one changes nothing."""
        self.now = max(self.now, in_days(at))

    def add(self, update: Update, sign: int) -> list[int]:
        """Add an update, or with sign -1 take it back, and return the places of its classes.

        Names not seen before get places of their own.
        """
        classes, owners = self.places(update)
        at = in_days(update.at)
        self.now = max(self.now, at)
        # An observation of a later moment than the epoch weighs more than one of the epoch itself.
        factor = sign / self.left(self._epoch_for(at), at)
        cells = np.array(classes)[:, None], np.array(owners)
        self.precision[cells] += np.multiply(update.precision, factor, dtype=np.float64)
        self.information[cells] += np.multiply(update.information, factor, dtype=np.float64)
        self.count += 1
        return classes

    def places(self, update: Update) -> tuple[list[int], list[int]]:
        """Return the places of an update's classes and owners."""
        try:
            return [self.classes[name] for name in update.classes], [self.owners[name] for name in update.owners]
        except KeyError:
            self._extend(update)
            return self.places(update)

    def take_over(self, other: Beliefs) -> None:
        """Replace everything learnt by what `other` holds, matched by name."""
        owners = [*self.owners, *(name for name in other.owners if name not in self.owners)]
        classes = [*self.classes, *(name for name in other.classes if name not in self.classes)]
        self.owners, self.classes = _numbered(owners), _numbered(classes)
        self.epoch, self.now, self.count = other.epoch, other.now, other.count
        # Another half-life counts from now on: what is left now is kept.
        rescaled = other.weight / self.weight
        cells = np.ix_([self.classes[name] for name in other.classes], [self.owners[name] for name in other.owners])
        self.precision = np.zeros((len(classes), len(owners)))
        self.information = np.zeros((len(classes), len(owners)))
        self.precision[cells] = other.precision * rescaled
        self.information[cells] = other.information * rescaled

    def _extend(self, update: Update) -> None:
        owners = [name for name in update.owners if name not in self.owners]
        classes = [name for name in update.classes if name not in self.classes]
        self.owners = _numbered([*self.owners, *owners])
        self.classes = _numbered([*self.classes, *classes])
        wider = ((0, len(classes)), (0, len(owners)))
        self.precision = np.pad(self.precision, wider)
        self.information = np.pad(self.information, wider)

    def _epoch_for(self, at: float) -> float:
        """The epoch, moved on before 2^(age / half-life) leaves what a float can hold; powers of two are exact."""
        if self.epoch is None:
            self.epoch = at
        steps = math.floor((at - self.epoch) / self.half_life_days)
        if steps > _RESCALE_AT:
            self.precision *= 2.0**-steps
            self.information *= 2.0**-steps
            self.epoch += steps * self.half_life_days
        return self.epoch


def _numbered(names: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}
