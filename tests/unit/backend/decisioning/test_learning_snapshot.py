"""Snapshots: what was learnt survives a restart and a change of the catalogue, by name."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.learning.bayes import BayesModel
from nba_desktop.backend.decisioning.learning.factory import make_model
from nba_desktop.backend.decisioning.learning.features import Feature
from nba_desktop.backend.decisioning.learning.protocols import Example, LearningModel
from nba_desktop.backend.decisioning.learning.settings import LearningSettings
from nba_desktop.backend.decisioning.learning.traits import ActionTraits
from nba_desktop.backend.decisioning.learning.update import Update
from nba_desktop.backend.errors import SnapshotError
from nba_desktop.contract.codes import ActionKind
from tests.unit.backend.decisioning.learning_world import ACTIONS, FEATURES, after, examples

SETTINGS = LearningSettings()
BETA = replace(SETTINGS, mode="beta")
CUSTOMER: dict[str, Value] = {"heating": "gas", "age_of_boiler": 20, "solar": True}


def taught(settings: LearningSettings, told: list[Example]) -> LearningModel:
    model = make_model(settings, ACTIONS, FEATURES)
    for example in told:
        update = model.update_for(example, ())
        assert update is not None
        model.apply(update)
    return model


def told_a_lot() -> list[Example]:
    return [Example(one.action_id, CUSTOMER, float(day % 3 == 0), after(day)) for day in range(30) for one in ACTIONS]


def means(model: LearningModel) -> dict[str, float]:
    return dict(zip(model.actions, model.propensities(CUSTOMER).means.tolist(), strict=True))


@pytest.mark.parametrize("settings", [SETTINGS, BETA], ids=["bayes", "beta"])
@given(told=st.lists(examples(), max_size=8))
def test_a_restored_model_is_the_same(settings: LearningSettings, told: list[Example]) -> None:
    model = taught(settings, told)
    again = make_model(settings, ACTIONS, FEATURES, model.snapshot())
    assert again.version == model.version
    assert means(again) == pytest.approx(means(model), rel=1e-9)
    assert again.propensities(CUSTOMER).deviations == pytest.approx(model.propensities(CUSTOMER).deviations, rel=1e-9)


def test_actions_and_features_are_found_by_name_wherever_they_stand() -> None:
    model = taught(SETTINGS, told_a_lot())
    again = make_model(SETTINGS, ACTIONS[::-1], FEATURES[::-1], model.snapshot())
    assert means(again) == pytest.approx(means(model), rel=1e-9)


def test_a_new_action_starts_and_the_others_know_what_they_knew() -> None:
    model = taught(SETTINGS, told_a_lot())
    new = ActionTraits("HEAT_PUMP", ActionKind.SALES, "heating", 0.07, (), True)
    again = make_model(SETTINGS, (new, *ACTIONS), FEATURES, model.snapshot())
    before, now = means(model), means(again)
    assert {name: now[name] for name in before} == pytest.approx(before, rel=1e-9)
    assert again.propensities(CUSTOMER).deviations[0] > again.propensities(CUSTOMER).deviations[1]


def test_an_action_that_comes_back_knows_what_it_had_learnt() -> None:
    model = taught(SETTINGS, told_a_lot())
    without = make_model(SETTINGS, ACTIONS[1:], FEATURES[1:], model.snapshot())
    assert "FIX12" not in without.actions
    update = without.update_for(Example("FIX24", CUSTOMER, 1.0, after(30)), ())
    assert update is not None
    without.apply(update)
    without.apply(update, -1)
    back = make_model(SETTINGS, ACTIONS, FEATURES, without.snapshot())
    model.advance(after(30))
    assert means(back) == pytest.approx(means(model), rel=1e-6)


def test_a_changed_edge_is_another_class_and_the_rest_stays() -> None:
    model = taught(SETTINGS, told_a_lot())
    other = (FEATURES[0], Feature("age_of_boiler", "number", edges=(6, 15)), FEATURES[2])
    again = make_model(SETTINGS, ACTIONS, other, model.snapshot())
    kept: dict[str, Value] = {"heating": "gas", "solar": True, "age_of_boiler": 20}
    assert again.propensities(kept).means == pytest.approx(model.propensities(kept).means, rel=1e-9)
    unlearnt: dict[str, Value] = {**kept, "age_of_boiler": 10}
    assert not np.allclose(again.propensities(unlearnt).means, model.propensities(kept).means)


def test_an_update_of_an_older_catalogue_can_still_be_taken_back() -> None:
    model = make_model(SETTINGS, ACTIONS, FEATURES)
    update = model.update_for(Example("FIX12", CUSTOMER, 1.0, after(0)), ())
    assert update is not None
    model.apply(update)
    newer = make_model(SETTINGS, ACTIONS[1:], FEATURES[1:], model.snapshot())
    fresh = make_model(SETTINGS, ACTIONS[1:], FEATURES[1:])
    newer.apply(Update.from_bytes(update.to_bytes()), -1)
    assert means(newer) == pytest.approx(means(fresh), rel=1e-6)


def test_a_log_learnt_anew_without_a_snapshot_keeps_what_is_of_no_use_now() -> None:
    """Updates of actions and features that are not in force wait for a rollback."""
    model = taught(SETTINGS, told_a_lot())
    newer = make_model(SETTINGS, ACTIONS[1:], FEATURES[1:])
    log = [model.update_for(one, ()) for one in told_a_lot()[:8]]
    straight = make_model(SETTINGS, ACTIONS, FEATURES)
    for update in log:
        assert update is not None
        newer.apply(update)
        straight.apply(update)
    back = make_model(SETTINGS, ACTIONS, FEATURES, newer.snapshot())
    assert means(back) == pytest.approx(means(straight), rel=1e-6)


def test_another_half_life_keeps_what_is_left_today() -> None:
    model = taught(SETTINGS, told_a_lot())
    slower = make_model(replace(SETTINGS, half_life_days=365.0), ACTIONS, FEATURES, model.snapshot())
    assert means(slower) == pytest.approx(means(model), rel=1e-2)
    for one in (model, slower):
        one.advance(after(400))
    assert np.all(slower.propensities(CUSTOMER).deviations < model.propensities(CUSTOMER).deviations)


def test_a_fixed_model_has_no_state() -> None:
    model = make_model(LearningSettings(mode="fixed"), ACTIONS, FEATURES)
    assert model.snapshot() == b""
    assert model.version == "fixed-1"
    assert model.update_for(Example("FIX12", CUSTOMER, 1.0, after(0)), ()) is None


def test_a_snapshot_of_another_mode_is_refused() -> None:
    with pytest.raises(SnapshotError, match="of mode 'beta', the model of mode 'bayes'"):
        make_model(SETTINGS, ACTIONS, FEATURES, make_model(BETA, ACTIONS, FEATURES).snapshot())


def test_a_damaged_snapshot_is_refused() -> None:
    whole = make_model(SETTINGS, ACTIONS, FEATURES).snapshot()
    for broken in (b"", b"\0", b"nothing", whole[: len(whole) // 2], whole[:-40]):
        with pytest.raises(SnapshotError, match="damaged"):
            make_model(SETTINGS, ACTIONS, FEATURES, broken)


def test_a_snapshot_of_another_format_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nba_desktop.backend.decisioning.learning.snapshot.FORMAT", 2)
    content = make_model(SETTINGS, ACTIONS, FEATURES).snapshot()
    monkeypatch.undo()
    with pytest.raises(SnapshotError, match="has format 2, this program reads 1"):
        make_model(SETTINGS, ACTIONS, FEATURES, content)


def test_a_snapshot_whose_names_and_numbers_do_not_fit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    model = make_model(SETTINGS, ACTIONS, FEATURES)
    assert isinstance(model, BayesModel)
    model.beliefs.owners["action:ANOTHER"] = len(model.beliefs.owners)
    with pytest.raises(SnapshotError, match="contradicts itself"):
        make_model(SETTINGS, ACTIONS, FEATURES, model.snapshot())
