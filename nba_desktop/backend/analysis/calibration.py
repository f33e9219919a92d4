"""How good probabilities are: sharpness, order, honesty."""

from __future__ import annotations

import numpy as np

from nba_desktop.backend.arrays import FloatArray, Places

_LEAST = 1e-12


def log_loss(labels: FloatArray, predicted: FloatArray) -> float:
    """Return the mean negative log-likelihood of labels 0 and 1, in nats."""
    safe = np.clip(predicted, _LEAST, 1 - _LEAST)
    return float(-np.mean(labels * np.log(safe) + (1 - labels) * np.log1p(-safe)))


def auc(labels: FloatArray, predicted: FloatArray) -> float | None:
    """Return the probability that a yes is predicted above a no, ties counting half; None without both of them."""
    positive = float(labels.sum())
    negative = len(labels) - positive
    if positive == 0 or negative == 0:
        return None
    _, place, counts = np.unique(predicted, return_inverse=True, return_counts=True)
    middle_ranks = np.cumsum(counts) - (counts - 1) / 2
    ranks = float(middle_ranks[place][labels > 0].sum())
    return (ranks - positive * (positive + 1) / 2) / (positive * negative)


def auc_within(labels: FloatArray, predicted: FloatArray, periods: Places) -> float | None:
    """Return the AUC inside each period, averaged with the period's rows as weights; periods of one label are left out.

    What a rate's drift over the calendar explains does not count here.
    """
    total = weight = 0.0
    for period in np.unique(periods):
        inside = periods == period
        found = auc(labels[inside], predicted[inside])
        if found is not None:
            rows = float(inside.sum())
            total += rows * found
            weight += rows
    return total / weight if weight else None


def expected_calibration_error(labels: FloatArray, predicted: FloatArray, bins: int = 10) -> float:
    """Return the mean distance between what was predicted and what happened, over bins of equally many rows."""
    parts = np.array_split(np.argsort(predicted, kind="stable"), bins)
    return float(sum(abs(labels[part].sum() - predicted[part].sum()) for part in parts) / len(labels))
