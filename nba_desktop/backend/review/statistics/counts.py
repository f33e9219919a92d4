"""Counts as they come, made into arrays that can be reckoned with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nba_desktop.backend.arrays import FloatArray
from nba_desktop.backend.errors import EvaluationError


@dataclass(frozen=True, slots=True)
class Interval:
    """Lower and upper ends, each in the shape of what was asked."""

    low: FloatArray
    high: FloatArray


def counted(successes: npt.ArrayLike, trials: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Both as floats of one shape; raises EvaluationError unless 0 ≤ successes ≤ trials everywhere."""
    x, n = np.broadcast_arrays(np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64))
    wrong = ~((x >= 0) & (x <= n))
    if wrong.any():
        at = int(np.argmax(wrong))
        raise EvaluationError(f"{x.flat[at]:g} successes of {n.flat[at]:g} trials cannot be (place {at})")
    return x, n


def shares(successes: FloatArray, trials: FloatArray) -> FloatArray:
    """Successes per trial; 0 where there was no trial."""
    none = trials <= 0
    # Not by where: to look at each place takes longer than to divide at all of them.
    found: FloatArray = successes / (trials + none) * ~none
    return found
