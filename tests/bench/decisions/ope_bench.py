"""Off-policy estimates against an experiment's truth (Hillstrom) and against reference formulas (Open Bandit).

Both read the data where they are. `python tests/bench/decisions/ope_bench.py DIR` prints the figures of both.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from nba_desktop.backend.analysis.ope import Estimate, Log, doubly_robust, ips, snips
from nba_desktop.backend.analysis.rewards import fit_rewards
from nba_desktop.backend.arrays import FloatArray, IntArray

HILLSTROM: Final = "hillstrom.csv.xz"
OPEN_BANDIT: Final = "open_bandit_sample_obp0.5.7.tar.xz"

_ARMS: Final = ("No E-Mail", "Mens E-Mail", "Womens E-Mail")
_RELOGGINGS: Final = 200
_LOGS: Final = "obp/dataset/obd"
_PRIORS: Final = "obp/policy/conf/prior_bts.yaml"
_CAMPAIGNS: Final = ("all", "men", "women")
_SLOTS: Final = 3

# Click rates in % as published with the data: target, campaign → IPS, SNIPS, DR (None: not published).
_PUBLISHED: Final[dict[tuple[str, str], tuple[float | None, ...]]] = {
    ("bts", "all"): (0.456, 0.479, 0.485),
    ("bts", "men"): (0.454, 0.461, 0.468),
    ("bts", "women"): (0.680, 0.679, 0.684),
    ("uniform", "all"): (0.236, 0.233, None),
    ("uniform", "men"): (0.301, 0.319, None),
    ("uniform", "women"): (0.744, 0.237, None),
}


@dataclass(frozen=True)
class Experiment:
    """Hillstrom's experiment: one of three arms by chance for each customer, and whether he visited."""

    arms: IntArray
    visits: FloatArray
    features: FloatArray
    bought_mens: FloatArray
    bought_womens: FloatArray
    newbie: FloatArray


def measure_hillstrom(data: Path, reloggings: int = _RELOGGINGS) -> dict[str, Any]:
    """Re-log the experiment with a policy that is neither uniform nor blind, and estimate other policies from that.

    Each re-logging draws as many customers as the experiment has, with replacement, and keeps the arm they were given
    with the logging policy's probability: an independent log of a known policy, whose expectation is the experiment.
    The truth of a target policy is the experiment's own mean over those whose arm it would have chosen. The error and
    the coverage returned are the worst of any estimator on any target.
    """
    experiment = _hillstrom(data / HILLSTROM)
    n = len(experiment.arms)
    everyone = np.arange(n)
    logging = _logging_policy(experiment)
    targets = _target_policies(experiment)
    truth = {
        name: float(
            (target[everyone, experiment.arms] * experiment.visits).sum() / target[everyone, experiment.arms].sum()
        )
        for name, target in targets.items()
    }
    chance = logging[everyone, experiment.arms]
    found: dict[tuple[str, str], list[Estimate]] = {}
    for seed in range(reloggings):
        rows = np.random.default_rng(seed).choice(n, size=n, p=chance / chance.sum())
        arms, visits = experiment.arms[rows], experiment.visits[rows]
        # A customer drawn twice must not teach the model his own outcome.
        predictions = fit_rewards(experiment.features[rows], arms, visits, len(_ARMS), clusters=rows, seed=seed)
        for name, target in targets.items():
            log = Log(visits, chance[rows], target[rows, arms])
            logged, expected = predictions[everyone, arms], (predictions * target[rows]).sum(axis=1)
            for one in (ips(log), snips(log), doubly_robust(log, logged, expected)):
                found.setdefault((name, one.estimator.value), []).append(one)
    errors = {key: _mean_error(estimates, truth[key[0]]) for key, estimates in found.items()}
    coverages = {
        key: float(np.mean([one.low <= truth[key[0]] <= one.high for one in estimates]))
        for key, estimates in found.items()
    }
    return {
        "ope_error": max(errors.values()),
        "ope_coverage": min(coverages.values()),
        "rows": [
            {
                "target": name,
                "estimator": estimator,
                "truth": truth[name],
                "error": error,
                "coverage": coverages[name, estimator],
            }
            for (name, estimator), error in errors.items()
        ],
    }


