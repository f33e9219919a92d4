"""What the named customers are shown by the sample catalogue: cases as data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.engine import decide
from nba_desktop.backend.decisioning.loader import load_catalogue
from nba_desktop.backend.decisioning.propensity import StartPropensity
from nba_desktop.backend.samples.named import named_customers
from tests.fakes.decisions import NOW, RESOURCES, SAMPLE_CATALOGUE, sample_request

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "personas.yaml").read_text("utf-8"))
CHECKS = {"shows", "quiet", "titles", "reasons", "bridge", "first", "includes", "never", "only_kinds"}
GIVEN = {"name", "customer", "concern", "solved", "language"}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(SAMPLE_CATALOGUE)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_persona_sees_what_it_must_see(catalogue: Catalogue, case: dict[str, Any]) -> None:
    assert set(case) <= CHECKS | GIVEN
    assert set(case) & CHECKS
    people = {one.record.customer_id: one for one in named_customers(RESOURCES / "sample" / "customers.yaml", NOW)}
    who = people[case["customer"]]
    asked = sample_request(
        who,
        concern=case.get("concern"),
        concern_solved=case.get("solved"),
        language=case.get("language", who.record.language),
    )

    shown = decide(catalogue, StartPropensity(), asked).recommendations

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
