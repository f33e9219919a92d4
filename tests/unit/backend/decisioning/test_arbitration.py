"""The stages that remove an action, one by one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.engine import DecisionOutcome
from nba_desktop.backend.decisioning.record import read_record
from nba_desktop.backend.model import ConsentFacts, ContractRecord, PastExposure, PastResponse
from nba_desktop.contract.codes import (
    ConsentChannel,
    ConsentPurpose,
    ConsentState,
    DecisionChannel,
    Load,
    NoRecommendation,
    ResponseCode,
    Stage,
)
from tests.fakes.decisions import (
    NOW,
    action_entry,
    changed_catalogue,
    customer,
    decided,
    made_catalogue,
    past,
    request,
    shown,
    touchpoint,
    why_not,
)

PHONE = (ConsentPurpose.ADV_OWN, ConsentChannel.PHONE)


def test_an_objection_leaves_service_only(catalogue: Catalogue) -> None:
    who = customer({"kwh_year": 2000})
    outcome = decided(catalogue, request(who, consents=ConsentFacts({}, objected=True), concern_solved=True))
    assert shown(outcome) == ["SERVICE"]
    for action in ("SALE", "SIDE", "EXPERT", "CONSENT"):
        assert why_not(outcome, action) == (Stage.LEGAL, "advertising_objection")


@pytest.mark.parametrize(
    ("kind", "changes", "stays"),
    [
        ("retention", {"advertising": False}, False),
        ("information", {"advertising": False}, False),
        ("service", {"advertising": True}, False),
        ("service", {}, True),
    ],
)
def test_an_objection_leaves_service_only_whatever_is_called_advertising(
    kind: str, changes: dict[str, Any], stays: bool
) -> None:
    moving = made_catalogue([action_entry("MOVING", kind, **changes)])
    outcome = decided(moving, request(consents=ConsentFacts({}, objected=True), concern_solved=True))
    if stays:
        assert shown(outcome) == ["MOVING"]
    else:
        assert why_not(outcome, "MOVING") == (Stage.LEGAL, "advertising_objection")
    # A complaint removes advertising only.
    complaining = decided(moving, request(customer(open_complaint=True), concern_solved=True))
    assert (shown(complaining) == ["MOVING"]) == (not moving.actions[0].advertising)


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


@pytest.mark.parametrize(
    ("dates", "rule"),
    [
        ({"valid_from": date(2025, 11, 20), "valid_to": date(2025, 11, 20)}, None),
        ({"valid_from": date(2025, 11, 21)}, ("not_valid_yet", {"from": "2025-11-21"})),
        ({"valid_to": date(2025, 11, 19)}, ("no_longer_valid", {"until": "2025-11-19"})),
    ],
)
def test_an_action_is_valid_on_its_days(dates: dict[str, Any], rule: tuple[str, Any] | None) -> None:
    outcome = decided(made_catalogue([action_entry("SALE", **dates)]), request())
    assert shown(outcome) == ([] if rule else ["SALE"])
    assert [(one.stage, one.rule, one.params) for one in outcome.why_not] == (
        [(Stage.ELIGIBILITY, *rule)] if rule else []
    )


def test_days_of_validity_are_those_of_the_site() -> None:
    last_day = made_catalogue([action_entry("SALE", valid_to=date(2025, 11, 20))])
    evening = datetime(2025, 11, 20, 22, 59, tzinfo=UTC)
    assert shown(decided(last_day, request(now=evening))) == ["SALE"]
    assert shown(decided(last_day, request(now=evening + timedelta(minutes=2)))) == []


PORTAL = {"placements": [{"id": "home", "slots": 1}, {"id": "bill", "slots": 2}]}


def teasers(catalogue: Catalogue, placement: str | None, **changes: Any) -> DecisionOutcome:
    return decided(catalogue, request(channel=DecisionChannel.PORTAL, placement=placement, **changes))


def test_the_portal_has_its_own_slots_and_nothing_is_quiet_there() -> None:
    portal = made_catalogue(
        [
            action_entry("SALE", value={"relative": 2.0}),
            action_entry("SALE2", placements=["bill"], skills=["energy_advice"]),
            action_entry("SERVICE", "service", value={"relative": 0.1}),
            action_entry("CONSENT", "consent"),
            action_entry("CONSENT_BILL", "consent", placements=["bill"], value={"relative": 0.2}),
        ],
        **PORTAL,
        load_gate={"high": 0.9},
    )
    home, bill = teasers(portal, "home", load=Load.HIGH), teasers(portal, "bill")
    assert shown(home) == ["SALE"]
    assert shown(bill) == ["SALE", "SERVICE"]
    assert not any(one.quiet for one in (*home.recommendations, *bill.recommendations))
    assert why_not(home, "SALE2") == (Stage.APPLICABILITY, "placement")
    assert why_not(home, "CONSENT") == why_not(bill, "CONSENT") == (Stage.APPLICABILITY, "placement")
    assert why_not(home, "CONSENT_BILL") == (Stage.APPLICABILITY, "placement")
    assert why_not(bill, "CONSENT_BILL")[0] is Stage.SELECTION
    assert why_not(bill, "SALE2") == (Stage.SELECTION, "service_reserved")
    assert (home.record["channel"], home.record["placement"]) == ("portal", "home")


@pytest.mark.parametrize("placement", ["nowhere", None])
def test_a_place_that_the_catalogue_does_not_know_shows_nothing_and_says_why(placement: str | None) -> None:
    outcome = teasers(made_catalogue([action_entry("SALE")], **PORTAL), placement)
    assert outcome.none_because is NoRecommendation.NOTHING_ELIGIBLE
    assert [(one.rule, one.params) for one in outcome.why_not] == [("placement", {"placement": placement})]


def test_a_no_on_the_phone_changes_the_next_teaser() -> None:
    portal = made_catalogue([action_entry("SALE"), action_entry("OTHER", base_rate=0.1)], **PORTAL)
    assert shown(teasers(portal, "home")) == ["SALE"]
    said_no = (past("SALE", ResponseCode.DECLINED_NO_NEED, 1),)
    assert shown(teasers(portal, "home", past=said_no)) == ["OTHER"]


def test_a_maybe_on_the_phone_leaves_the_teaser() -> None:
    site = made_catalogue([action_entry("SALE")], **PORTAL, cool_down={"THINKING": 30, "INTEREST_INFO": 14})
    said = (past("SALE", ResponseCode.THINKING, 1), past("SALE", ResponseCode.INTEREST_INFO, 1))
    assert shown(teasers(site, "home", past=said)) == ["SALE"]
    assert why_not(decided(site, request(past=said)), "SALE") == (Stage.CONTACT_POLICY, "cool_down")


def test_a_clock_that_went_back_ends_nothing_early(catalogue: Catalogue) -> None:
    later = (past("SALE", ResponseCode.THINKING, -3),)
    outcome = decided(catalogue, request(past=later, touchpoints=(touchpoint(-3, "call", experience="negative"),)))
    assert why_not(outcome, "SALE") == (Stage.CONTACT_POLICY, "cool_down")
    assert "days_since_trouble" not in read_record(outcome.record, catalogue.schema).inputs


EVERYTHING = action_entry(
    "SALE",
    valid_from=date(2026, 1, 1),
    placements=["home"],
    skills=["energy_advice"],
    eligibility=[{"id": "grown_up", "requires": "age >= 50", "otherwise": {"de": "jung", "en": "young"}}],
    applicability=[{"id": "no_gas", "requires": "has_gas", "otherwise": {"de": "kein Gas", "en": "no gas"}}],
    suitability=[{"id": "arrears", "excludes": "dunning_level >= 1", "otherwise": {"de": "arm", "en": "poor"}}],
)
"""An action that every stage removes, until what it removes for is mended."""

NOTHING_MENDED: dict[str, Any] = {
    "customer": customer({"dunning_level": 1}, open_complaint=True),
    "consents": ConsentFacts({}, objected=True),
    "past": (past("SALE", ResponseCode.DECLINED_NO_NEED, 1),),
}
MENDED: list[tuple[dict[str, Any], tuple[Stage, str] | None]] = [
    ({}, (Stage.LEGAL, "advertising_objection")),
    ({"consents": ConsentFacts({})}, (Stage.ELIGIBILITY, "not_valid_yet")),
    ({"now": NOW + timedelta(days=60)}, (Stage.ELIGIBILITY, "grown_up")),
    (
        {"customer": customer({"dunning_level": 1}, birth_date=date(1950, 1, 1), open_complaint=True)},
        (Stage.APPLICABILITY, "open_complaint"),
    ),
    (
        {"customer": customer({"dunning_level": 1}, birth_date=date(1950, 1, 1))},
        (Stage.APPLICABILITY, "no_gas"),
    ),
    (
        {
            "customer": customer(
                {"dunning_level": 1},
                birth_date=date(1950, 1, 1),
                contracts=(ContractRecord("G-1", "Gas", "gas", date(2019, 1, 1)),),
            )
        },
        (Stage.SUITABILITY, "arrears"),
    ),
    (
        {
            "customer": customer(
                birth_date=date(1950, 1, 1), contracts=(ContractRecord("G-1", "Gas", "gas", date(2019, 1, 1)),)
            )
        },
        (Stage.CONTACT_POLICY, "cool_down"),
    ),
    ({"past": ()}, (Stage.AGENT, "skill_missing")),
    ({"agent_skills": frozenset({"energy_advice"})}, None),
]


@pytest.mark.parametrize("mended", range(len(MENDED)))
def test_the_first_stage_that_removes_is_the_one_that_is_named(mended: int) -> None:
    changes = dict(NOTHING_MENDED)
    for change, _ in MENDED[: mended + 1]:
        changes |= change
    who = changes.pop("customer")
    outcome = decided(made_catalogue([EVERYTHING], placements=[{"id": "home"}]), request(who, **changes))
    expected = MENDED[mended][1]
    assert [(one.stage, one.rule) for one in outcome.why_not] == ([] if expected is None else [expected])
    assert outcome.none_because is (NoRecommendation.NOTHING_ELIGIBLE if expected else None)


def test_a_group_s_policy_holds_for_its_actions_before_their_own() -> None:
    rule = {"id": "no_gas", "requires": "has_gas", "otherwise": {"de": "Gruppe", "en": "group"}}
    own = {"id": "no_heat", "requires": "has_heat", "otherwise": {"de": "Aktion", "en": "action"}}
    group = {"id": "sales", "issue": "sales", "label": {"de": "V", "en": "S"}, "eligibility": [rule], "skills": ["s"]}
    outcome = decided(made_catalogue([action_entry("SALE", eligibility=[own])], groups=[group]), request())
    assert [(one.rule, one.params["text"]) for one in outcome.why_not] == [("no_gas", "Gruppe")]


def test_a_cap_counts_what_was_shown_before() -> None:
    capped = made_catalogue([action_entry("SALE")], caps=[{"target": "issue/sales", "at_most": 1, "days": 2}])
    before = PastExposure("SALE", "addressed", NOW - timedelta(days=1))
    outcome = decided(capped, request(exposures=(before,)))
    assert why_not(outcome, "SALE") == (Stage.CONTACT_POLICY, "cap_reached")
    assert shown(decided(capped, request())) == ["SALE"]