def measure_open_bandit(data: Path) -> dict[str, Any]:
    """Estimate each policy from the other's log, and compare with reference formulas and with what was published."""
    rows: list[dict[str, Any]] = []
    with tarfile.open(data / OPEN_BANDIT, "r:xz") as archive:
        texts = {member.name: _text(archive, member) for member in archive if member.name.endswith((".csv", ".yaml"))}
    priors = yaml.safe_load(texts[_PRIORS])
    for campaign in _CAMPAIGNS:
        prior = priors[campaign]
        bts = thompson_policy(np.array(prior["alpha"], dtype=np.float64), np.array(prior["beta"], dtype=np.float64))
        uniform = np.full_like(bts, 1 / len(bts))
        for target, policy, logged_by in (("bts", bts, "random"), ("uniform", uniform, "bts")):
            rows.append(_campaign(texts[f"{_LOGS}/{logged_by}/{campaign}/{campaign}.csv"], campaign, target, policy))
    published = [
        abs(row["percent"][k] - p) for row in rows for k, p in enumerate(row["published"]) if p is not None and k < 2
    ]
    women = next(row for row in rows if row["campaign"] == "women" and row["target"] == "uniform")
    return {
        "obd_max_abs_error": max(row["max_abs_error"] for row in rows),
        "obd_worthless_flagged": women["effective_n"] < 3 and not women["reliable"],
        "obd_max_difference_from_published": max(published),
        "rows": rows,
    }


def thompson_policy(alpha: FloatArray, beta: FloatArray) -> FloatArray:
    """The probability that Thompson sampling puts each item into each of the first slots, shape (items, slots).

    P(item i is k-th) = ∫ fᵢ(x) · P(exactly k-1 other draws exceed x) dx, integrated over the log-odds of x.
    """
    odds = np.linspace(-16.0, 0.0, 16001)
    log_x, log_not_x = -np.log1p(np.exp(-odds)), -np.log1p(np.exp(odds))
    log_density = alpha[:, None] * log_x + beta[:, None] * log_not_x
    density = np.exp(log_density - log_density.max(axis=1, keepdims=True))
    middles = (density[:, 1:] + density[:, :-1]) / 2
    below = np.concatenate([np.zeros((len(alpha), 1)), np.cumsum(middles, axis=1)], axis=1)
    total = below[:, -1:]
    below, density = below / total, density / total
    before = _exceeding(below)
    after = _exceeding(below[::-1])[::-1]
    policy = np.empty((len(alpha), _SLOTS))
    for item in range(len(alpha)):
        others = _both(before[item], after[item + 1])
        for slot in range(_SLOTS):
            policy[item, slot] = (density[item] * others[slot]).sum()
    # The grid leaves out less than one part in ten thousand.
    policy /= policy.sum(axis=0)
    return policy


def _exceeding(below: FloatArray) -> FloatArray:
    """For each prefix of the items: the probability that exactly 0, 1, 2 of them exceed x; shape (items + 1, 3, x)."""
    counts = np.zeros((len(below) + 1, _SLOTS, below.shape[1]))
    counts[0, 0] = 1.0
    for item, stays in enumerate(below):
        counts[item + 1] = counts[item] * stays
        counts[item + 1, 1:] += counts[item, :-1] * (1 - stays)
    return counts


def _both(first: FloatArray, second: FloatArray) -> FloatArray:
    """The same for two groups of items together; shape (3, x) each."""
    counts = np.zeros_like(first)
    for slot in range(_SLOTS):
        for of_first in range(slot + 1):
            counts[slot] += first[of_first] * second[slot - of_first]
    return counts


