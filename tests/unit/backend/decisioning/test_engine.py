"""The engine's outcomes, one by one, with a small catalogue."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.engine import DecisionOutcome, Engine
from nba_desktop.backend.decisioning.loader import load_catalogue
from nba_desktop.backend.decisioning.record import read_record
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.backend.model import ConsentFacts
from nba_desktop.contract.codes import (
    NoRecommendation,
    ResponseCode,
    Stage,
)
from tests.fakes.decisions import (
    NOW,
    SMALL_CATALOGUE,
    TODAY,
    action_entry,
    changed_catalogue,
    customer,
    decided,
    made_catalogue,
    model_for,
    past,
    request,
    shown,
    touchpoint,
    why_not,
)


def test_nobody_gets_nothing_and_the_record_says_so(catalogue: Catalogue) -> None:
    asked = request()
    nobody = DecisionRequest(None, False, (), ConsentFacts({}), (), asked.now, "de", None, None)
    outcome = decided(catalogue, nobody)
    assert outcome.none_because is NoRecommendation.UNKNOWN_CUSTOMER
    assert outcome.record["none_because"] == "unknown_customer"
    assert outcome.recommendations == ()


def test_before_authentication_nothing_is_said_about_the_customer(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, request(customer({"kwh_year": 2000}), authenticated=False))
    assert outcome.none_because is NoRecommendation.NOT_AUTHENTICATED
    assert outcome.why_not == ()
    assert outcome.record["inputs"] == {}


def test_nothing_eligible_is_an_outcome(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, request(customer(), consents=ConsentFacts({}, objected=True)))
    assert outcome.none_because is NoRecommendation.NOTHING_ELIGIBLE
    assert {one.action_id for one in outcome.why_not} == {"SERVICE", "SALE", "SIDE", "EXPERT", "CONSENT"}


@pytest.mark.parametrize(("solved", "quiet"), [(None, True), (False, True), (True, False)])
def test_advertising_is_quiet_until_the_concern_is_solved(
    catalogue: Catalogue, solved: bool | None, quiet: bool
) -> None:
    outcome = decided(catalogue, request(customer({"kwh_year": 2000}), concern_solved=solved))
    found = {one.action_id: one for one in outcome.recommendations}
    assert found["SALE"].quiet is quiet
    assert found["SERVICE"].quiet is False
    codes = {one.code for one in found["SALE"].because}
    assert ("quiet_until_solved" in codes, "quiet_not_solved" in codes) == (solved is None, solved is False)


def test_a_side_product_never_ranks_first(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, request(concern_solved=True))
    scores: Any = outcome.record["candidates"]
    assert scores[0]["action_id"] == "SIDE"
    assert shown(outcome)[:2] == ["SALE", "SIDE"]
    assert "not_strategic" in {one.code for one in outcome.recommendations[1].because}


def test_one_place_is_kept_for_service(tmp_path: Path) -> None:
    weak = changed_catalogue(tmp_path, "value: {relative: 1.2}", "value: {relative: 0.01}")
    outcome = decided(weak, request(customer({"kwh_year": 2000}), concern_solved=True))
    assert shown(outcome) == ["SALE", "SIDE", "SERVICE"]
    assert "service_reserved" in {one.code for one in outcome.recommendations[2].because}
    assert why_not(outcome, "CONSENT") == (Stage.SELECTION, "service_reserved")


def test_at_most_one_consent_question(tmp_path: Path) -> None:
    text = SMALL_CATALOGUE.read_text("utf-8")
    consent = text[text.index("  - id: CONSENT") : text.index("groups:")]
    second = consent.replace("id: CONSENT", "id: CONSENT2")
    (tmp_path / "two.yaml").write_text(text.replace("groups:", second + "groups:"), encoding="utf-8")
    outcome = decided(load_catalogue(tmp_path), request(customer({"dunning_level": 1}), concern_solved=True))
    assert [one for one in shown(outcome) if one.startswith("CONSENT")] == ["CONSENT"]
    assert why_not(outcome, "CONSENT2") == (Stage.SELECTION, "one_consent_only")


def test_what_does_not_fit_the_slate_says_its_place(catalogue: Catalogue) -> None:
    who = customer({"kwh_year": 2000})
    outcome = decided(catalogue, request(who, concern_solved=True))
    (gone,) = [one for one in outcome.why_not if one.action_id == "CONSENT"]
    assert (gone.rule, gone.params) == ("outranked", {"place": 4})


def test_the_record_is_json_and_the_same_question_has_the_same_answer(catalogue: Catalogue) -> None:
    asked = request(
        customer({"kwh_year": 2000, "bill_date": NOW.date()}),
        touchpoints=(touchpoint(3, "call_open", topic="bill", experience="negative"),),
        past=(past("SIDE", ResponseCode.DECLINED_NO_NEED, 3),),
    )
    first, second = decided(catalogue, asked), decided(catalogue, asked)
    assert first == second
    kept = json.loads(json.dumps(first.record))
    assert kept == first.record
    assert kept["catalogue_version"] == catalogue.version
    assert kept["model_version"] == "fixed-1"
    assert kept["slate"] == shown(first)
    assert read_record(kept, catalogue.schema).to_json() == kept
    assert {one["action_id"] for one in kept["candidates"]} | {one["action_id"] for one in kept["removed"]} == {
        action.action_id for action in catalogue.actions
    }
    assert "erika@example.org" not in json.dumps(kept)


def test_the_guide_keeps_gaps_of_its_inputs_for_the_panel(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, request(customer({"kwh_year": 2400}), concern="bill"))
    service = outcome.recommendations[0]
    assert service.reason == "Verbrauch 2.400\u00a0kWh."
    assert service.bridge == service.bridge_template == "Zur Rechnung: Darf ich?"
    assert [one.text for one in service.steps] == ["Was fehlt?", "Aufnehmen", "{stand} wiederholen"]
    assert service.steps[1].when is not None
    assert (service.steps[1].when.step, service.steps[1].when.choice) == ("ask", "reading")
    assert service.steps[1].input is not None
    assert service.steps[1].input.name == "stand"
    assert service.given == {}
    assert [one.template for one in service.steps] == ["Was fehlt?", "Aufnehmen", "{stand} wiederholen"]
    codes = {one.code: one.params for one in service.because}
    assert codes["rule_met"] == {"text": "2.400\u00a0kWh im Jahr"}
    assert codes["concern_match"] == {"concern": "bill"}


def test_a_missing_value_is_a_marked_gap_never_none(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, request(customer({"dunning_level": 0})))
    (sale,) = [one for one in outcome.recommendations if one.action_id == "SALE"]
    assert sale.reason == "Heizung von […]."


def test_a_customer_of_whom_nothing_is_known_is_shown_what_asks_nothing(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, request(customer(phones=(), contracts=(), email=None, iban_last4=None, meter_no=None)))
    assert shown(outcome) == ["SALE", "SIDE", "CONSENT"]
    assert why_not(outcome, "SERVICE") == (Stage.APPLICABILITY, "use_unknown")


def test_three_hundred_actions_are_decided_like_three() -> None:
    many = made_catalogue(
        [
            action_entry(f"A{place:03}", "service" if place == 7 else "sales", base_rate=(place % 97 + 1) / 100)
            for place in range(300)
        ],
        caps=[{"target": "issue/sales", "at_most": 5, "days": 30}],
    )
    engine = Engine(many)
    outcome = engine.decide(model_for(many, "bayes"), request(concern_solved=True, seed="s"))
    assert len(outcome.recommendations) == 3
    assert "A007" in shown(outcome)
    assert len(outcome.why_not) == 297


def test_equal_priorities_are_ordered_by_id_whatever_the_order_of_the_files() -> None:
    names = ["B", "D", "A", "C"]
    same = made_catalogue([action_entry(name) for name in names])
    assert shown(decided(same, request())) == ["A", "B", "C"]
    assert shown(decided(made_catalogue([action_entry(name) for name in reversed(names)]), request())) == [
        "A",
        "B",
        "C",
    ]


def test_words_are_not_needed_to_judge(catalogue: Catalogue) -> None:
    asked = request(customer({"kwh_year": 2000}), concern_solved=True)
    engine, model = Engine(catalogue), model_for(catalogue)
    assert engine.judge(model, asked).to_json() == engine.decide(model, asked).record


def test_a_value_that_is_too_old_is_missing_for_rules_and_bonus_and_named() -> None:
    keep = {
        "suitability": [
            {"id": "at_risk", "requires": 'churn_class == "medium"', "otherwise": {"de": "bleibt", "en": "stays"}}
        ]
    }
    ladder = {"margin_eur_year": 200, "bonus_ladder": [{"eur": 10, "retention_points": {"medium": 6}}]}
    words = {"de": "{bonus_eur} dazu", "en": "{bonus_eur} on top"}
    actions = [
        action_entry("KEEP", "retention", **keep),
        action_entry("BONUS", "retention", value=ladder, reason_with_bonus=words),
    ]
    site = made_catalogue(actions, bonus={"enough_points": 5, "limits_eur": {"senior": 20}})

    def asked(days_ago: int) -> DecisionOutcome:
        before = customer().value
        assert before is not None
        value = replace(before, as_of=TODAY - timedelta(days=days_ago))
        return decided(site, request(customer(value=value), authority="senior"))

    fresh, old = asked(40), asked(41)
    assert set(shown(fresh)) == {"KEEP", "BONUS"}
    judged = read_record(fresh.record, site.schema)
    assert {one.action_id: one.bonus_eur for one in judged.candidates} == {"KEEP": None, "BONUS": 10}
    assert judged.stale == ()
    assert why_not(old, "KEEP") == (Stage.SUITABILITY, "at_risk")
    judged = read_record(old.record, site.schema)
    assert {one.action_id: one.bonus_eur for one in judged.candidates} == {"BONUS": None}
    assert judged.stale == ("churn_class", "value_class")
    assert not {"churn_class", "value_class"} & set(judged.inputs)
