"""What is compared is checked before it is."""

from __future__ import annotations

import numpy as np
import pytest

from nba_desktop.backend.errors import EvaluationError
from nba_desktop.backend.review.statistics.cells import Cells
from tests.unit.backend.review.statistics.draws import cells


def test_only_what_somebody_else_has_too_can_be_compared() -> None:
    team = cells([(1, 5), (2, 4), (0, 0)], [(0, 3), (0, 0), (0, 0)])
    assert team.compared.tolist() == [[True, False, False], [True, False, False]]


@pytest.mark.parametrize(("trials", "successes"), [([1, 2], [1, 2]), ([[1, 2]], [[1]])])
def test_tables_that_do_not_fit_are_refused(trials: list[int], successes: list[int]) -> None:
    with pytest.raises(EvaluationError, match="agents × strata"):
        Cells(np.array(trials), np.array(successes))


def test_more_acceptances_than_decisions_are_refused_with_their_place() -> None:
    with pytest.raises(EvaluationError, match=r"5 successes of 4 trials cannot be \(agent 1, stratum 0\)"):
        cells([(1, 5)], [(5, 4)])
