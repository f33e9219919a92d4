"""The stages, the score and the selection, one by one, with a small catalogue."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.engine import DecisionOutcome, DecisionRequest, decide
from nba_desktop.backend.decisioning.loader import load_catalogue
from nba_desktop.backend.decisioning.propensity import StartPropensity
from nba_desktop.backend.model import ConsentFacts, PastResponse
from nba_desktop.contract.codes import (
    ConsentChannel,
    ConsentPurpose,
    ConsentState,
    NoRecommendation,
    ResponseCode,
    Stage,
)
from tests.fakes.decisions import NOW, SMALL_CATALOGUE, customer, past, request, touchpoint

PHONE = (ConsentPurpose.ADV_OWN, ConsentChannel.PHONE)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(SMALL_CATALOGUE)


def decided(catalogue: Catalogue, asked: DecisionRequest) -> DecisionOutcome:
    return decide(catalogue, StartPropensity(), asked)


def shown(outcome: DecisionOutcome) -> list[str]:
    return [one.action_id for one in outcome.recommendations]


def why_not(outcome: DecisionOutcome, action_id: str) -> tuple[Stage, str]:
    found = [(one.stage, one.rule) for one in outcome.why_not if one.action_id == action_id]
    assert len(found) == 1
    return found[0]


def changed_catalogue(folder: Path, was: str, becomes: str) -> Catalogue:
    text = SMALL_CATALOGUE.read_text("utf-8")
    assert was in text
    file = folder / "changed.yaml"
    file.write_text(text.replace(was, becomes), encoding="utf-8")
    return load_catalogue(file)


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


def test_an_objection_leaves_service_only(catalogue: Catalogue) -> None:
    who = customer({"kwh_year": 2000})
    outcome = decided(catalogue, request(who, consents=ConsentFacts({}, objected=True), concern_solved=True))
    assert shown(outcome) == ["SERVICE"]
    for action in ("SALE", "SIDE", "EXPERT", "CONSENT"):
        assert why_not(outcome, action) == (Stage.LEGAL, "advertising_objection")


def test_an_open_complaint_leaves_service_only(catalogue: Catalogue) -> None:
    who = customer({"kwh_year": 2000}, open_complaint=True)
    outcome = decided(catalogue, request(who, concern_solved=True))
    assert shown(outcome) == ["SERVICE"]
    assert why_not(outcome, "SALE") == (Stage.APPLICABILITY, "open_complaint")


def test_a_missing_value_makes_nothing_eligible_and_excludes_nothing(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, request(customer()))
    assert why_not(outcome, "SERVICE") == (Stage.APPLICABILITY, "use_unknown")
    (gone,) = [one for one in outcome.why_not if one.action_id == "SERVICE"]
    assert gone.params == {"unknown": True, "text": "Kleiner Verbrauch"}
    assert "SALE" in shown(outcome)


def test_a_rule_that_excludes_removes_with_its_own_words(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, request(customer({"dunning_level": 1}), language="en"))
    (gone,) = [one for one in outcome.why_not if one.action_id == "SALE"]
    assert (gone.stage, gone.rule, gone.params) == (Stage.SUITABILITY, "arrears", {"unknown": False, "text": "Arrears"})


def test_a_missing_skill_removes_and_a_present_one_does_not(catalogue: Catalogue) -> None:
    assert why_not(decided(catalogue, request()), "EXPERT") == (Stage.AGENT, "skill_missing")
    assert "EXPERT" in shown(decided(catalogue, request(agent_skills=frozenset({"energy_advice"}))))


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


def test_the_score_is_the_product_of_its_recorded_factors(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, request(customer({"kwh_year": 2000}), concern="bill", concern_solved=True))
    found: Any = outcome.record["candidates"]
    by_id = {one["action_id"]: one for one in found}
    for one in found:
        assert one["score"] == pytest.approx(one["propensity"] * one["context"] * one["value"] * one["levers"])
    assert by_id["SERVICE"]["context"] == 2.5
    assert by_id["SALE"]["levers"] == 1.25
    assert by_id["SALE"]["context"] == 1.0


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
    consent = text[text.index("  - id: CONSENT") :]
    (tmp_path / "two.yaml").write_text(text + consent.replace("CONSENT", "CONSENT2"), encoding="utf-8")
    outcome = decided(load_catalogue(tmp_path), request(customer({"dunning_level": 1}), concern_solved=True))
    assert [one for one in shown(outcome) if one.startswith("CONSENT")] == ["CONSENT"]
    assert why_not(outcome, "CONSENT2") == (Stage.SELECTION, "one_consent_only")


def test_what_does_not_fit_the_slate_says_its_place(catalogue: Catalogue) -> None:
    who = customer({"kwh_year": 2000})
    outcome = decided(catalogue, request(who, concern_solved=True))
    (gone,) = [one for one in outcome.why_not if one.action_id == "CONSENT"]
    assert (gone.rule, gone.params) == ("outranked", {"place": 4})


@pytest.mark.parametrize(
    ("code", "days", "rule"),
    [
        (ResponseCode.THINKING, 6, "cool_down"),
        (ResponseCode.THINKING, 8, None),
        (ResponseCode.DECLINED_NO_NEED, 179, "cool_down"),
        (ResponseCode.DECLINED_NO_NEED, 181, None),
        (ResponseCode.ACCEPTED_DONE, 100, "already_accepted"),
        (ResponseCode.WRONG_DATA, 4000, "wrong_data"),
        (ResponseCode.STOP_TOPIC, 4000, "topic_blocked"),
        (ResponseCode.NOT_ADDRESSED_TIME, 0.1, None),
        (ResponseCode.NO_CODE, 0.1, None),
        (ResponseCode.CALL_DROPPED, 0.1, None),
    ],
)
def test_a_response_keeps_its_action_out_for_its_time(
    catalogue: Catalogue, code: ResponseCode, days: float, rule: str | None
) -> None:
    outcome = decided(catalogue, request(past=(past("SALE", code, days),)))
    if rule is None:
        assert "SALE" in shown(outcome)
    else:
        assert why_not(outcome, "SALE") == (Stage.CONTACT_POLICY, rule)
    blocks_group = code is ResponseCode.STOP_TOPIC
    assert ("SIDE" in shown(outcome)) is not blocks_group


def test_the_longest_of_several_cool_downs_counts(catalogue: Catalogue) -> None:
    both = (past("SALE", ResponseCode.DECLINED_NO_NEED, 10), past("SALE", ResponseCode.THINKING, 1))
    outcome = decided(catalogue, request(past=both))
    (gone,) = [one for one in outcome.why_not if one.action_id == "SALE"]
    assert gone.params == {"code": "DECLINED_NO_NEED", "days_left": 170, "until": "2026-05-09"}


def test_a_cool_down_ends_at_local_midnight(catalogue: Catalogue) -> None:
    evening = datetime(2025, 11, 10, 22, 59, tzinfo=UTC)  # 23:59 in Berlin: still the 10th
    response = PastResponse("SALE", ResponseCode.THINKING, evening)
    before = datetime(2025, 11, 16, 22, 59, tzinfo=UTC)
    after = before + timedelta(minutes=2)
    assert "SALE" not in shown(decided(catalogue, request(past=(response,), now=before)))
    assert "SALE" in shown(decided(catalogue, request(past=(response,), now=after)))


@pytest.mark.parametrize(
    ("state", "refused_days", "expected"),
    [
        (ConsentState.NOT_ASKED, None, None),
        (ConsentState.EXPIRED, None, None),
        (ConsentState.GRANTED, None, (Stage.APPLICABILITY, "consent_settled")),
        (ConsentState.PENDING_CONFIRMATION, None, (Stage.APPLICABILITY, "consent_settled")),
        (ConsentState.WITHDRAWN, None, (Stage.APPLICABILITY, "consent_settled")),
        (ConsentState.REFUSED, 179, (Stage.CONTACT_POLICY, "consent_refused_recently")),
        (ConsentState.REFUSED, 181, None),
    ],
)
def test_consent_is_asked_only_when_it_may_be(
    catalogue: Catalogue, state: ConsentState, refused_days: int | None, expected: tuple[Stage, str] | None
) -> None:
    refused = {} if refused_days is None else {PHONE: NOW - timedelta(days=refused_days)}
    outcome = decided(catalogue, request(consents=ConsentFacts({PHONE: state}, refused_at=refused)))
    if expected is None:
        assert "CONSENT" in shown(outcome)
    else:
        assert why_not(outcome, "CONSENT") == expected


def test_usage_data_count_only_with_consent(tmp_path: Path) -> None:
    profiling = changed_catalogue(tmp_path, "excludes: dunning_level >= 1", "requires: charging_mail_opened")
    who = customer({"charging_mail_opened": True})
    without = decided(profiling, request(who))
    assert why_not(without, "SALE") == (Stage.SUITABILITY, "arrears")
    assert without.record["withheld"] == ["charging_mail_opened"]
    assert "charging_mail_opened" not in str(without.record["inputs"])
    granted = ConsentFacts({(ConsentPurpose.PROFILE_USAGE, ConsentChannel.ANY): ConsentState.GRANTED})
    assert "SALE" in shown(decided(profiling, request(who, consents=granted)))
    objected = ConsentFacts(granted.states, objected=True)
    assert "charging_mail_opened" in str(decided(profiling, request(who, consents=objected)).record["withheld"])


def test_a_rule_that_excludes_by_withheld_data_says_that_they_were_not_used(tmp_path: Path) -> None:
    profiling = changed_catalogue(tmp_path, "excludes: dunning_level >= 1", "excludes: charging_mail_opened")
    outcome = decided(profiling, request(customer({"charging_mail_opened": True})))
    (sale,) = [one for one in outcome.recommendations if one.action_id == "SALE"]
    assert "data_not_used" in {one.code for one in sale.because}


def test_an_attribute_that_is_switched_off_counts_as_missing(tmp_path: Path) -> None:
    off = changed_catalogue(tmp_path, "actions:\n", "attributes_off: [dunning_level]\nactions:\n")
    outcome = decided(off, request(customer({"dunning_level": 3})))
    assert "SALE" in shown(outcome)
    assert outcome.record["withheld"] == ["dunning_level"]


def test_a_fact_that_does_not_fit_its_declaration_is_left_out_and_recorded(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, request(customer({"kwh_year": "viel", "shoe_size": 44})))
    assert outcome.record["unfit"] == ["kwh_year", "shoe_size"]
    assert why_not(outcome, "SERVICE") == (Stage.APPLICABILITY, "use_unknown")


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
    assert kept["model_version"] == "start-1"
    assert kept["slate"] == shown(first)
    assert {one["action_id"] for one in kept["candidates"]} | {one["action_id"] for one in kept["removed"]} == {
        action.action_id for action in catalogue.actions
    }
    assert "erika@example.org" not in json.dumps(kept)


def test_the_guide_keeps_gaps_of_its_inputs_for_the_panel(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, request(customer({"kwh_year": 2400}), concern="bill"))
    service = outcome.recommendations[0]
    assert service.reason == "Verbrauch 2.400\u00a0kWh."
    assert service.bridge == "Zur Rechnung: Darf ich?"
    assert [one.text for one in service.steps] == ["Was fehlt?", "Aufnehmen", "{stand} wiederholen"]
    assert service.steps[1].when is not None
    assert (service.steps[1].when.step, service.steps[1].when.choice) == ("ask", "reading")
    assert service.steps[1].input is not None
    assert service.steps[1].input.name == "stand"
    codes = {one.code: one.params for one in service.because}
    assert codes["rule_met"] == {"text": "2.400\u00a0kWh im Jahr"}
    assert codes["concern_match"] == {"concern": "bill"}


def test_a_missing_value_is_a_marked_gap_never_none(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, request(customer({"dunning_level": 0})))
    (sale,) = [one for one in outcome.recommendations if one.action_id == "SALE"]
    assert sale.reason == "Heizung von […]."