def _campaign(text: str, campaign: str, target: str, policy: FloatArray) -> dict[str, Any]:
    table = list(csv.DictReader(io.StringIO(text)))
    items = np.array([int(row["item_id"]) for row in table])
    slots = np.array([int(row["position"]) - 1 for row in table])
    clicks = np.array([float(row["click"]) for row in table])
    propensities = np.array([float(row["propensity_score"]) for row in table])
    predictions = fit_rewards(np.eye(_SLOTS)[slots], items, clicks, len(policy))
    chances = policy[:, slots].T
    everyone = np.arange(len(items))
    logged, expected = predictions[everyone, items], (predictions * chances).sum(axis=1)
    log = Log(clicks, propensities, chances[everyone, items])
    ours = (ips(log), snips(log), doubly_robust(log, logged, expected))
    reference = _reference(
        clicks.tolist(), propensities.tolist(), log.targets.tolist(), logged.tolist(), expected.tolist()
    )
    return {
        "target": target,
        "campaign": campaign,
        "percent": [100 * one.value for one in ours],
        "published": _PUBLISHED[target, campaign],
        "effective_n": ours[0].effective_n,
        "reliable": all(one.reliable for one in ours),
        "max_abs_error": max(abs(one.value - value) for one, value in zip(ours, reference, strict=True)),
    }


def _reference(
    rewards: list[float], propensities: list[float], targets: list[float], logged: list[float], expected: list[float]
) -> tuple[float, float, float]:
    """IPS, SNIPS and DR as a textbook writes them, one row after the other, without numpy."""
    n = len(rewards)
    weighted = weights = robust = 0.0
    for r, p, t, q_logged, q_expected in zip(rewards, propensities, targets, logged, expected, strict=True):
        weight = t / p
        weighted += weight * r
        weights += weight
        robust += q_expected + weight * (r - q_logged)
    return weighted / n, weighted / weights, robust / n


def _text(archive: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    file = archive.extractfile(member)
    if file is None:
        raise ValueError(f"{member.name} in {OPEN_BANDIT} is not a file")
    return file.read().decode()


def _hillstrom(path: Path) -> Experiment:
    with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))

    def numbers(column: str) -> FloatArray:
        return np.array([float(row[column]) for row in table])

    def indicators(column: str) -> FloatArray:
        names, places = np.unique([row[column] for row in table], return_inverse=True)
        return np.eye(len(names))[places]

    features = np.column_stack(
        [
            numbers("recency"),
            np.log1p(numbers("history")),
            *(numbers(column) for column in ("mens", "womens", "newbie")),
            *(indicators(column) for column in ("history_segment", "zip_code", "channel")),
        ]
    )
    return Experiment(
        arms=np.array([_ARMS.index(row["segment"]) for row in table]),
        visits=numbers("visit"),
        features=features,
        bought_mens=numbers("mens"),
        bought_womens=numbers("womens"),
        newbie=numbers("newbie"),
    )


def _logging_policy(experiment: Experiment) -> FloatArray:
    """New customers are mostly left alone; the others mostly get the mail of the department they bought from."""
    policy = np.tile([0.5, 0.25, 0.25], (len(experiment.arms), 1))
    old = experiment.newbie == 0
    policy[old & (experiment.bought_mens == 1)] = [0.2, 0.5, 0.3]
    policy[old & (experiment.bought_mens == 0)] = [0.2, 0.3, 0.5]
    return policy


def _target_policies(experiment: Experiment) -> dict[str, FloatArray]:
    mens, womens = np.eye(len(_ARMS))[1], np.eye(len(_ARMS))[2]
    department = np.where(experiment.bought_womens[:, None] == 1, womens, mens)
    return {
        "always the men's mail": np.tile(mens, (len(experiment.arms), 1)),
        "the mail of the department": department,
        "uniform": np.full((len(experiment.arms), len(_ARMS)), 1 / len(_ARMS)),
    }


def _mean_error(estimates: list[Estimate], truth: float) -> float:
    return float(np.mean([abs(one.value - truth) / truth for one in estimates]))


def main() -> int:
    data = Path(sys.argv[1])
    experiment = measure_hillstrom(data)
    for row in experiment["rows"]:
        print(
            f"{row['target']:<28} {row['estimator']:<6} truth {row['truth']:.4f} "
            f"error {100 * row['error']:.2f} % coverage {100 * row['coverage']:.1f} %"
        )
    bandit = measure_open_bandit(data)
    for row in bandit["rows"]:
        figures = " ".join(f"{value:.3f}" for value in row["percent"])
        print(
            f"{row['target']:<8} {row['campaign']:<6} {figures}  published {row['published']} "
            f"effective n {row['effective_n']:.0f} reliable {row['reliable']} off {row['max_abs_error']:.1e}"
        )
    print(json.dumps({key: value for key, value in {**experiment, **bandit}.items() if key != "rows"}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
