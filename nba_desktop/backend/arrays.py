"""What the arrays of the backend hold."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
SmallArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
"""Positions in other arrays, or numbers given to things from 0 on."""
