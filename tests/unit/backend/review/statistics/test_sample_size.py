"""How many cases an experiment needs: published figures, and what they promise."""

from __future__ import annotations

import numpy as np
import pytest

from nba_desktop.backend.errors import EvaluationError
from nba_desktop.backend.review.statistics.newcombe import newcombe
from nba_desktop.backend.review.statistics.sample_size import sample_size


@pytest.mark.parametrize(
    ("base", "difference", "power", "planned"),
    [
        (0.50, 0.25, 0.90, 77),  # the example of R's power.prop.test: 76.7
        (0.60, 0.10, 0.80, 356),
        (0.10, 0.02, 0.80, 3841),
        (0.75, -0.25, 0.90, 77),
    ],
)
def test_the_planned_size_is_the_published_one(base: float, difference: float, power: float, planned: int) -> None:
    assert sample_size(base, difference, power) == planned


def test_the_planned_size_sees_the_difference_as_often_as_it_says() -> None:
    rng = np.random.default_rng(2)
    n = sample_size(0.2, 0.1)
    seen = newcombe(rng.binomial(n, 0.3, 1000), n, rng.binomial(n, 0.2, 1000), n).low > 0
    assert 0.76 <= seen.mean() <= 0.84


@pytest.mark.parametrize(
    ("base", "difference", "power", "level"),
    [(0, 0.1, 0.8, 0.95), (0.95, 0.1, 0.8, 0.95), (0.2, 0, 0.8, 0.95), (0.2, 0.1, 0.8, 1), (0.2, 0.1, 1, 0.95)],
)
def test_a_plan_that_cannot_be_is_refused(base: float, difference: float, power: float, level: float) -> None:
    with pytest.raises(EvaluationError, match="no sample size for"):
        sample_size(base, difference, power, level)
