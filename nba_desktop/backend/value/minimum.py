"""The smallest value of a smooth function of a few positive numbers, by BFGS on their logarithms."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import FloatArray

_STEP: Final = 1e-4
_FLAT: Final = 1e-7
"""A gradient below which the function is flat; it is of a mean over customers, and of logarithms of the parameters."""
_FARTHEST: Final = math.log(1e6)
"""A parameter beyond a million, or below a millionth, means that the data do not say what it is."""
_MOST_STEPS: Final = 200


def minimum(function: Callable[[FloatArray], float], start: Sequence[float]) -> FloatArray | None:
    """Return the positive parameters at which `function` is smallest, beginning from `start`.

    None where it has no minimum that can be found: it is not finite, it falls without end, or it does not settle.
    """

    def at(logs: FloatArray) -> float:
        with np.errstate(all="ignore"):
            return float(function(np.exp(logs)))

    here = np.log(np.asarray(start, dtype=np.float64))
    value = at(here)
    slope = _slope(at, here)
    inverse = np.eye(len(here))
    for _ in range(_MOST_STEPS):
        if not math.isfinite(value) or not np.all(np.isfinite(slope)) or np.max(np.abs(here)) > _FARTHEST:
            return None
        if np.max(np.abs(slope)) < _FLAT:
            return np.exp(here)
        way = -inverse @ slope
        if way @ slope >= 0:
            inverse = np.eye(len(here))
            way = -slope
        # No parameter changes by more than a factor of e in a step: far away, the function says little about here.
        way = way / max(1.0, float(np.max(np.abs(way))))
        found = _along(at, here, value, way, float(way @ slope))
        if found is None:
            # As low as the numbers can tell; whether that is the minimum, the gradient says.
            return np.exp(here) if np.max(np.abs(slope)) < _FLAT * 100 else None
        moved, value = found
        steeper = _slope(at, moved)
        inverse = _updated(inverse, moved - here, steeper - slope)
        here, slope = moved, steeper
    return None


def _slope(at: Callable[[FloatArray], float], here: FloatArray) -> FloatArray:
    slope = np.empty_like(here)
    for place in range(len(here)):
        aside = np.zeros_like(here)
        aside[place] = _STEP
        slope[place] = (at(here + aside) - at(here - aside)) / (2 * _STEP)
    return slope


def _along(
    at: Callable[[FloatArray], float], here: FloatArray, value: float, way: FloatArray, falls: float
) -> tuple[FloatArray, float] | None:
    """Return a place on the way that is low enough, with its value; None where there is none."""
    share = 1.0
    while share > 1e-10:
        moved = here + share * way
        there = at(moved)
        if math.isfinite(there) and there <= value + 1e-4 * share * falls and there < value:
            return moved, there
        share /= 2
    return None


def _updated(inverse: FloatArray, moved: FloatArray, changed: FloatArray) -> FloatArray:
    """The inverse of the curvature with what the last step says of it."""
    curved = float(moved @ changed)
    if curved <= 1e-14:
        return inverse
    eye = np.eye(len(moved)) - np.outer(moved, changed) / curved
    return eye @ inverse @ eye.T + np.outer(moved, moved) / curved
