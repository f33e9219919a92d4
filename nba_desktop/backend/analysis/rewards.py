"""A reward model for doubly robust estimates: linear, per action, cross-fitted."""

from __future__ import annotations

from typing import Final

import numpy as np

from nba_desktop.backend.arrays import FloatArray, IntArray
from nba_desktop.backend.errors import EvaluationError

_RIDGE: Final = 100.0
"""As many average rows are added to every action: responses are rare, so a few rows say little."""


def fit_rewards(
    features: FloatArray,
    actions: IntArray,
    rewards: FloatArray,
    n_actions: int,
    *,
    clusters: IntArray | None = None,
    folds: int = 2,
    seed: int = 0,
) -> FloatArray:
    """Predict the reward of every action in every row, each row by a model that has not seen it.

    `features` has shape (n, d), d may be 0; `actions` holds numbers from 0 to n_actions - 1; the result has shape
    (n, n_actions). All rows of a cluster (a customer) lie in the same fold. A ridge regression over all actions gives
    the common part; each action's own ridge regression on what is left shrinks to it, so that an action with few rows,
    or none, is predicted like the average one. Predictions stay within the rewards the model has seen.
    """
    n = len(rewards)
    if features.shape[0] != n or len(actions) != n:
        raise EvaluationError(
            f"there are {features.shape[0]} rows of features and {len(actions)} actions for {n} rewards"
        )
    if n and not 0 <= int(actions.min()) <= int(actions.max()) < n_actions:
        raise EvaluationError(f"actions must be numbered from 0 to {n_actions - 1}")
    groups = np.arange(n) if clusters is None else np.unique(clusters, return_inverse=True)[1]
    n_groups = int(groups.max()) + 1 if n else 0
    if not 2 <= folds <= n_groups:
        raise EvaluationError(f"{n_groups} customers cannot be split into {folds} folds")
    fold = (np.random.default_rng(seed).permutation(n_groups) % folds)[groups]
    predictions = np.empty((n, n_actions))
    for held_out in range(folds):
        train, test = fold != held_out, fold == held_out
        mean = features[train].mean(axis=0)
        spread = features[train].std(axis=0)
        spread[spread == 0] = 1.0
        design = np.column_stack([np.ones(n), (features - mean) / spread])
        weights = _fit(design[train], actions[train], rewards[train], n_actions)
        seen = rewards[train]
        predictions[test] = np.clip(design[test] @ weights.T, seen.min(), seen.max())
    return predictions


def _fit(design: FloatArray, actions: IntArray, rewards: FloatArray, n_actions: int) -> FloatArray:
    """Weights of shape (n_actions, columns of the design)."""
    free_intercept = np.full(design.shape[1], _RIDGE)
    free_intercept[0] = 0.0
    common = np.linalg.solve(design.T @ design + np.diag(free_intercept), design.T @ rewards)
    left = rewards - design @ common
    weights = np.tile(common, (n_actions, 1))
    penalty = np.diag(np.full(design.shape[1], _RIDGE))
    for action in range(n_actions):
        rows = actions == action
        own = design[rows]
        weights[action] += np.linalg.solve(own.T @ own + penalty, own.T @ left[rows])
    return weights
