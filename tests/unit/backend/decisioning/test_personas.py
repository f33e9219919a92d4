"""What the sample catalogue shows to named people, and what a catalogue's own personas say when they do not see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.engine import decide
from nba_desktop.backend.decisioning.loader import load_catalogue_files, read_files
from nba_desktop.backend.decisioning.personas import run_personas
from nba_desktop.backend.samples.customer import SampleCustomer
from nba_desktop.backend.samples.named import named_customers
from tests.cases import cases
from tests.fakes.decisions import NOW, RESOURCES, SMALL_CATALOGUE, model_for, sample_catalogue, sample_request

CASES: list[dict[str, Any]] = cases(Path(__file__).parent / "cases" / "personas.yaml")
BROKEN: list[dict[str, Any]] = cases(Path(__file__).parent / "cases" / "broken_personas.yaml")
CHECKS = {"shows", "quiet", "titles", "reasons", "bridge", "first", "includes", "never", "only_kinds"}
GIVEN = {"name", "customer", "concern", "solved", "language"}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return sample_catalogue()


@pytest.fixture(scope="module")
def people() -> Mapping[str, SampleCustomer]:
    return {one.record.customer_id: one for one in named_customers(RESOURCES / "sample" / "customers.yaml", NOW)}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_persona_sees_what_it_must_see(
    catalogue: Catalogue, people: Mapping[str, SampleCustomer], case: dict[str, Any]
) -> None:
    assert set(case) <= CHECKS | GIVEN
    assert set(case) & CHECKS
    who = people[case["customer"]]
    asked = sample_request(
        who,
        concern=case.get("concern"),
        concern_solved=case.get("solved"),
        language=case.get("language", who.record.language),
    )

    shown = decide(catalogue, model_for(catalogue), asked).recommendations

    ids = [one.action_id for one in shown]
    assert shown
    assert [one.rank for one in shown] == list(range(1, len(shown) + 1))
    assert ids == case.get("shows", ids)
    assert [one.action_id for one in shown if one.quiet] == case.get(
        "quiet", [one.action_id for one in shown if one.quiet]
    )
    assert ids[0] == case.get("first", ids[0])
    assert set(case.get("includes", [])) <= set(ids)
    assert not set(case.get("never", [])) & set(ids)
    if "only_kinds" in case:
        assert {one.kind.value for one in shown} <= set(case["only_kinds"])
    for words, expected in (("title", case.get("titles", [])), ("reason", case.get("reasons", []))):
        for recommendation, text in zip(shown, expected, strict=False):
            assert getattr(recommendation, words).replace("\u00a0", " ") == text
    if "bridge" in case:
        assert shown[0].bridge == case["bridge"]


def test_the_sample_catalogues_own_personas_see_what_they_must(catalogue: Catalogue) -> None:
    results = run_personas(catalogue, NOW)
    assert len(results) == len(catalogue.entry.personas) >= 10
    assert [one.complaints for one in results if not one.passed] == []


@pytest.mark.parametrize("days", [0, 100, 200, 300])
def test_the_personas_do_not_depend_on_the_day(catalogue: Catalogue, days: int) -> None:
    assert all(one.passed for one in run_personas(catalogue, NOW + timedelta(days=days)))


def test_the_personas_are_run_as_of_now_where_no_moment_is_given(catalogue: Catalogue) -> None:
    assert all(one.passed for one in run_personas(catalogue))


def small(persona: dict[str, Any], changes: dict[str, str]) -> Catalogue:
    (text,) = read_files(SMALL_CATALOGUE).values()
    for was, becomes in changes.items():
        assert was in text
        text = text.replace(was, becomes)
    persona = {"id": "somebody", "why": {"de": "Test", "en": "Test"}, "values": {}} | persona
    more = yaml.safe_dump({"personas": [persona]}, allow_unicode=True)
    return load_catalogue_files({"catalogue.yaml": text, "personas.yaml": more})


@pytest.mark.parametrize("case", BROKEN, ids=[case["name"] for case in BROKEN])
def test_an_expectation_that_does_not_hold_is_said_with_what_came_and_why(case: dict[str, Any]) -> None:
    (result,) = run_personas(small(case["persona"], case.get("changes", {})), NOW)
    assert list(result.complaints) == case["says"]
    assert result.passed == (not case["says"])
    assert result.persona_id == "somebody"
