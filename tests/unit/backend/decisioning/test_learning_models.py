"""Models: they start from documented rates, become calibrated, follow drift and know how little they know."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.analysis.calibration import expected_calibration_error, log_loss
from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.learning.factory import make_model
from nba_desktop.backend.decisioning.learning.protocols import Example, LearningModel
from nba_desktop.backend.decisioning.learning.settings import LearningSettings, Mode
from nba_desktop.backend.decisioning.learning.traits import ActionTraits
from nba_desktop.contract.codes import ActionKind
from tests.unit.backend.decisioning.learning_world import ACTIONS, FEATURES, after, examples, values

SETTINGS = LearningSettings()
MODES: tuple[Mode, ...] = ("bayes", "beta", "fixed")


def model_of(mode: Mode = "bayes", actions: tuple[ActionTraits, ...] = ACTIONS) -> LearningModel:
    return make_model(replace(SETTINGS, mode=mode), actions, FEATURES)


def learn(model: LearningModel, example: Example) -> None:
    update = model.update_for(example, ())
    assert update is not None
    model.apply(update)


@pytest.mark.parametrize("mode", MODES)
def test_knowing_nothing_gives_the_base_rates(mode: Mode) -> None:
    found = model_of(mode).propensities({})
    # FIX24 has no rate of its own and starts from its group's.
    assert found.means == pytest.approx([0.2, 0.2, 0.1, 0.6])
    assert all(found.moved_by(place) == {} for place in range(len(ACTIONS)))


def test_an_action_without_any_rate_starts_neutral() -> None:
    lonely = (ActionTraits("ONE", ActionKind.SALES, "alone"),)
    assert model_of(actions=lonely).propensities({}).means == pytest.approx([0.5])


@pytest.mark.parametrize("mode", ["bayes", "fixed"])
def test_the_documented_shifts_count_from_the_first_day(mode: Mode) -> None:
    model = model_of(mode)
    plain = model.propensities({}).means
    bill = model.propensities({"concern": "bill"})
    assert (bill.means > plain).tolist() == [True, True, False, True]
    assert bill.moved_by(0) == {"fits_concern": 0.5}
    leaving = model.propensities({"churn_class": "high", "days_since_trouble": 3}).means
    assert (leaving < plain).tolist() == [True, True, True, False]


@pytest.mark.parametrize("mode", MODES)
@given(told=st.lists(examples(), max_size=6), known=values())
def test_means_and_draws_are_probabilities(mode: Mode, told: list[Example], known: dict[str, Value]) -> None:
    model = model_of(mode)
    for example in told:
        update = model.update_for(example, ())
        if update is not None:
            model.apply(update)
    found = model.propensities(known)
    drawn = found.draws(np.random.default_rng(1), 3, 1.0)
    assert found.means.shape == found.deviations.shape == (len(ACTIONS),)
    assert drawn.shape == (3, len(ACTIONS))
    for probabilities in (found.means, drawn):
        assert np.all((probabilities > 0) & (probabilities < 1))
    assert np.all(found.deviations >= 0)


@pytest.mark.parametrize("mode", MODES)
def test_without_exploration_every_draw_is_the_mean(mode: Mode) -> None:
    found = model_of(mode).propensities({"concern": "bill"})
    assert found.draws(np.random.default_rng(1), 2, 0.0) == pytest.approx(np.array([found.means, found.means]))


@pytest.mark.parametrize("mode", ["bayes", "beta"])
def test_draws_lie_around_the_means_and_further_away_the_more_is_explored(mode: Mode) -> None:
    found = model_of(mode).propensities({})
    near, far = (found.draws(np.random.default_rng(7), 20_000, scale) for scale in (0.3, 1.0))
    assert near.mean(axis=0) == pytest.approx(found.means, abs=0.01)
    assert far.mean(axis=0) == pytest.approx(found.means, abs=0.04)
    assert np.all(near.std(axis=0) < far.std(axis=0))


@pytest.mark.parametrize("mode", ["bayes", "beta"])
def test_one_draw_comes_from_where_many_come_from(mode: Mode) -> None:
    found = model_of(mode).propensities({})
    rng = np.random.default_rng(3)
    single = np.array([found.draws(rng, 1, 1.0)[0] for _ in range(4000)])
    many = found.draws(np.random.default_rng(4), 4000, 1.0)
    assert single.mean(axis=0) == pytest.approx(many.mean(axis=0), abs=0.02)
    assert single.std(axis=0) == pytest.approx(many.std(axis=0), abs=0.02)


def test_what_actions_share_moves_their_draws_together() -> None:
    drawn = model_of().propensities({}).draws(np.random.default_rng(5), 4000, 1.0)
    logits = np.log(drawn / (1 - drawn))
    assert np.corrcoef(logits[:, 0], logits[:, 1])[0, 1] > np.corrcoef(logits[:, 0], logits[:, 2])[0, 1] > 0.2


def _stream(rows: int, seed: int) -> list[Example]:
    """Customers of a known world: gas heating and an old boiler make the yes more likely."""
    rng = np.random.default_rng(seed)
    told: list[Example] = []
    for row in range(rows):
        action = ACTIONS[int(rng.integers(len(ACTIONS)))]
        known: dict[str, Value] = {
            "heating": ("gas", "oil", None)[int(rng.integers(3))],
            "age_of_boiler": int(rng.integers(30)),
            "solar": bool(rng.integers(2)),
        }
        logit = -1.0 + 1.2 * (known["heating"] == "gas") - 0.8 * (known["solar"] is True)
        logit += 0.7 * (action.action_id == "READING")
        told.append(
            Example(action.action_id, known, float(rng.random() < 1 / (1 + math.exp(-logit))), after(row / 200))
        )
    return told


def test_propensities_become_calibrated() -> None:
    model = model_of()
    labels: list[float] = []
    said: list[float] = []
    for example in _stream(6000, seed=11):
        found = model.propensities(example.values)
        labels.append(example.label)
        said.append(float(found.means[model.actions.index(example.action_id)]))
        learn(model, example)
    truth, guess = np.array(labels[1000:]), np.array(said[1000:])
    assert expected_calibration_error(truth, guess) < 0.03
    assert log_loss(truth, guess) < log_loss(truth, np.full(len(truth), truth.mean())) - 0.03


def test_a_cold_action_starts_at_its_groups_rate() -> None:
    group = tuple(ActionTraits(f"A{place}", ActionKind.SALES, "solar", 0.1) for place in range(4))
    cold = ActionTraits("COLD", ActionKind.SALES, "solar")
    elsewhere = ActionTraits("OTHER", ActionKind.SALES, "gas", 0.1)
    model = model_of(actions=(*group, cold, elsewhere))
    rng = np.random.default_rng(2)
    for row in range(2000):
        one = group[row % 4]
        learn(model, Example(one.action_id, {}, float(rng.random() < 0.3), after(row / 100)))
        learn(model, Example("OTHER", {}, float(rng.random() < 0.1), after(row / 100)))
    found = model.propensities({})
    assert found.means[0] == pytest.approx(0.3, abs=0.05)
    assert found.means[4] == pytest.approx(0.3, abs=0.06)
    assert found.means[5] == pytest.approx(0.1, abs=0.04)
    assert found.deviations[4] > found.deviations[0]


def test_a_cold_action_counts_on_its_group_in_beta_mode() -> None:
    group = (ActionTraits("WARM", ActionKind.SALES, "solar", 0.1), ActionTraits("COLD", ActionKind.SALES, "solar"))
    model = model_of("beta", group)
    for row in range(300):
        learn(model, Example("WARM", {}, float(row % 2), after(0)))
    assert model.propensities({}).means[1] == pytest.approx(0.46, abs=0.02)
    assert model.propensities({}).moved_by(1)["learnt"] > 1


@pytest.mark.parametrize("mode", ["bayes", "beta"])
def test_drift_is_followed(mode: Mode) -> None:
    model = model_of(mode)
    rng = np.random.default_rng(4)
    for row in range(4000):
        rate = 0.05 if row < 2000 else 0.4
        learn(model, Example("WALLBOX", {}, float(rng.random() < rate), after(row / 5)))
        if row == 1999:
            assert model.propensities({}).means[2] == pytest.approx(0.05, abs=0.03)
    assert model.propensities({}).means[2] == pytest.approx(0.4, abs=0.06)


@pytest.mark.parametrize("mode", ["bayes", "beta"])
def test_what_is_not_heard_of_for_long_falls_back_to_its_base_rate(mode: Mode) -> None:
    model = model_of(mode)
    for _ in range(200):
        learn(model, Example("WALLBOX", {}, 1.0, after(0)))
    assert model.propensities({}).means[2] > 0.6
    model.advance(after(365 * 8))
    assert model.propensities({}).means[2] == pytest.approx(0.1, abs=0.01)


def test_a_weak_label_moves_less_than_a_plain_one() -> None:
    plain, weak = model_of(), model_of()
    learn(plain, Example("FIX12", {}, 0.0, after(0)))
    learn(weak, Example("FIX12", {}, 0.0, after(0), weight=0.3))
    assert plain.propensities({}).means[0] < weak.propensities({}).means[0] < 0.2


def test_it_says_what_moved_a_propensity() -> None:
    model = model_of()
    for row in range(300):
        gas = row % 2 == 0
        learn(model, Example("WALLBOX", {"heating": "gas" if gas else "oil"}, float(gas), after(0)))
    found = model.propensities({"heating": "gas", "concern_solved": True}).moved_by(2)
    assert next(iter(found)) == "heating"
    assert found["heating"] > 0.3
    assert found["concern_solved"] == 0.2
    assert len(found) <= 5
