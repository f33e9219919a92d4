"""What makes a call quiet, and what it holds back then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.entries.site import QuietEntry
from nba_desktop.backend.decisioning.explanation import explain_missing
from nba_desktop.backend.decisioning.quiet import quiet_reasons
from nba_desktop.backend.errors import CatalogueErrors
from nba_desktop.backend.model import ConsentFacts
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import CallFlag, QuietReason, Stage
from tests.fakes.decisions import TODAY, action_entry, customer, decided, made_catalogue, request, shown, why_not

COMPLAINT, OUTAGE, VULNERABLE, REPRESENTATIVE = QuietReason

# What is known or said: why the call is quiet, and at which stage and by which rule a sale is removed.
CASES: list[tuple[dict[str, Any], tuple[QuietReason, ...], tuple[Stage, str]]] = [
    ({"facts": {}, "open_complaint": True}, (COMPLAINT,), (Stage.APPLICABILITY, "open_complaint")),
    ({"facts": {"supply_outage": True}}, (OUTAGE,), (Stage.APPLICABILITY, "quiet_outage")),
    ({"facts": {"heating_outage": True}}, (OUTAGE,), (Stage.APPLICABILITY, "quiet_outage")),
    ({"facts": {"vulnerable": True}}, (VULNERABLE,), (Stage.APPLICABILITY, "quiet_vulnerable")),
    ({"flags": {CallFlag.COMPLAINT}}, (COMPLAINT,), (Stage.APPLICABILITY, "quiet_complaint")),
    ({"flags": {CallFlag.OUTAGE}}, (OUTAGE,), (Stage.APPLICABILITY, "quiet_outage")),
    ({"flags": {CallFlag.VULNERABLE}}, (VULNERABLE,), (Stage.APPLICABILITY, "quiet_vulnerable")),
    ({"representative": True}, (REPRESENTATIVE,), (Stage.LEGAL, "representative")),
    (
        {"facts": {"vulnerable": True}, "flags": {CallFlag.OUTAGE}, "open_complaint": True, "representative": True},
        (COMPLAINT, OUTAGE, VULNERABLE, REPRESENTATIVE),
        (Stage.LEGAL, "representative"),
    ),
]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    kinds = ("service", "retention", "sales", "consent", "information")
    actions = [action_entry(kind.upper(), kind) for kind in kinds]
    return made_catalogue([*actions, action_entry("MOVING", "retention", advertising=False)])


def asked(facts: dict[str, Any] | None = None, open_complaint: bool = False, **said: Any) -> Any:
    said = said | {"flags": frozenset(said.get("flags", ()))}
    return request(customer(facts, open_complaint=open_complaint), concern_solved=True, **said)


@pytest.mark.parametrize(("given", "reasons", "removed"), CASES)
def test_what_makes_a_call_quiet_removes_sales_and_says_why(
    catalogue: Catalogue, given: dict[str, Any], reasons: tuple[QuietReason, ...], removed: tuple[Stage, str]
) -> None:
    outcome = decided(catalogue, asked(**given))
    assert outcome.quiet_because == reasons
    for action in ("SALES", "RETENTION", "CONSENT"):
        assert why_not(outcome, action) == removed
    assert "SERVICE" in shown(outcome)
    # What belongs to the running contract is no advertising, and yet only the customer's own to say yes to.
    assert ("MOVING" in shown(outcome)) is (REPRESENTATIVE not in reasons)


@pytest.mark.parametrize("given", [{}, {"facts": {"supply_outage": False, "vulnerable": False}}])
def test_without_a_reason_a_call_is_not_quiet(catalogue: Catalogue, given: dict[str, Any]) -> None:
    outcome = decided(catalogue, asked(**given))
    assert outcome.quiet_because == ()
    # Only outranked.
    assert why_not(outcome, "SALES")[0] is Stage.SELECTION


def test_the_flags_are_in_the_record_and_explain_it_later(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, asked(flags={CallFlag.VULNERABLE}))
    inputs = outcome.record["inputs"]
    assert isinstance(inputs, dict)
    said = ("complaint_noticed", "outage_noticed", "vulnerable_noticed", "representative")
    assert [inputs[name] for name in said] == [False, False, True, False]
    plain = outcome.record | {"decision_id": str(new_id())}
    explained = explain_missing(plain, catalogue, "SALES", "de")
    assert explained is not None
    assert (explained.stage, explained.rule) == (Stage.APPLICABILITY, "quiet_vulnerable")


def test_an_objection_goes_before_the_speaker_and_a_complaint_on_file_before_a_noticed_one(
    catalogue: Catalogue,
) -> None:
    objected = decided(catalogue, asked(representative=True, consents=ConsentFacts({}, objected=True)))
    assert why_not(objected, "SALES") == (Stage.LEGAL, "advertising_objection")
    twice = decided(catalogue, asked(open_complaint=True, flags={CallFlag.COMPLAINT}))
    assert why_not(twice, "SALES") == (Stage.APPLICABILITY, "open_complaint")


def test_nobody_is_told_why_a_call_is_quiet_before_the_customer_is_authenticated(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, request(customer({"vulnerable": True}), authenticated=False))
    assert outcome.quiet_because == ()


def test_an_outage_of_last_week_is_none_of_today(catalogue: Catalogue) -> None:
    who = customer({"supply_outage": True}, facts_as_of=TODAY - timedelta(days=7))
    assert decided(catalogue, request(who)).quiet_because == ()


def test_a_site_says_which_attributes_mean_it() -> None:
    own = made_catalogue([action_entry("SALES")], quiet={"outage": ["reading_overdue"], "vulnerable": []})
    assert decided(own, asked(facts={"reading_overdue": True})).quiet_because == (OUTAGE,)
    assert decided(own, asked(facts={"vulnerable": True})).quiet_because == ()
    # What the agent notices holds everywhere.
    assert decided(own, asked(flags={CallFlag.VULNERABLE})).quiet_because == (VULNERABLE,)


def test_what_is_switched_off_is_no_reason() -> None:
    own = made_catalogue([action_entry("SALES")], attributes_off=["vulnerable"])
    assert decided(own, asked(facts={"vulnerable": True})).quiet_because == ()


@pytest.mark.parametrize(
    ("quiet", "says"),
    [
        ({"outage": ["suply_outage"]}, "unknown attribute 'suply_outage' – did you mean 'supply_outage'?"),
        ({"vulnerable": ["age"]}, "'age' is not true or false – name an attribute that is"),
        ({"storm": ["supply_outage"]}, "unknown key 'storm'"),
    ],
)
def test_an_attribute_that_cannot_mean_it_is_a_mistake(quiet: dict[str, Any], says: str) -> None:
    with pytest.raises(CatalogueErrors, match=says.replace("?", r"\?")):
        made_catalogue([action_entry("SALES")], quiet=quiet)


def test_only_true_is_a_reason() -> None:
    assert quiet_reasons({"vulnerable": "True", "supply_outage": 1, "representative": None}, QuietEntry()) == ()
