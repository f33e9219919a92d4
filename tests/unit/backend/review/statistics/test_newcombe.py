"""The difference of two rates: published figures, and the same from either side."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from nba_desktop.backend.review.statistics.newcombe import newcombe
from tests.unit.backend.review.statistics.draws import COUNTS


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((12, 40), (8, 40), -0.090, 0.281),  # the domain's own
        ((60, 200), (40, 200), 0.015, 0.183),
        ((56, 70), (48, 80), 0.0524, 0.3339),  # Newcombe 1998, method 10
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_differences_are_the_published_ones(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    found = newcombe(*one, *other)
    assert (float(found.low), float(found.high)) == pytest.approx((low, high), abs=0.0005)


@given(COUNTS, COUNTS)
def test_the_interval_holds_the_difference_and_turns_with_the_sides(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    difference = one[0] / one[1] - other[0] / other[1]
    found, turned = newcombe(*one, *other), newcombe(*other, *one)
    assert -1 <= found.low <= difference + 1e-12
    assert difference - 1e-12 <= found.high <= 1
    assert (float(turned.low), float(turned.high)) == pytest.approx((-float(found.high), -float(found.low)), abs=1e-12)


def test_a_side_without_a_trial_tells_nothing() -> None:
    found = newcombe(np.array([0, 5]), np.array([0, 10]), 3, 10)
    assert (found.low[0], found.high[0]) == (-1, 1)
    assert -1 < found.low[1] < 0.2 < found.high[1] < 1
