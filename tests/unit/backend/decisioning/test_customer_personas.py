"""Kinds of customers: assigned by declared rules, one of which may ask what was imported; and what is said of them."""

from __future__ import annotations

import pytest

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.customer_personas import persona_of
from nba_desktop.backend.decisioning.loader import load_catalogue_files
from nba_desktop.backend.errors import CatalogueErrors
from tests.fakes.backend_site import PORTAL_CATALOGUE

ATTRIBUTE = """
attributes:
  - {name: persona, type: text, choices: [personal, quick], source: crm, basis: service, description: "how to speak"}
"""
PERSONAS = """
customer_personas:
  - id: by_telephone
    when: persona == "personal" or count(touchpoints, type="price_letter", within=365) > 2
    tone: calm
    preferences: {de: ["lieber am Telefon"], en: ["rather by telephone"]}
  - {id: quick, when: kwh_year < 2000, tone: brief}
"""


def loaded(text: str) -> Catalogue:
    return load_catalogue_files({"c.yaml": PORTAL_CATALOGUE.read_text("utf-8") + text})


def mistakes(text: str) -> str:
    with pytest.raises(CatalogueErrors) as found:
        loaded(text)
    return "\n".join(map(str, found.value.errors))


@pytest.mark.parametrize(
    ("values", "persona"),
    [
        ({"persona": "personal", "kwh_year": 1000}, "by_telephone"),
        ({"persona": "quick", "kwh_year": 3000}, None),
        ({"kwh_year": 1000}, "quick"),
        ({}, None),
    ],
)
def test_the_first_that_is_met_counts_and_unknown_is_no(values: dict[str, str | int], persona: str | None) -> None:
    personas = loaded(ATTRIBUTE + PERSONAS).customer_personas
    found = persona_of(personas, values)
    assert (found and found.id) == persona


def test_what_a_rule_asks_of_the_journey_is_answered() -> None:
    catalogue = loaded(ATTRIBUTE + PERSONAS)
    (asked,) = catalogue.customer_personas[0].when.queries
    assert asked in catalogue.queries
    found = persona_of(catalogue.customer_personas, {"persona": "quick", asked.key: 3})
    assert found is not None
    assert found.tone == "calm"


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("{id: a, when: kwh_yaer > 1, tone: calm}", "unknown attribute 'kwh_yaer' – did you mean 'kwh_year'?"),
        ("{id: a, when: kwh_year > 1}", "this says nothing to the agent: add 'tone' or 'preferences'"),
        ("{id: a, when: kwh_year > 1, tone: loud}", "unknown code 'loud'"),
        ('{id: a, when: kwh_year > 1, preferences: {de: ["x"]}}', "as many in German as in English"),
        ("{id: a, when: kwh_year > 1, preferences: {de: [a, b, c, d], en: [a, b, c, d]}}", "at most three"),
        (f'{{id: a, when: kwh_year > 1, preferences: {{de: ["{"x" * 41}"], en: [x]}}}}', "40 fit"),
        ("{id: a, when: kwh_year > 1, tone: calm}\n  - {id: a, when: kwh_year > 2, tone: brief}", "is here twice"),
    ],
)
def test_a_mistake_is_said_at_its_place(entry: str, says: str) -> None:
    assert says in mistakes(f"\ncustomer_personas:\n  - {entry}\n")


def test_more_than_a_few_are_no_small_set() -> None:
    many = "".join(f"  - {{id: p{number}, when: kwh_year > {number}, tone: calm}}\n" for number in range(9))
    assert "9 entries are too many" in mistakes(f"\ncustomer_personas:\n{many}")
