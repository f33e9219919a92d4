"""What is read from a record later is what the panel was told at the moment of decision."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.engine import DecisionOutcome, Engine
from nba_desktop.backend.decisioning.explanation import explain, explain_missing
from nba_desktop.backend.model import ConsentFacts
from nba_desktop.backend.samples.customer import SampleCustomer
from nba_desktop.backend.samples.named import named_customers
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import DecisionChannel, Load, NoRecommendation, ResponseCode, Stage
from tests.fakes.decisions import (
    NOW,
    RESOURCES,
    action_entry,
    customer,
    decided,
    made_catalogue,
    model_for,
    past,
    request,
    sample_catalogue,
    sample_request,
    touchpoint,
)

DECISION_ID = "019a9f2e-0000-7000-8000-000000000001"


@pytest.fixture(scope="module")
def sample() -> Catalogue:
    return sample_catalogue()


@pytest.fixture(scope="module")
def people() -> Mapping[str, SampleCustomer]:
    return {one.record.customer_id: one for one in named_customers(RESOURCES / "sample" / "customers.yaml", NOW)}


def stored(outcome: DecisionOutcome) -> dict[str, Any]:
    """The record as a store gives it back."""
    kept: dict[str, Any] = json.loads(json.dumps(outcome.record | {"decision_id": DECISION_ID}))
    return kept


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("arm", list(Arm))
@pytest.mark.parametrize("who", ["helmut-brandt", "familie-berger", "lisa-sommer", "olivia-bennett"])
def test_a_named_customer_s_decision_is_explained_as_it_was_told(
    sample: Catalogue, people: Mapping[str, SampleCustomer], who: str, arm: Arm, language: Language
) -> None:
    asked = sample_request(people[who], concern="instalment", arm=arm, language=language, load=Load.HIGH, seed=who)
    outcome = Engine(sample).decide(model_for(sample, "bayes"), asked)
    told = explain(stored(outcome), sample, language)
    assert told.shown
    assert told.not_shown == outcome.why_not
    assert [(one.action_id, one.rank, one.because, one.factors, one.title, one.quiet) for one in told.shown] == [
        (one.action_id, one.rank, one.because, one.factors, one.title, one.quiet) for one in outcome.recommendations
    ]
    assert (told.decision_id, told.decided_at) == (UUID(DECISION_ID), NOW)
    assert (told.arm, told.load, told.channel, told.concern) == (arm, Load.HIGH, DecisionChannel.CALL, "instalment")
    for gone in outcome.why_not:
        assert explain_missing(stored(outcome), sample, gone.action_id, language) == gone


def test_an_explanation_speaks_either_language_whatever_the_call_was_in(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, request(customer({"kwh_year": 2000, "dunning_level": 1}), language="de"))
    record = stored(outcome)
    english, german = explain(record, catalogue, "en"), explain(record, catalogue, "de")
    assert (german.shown[0].title, english.shown[0].title) == ("Rechnung erklären", "Explain the bill")
    texts = [{one.code: one.params for one in said.shown[0].because}["rule_met"]["text"] for said in (german, english)]
    assert texts == ["2.000\u00a0kWh im Jahr", "2,000\u00a0kWh a year"]
    missing = [explain_missing(record, catalogue, "SALE", language) for language in ("de", "en")]
    assert [one.params["text"] for one in missing if one is not None] == ["Rückstand", "Arrears"]


def test_what_moved_a_propensity_is_named_in_log_odds(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, request(customer({"kwh_year": 2000}), concern="bill", concern_solved=True))
    (service,) = [one for one in explain(stored(outcome), catalogue, "de").shown if one.action_id == "SERVICE"]
    assert service.base_rate == 0.5
    assert {one.name: one.log_odds for one in service.moved_by} == {"fits_concern": 0.5, "concern_solved": 0.2}
    assert service.shown_probability == 1.0


def test_what_is_shown_is_not_missing_and_nobody_knows_what_is_in_no_catalogue(catalogue: Catalogue) -> None:
    record = stored(decided(catalogue, request(customer({"kwh_year": 2000}))))
    assert explain_missing(record, catalogue, "SERVICE", "de") is None
    assert explain_missing(record, catalogue, "NEVER_HEARD_OF", "de") is None


def test_to_explain_leaves_the_record_as_it_is(catalogue: Catalogue) -> None:
    record = stored(decided(catalogue, request(customer({"kwh_year": 2000}))))
    before = copy.deepcopy(record)
    explain(record, catalogue, "de")
    explain_missing(record, catalogue, "CONSENT", "en")
    assert record == before


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"authenticated": False}, NoRecommendation.NOT_AUTHENTICATED), ({}, NoRecommendation.NOTHING_ELIGIBLE)],
)
def test_a_decision_for_nothing_is_explained_by_its_reason(
    catalogue: Catalogue, changes: dict[str, Any], reason: NoRecommendation
) -> None:
    outcome = decided(catalogue, request(customer(), consents=ConsentFacts({}, objected=True), **changes))
    told = explain(stored(outcome), catalogue, "de")
    assert (told.shown, told.none_because) == ((), reason)
    assert len(told.not_shown) == (0 if changes else 5)


def test_names_are_said_in_the_call_and_are_in_no_record() -> None:
    words = {"de": "Für {full_name}", "en": "For {full_name}"}
    outcome = decided(made_catalogue([action_entry("SALE", bridge=words)]), request())
    assert outcome.recommendations[0].bridge == "Für Erika Muster"
    assert "Muster" not in json.dumps(outcome.record)


def test_what_was_withheld_is_named(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, request(customer({"charging_mail_opened": True})))
    assert "charging_mail_opened" in explain(stored(outcome), catalogue, "de").withheld


def test_another_version_of_the_catalogue_explains_nothing(catalogue: Catalogue) -> None:
    record = stored(decided(catalogue, request()))
    other = made_catalogue([action_entry("SALE")])
    with pytest.raises(ValueError, match=f"version {catalogue.version} .* load the version it names"):
        explain(record, other, "de")
    with pytest.raises(ValueError, match="load the version it names"):
        explain_missing(record, other, "SALE", "de")


def codes(outcome: DecisionOutcome, action_id: str) -> dict[str, str]:
    (found,) = [one for one in outcome.recommendations if one.action_id == action_id]
    return {one.code: one.speaks for one in found.because}


def test_each_reason_has_its_code() -> None:
    lever = {"id": "push", "target": "action/SALE", "percent": 25, "why": {"de": "Aktion", "en": "push"}}
    drop = {"id": "drop", "target": "action/RARE", "percent": -25, "why": {"de": "weniger", "en": "less"}}
    site = made_catalogue(
        [
            action_entry("SALE", base_rate=0.7, value={"relative": 2}, concerns=["bill"]),
            action_entry("RARE", base_rate=0.05),
            action_entry("SERVICE", "service", value={"relative": 0.01}),
            action_entry("OTHER"),
        ],
        levers=[lever, drop],
        context=[{"concern": "bill", "target": "action/SALE", "weight": 50}],
    )
    trouble = (touchpoint(4, "call", experience="negative"),)
    outcome = decided(site, request(concern="bill", concern_solved=False, touchpoints=trouble))
    assert codes(outcome, "SALE") == {
        "concern_match": "for",
        "lever": "for",
        "context": "for",
        "propensity_high": "for",
        "value_high": "for",
        "quiet_not_solved": "against",
        "recent_trouble": "against",
    }
    lot = decided(site, request(concern="bill", concern_solved=True, arm=Arm.RANDOM, seed="s"))
    assert all("arm_random" in codes(lot, one.action_id) for one in lot.recommendations)
    assert not {"lever", "context"} & set(codes(lot, lot.recommendations[0].action_id))
    without = codes(decided(site, request(arm=Arm.WITHOUT_LEVERS, concern_solved=True)), "SALE")
    assert "arm_without_levers" in without
    assert "lever" not in without
    rested = past("OTHER", ResponseCode.DECLINED_NO_NEED, 1)
    third = decided(site, request(past=(rested,), concern_solved=True))
    assert codes(third, "RARE") == {"lever": "against", "propensity_low": "against"}


def test_what_is_tried_out_says_so() -> None:
    many = made_catalogue([action_entry(f"SALE{place}") for place in range(9)])
    engine, model = Engine(many), model_for(many, "bayes")
    outcome = engine.decide(model, request(seed="s", concern_solved=True))
    explored = outcome.record["explored"]
    assert isinstance(explored, list)
    assert explored
    assert [one.action_id for one in outcome.recommendations if "explored" in codes(outcome, one.action_id)] == explored


def test_a_rule_of_the_catalogue_named_like_one_of_ours_keeps_its_words() -> None:
    rule = {"id": "load_gate", "requires": "has_gas", "otherwise": {"de": "kein Gas", "en": "no gas"}}
    site = made_catalogue([action_entry("SALE", suitability=[rule])])
    (gone,) = decided(site, request()).why_not
    assert (gone.stage, gone.rule, gone.params) == (
        Stage.SUITABILITY,
        "load_gate",
        {"unknown": False, "text": "kein Gas"},
    )
