"""A simulation says what the engine says, customer by customer."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from nba_desktop.backend.analysis.obstacles import Obstacles
from nba_desktop.backend.analysis.rule_costs import RuleAt, RuleCosts
from nba_desktop.backend.analysis.sensitivity import FACTORS, Sensitivity
from nba_desktop.backend.analysis.simulation import STEPS, Setting, certain, request_for
from nba_desktop.backend.analysis.simulation_changes import Changes
from nba_desktop.backend.analysis.simulation_report import VersionResult
from nba_desktop.backend.decisioning.catalogue import Action, Catalogue
from nba_desktop.backend.decisioning.engine import Engine
from nba_desktop.backend.decisioning.record import DecisionRecord
from nba_desktop.contract.codes import ActionKind, Load, Stage
from tests.fakes.decisions import NOW, model_for, sample_catalogue
from tests.unit.backend.analysis.simulated import (
    SETTING,
    SKILLS,
    changed,
    exploring,
    people,
    simulated,
    without,
)

BUSY = Setting(NOW, solved=False, load=Load.HIGH)


def decisions(
    catalogue: Catalogue, setting: Setting = SETTING, skills: frozenset[str] = SKILLS
) -> list[DecisionRecord]:
    """What the engine decides for everybody when nothing is tried out, one customer after the other."""
    engine, model = Engine(catalogue), model_for(catalogue, "bayes")
    return [engine.judge(model, request_for(one, setting, skills, "senior")) for one in people()]


def expected_funnel(records: list[DecisionRecord], actions: int) -> list[tuple[str, int, int, int]]:
    steps = []
    gone = [0] * len(records)
    for step in STEPS:
        removed = 0
        for place, record in enumerate(records):
            those = [
                one for one in record.removed if step == ("load_gate" if one.rule == "load_gate" else one.stage.value)
            ]
            removed += len(those)
            gone[place] += len(those)
        steps.append((step, removed, actions * len(records) - sum(gone), sum(one < actions for one in gone)))
    return steps


@pytest.mark.parametrize("setting", [SETTING, BUSY], ids=["solved", "busy"])
@pytest.mark.parametrize("skills", [SKILLS, frozenset[str]()], ids=["skilled", "unskilled"])
def test_funnel_and_wins_are_the_engine_s_own(setting: Setting, skills: frozenset[str]) -> None:
    # The sample catalogue tries nothing out and has no control arms, so the engine can be asked as it is.
    catalogue = sample_catalogue()
    records = decisions(catalogue, setting, skills)
    result = simulated(exploring(catalogue), setting=setting, skills=skills).result

    found = [(one.step, one.removed, one.left, one.customers) for one in result.funnel]
    assert found == expected_funnel(records, len(catalogue.actions))
    first = Counter(record.slate[0] for record in records if record.slate)
    shown = Counter(action_id for record in records for action_id in record.slate)
    candidates = Counter(one.action_id for record in records for one in record.candidates)
    stops = Counter((one.action_id, one.stage.value, one.rule) for record in records for one in record.removed)
    for one in result.actions:
        assert (one.first, one.shown, one.candidates) == (
            first[one.action_id],
            shown[one.action_id],
            candidates[one.action_id],
        )
        assert {(one.action_id, stop.stage, stop.rule): stop.customers for stop in one.stops} == {
            key: number for key, number in stops.items() if key[0] == one.action_id
        }
    sizes = Counter(len(record.candidates) for record in records)
    assert result.choice.histogram == tuple(sizes[n] for n in range(max(sizes) + 1))
    assert result.without.customers == sizes[0]


def test_wins_by_issue_are_the_sums_of_their_actions() -> None:
    records = decisions(sample_catalogue())
    kind_of = {one.action_id: one.entry.kind for one in sample_catalogue().actions}
    for issue in simulated().result.issues:
        kind = ActionKind(issue.issue)
        assert issue.first == sum(kind_of[one.slate[0]] is kind for one in records if one.slate)
        assert issue.customers == sum(any(kind_of[each] is kind for each in one.slate) for one in records)


def test_the_situation_shapes_what_is_decided() -> None:
    catalogue = sample_catalogue()
    assert simulated().result != simulated(setting=BUSY).result
    gates = {one.step: one.removed for one in simulated(setting=BUSY).result.funnel}
    assert gates["load_gate"] > 0
    moving = simulated(setting=Setting(NOW, concern="move")).result
    assert first_of(moving) != first_of(simulated(catalogue).result)


def first_of(result: VersionResult) -> dict[str, int]:
    return {one.action_id: one.first for one in result.actions}


@pytest.mark.parametrize("setting", [SETTING, BUSY], ids=["solved", "busy"])
@pytest.mark.parametrize("skills", [SKILLS, frozenset[str]()], ids=["skilled", "unskilled"])
def test_rules_as_columns_answer_like_the_engine_for_every_customer(setting: Setting, skills: frozenset[str]) -> None:
    catalogue = sample_catalogue()
    model = model_for(catalogue, "bayes")
    obstacles = Obstacles(catalogue, skills, setting.load, NOW)
    for person, record in zip(people(), decisions(catalogue, setting, skills), strict=True):
        costs = RuleCosts(catalogue)
        means = model.propensities(record.inputs).means
        costs.add(record.inputs, obstacles.of(person, record.inputs, means))
        costs.finish()
        failing = {(at.action_id, at.of.stage, at.of.rule) for at, customers in costs.counts.fails.items() if customers}
        blocked = {action_id for action_id, _, _ in failing}
        candidates = {one.action_id for one in record.candidates}
        assert candidates == {one.action_id for one in catalogue.actions} - blocked
        removed = {(one.action_id, one.stage, one.rule) for one in record.removed if one.action_id not in candidates}
        assert removed <= failing
        for at in costs.counts.only:
            assert costs.counts.only[at] == (
                costs.counts.fails[at] if sum(one[0] == at.action_id for one in failing) == 1 else 0
            )


def test_every_rule_fails_for_those_for_whom_its_condition_says_so() -> None:
    catalogue = sample_catalogue()
    records = decisions(catalogue)
    costs = {(one.action_id, one.stage, one.rule): one for one in simulated().result.rules}
    for action in catalogue.actions:
        for stage, rule in action.rules:
            answers = [rule.condition(record.inputs) for record in records]
            cost = costs[action.action_id, stage.value, rule.entry.id]
            assert cost.fails == sum((one is True) is not rule.required for one in answers)
            assert cost.unknown == (sum(one is None for one in answers) if rule.required else 0)
            assert cost.removes == sum(
                (one.action_id, one.stage, one.rule) == (action.action_id, stage, rule.entry.id)
                for record in records
                for one in record.removed
            )


def test_taking_a_rule_out_wins_exactly_those_for_whom_it_was_the_only_obstacle() -> None:
    result = simulated().result
    costly = [one for one in result.rules if one.owner.startswith("action/") and one.only][:4]
    assert costly
    for cost in costly:

        def freed(action: Action, rule: str = cost.rule) -> Action:
            return replace(action, rules=tuple(one for one in action.rules if one[1].entry.id != rule))

        catalogue = changed(sample_catalogue(), cost.action_id, freed)
        candidates = {one.action_id: one.candidates for one in result.actions}
        now = {one.action_id: one.candidates for one in simulated(catalogue).result.actions}
        assert now[cost.action_id] - candidates[cost.action_id] == cost.only


def test_who_gets_nothing_would_get_something_without_the_rule_that_costs_most() -> None:
    # Only one action is left of the catalogue, so that many get nothing.
    action = next(one for one in sample_catalogue().actions if one.action_id == "XS_MAINTAIN")
    catalogue = replace(sample_catalogue(), actions=(action,))
    without_any = simulated(catalogue).result.without
    assert [one.won_back for one in without_any.rules] == sorted(
        (one.won_back for one in without_any.rules), reverse=True
    )
    costliest = next(one for one in without_any.rules if one.owner)
    assert costliest.won_back > 0

    def freed(one: Action) -> Action:
        return replace(one, rules=tuple(rule for rule in one.rules if rule[1].entry.id != costliest.rule))

    freed_from_it = simulated(changed(catalogue, "XS_MAINTAIN", freed)).result.without
    assert without_any.customers - freed_from_it.customers == costliest.won_back


@pytest.mark.parametrize("setting", [SETTING, BUSY], ids=["solved", "busy"])
def test_a_factor_switched_off_changes_what_the_engine_without_it_changes(setting: Setting) -> None:
    catalogue = sample_catalogue()
    model = model_for(catalogue, "bayes")
    sensitivity = Sensitivity(catalogue, "senior")
    engines = [Engine(catalogue, {factor}) for factor in FACTORS]
    differing = 0
    for person, record in zip(people(), decisions(catalogue, setting), strict=True):
        request = request_for(person, setting, SKILLS, "senior")
        expected = [engine.judge(model, request).slate for engine in engines]
        assert sensitivity.slates(record, model.propensities(record.inputs).means) == expected
        differing += sum(slate != record.slate for slate in expected)
    assert differing > 10


def test_what_issues_win_and_lose_without_a_factor_is_even() -> None:
    factors = simulated().result.factors
    assert {one.factor for one in factors} == set(FACTORS)
    for one in factors:
        assert sum(one.first_places.values()) == 0
        assert sum(number for number in one.first_places.values() if number > 0) <= one.first_changed


def test_nothing_is_tried_out_and_nobody_is_a_control() -> None:
    entry = certain(exploring(sample_catalogue())).entry
    assert entry.learning.exploration == 0
    assert entry.arms.ranked == 100
    assert simulated().result.actions == simulated(certain(sample_catalogue())).result.actions


def test_a_catalogue_compared_with_itself_shows_no_difference() -> None:
    report = simulated(sample_catalogue(), sample_catalogue())
    assert report.against == report.result
    comparison = report.comparison
    assert comparison is not None
    assert (comparison.first_changed, comparison.shown_changed, comparison.moves) == (0, 0, ())
    assert (comparison.added, comparison.removed, comparison.appearing, comparison.disappearing) == ((), (), (), ())


def test_two_versions_are_compared_customer_by_customer() -> None:
    catalogue = sample_catalogue()
    shorter = without(catalogue, "SRV_INSTALMENT")
    before, after = decisions(catalogue), decisions(shorter)
    comparison = simulated(shorter, catalogue).comparison
    assert comparison is not None
    assert comparison.first_changed == sum(a.slate[:1] != b.slate[:1] for a, b in zip(before, after, strict=True))
    assert comparison.shown_changed == sum(set(a.slate) != set(b.slate) for a, b in zip(before, after, strict=True))
    assert comparison.first_changed > 0
    assert sum(one.customers for one in comparison.moves) == comparison.first_changed
    assert {one.before for one in comparison.moves} == {"SRV_INSTALMENT"}
    assert comparison.removed == ("SRV_INSTALMENT",)
    assert "SRV_INSTALMENT" in comparison.disappearing


def test_a_customer_who_loses_his_only_action_is_said_to_move_to_none() -> None:
    changes = Changes()
    changes.add(("A",), ())
    changes.add(("A", "B"), ("B", "A"))
    result = simulated().result
    comparison = changes.result(result, result, 2)
    assert (comparison.first_changed, comparison.shown_changed) == (2, 1)
    assert {(one.before, one.after) for one in comparison.moves} == {("A", None), ("A", "B")}


def test_actions_that_never_win_are_named_with_what_stops_them() -> None:
    result = simulated().result
    assert {one.action_id for one in result.never_first} == {one.action_id for one in result.actions if not one.first}
    for one in result.never_first:
        assert one.stops[0].customers == max(stop.customers for stop in one.stops)
        assert sum(stop.customers for stop in one.stops) + one.shown == len(people())


def test_a_sentence_of_the_catalogue_says_what_its_rule_does() -> None:
    costs = {(one.action_id, one.rule): one for one in simulated().result.rules}
    assert costs["XS_MAINTAIN", "arrears"].sentence == "Sell nothing while in arrears"
    assert costs["XS_MAINTAIN", "arrears"].owner == "group/heating"
    assert costs["XS_MAINTAIN", "boiler_young"].owner == "action/XS_MAINTAIN"
    built_in = costs["XS_MAINTAIN", "open_complaint"]
    assert (built_in.owner, built_in.sentence) == ("", "A complaint is open")


def test_counts_grow_block_by_block() -> None:
    catalogue = sample_catalogue()
    record = decisions(catalogue)[0]
    once, twice = RuleCosts(catalogue), RuleCosts(catalogue)
    once.add(record.inputs, ())
    once.finish()
    for _ in range(2):
        twice.add(record.inputs, ())
        twice.finish()
    assert {at: 2 * customers for at, customers in once.counts.fails.items()} == dict(twice.counts.fails)


def test_a_catalogue_without_rules_has_none_to_cost_anything() -> None:
    bare = replace(sample_catalogue(), actions=tuple(replace(one, rules=()) for one in sample_catalogue().actions))
    costs = RuleCosts(bare)
    costs.add({}, ())
    costs.finish()
    assert costs.counts.fails == Counter[RuleAt]()
    assert simulated(bare).result.without.customers <= simulated().result.without.customers


def test_dates_of_validity_are_obstacles_for_everybody() -> None:
    catalogue = sample_catalogue()
    today = NOW.date()

    def dated(action: Action) -> Action:
        return replace(action, entry=action.entry.model_copy(update={"valid_from": today.replace(year=today.year + 1)}))

    result = simulated(changed(catalogue, "XS_GREEN", dated)).result
    cost = next(one for one in result.rules if (one.action_id, one.rule) == ("XS_GREEN", "not_valid_yet"))
    assert (cost.fails, cost.stage) == (len(people()), Stage.ELIGIBILITY.value)
