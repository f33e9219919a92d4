"""Live facts in a decision: in place of what was delivered, and what needs them is held back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nba_desktop.backend.analysis.obstacles import Obstacles
from nba_desktop.backend.analysis.population import Person
from nba_desktop.backend.decisioning.asked import attributes_asked
from nba_desktop.backend.decisioning.attributes import ATTRIBUTES, Value
from nba_desktop.backend.decisioning.customer_values import customer_values
from nba_desktop.backend.decisioning.live import LiveFact, LiveState
from nba_desktop.backend.decisioning.record import read_record
from nba_desktop.backend.errors import CatalogueErrors
from nba_desktop.backend.model import ConsentFacts
from nba_desktop.contract.codes import Load, Stage
from tests.fakes.decisions import NOW, TODAY, action_entry, customer, decided, made_catalogue, request, shown, why_not

OBJECTION = {
    "id": "o",
    "method": "concede",
    "phrase": {"de": "a", "en": "a"},
    "answer": {"de": "{solar}", "en": "a"},
}
STEP = {
    "id": "s",
    "text": {"de": "a", "en": "a"},
    "choices": [{"id": "c", "label": {"de": "{wallbox_kw}", "en": "b"}}],
}


def live(state: LiveState, value: Value = None, attribute: str = "maintenance_eur") -> LiveFact:
    return LiveFact(attribute, "tariffs", state, value, NOW if value is not None else None)


@pytest.mark.parametrize(
    ("fact", "value", "derived"),
    [
        (live("answered", 10.95), 10.95, 36),
        (live("late"), None, None),
        (live("unfit"), None, None),
        (live("answered", "cheap"), None, None),
        (live("not_asked"), None, None),
    ],
)
def test_what_a_provider_says_stands_in_place_of_what_was_delivered_long_ago(
    fact: LiveFact, value: Value, derived: Value
) -> None:
    who = customer({"maintenance_eur": 9}, facts_as_of=TODAY - timedelta(days=300))
    catalogue = made_catalogue([action_entry("SALE")])
    found = customer_values(request(who, live=(fact,)), who, catalogue, TODAY)
    assert (found.values.get("maintenance_eur"), found.values.get("maintenance_day_ct")) == (value, derived)
    assert ("maintenance_eur" in found.unfit) is (fact.state == "unfit" or fact.value == "cheap")
    assert not found.stale & {"maintenance_eur", "maintenance_day_ct"}


@pytest.mark.parametrize(
    ("state", "moving"), [("answered", True), ("nothing", False), ("late", None), ("failed", None), ("unfit", None)]
)
def test_nobody_moves_by_a_providers_word_alone_not_by_its_silence(state: LiveState, moving: bool | None) -> None:
    said = TODAY + timedelta(days=9) if state == "answered" else None
    who, catalogue = customer({"move_date": TODAY}), made_catalogue([action_entry("SALE")])
    found = customer_values(request(who, live=(live(state, said, "move_date"),)), who, catalogue, TODAY)
    assert found.values.get("moving") is moving


def test_what_the_customer_allows_nobody_to_use_is_withheld_though_a_provider_says_it() -> None:
    who, catalogue = customer(), made_catalogue([action_entry("SALE")])
    asked = request(who, live=(live("answered", 30, "evening_load_pct"),))
    found = customer_values(asked, who, catalogue, TODAY)
    assert ("evening_load_pct" in found.withheld, "evening_load_pct" in found.values) == (True, False)


def test_an_action_without_a_value_it_needs_is_held_back_and_the_record_keeps_what_became_of_it() -> None:
    catalogue = made_catalogue([action_entry("SALE", needs=["kwh_year", "fix_saving_eur"]), action_entry("OTHER")])
    who = customer({"kwh_year": 2400, "fix_saving_eur": 12})
    fact = live("late", attribute="fix_saving_eur")
    without = decided(catalogue, request(who, live=(fact,)))
    assert (shown(without), why_not(without, "SALE")) == (["OTHER"], (Stage.ELIGIBILITY, "value_missing"))
    with_it = decided(catalogue, request(who, live=(live("answered", 64, "fix_saving_eur"),)))
    assert set(shown(with_it)) == {"SALE", "OTHER"}
    for outcome in (without, with_it):
        assert read_record(outcome.record, ATTRIBUTES).to_json() == outcome.record
    of_before = {name: one for name, one in with_it.record.items() if name != "live"}
    assert read_record(of_before, ATTRIBUTES).live == ()


def test_a_need_that_nothing_can_fill_is_a_mistake_of_the_catalogue() -> None:
    with pytest.raises(CatalogueErrors) as raised:
        made_catalogue([action_entry("SALE", needs=["kwh_yaer", "full_name"])])
    said = [one.message + one.suggestion for one in raised.value.errors]
    assert said[0] == "no rule can ask for 'kwh_yaer'did you mean 'kwh_year'?"
    assert said[1].startswith("no rule can ask for 'full_name'")


def test_everything_that_can_ask_for_a_value_is_looked_through() -> None:
    words = {"de": "{kwh_year}", "en": "{gas_kwh_year}"}
    rule = {"id": "R", "requires": "boiler_age > 10", "otherwise": words}
    catalogue = made_catalogue(
        [action_entry("SALE", needs=["fix_ct"], eligibility=[rule], objections=[OBJECTION], steps=[STEP])],
        levers=[{"id": "L", "target": "action/SALE", "percent": 5, "why": {"de": "{bill_date}", "en": "x"}}],
        quiet={"outage": ["heating_outage"], "vulnerable": []},
    )
    assert attributes_asked(catalogue) == {
        "fix_ct", "boiler_age", "boiler_year", "kwh_year", "gas_kwh_year", "solar", "wallbox_kw", "bill_date",
        "heating_outage",
    }  # fmt: skip


def test_a_simulation_counts_who_lacks_a_value_that_is_needed() -> None:
    catalogue = made_catalogue([action_entry("SALE", needs=["fix_ct"]), action_entry("OTHER")])
    person = Person(customer(), (), ConsentFacts({}))
    obstacles = Obstacles(catalogue, frozenset(), Load.NORMAL, NOW)
    found = [(one.place, one.stage, one.rule) for one in obstacles.of(person, {}, None)]
    assert found == [(0, Stage.ELIGIBILITY, "value_missing")]
    assert obstacles.of(person, {"fix_ct": 30.0}, None) == []
