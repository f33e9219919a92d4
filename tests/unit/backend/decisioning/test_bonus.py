"""The smallest bonus that moves enough, pays, and may be promised."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.bonus import BonusDecision, bonus_for, value_with_bonus
from nba_desktop.backend.decisioning.catalogue import Action
from nba_desktop.backend.decisioning.entries.policies import BonusEntry
from nba_desktop.backend.decisioning.loader import load_catalogue_files, read_files
from tests.fakes.decisions import SMALL_CATALOGUE

LADDER = """bonus_ladder:
        - {eur: 10, retention_points: {medium: 6, high: 4}}
        - {eur: 25, retention_points: {medium: 9, high: 15}}
        - {eur: 50, retention_points: {low: 30, high: 40}}"""
LIMITS = "\nbonus: {enough_points: 5, limits_eur: {trainee: 0, standard: 10, senior: 25, lead: 50}}\n"


def made(ladder: str = LADDER) -> tuple[Action, BonusEntry]:
    (text,) = read_files(SMALL_CATALOGUE).values()
    value = f"value:\n      margin_eur_year: 100\n      years: 2\n      {ladder}"
    text = text.replace("value: {margin_eur_year: 200}", value)
    words = '    reason: {de: "Mit Fachwissen.", en: "With expertise."}\n'
    text = text.replace(words, words + '    reason_with_bonus: {de: "{bonus_eur} dazu.", en: "{bonus_eur} on top."}\n')
    catalogue = load_catalogue_files({"catalogue.yaml": text + LIMITS})
    return next(one for one in catalogue.actions if one.action_id == "EXPERT"), catalogue.entry.bonus


ACTION, RULES = made()


@pytest.mark.parametrize(
    ("churn", "authority", "eur", "none_because"),
    [
        ("medium", "standard", 10, None),
        ("medium", "lead", 10, None),
        ("high", "senior", 25, None),
        ("high", "lead", 25, None),
        ("high", "standard", None, "above_authority"),
        ("medium", "trainee", None, "above_authority"),
        ("medium", None, None, "above_authority"),
        ("medium", "boss", None, "above_authority"),
        ("low", "lead", 50, None),
        ("low", "senior", None, "above_authority"),
        (None, "lead", None, "not_moved"),
        ("unheard of", "lead", None, "not_moved"),
    ],
)
def test_the_smallest_bonus_that_is_enough(
    churn: str | None, authority: str | None, eur: float | None, none_because: Any
) -> None:
    assert bonus_for(ACTION, churn, RULES, authority) == BonusDecision(eur, none_because)


def test_a_bonus_that_costs_more_than_it_saves_is_not_promised() -> None:
    # 12 points of 200 € are 24 €; the medium class is the one that makes the step worth having.
    action, rules = made("bonus_ladder: [{eur: 25, retention_points: {medium: 20, high: 12}}]")
    assert bonus_for(action, "high", rules, "lead") == BonusDecision(None, "not_worth_it")
    assert bonus_for(action, "medium", rules, "lead") == BonusDecision(25)


def test_an_action_without_a_ladder_has_no_bonus() -> None:
    catalogue = load_catalogue_files(read_files(SMALL_CATALOGUE))
    for action in catalogue.actions:
        assert bonus_for(action, "high", RULES, "lead") == BonusDecision(None, "no_ladder")


def test_a_bonus_is_taken_off_the_margin() -> None:
    assert value_with_bonus(ACTION, None) == ACTION.value == 1
    assert value_with_bonus(ACTION, 50) == 0.75


@given(st.sampled_from(["low", "medium", "high"]), st.floats(0, 60), st.floats(0, 60))
def test_who_may_promise_more_promises_no_more_than_is_enough(churn: str, less: float, more: float) -> None:
    less, more = sorted((less, more))
    few = bonus_for(ACTION, churn, RULES.model_copy(update={"limits_eur": {"a": less}}), "a")
    many = bonus_for(ACTION, churn, RULES.model_copy(update={"limits_eur": {"a": more}}), "a")
    if few.eur is not None:
        assert few.eur <= less
        assert many == few


@given(st.sampled_from(["low", "medium", "high"]), st.floats(0.1, 100))
def test_a_promised_bonus_moves_enough_and_pays(churn: str, enough: float) -> None:
    found = bonus_for(ACTION, churn, RULES.model_copy(update={"enough_points": enough}), "lead")
    if found.eur is not None:
        step = next(one for one in ACTION.entry.value.bonus_ladder if one.eur == found.eur)
        points = step.retention_points[churn]  # type: ignore[index]
        assert points >= enough
        assert points / 100 * ACTION.entry.value.margin_eur > found.eur
