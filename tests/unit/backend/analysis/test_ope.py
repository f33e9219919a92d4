"""Off-policy estimates: equal to textbook loops, right on a simulated truth, and honest about what they cannot say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.analysis.ope import ENOUGH, Estimate, Log, doubly_robust, ips, snips
from nba_desktop.backend.arrays import FloatArray
from nba_desktop.backend.errors import EvaluationError

Row = tuple[float, float, float, float, float, int]
ROWS = st.lists(
    st.tuples(
        st.floats(-5, 5),
        st.floats(0.1, 1),
        st.floats(0.001, 1),
        st.floats(-5, 5),
        st.floats(-5, 5),
        st.integers(0, 6),
    ),
    min_size=2,
    max_size=40,
)


def log_of(rows: list[Row], clustered: bool = False) -> Log:
    rewards, propensities, targets, _, _, clusters = (np.array(column) for column in zip(*rows, strict=True))
    return Log(rewards, propensities, targets, clusters if clustered else None)


def column(rows: list[Row], place: int) -> FloatArray:
    return np.array([float(row[place]) for row in rows])


def reference(rows: list[Row], estimator: str, clip: float | None, groups: list[int]) -> tuple[float, float, float]:
    """Value, half width of the interval and effective sample size, one row after the other."""
    n = len(rows)
    weights = [row[2] / row[1] for row in rows]
    if clip is not None:
        weights = [min(weight, clip) for weight in weights]
    if estimator == "SNIPS":
        total = math.fsum(weights)
        value = math.fsum(w * row[0] for w, row in zip(weights, rows, strict=True)) / total
        influence = [w * (row[0] - value) / (total / n) for w, row in zip(weights, rows, strict=True)]
    else:
        if estimator == "IPS":
            terms = [w * row[0] for w, row in zip(weights, rows, strict=True)]
        else:
            terms = [row[4] + w * (row[0] - row[3]) for w, row in zip(weights, rows, strict=True)]
        value = math.fsum(terms) / n
        influence = [term - value for term in terms]
    by_group: dict[int, list[float]] = {}
    for group, weight, one in zip(groups, weights, influence, strict=True):
        sums = by_group.setdefault(group, [0.0, 0.0])
        sums[0] += weight
        sums[1] += one
    g = len(by_group)
    variance = g / (g - 1) * math.fsum(one**2 for _, one in by_group.values()) / n**2
    kish = math.fsum(w for w, _ in by_group.values()) ** 2 / math.fsum(w**2 for w, _ in by_group.values())
    return value, 1.959963984540054 * math.sqrt(variance), kish


def estimates(rows: list[Row], clustered: bool, clip: float | None) -> list[Estimate]:
    log = log_of(rows, clustered)
    return [ips(log, clip), snips(log, clip), doubly_robust(log, column(rows, 3), column(rows, 4), clip)]


@pytest.mark.parametrize("clip", [None, 1.5])
@given(rows=ROWS)
def test_estimates_equal_the_textbook_formulas(rows: list[Row], clip: float | None) -> None:
    for one in estimates(rows, False, clip):
        assert_same(one, reference(rows, one.estimator, clip, list(range(len(rows)))))


@given(rows=ROWS.filter(lambda rows: len({row[5] for row in rows}) > 1))
def test_rows_of_one_customer_are_one_cluster(rows: list[Row]) -> None:
    for one in estimates(rows, True, None):
        assert_same(one, reference(rows, one.estimator, None, [row[5] for row in rows]))


def assert_same(one: Estimate, expected: tuple[float, float, float]) -> None:
    value, half, kish = expected
    assert one.value == pytest.approx(value, rel=1e-12, abs=1e-12)
    assert (one.high - one.low) / 2 == pytest.approx(half, rel=1e-12, abs=1e-12)
    assert one.effective_n == pytest.approx(kish, rel=1e-12)


def test_figures_worked_out_by_hand() -> None:
    log = Log(np.array([1.0, 0.0, 1.0, 0.0]), np.array([0.5, 0.5, 0.25, 0.25]), np.array([0.5, 0.5, 0.5, 0.5]))
    assert ips(log).value == (1 + 2) / 4
    assert snips(log).value == 3 / 6
    assert ips(log).effective_n == pytest.approx(36 / 10)
    assert ips(log).mean_weight == 1.5
    robust = doubly_robust(log, np.full(4, 0.5), np.full(4, 0.4))
    assert robust.value == pytest.approx(0.4 + (0.5 - 0.5 + 2 * 0.5 - 2 * 0.5) / 4)


def test_the_logging_policy_itself_is_worth_what_it_earned() -> None:
    rng = np.random.default_rng(3)
    rewards, propensities = rng.random(500), rng.uniform(0.1, 1, 500)
    log = Log(rewards, propensities, propensities)
    deviation = 1.959963984540054 * float(rewards.std(ddof=1)) / math.sqrt(500)
    for one in (ips(log), snips(log), doubly_robust(log, np.zeros(500), np.zeros(500))):
        assert one.value == pytest.approx(rewards.mean(), rel=1e-12)
        assert one.high - one.value == pytest.approx(deviation, rel=1e-9)
        assert one.effective_n == pytest.approx(500)


def test_intervals_cover_a_simulated_truth_as_often_as_they_say() -> None:
    rng = np.random.default_rng(11)
    chances, rates = np.array([0.6, 0.3, 0.1]), np.array([0.1, 0.2, 0.4])
    target = np.array([0.1, 0.2, 0.7])
    truth = float(target @ rates)
    covered = {"IPS": 0, "SNIPS": 0, "DR": 0}
    for _ in range(300):
        actions = rng.choice(3, size=1000, p=chances)
        rewards = (rng.random(1000) < rates[actions]).astype(np.float64)
        log = Log(rewards, chances[actions], target[actions])
        wrong_model = np.array([0.3, 0.1, 0.3])
        for one in (
            ips(log),
            snips(log),
            doubly_robust(log, wrong_model[actions], np.full(1000, float(target @ wrong_model))),
        ):
            covered[one.estimator] += one.low <= truth <= one.high
    assert all(0.91 <= count / 300 <= 0.99 for count in covered.values()), covered


@pytest.mark.parametrize(
    ("propensity", "said"),
    [
        (0.0, "row 3: the propensity is 0.0"),
        (-0.2, "row 3: the propensity is -0.2"),
        (1.0000001, "row 3: the propensity is 1.0000001"),
        (math.nan, "row 3: the propensity is nan"),
        (math.inf, "row 3: the propensity is inf"),
    ],
)
def test_a_propensity_that_cannot_be_is_refused_with_its_row(propensity: float, said: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        Log(np.zeros(5), np.array([0.5, 0.5, propensity, 0.5, propensity]), np.full(5, 0.5))
    assert said in str(caught.value)
    assert "must be above 0 and at most 1" in str(caught.value)
    assert "(1 more rows have one like it)" in str(caught.value)


@pytest.mark.parametrize(
    ("rewards", "propensities", "targets", "clusters", "said"),
    [
        ([], [], [], None, "0 rows cannot be evaluated"),
        ([1.0], [0.5], [0.5], None, "1 row cannot be evaluated: an interval needs at least 2"),
        ([1.0, math.nan], [0.5, 0.5], [0.5, 0.5], None, "row 2: the reward is nan"),
        ([1.0, 0.0], [0.5, 0.5], [0.5, 1.5], None, "row 2: the target probability is 1.5"),
        ([1.0, 0.0], [0.5, 0.5], [-0.5, 0.5], None, "row 1: the target probability is -0.5"),
        ([1.0, 0.0], [0.5, 0.5], [0.0, 0.0], None, "takes none of the logged actions"),
        ([1.0, 0.0], [0.5], [0.5, 0.5], None, "there are 1 propensities for 2 rewards"),
        ([1.0, 0.0], [0.5, 0.5], [0.5, 0.5], [4], "there are 1 clusters for 2 rewards"),
        ([1.0, 0.0], [0.5, 0.5], [0.5, 0.5], [4, 4], "all rows are one customer's"),
    ],
    ids=["none", "one", "reward", "above", "below", "no-overlap", "propensities", "clusters", "one-customer"],
)
def test_a_log_that_cannot_be_evaluated_is_refused(
    rewards: list[float], propensities: list[float], targets: list[float], clusters: list[int] | None, said: str
) -> None:
    groups = None if clusters is None else np.array(clusters)
    with pytest.raises(EvaluationError) as caught:
        Log(np.array(rewards), np.array(propensities), np.array(targets), groups)
    assert said in str(caught.value)


def test_predictions_must_fit_the_rows() -> None:
    log = Log(np.array([1.0, 0.0]), np.array([0.5, 0.5]), np.array([0.5, 0.5]))
    with pytest.raises(EvaluationError, match="there are 3 logged predictions for 2 rewards"):
        doubly_robust(log, np.zeros(3), np.zeros(2))
    with pytest.raises(EvaluationError, match="row 2: the target prediction is nan"):
        doubly_robust(log, np.zeros(2), np.array([0.0, math.nan]))
    with pytest.raises(EvaluationError, match="cannot be clipped at 0"):
        ips(log, clip=0)


def test_few_effective_rows_are_flagged_with_the_reason() -> None:
    propensities = np.full(10_000, 0.5)
    propensities[:2] = 1e-5
    log = Log(np.tile([1.0, 0.0], 5000), propensities, np.full(10_000, 0.5))
    for one in (ips(log), snips(log), doubly_robust(log, np.zeros(10_000), np.zeros(10_000))):
        assert not one.reliable
        assert one.reason == "10000 rows weigh as much as 2; at least 100 are needed"


@pytest.mark.parametrize(("rows", "reliable"), [(ENOUGH - 1, False), (ENOUGH, True)])
def test_the_flag_falls_below_one_hundred(rows: int, reliable: bool) -> None:
    rewards = np.tile([0.0, 1.0], ENOUGH)[:rows]
    assert ips(Log(rewards, np.full(rows, 0.5), np.full(rows, 0.5))).reliable is reliable


def test_rewards_that_are_all_the_same_are_no_certainty() -> None:
    log = Log(np.zeros(500), np.full(500, 0.5), np.full(500, 0.5))
    assert not ips(log).reliable
    assert "earned the same" in ips(log).reason


def test_clipping_is_reported_with_the_rows_it_touched() -> None:
    log = Log(np.ones(4), np.array([0.1, 0.2, 0.5, 1.0]), np.ones(4))
    clipped = ips(log, clip=5)
    assert (clipped.clip, clipped.clipped_rows) == (5, 1)
    assert clipped.value == (5 + 5 + 2 + 1) / 4
    assert (ips(log).clip, ips(log).clipped_rows) == (None, 0)
