"""What the arms show and how probable that was."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.decisioning.engine import Engine
from nba_desktop.backend.decisioning.record import DecisionRecord
from nba_desktop.contract.codes import ActionKind, NoRecommendation, ResponseCode
from tests.fakes.decisions import action_entry, made_catalogue, model_for, past, request

ACTIONS = [
    action_entry("SERVICE", "service", value={"relative": 0.1}),
    action_entry("SERVICE2", "service", value={"relative": 0.05}),
    *(action_entry(f"SALE{place}", value={"relative": 1 + place / 50}) for place in range(4)),
    action_entry("SIDE", strategic=False, value={"relative": 1.2}),
    action_entry("CONSENT", "consent", value={"relative": 0.8}),
    action_entry("CONSENT2", "consent", value={"relative": 0.7}),
]
LEVERS = [{"id": "push", "target": "action/SALE0", "percent": 40, "why": {"de": "a", "en": "a"}}]
MIXED = {"ranked": 40, "without_levers": 20, "random": 25, "nothing": 15}


def engine(mode: str = "bayes", shares: dict[str, int] | None = None, exploration: float = 1.0) -> Engine:
    learning = {"mode": mode, "exploration": exploration}
    return Engine(made_catalogue(ACTIONS, levers=LEVERS, learning=learning, arms=shares or MIXED))


EXPLORING = engine()
MODEL = model_for(EXPLORING.catalogue, "bayes")


def judged(seed: str, arm: Arm = Arm.RANKED, solved: bool = True) -> DecisionRecord:
    return EXPLORING.judge(MODEL, request(seed=seed, arm=arm, concern_solved=solved))


def kinds(record: DecisionRecord) -> list[ActionKind]:
    by_id = {one.action_id: one.kind for one in record.candidates}
    return [by_id[action_id] for action_id in record.slate]


@settings(max_examples=60)
@given(st.text(max_size=8), st.sampled_from(Arm), st.booleans())
def test_whatever_the_seed_and_the_arm_the_rules_hold(seed: str, arm: Arm, solved: bool) -> None:
    record = judged(seed, arm, solved)
    removed = {one.action_id for one in record.removed}
    assert kinds(record).count(ActionKind.CONSENT) <= 1
    assert ActionKind.SERVICE in kinds(record)
    assert not removed & set(record.slate)
    assert removed | set(record.slate) == {one["id"] for one in ACTIONS}
    assert record.slate[0] != "SIDE"
    shown = [one for one in record.candidates if one.action_id in record.slate]
    assert all(0 < one.shown_probability <= 1 for one in shown)
    assert all(0 <= one.shown_probability <= 1 for one in record.candidates)
    assert 0 < record.slate_probability <= 1
    assert record == judged(seed, arm, solved)


@settings(max_examples=40)
@given(st.text(max_size=8), st.sampled_from([Arm.WITHOUT_LEVERS, Arm.RANDOM, Arm.NOTHING]))
def test_no_arm_withholds_a_service_action(seed: str, arm: Arm) -> None:
    ranked = judged(seed)
    service = {action for action, kind in zip(ranked.slate, kinds(ranked), strict=True) if kind is ActionKind.SERVICE}
    assert service <= set(judged(seed, arm).slate)


def test_another_seed_draws_another_order() -> None:
    assert len({judged(str(seed)).slate for seed in range(20)}) > 5


def test_a_seed_draws_the_same_for_an_action_whatever_happens_to_others() -> None:
    refused = (past("SALE0", ResponseCode.DECLINED_NO_NEED, 1),)
    before = {one.action_id: one.drawn for one in judged("call").candidates}
    left = EXPLORING.judge(MODEL, request(seed="call", concern_solved=True, past=refused)).candidates
    assert {one.action_id for one in left} == set(before) - {"SALE0"}
    assert all(one.drawn == before[one.action_id] for one in left)


def test_propensities_are_recorded_before_the_draw() -> None:
    first, second = judged("1"), judged("2")
    assert {one.action_id: one.propensity for one in first.candidates} == {
        one.action_id: one.propensity for one in second.candidates
    }
    for one in first.candidates:
        assert one.drawn != one.propensity
        assert one.score == pytest.approx(one.drawn * one.context * one.value * one.levers, abs=1e-5)


def test_weighing_by_the_recorded_probability_counts_every_action_once() -> None:
    """The identity that inverse propensity scoring rests on: E[1(shown) / P(shown)] = 1, over arms and draws."""
    shares = [(Arm(name), percent) for name, percent in MIXED.items()]
    sums: dict[str, float] = defaultdict(float)
    decisions = 0
    for seed in range(15):
        for arm, percent in shares:
            for turn in range(percent // 5):
                record = judged(f"{seed}-{turn}-{arm}", arm)
                decisions += 1
                for one in record.candidates:
                    if one.action_id in record.slate:
                        sums[one.action_id] += 1 / one.shown_probability
    assert decisions == 300
    often = {action: total / decisions for action, total in sums.items() if action not in {"SERVICE2", "CONSENT2"}}
    assert set(often) == {"SERVICE", "SALE0", "SALE1", "SALE2", "SALE3", "SIDE", "CONSENT"}
    for weighed in often.values():
        assert weighed == pytest.approx(1, abs=0.2)


def test_where_nothing_is_drawn_an_arm_shows_its_slate_for_certain() -> None:
    fixed = engine("fixed", {"ranked": 100, "without_levers": 0, "random": 0, "nothing": 0})
    record = fixed.judge(model_for(fixed.catalogue, "fixed"), request(seed="x", concern_solved=True))
    assert record.slate_probability == 1.0
    assert {one.shown_probability for one in record.candidates if one.action_id in record.slate} == {1.0}
    assert {one.shown_probability for one in record.candidates if one.action_id not in record.slate} == {0.0}
    assert record.explored == ()


def test_without_exploration_the_means_decide() -> None:
    still = engine(exploration=0)
    record = still.judge(model_for(still.catalogue, "bayes"), request(seed="x", concern_solved=True))
    assert all(one.drawn == one.propensity for one in record.candidates)
    assert (
        record.slate
        == EXPLORING.judge(model_for(EXPLORING.catalogue, "fixed"), request(seed="y", concern_solved=True)).slate
    )


def test_probabilities_are_added_up_over_the_shares_of_the_arms() -> None:
    fixed = engine("fixed")
    record = fixed.judge(model_for(fixed.catalogue, "fixed"), request(seed="x", concern_solved=True))
    shown = {one.action_id: one.shown_probability for one in record.candidates}
    # In every arm but the random one for certain; there it is kept, because the ranked arm shows it.
    assert shown["SERVICE"] == 1.0
    # Ranked, and where a lot falls on it; not without levers, not where nothing is shown.
    assert 0.4 < shown["SALE0"] < 0.65
    assert record.slate == ("SALE0", "SIDE", "SERVICE")
    assert record.slate_probability == pytest.approx(0.4, abs=0.05)


def test_an_arm_that_has_no_customers_stands_alone() -> None:
    fixed = engine("fixed", {"ranked": 100, "without_levers": 0, "random": 0, "nothing": 0})
    record = fixed.judge(
        model_for(fixed.catalogue, "fixed"), request(seed="x", concern_solved=True, arm=Arm.WITHOUT_LEVERS)
    )
    assert record.slate_probability == 1.0


def test_without_levers_no_lever_counts() -> None:
    record = judged("x", Arm.WITHOUT_LEVERS)
    assert {one.levers for one in record.candidates} == {1.0}
    assert {one.levers for one in judged("x").candidates} == {1.0, 1.4}


def test_the_random_arm_draws_lots() -> None:
    firsts = Counter(judged(str(seed), Arm.RANDOM).slate[0] for seed in range(60))
    assert len(firsts) >= 5
    left_out = {one.rule for seed in range(20) for one in judged(str(seed), Arm.RANDOM).removed}
    assert left_out == {"arm_random", "one_consent_only", "service_reserved"}


def test_where_nothing_is_shown_service_is() -> None:
    record = judged("x", Arm.NOTHING)
    assert set(record.slate) == {"SERVICE", "SERVICE2"}
    assert record.none_because is None
    rules = {one.action_id: one.rule for one in record.removed}
    assert rules["SALE0"] == rules["CONSENT"] == "arm_nothing"
    # They could have been shown: the record keeps them for the comparison.
    assert "SALE0" in {one.action_id for one in record.candidates}


def test_where_nothing_is_shown_and_no_service_is_due_the_reason_is_that_none_is_due() -> None:
    only = Engine(made_catalogue([action_entry("SALE")]))
    record = only.judge(model_for(only.catalogue), request(arm=Arm.NOTHING))
    assert (record.slate, record.none_because) == ((), NoRecommendation.NONE_DUE)
    assert record.slate_probability > 0


def test_what_stands_higher_than_its_mean_is_said_to_be_tried_out() -> None:
    by_mean = EXPLORING.judge(model_for(EXPLORING.catalogue, "fixed"), request(concern_solved=True)).slate
    records = [judged(str(seed)) for seed in range(20)]
    assert len({bool(record.explored) for record in records}) == 2
    for record in records:
        newcomers = set(record.slate) - set(by_mean)
        assert newcomers <= set(record.explored)
        assert bool(record.explored) == (record.slate != by_mean)
