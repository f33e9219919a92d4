"""Which of many looks hold."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from nba_desktop.backend.arrays import BoolArray
from nba_desktop.backend.errors import EvaluationError


def benjamini_hochberg(p_values: npt.ArrayLike, q: float = 0.01) -> BoolArray:
    """Which of these hold so that of all that are said to, on average at most the share q does not.

    Benjamini and Hochberg (1995), one p-value for each agent that is judged. Where nobody differs, a team shows
    somebody with a probability of at most q.
    """
    p = np.asarray(p_values, dtype=np.float64)
    if not 0 < q < 1:
        raise EvaluationError(f"a share of false discoveries of {q:g} cannot be promised: give one between 0 and 1")
    if p.ndim != 1 or not ((p >= 0) & (p <= 1)).all():
        raise EvaluationError("p-values are a row of numbers from 0 to 1")
    ordered = np.sort(p)
    holds = np.flatnonzero(ordered <= q * np.arange(1, len(p) + 1) / max(len(p), 1))
    if not len(holds):
        return np.zeros(len(p), dtype=np.bool_)
    found: BoolArray = p <= ordered[holds[-1]]
    return found
