"""The reward model: it learns, it never sees the row it predicts, and it says little about what it has not seen."""

from __future__ import annotations

import numpy as np
import pytest

from nba_desktop.backend.analysis.ope import Log, doubly_robust, ips
from nba_desktop.backend.analysis.rewards import fit_rewards
from nba_desktop.backend.arrays import FloatArray, IntArray
from nba_desktop.backend.errors import EvaluationError


def sample(n: int, seed: int = 5) -> tuple[FloatArray, IntArray, FloatArray, FloatArray]:
    """Features, actions, rewards and each row's expected reward of every action: they depend on both."""
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(n, 2))
    actions = rng.integers(0, 3, n)
    slopes = np.array([[1.0, 0.0], [0.0, -1.0], [0.5, 0.5]])
    expected = np.array([0.0, 1.0, 2.0]) + features @ slopes.T
    return features, actions, expected[np.arange(n), actions] + rng.normal(scale=0.1, size=n), expected


def test_it_learns_what_an_action_is_worth_to_whom() -> None:
    features, actions, rewards, expected = sample(6000)
    predictions = fit_rewards(features, actions, rewards, 3)
    assert np.sqrt(np.square(predictions - expected).mean()) < 0.2


def test_without_features_it_is_each_actions_mean_of_the_other_fold() -> None:
    actions = np.tile([0, 1], 5000)
    rewards = np.where(actions == 1, 0.8, 0.2)
    predictions = fit_rewards(np.empty((10_000, 0)), actions, rewards, 2)
    assert predictions == pytest.approx(np.tile([0.2, 0.8], (10_000, 1)), abs=0.02)


def test_no_row_teaches_its_own_prediction() -> None:
    features, actions, rewards, _ = sample(200)
    before = fit_rewards(features, actions, rewards, 3)
    changed = rewards.copy()
    changed[17] += 100
    after = fit_rewards(features, actions, changed, 3)
    assert after[17] == pytest.approx(before[17], rel=1e-12)
    assert not np.allclose(after, before)


def test_no_customer_teaches_his_own_prediction() -> None:
    features, actions, rewards, _ = sample(200)
    customers = np.arange(200) // 4
    before = fit_rewards(features, actions, rewards, 3, clusters=customers)
    changed = rewards.copy()
    changed[16] += 100
    after = fit_rewards(features, actions, changed, 3, clusters=customers)
    assert after[16:20] == pytest.approx(before[16:20], rel=1e-12)


def test_an_action_without_rows_is_predicted_like_the_average_and_within_what_was_seen() -> None:
    features, actions, _, _ = sample(1000)
    rewards = (np.arange(1000) % 4 == 0).astype(np.float64)
    predictions = fit_rewards(features * 1000, actions, rewards, 5)
    assert predictions[:, 4].mean() == pytest.approx(0.25, abs=0.05)
    assert predictions.min() >= 0
    assert predictions.max() <= 1


def test_a_constant_feature_does_no_harm() -> None:
    features, actions, rewards, _ = sample(400)
    constant = np.column_stack([features, np.full(400, 7.0)])
    assert fit_rewards(constant, actions, rewards, 3) == pytest.approx(fit_rewards(features, actions, rewards, 3))


def test_a_good_model_narrows_the_interval() -> None:
    features, actions, rewards, _ = sample(3000)
    predictions = fit_rewards(features, actions, rewards, 3)
    log = Log(rewards, np.full(3000, 1 / 3), (actions == 2).astype(np.float64))
    robust = doubly_robust(log, predictions[np.arange(3000), actions], predictions[:, 2])
    weighted = ips(log)
    assert robust.high - robust.low < (weighted.high - weighted.low) / 2
    assert robust.low <= 2.0 <= robust.high


@pytest.mark.parametrize(
    ("actions", "rows", "folds", "said"),
    [
        ([0, 1, 3], 3, 2, "numbered from 0 to 2"),
        ([0, -1, 2], 3, 2, "numbered from 0 to 2"),
        ([0, 1], 3, 2, "3 rows of features and 2 actions for 3 rewards"),
        ([0, 1, 2], 3, 4, "3 customers cannot be split into 4 folds"),
        ([0, 1, 2], 3, 1, "3 customers cannot be split into 1 folds"),
        ([], 0, 2, "0 customers cannot be split into 2 folds"),
    ],
    ids=["too-high", "negative", "lengths", "folds", "one-fold", "nothing"],
)
def test_what_cannot_be_fitted_is_refused(actions: list[int], rows: int, folds: int, said: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        fit_rewards(np.zeros((rows, 1)), np.array(actions, dtype=np.int64), np.zeros(rows), 3, folds=folds)
    assert said in str(caught.value)
