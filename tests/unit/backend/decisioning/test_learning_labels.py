"""Labels: every code of both tables has a meaning for learning, and late news repair it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.learning.labels import Label, final_label
from nba_desktop.contract.codes import NOT_ADDRESSED_CODES, OutcomeCode, ResponseCode
from tests.cases import cases

CASES: dict[str, Any] = cases(Path(__file__).parent / "cases" / "labels.yaml")
CODES: list[str] = [*ResponseCode, *OutcomeCode]


def meant(case: dict[str, Any]) -> tuple[int, bool] | None:
    return (case["accepted"], case.get("weak", False)) if "accepted" in case else None


def found(label: Label | None) -> tuple[int, bool] | None:
    return None if label is None else (label.accepted, label.weight < 1)


def test_the_table_covers_every_code() -> None:
    assert sorted(CASES["codes"]) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_code_alone_means_what_the_table_says(code: str) -> None:
    assert found(final_label([code])) == meant(CASES["codes"][code])


@pytest.mark.parametrize("story", CASES["stories"], ids=lambda story: story["told"])
def test_a_story_comes_to_its_label(story: dict[str, Any]) -> None:
    assert found(final_label(story["codes"])) == meant(story)


def test_nothing_known_is_no_label() -> None:
    assert final_label([]) is None


@given(st.lists(st.sampled_from(CODES), max_size=6), st.sampled_from(sorted(NOT_ADDRESSED_CODES)), st.integers(0, 6))
def test_what_was_not_addressed_never_trains(codes: list[str], silent: str, place: int) -> None:
    assert final_label([*codes[:place], silent, *codes[place:]]) == final_label(codes)


@given(st.lists(st.sampled_from(CODES), max_size=6))
def test_a_completion_at_the_end_is_always_a_yes(codes: list[str]) -> None:
    assert final_label([*codes, OutcomeCode.COMPLETED]) == Label(1)


def test_a_code_nobody_knows_is_an_error() -> None:
    with pytest.raises(ValueError, match="MAYBE"):
        final_label(["MAYBE"])
