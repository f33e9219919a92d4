"""Updates: they commute, can be taken back, and see a decision's other responses as if they had not come yet."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.learning.bayes import BayesModel
from nba_desktop.backend.decisioning.learning.beta import BetaModel
from nba_desktop.backend.decisioning.learning.factory import make_model
from nba_desktop.backend.decisioning.learning.features import Encoder
from nba_desktop.backend.decisioning.learning.protocols import Example
from nba_desktop.backend.decisioning.learning.settings import LearningSettings, Mode
from nba_desktop.backend.decisioning.learning.update import Update
from nba_desktop.backend.errors import FeatureError, SnapshotError
from tests.unit.backend.decisioning.learning_world import ACTIONS, FEATURES, after, examples

SETTINGS = LearningSettings()
Learner = BayesModel | BetaModel


def bayes() -> BayesModel:
    return BayesModel(SETTINGS, ACTIONS, Encoder(FEATURES))


def learner(mode: str) -> Learner:
    return bayes() if mode == "bayes" else BetaModel(replace(SETTINGS, mode="beta"), ACTIONS)


def learn(model: Learner, example: Example, siblings: tuple[Update, ...] = ()) -> Update:
    update = model.update_for(example, siblings)
    assert update is not None
    model.apply(update)
    return update


def said(model: Learner) -> np.ndarray:
    """Means and deviations for a few customers, which is all that the world sees of a state."""
    customers: tuple[dict[str, Value], ...] = (
        {},
        {"heating": "gas", "solar": True},
        {"heating": "oil", "age_of_boiler": 20, "concern": "bill"},
    )
    rows = [model.propensities(known) for known in customers]
    return np.array([[row.means, row.deviations] for row in rows])


def same(one: np.ndarray, other: np.ndarray) -> bool:
    return bool(np.allclose(one, other, rtol=1e-6, atol=1e-9))


@pytest.mark.parametrize("mode", ["bayes", "beta"])
@given(st.lists(examples(), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_order_in_which_updates_are_applied_does_not_matter(mode: str, told: list[Example], dice: object) -> None:
    first = learner(mode)
    updates = [learn(first, example) for example in told]
    dice.shuffle(updates)  # type: ignore[attr-defined]
    second = learner(mode)
    for update in updates:
        second.apply(update)
    assert same(said(first), said(second))


@pytest.mark.parametrize("mode", ["bayes", "beta"])
@given(st.lists(examples(), max_size=8), examples())
def test_an_update_that_is_taken_back_leaves_what_was_there_before(
    mode: str, told: list[Example], odd: Example
) -> None:
    model = learner(mode)
    for example in told:
        learn(model, example)
    # Taking an answer back does not turn the clock back.
    model.advance(odd.at)
    before = said(model)
    update = learn(model, odd)
    assert not np.array_equal(said(model), before)
    model.apply(update, -1)
    assert same(said(model), before)
    assert model.beliefs.count == len(told) + 2


@given(st.lists(examples(), max_size=5), st.lists(st.booleans(), min_size=4, max_size=4), st.permutations(range(4)))
def test_the_order_of_a_decisions_responses_does_not_matter(
    told: list[Example], labels: list[bool], order: list[int]
) -> None:
    decision = [
        Example(one.action_id, {"heating": "gas", "concern": "bill"}, float(label), after(800))
        for one, label in zip(ACTIONS, labels, strict=True)
    ]
    states = []
    for sequence in (list(range(4)), order):
        model = bayes()
        for example in told:
            learn(model, example)
        # Some time has passed for both before the first of the responses.
        model.advance(after(800))
        siblings: tuple[Update, ...] = ()
        for place in sequence:
            siblings += (learn(model, decision[place], siblings),)
        states.append(said(model))
    assert same(*states)


def test_siblings_change_what_is_learnt() -> None:
    """Without them the second response would be seen from a state that has the first in it."""
    model = bayes()
    first = learn(model, Example("FIX12", {}, 1.0, after(0)))
    second = Example("FIX24", {}, 0.0, after(0))
    alone, aware = model.update_for(second, ()), model.update_for(second, (first,))
    assert alone is not None
    assert aware is not None
    assert not np.allclose(alone.information, aware.information)


def test_a_corrected_response_ends_where_the_right_one_would_have() -> None:
    wrong, right = Example("FIX12", {"solar": True}, 0.0, after(3)), Example("FIX12", {"solar": True}, 1.0, after(3))
    other = Example("READING", {"solar": True}, 1.0, after(3))
    straight, corrected = bayes(), bayes()
    learn(straight, right, (learn(straight, other),))
    mistaken = learn(corrected, wrong)
    sibling = learn(corrected, other, (mistaken,))
    corrected.apply(mistaken, -1)
    learn(corrected, right, (sibling,))
    assert same(said(straight), said(corrected))


@given(st.lists(examples(), min_size=1, max_size=4))
def test_an_update_survives_being_written_down(told: list[Example]) -> None:
    model = bayes()
    for example in told:
        update = learn(model, example)
        copy = Update.from_bytes(update.to_bytes())
        assert (copy.owners, copy.classes) == (update.owners, update.classes)
        assert abs((copy.at - update.at).total_seconds()) < 1e-5
        assert np.array_equal(copy.precision, update.precision)
        assert np.array_equal(copy.information, update.information)


@pytest.mark.parametrize("content", [b"", b"nothing", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_bytes_that_are_no_update_are_refused(content: bytes) -> None:
    with pytest.raises(SnapshotError, match="damaged"):
        Update.from_bytes(content)


def test_an_old_response_that_arrives_late_counts_as_old() -> None:
    fresh, late = bayes(), bayes()
    told = Example("WALLBOX", {}, 1.0, after(0))
    learn(fresh, told)
    late.advance(after(180))
    learn(late, told)
    assert late.propensities({}).deviations[2] > fresh.propensities({}).deviations[2]
    fresh.advance(after(180))
    assert fresh.propensities({}).deviations == pytest.approx(late.propensities({}).deviations, rel=1e-2)


def test_a_clock_that_goes_back_brings_nothing_back() -> None:
    model = bayes()
    learn(model, Example("WALLBOX", {}, 1.0, after(0)))
    model.advance(after(90))
    before = said(model)
    model.advance(after(10))
    assert np.array_equal(said(model), before)


def test_centuries_of_half_lives_are_no_overflow() -> None:
    model = BayesModel(replace(SETTINGS, half_life_days=0.5), ACTIONS, Encoder(FEATURES))
    for days in (0, 200, 400, 900, 3000):
        learn(model, Example("WALLBOX", {}, 1.0, after(days)))
        assert np.isfinite(said(model)).all()
    model.advance(after(3100))
    untaught = BayesModel(replace(SETTINGS, half_life_days=0.5), ACTIONS, Encoder(FEATURES))
    assert same(said(model), said(untaught))


@pytest.mark.parametrize("mode", ["bayes", "beta"])
def test_an_action_nobody_knows_is_named(mode: Mode) -> None:
    model = make_model(replace(SETTINGS, mode=mode), ACTIONS, FEATURES)
    with pytest.raises(FeatureError, match="no action 'GONE'"):
        model.update_for(Example("GONE", {}, 1.0, after(0)), ())


def test_many_classes_that_say_the_same_do_not_overshoot() -> None:
    model = bayes()
    for _ in range(3):
        learn(model, Example("WALLBOX", {"heating": "gas", "solar": True}, 1.0, after(0)))
    assert model.propensities({"heating": "gas", "solar": True}).means[2] < 0.75
    assert model.propensities({"heating": "gas", "solar": True}).means[2] > 0.1


def test_a_version_counts_what_was_learnt() -> None:
    model = bayes()
    assert model.version == "bayes-1@0"
    update = learn(model, Example("WALLBOX", {}, 1.0, after(0)))
    assert model.version == "bayes-1@1"
    model.apply(update, -1)
    assert model.version == "bayes-1@2"
    model.count_from(7)
    assert model.version == "bayes-1@7"
    assert math.isclose(said(model)[0, 0, 2], 0.1, rel_tol=1e-6)
