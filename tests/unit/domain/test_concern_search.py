"""Contact reasons are found as agents type them; the cases are data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.contract.contact import Concern
from nba_desktop.domain.concern_search import ConcernIndex
from nba_desktop.domain.stems import stem_of
from tests.cases import cases

DATA: dict[str, Any] = cases(Path(__file__).parent / "concern_searches.yaml")
INDEXES = {
    language: ConcernIndex(map(Concern.model_validate, concerns), stem_of(language), compounds=language == "de")
    for language, concerns in DATA["concerns"].items()
}


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: repr(case["typed"]))
def test_a_concern_is_found_as_it_is_typed(case: dict[str, Any]) -> None:
    found = INDEXES[case.get("language", "de")].search(case["typed"])
    assert [one.concern.code for one in found] == case["finds"], case.get("why", "")


def test_what_is_found_says_by_which_synonym() -> None:
    found = INDEXES["de"].search("Rate")
    assert [(one.concern.code, one.synonym) for one in found] == [("instalment", "Rate"), ("payment", "Ratenzahlung")]
    assert [one.synonym for one in INDEXES["de"].search("abschlag")] == [""]


@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered_with_concerns_of_the_site(typed: str) -> None:
    codes = [one.concern.code for one in INDEXES["de"].search(typed)]
    assert len(codes) == len(set(codes)) <= 8
