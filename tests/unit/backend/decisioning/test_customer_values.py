"""What a decision may know about a customer: collected, derived, withheld, stale, and counted in local days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.customer_values import CustomerValues, customer_values
from nba_desktop.backend.decisioning.loader import load_catalogue_files, read_files
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.backend.model import ConsentFacts
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ConsentState
from tests.fakes.decisions import NOW, SMALL_CATALOGUE, TODAY, customer, request, touchpoint

QUERIES = (
    'count(touchpoints, type="complaint", within=90) == 0 or count(touchpoints, type="app_login", within=30) > 3 '
    'or days_since("bill") < 20 or count(touchpoints, experience="negative") > 2'
)
PROFILED = ConsentFacts({(ConsentPurpose.PROFILE_USAGE, ConsentChannel.ANY): ConsentState.GRANTED})


def catalogue(off: str = "") -> Catalogue:
    (text,) = read_files(SMALL_CATALOGUE).values()
    text = text.replace("dunning_level >= 1", QUERIES)
    return load_catalogue_files({"catalogue.yaml": text + f"\nattributes_off: [{off}]\n"})


ASKING = catalogue()


def known(asked: DecisionRequest, of: Catalogue = ASKING) -> CustomerValues:
    assert asked.customer is not None
    return customer_values(asked, asked.customer, of, asked.now.astimezone(of.zone).date())


def values(facts: dict[str, Any] | None = None, **changes: Any) -> CustomerValues:
    return known(request(customer(facts), **changes))


def test_every_value_is_declared_and_of_its_type() -> None:
    found = values({"boiler_year": 2009, "price_change_date": date(2026, 1, 1), "move_date": date(2026, 2, 1)})
    asked = {query.key for query in ASKING.queries}
    for name, value in found.values.items():
        assert name in asked or ATTRIBUTES[name].accepts(value), name
    assert found.values["today"] == TODAY
    assert found.values["boiler_age"] == 16
    assert found.values["price_change_in_days"] == 42
    assert found.values["moving"] is True
    assert values().values["moving"] is False


def test_a_fact_that_is_not_what_it_is_declared_to_be_is_left_out_and_named() -> None:
    found = values({"kwh_year": "many", "unheard_of": 1, "boiler_year": True, "dunning_level": 0})
    assert found.unfit == {"kwh_year", "unheard_of", "boiler_year"}
    assert not {"kwh_year", "unheard_of", "boiler_year", "boiler_age"} & set(found.values)
    assert found.values["dunning_level"] == 0


def test_a_missing_fact_is_missing_and_not_named() -> None:
    found = values({"kwh_year": None})
    assert "kwh_year" not in found.values
    assert not found.unfit | found.stale


@pytest.mark.parametrize(
    ("consents", "withheld"),
    [
        (ConsentFacts({}), {"app_logins_30d"}),
        (PROFILED, set()),
        (replace(PROFILED, objected=True), {"app_logins_30d", "roof_suitable", "churn_class", "value_class"}),
    ],
)
def test_what_has_no_legal_basis_is_withheld(consents: ConsentFacts, withheld: set[str]) -> None:
    found = values({"app_logins_30d": 3, "roof_suitable": True, "kwh_year": 2000}, consents=consents)
    assert withheld <= found.withheld
    assert not found.withheld & set(found.values)
    expected = {"app_logins_30d", "roof_suitable", "kwh_year", "churn_class"} - withheld
    assert expected <= set(found.values)


def test_questions_to_the_journey_need_their_legal_basis_too() -> None:
    contacts = (touchpoint(1, "app_login", "app"), touchpoint(2, "complaint", experience="negative"))
    logins, trouble = 'count(touchpoints, type="app_login", within=30)', 'count(touchpoints, experience="negative")'
    plain = values(touchpoints=contacts)
    assert logins in plain.withheld
    assert logins not in plain.values
    assert plain.values[trouble] == 1
    assert plain.values['count(touchpoints, type="complaint", within=90)'] == 1
    assert 'days_since("bill")' not in plain.values
    assert values(touchpoints=contacts, consents=PROFILED).values[logins] == 1
    objected = values(touchpoints=contacts, consents=replace(PROFILED, objected=True))
    assert {logins, trouble} <= objected.withheld
    assert objected.values['count(touchpoints, type="complaint", within=90)'] == 1


def test_what_is_switched_off_is_withheld_with_what_is_made_from_it() -> None:
    asked = request(customer({"boiler_year": 2009, "move_date": date(2026, 2, 1)}))
    found = known(asked, catalogue("boiler_year, move_date, churn_class"))
    assert {"boiler_year", "move_date", "churn_class"} <= found.withheld
    assert not {"boiler_year", "boiler_age", "move_date", "moving", "churn_class"} & set(found.values)


def test_a_fact_older_than_its_attribute_allows_is_stale_with_what_is_made_from_it() -> None:
    facts = {
        "price_change_date": date(2026, 1, 1),
        "kwh_year": 2000,
        "boiler_year": 2009,
        "move_date": date(2026, 2, 1),
    }
    week = ATTRIBUTES["price_change_date"].freshness_days
    assert week == 7

    def as_of(days_ago: int) -> CustomerValues:
        return known(request(customer(facts, facts_as_of=TODAY - timedelta(days=days_ago))))

    assert as_of(7).stale == frozenset()
    assert as_of(8).stale == {"price_change_date", "direct_debit"}
    assert not {"price_change_date", "price_change_in_days"} & set(as_of(8).values)
    assert as_of(8).values["kwh_year"] == 2000
    # Whether somebody moves is unknown then, not false.
    assert "move_date" in as_of(41).stale
    assert "moving" not in as_of(41).values
    assert as_of(-5).stale == frozenset()
    assert values(facts).stale == frozenset()


@pytest.mark.parametrize(("days_ago", "stale"), [(40, set()), (41, {"value_class", "churn_class"}), (-3, set())])
def test_what_the_value_model_says_ages_by_its_own_day(days_ago: int, stale: set[str]) -> None:
    before = customer().value
    assert before is not None
    value = replace(before, as_of=TODAY - timedelta(days=days_ago))
    found = known(request(customer(value=value, facts_as_of=TODAY)))
    assert found.stale == stale
    assert {"value_class", "churn_class"} - set(found.values) == stale


def test_master_data_age_with_the_facts() -> None:
    def as_of(days_ago: int) -> CustomerValues:
        return known(request(customer(facts_as_of=TODAY - timedelta(days=days_ago))))

    assert as_of(7).values["direct_debit"] is True
    assert "direct_debit" not in as_of(8).values
    # Nobody knows whether a move was announced since.
    assert as_of(40).values["moving"] is False
    assert as_of(41).stale == {"direct_debit", "moving"}
    assert as_of(400).values["has_electricity"] is True


def test_what_the_agent_said_is_a_value() -> None:
    assert values().values["concern"] == "none"
    assert "concern_solved" not in values().values
    found = values(concern="bill", concern_solved=False).values
    assert (found["concern"], found["concern_solved"]) == ("bill", False)


def test_touchpoints_count_in_local_days() -> None:
    # 00:30 in Berlin, 23:30 UTC of the day before: half past midnight has made it another day.
    now = datetime(2025, 11, 19, 23, 30, tzinfo=UTC)
    evening = now - timedelta(hours=1)
    contacts = (replace(touchpoint(0, "complaint", experience="negative"), at=evening),)
    found = known(request(customer(), now=now, touchpoints=contacts)).values
    assert found["today"] == date(2025, 11, 20)
    assert found["days_since_trouble"] == 1
    assert found["touchpoints_year"] == 1


def test_the_year_and_the_month_of_the_journey_end_at_midnight() -> None:
    first = datetime(2024, 11, 19, 23, 0, tzinfo=UTC)
    contacts = tuple(
        replace(touchpoint(0, "callback_missed"), at=at)
        for at in (first, first - timedelta(seconds=1), datetime(2025, 10, 20, 21, 59, tzinfo=UTC))
    )
    found = values(touchpoints=contacts).values
    assert found["touchpoints_year"] == 2
    assert found["callback_missed"] is False
    later = (replace(touchpoint(0, "callback_missed"), at=datetime(2025, 10, 20, 22, 0, tzinfo=UTC)),)
    assert values(touchpoints=later).values["callback_missed"] is True


@given(st.lists(st.integers(-5_000, 20_000), max_size=6))
def test_what_lies_ahead_has_not_happened(hours: list[int]) -> None:
    contacts = tuple(touchpoint(hour / 24, "complaint", experience="negative") for hour in hours)
    past = tuple(one for one in contacts if one.at <= NOW)
    assert values(touchpoints=contacts) == values(touchpoints=past)


def test_a_customer_without_data_has_values_all_the_same() -> None:
    found = known(request(customer(contracts=())))
    assert {"today", "age", "concern", "moving", "open_cases", "consent_phone"} <= set(found.values)
    assert found.values["touchpoints_year"] == 0
    assert "days_since_trouble" not in found.values
