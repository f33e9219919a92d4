"""The two special functions that the models of purchases need, over arrays."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import FloatArray

_MOST_TERMS: Final = 20_000
_SMALL: Final = 1e-12


class LogGamma:
    """The logarithm of the gamma function over counts: many customers share few of them, so each is computed once."""

    def __init__(self, counts: FloatArray) -> None:
        different, self._places = np.unique(counts, return_inverse=True)
        self._different: list[float] = different.tolist()

    def at(self, factor: float, added: float) -> FloatArray:
        """Return it at `factor` × count + `added`, for each customer."""
        return np.array([math.lgamma(factor * one + added) for one in self._different])[self._places]


def hypergeometric(a: float, b: float, c: FloatArray, z: FloatArray) -> FloatArray:
    """Gauss' ₂F₁(a, b; c; z) for 0 ≤ z < 1, by its series; c must be no whole number ≤ 0."""
    total = np.ones_like(z)
    term = np.ones_like(z)
    for k in range(_MOST_TERMS):
        term = term * ((a + k) * (b + k)) / ((c + k) * (k + 1)) * z
        total = total + term
        if np.all(np.abs(term) <= _SMALL * np.abs(total)):
            break
    return total
