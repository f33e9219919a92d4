"""The measures of a replay, against what is known by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.analysis.calibration import auc, auc_within, expected_calibration_error, log_loss


def test_log_loss_is_the_mean_surprise() -> None:
    found = log_loss(np.array([1.0, 0.0]), np.array([0.5, 0.2]))
    assert found == pytest.approx(-(math.log(0.5) + math.log(0.8)) / 2)


def test_a_certain_mistake_costs_much_and_not_everything() -> None:
    assert math.isfinite(log_loss(np.array([1.0]), np.array([0.0])))


def test_auc_without_both_labels_is_nothing() -> None:
    assert auc(np.ones(3), np.arange(3.0)) is None


@given(st.lists(st.tuples(st.sampled_from([0.0, 1.0]), st.sampled_from([0.1, 0.2, 0.5])), min_size=2, max_size=25))
def test_auc_is_the_share_of_pairs_in_the_right_order(rows: list[tuple[float, float]]) -> None:
    labels, said = np.array([one for one, _ in rows]), np.array([one for _, one in rows])
    pairs = [(yes > no) + (yes == no) / 2 for yes in said[labels > 0] for no in said[labels == 0]]
    found = auc(labels, said)
    assert found == (pytest.approx(sum(pairs) / len(pairs)) if pairs else None)


def test_the_calendar_explains_nothing_inside_a_period() -> None:
    """A prediction that only knows the period's rate orders all rows well and none inside a period."""
    labels = np.array([0.0, 0, 0, 1, 1, 1, 1, 0, 1])
    periods = np.array([0, 0, 0, 0, 1, 1, 1, 1, 2])
    said = np.array([0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75, 0.9])
    overall = auc(labels, said)
    assert overall is not None
    assert overall > 0.75
    assert auc_within(labels, said, periods) == pytest.approx(0.5)
    assert auc_within(np.ones(9), said, periods) is None


def test_periods_weigh_by_their_rows() -> None:
    labels = np.array([1.0, 0, 1, 0, 0, 0])
    said = np.array([0.9, 0.1, 0.1, 0.5, 0.6, 0.7])
    assert auc_within(labels, said, np.array([0, 0, 1, 1, 1, 1])) == pytest.approx(2 / 6)


def test_calibration_error_is_the_distance_between_said_and_happened() -> None:
    labels = np.array([0.0, 0, 0, 1] * 5 + [1.0, 1, 1, 0] * 5)
    assert expected_calibration_error(labels, np.repeat([0.25, 0.75], 20), bins=2) == pytest.approx(0)
    assert expected_calibration_error(labels, np.repeat([0.35, 0.85], 20), bins=2) == pytest.approx(0.1)
