"""The rules of selection hold for every draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.arrays import BoolArray, FloatArray
from nba_desktop.backend.decisioning.selection import Candidates, Told, slates, tell


@dataclass(frozen=True)
class Case:
    candidates: Candidates
    priorities: FloatArray
    slots: int


@st.composite
def cases(draw: st.DrawFn) -> Case:
    count = draw(st.integers(1, 9))
    kinds = draw(st.lists(st.sampled_from(["service", "sales", "consent"]), min_size=count, max_size=count))
    flags = st.lists(st.booleans(), min_size=count, max_size=count)
    rows = draw(
        st.lists(
            st.lists(st.sampled_from([0.0, 1e-300, 0.1, 0.2, 0.3, 0.5, 1.0, 4.0]), min_size=count, max_size=count),
            min_size=1,
            max_size=4,
        )
    )
    candidates = Candidates(
        service=np.array([kind == "service" for kind in kinds]),
        consent=np.array([kind == "consent" for kind in kinds]),
        strategic=np.array(draw(flags)),
        quiet=np.array(draw(flags)),
    )
    return Case(candidates, np.array(rows), draw(st.integers(1, 3)))


def chosen(case: Case, kept: BoolArray | None = None) -> list[list[int]]:
    found: list[list[int]] = slates(case.candidates, case.candidates.keys(case.priorities), case.slots, kept).tolist()
    return found


@given(cases())
def test_whatever_is_drawn_the_rules_hold(case: Case) -> None:
    candidates = case.candidates
    consents = int(candidates.consent.sum())
    for slate in chosen(case):
        assert len(set(slate)) == len(slate) == min(case.slots, len(candidates) - max(0, consents - 1))
        assert candidates.consent[slate].sum() <= 1
        if case.slots > 1 and len(slate) > 1:
            assert candidates.service[slate].any() == candidates.service.any()
        assert candidates.quiet[slate].tolist() == sorted(candidates.quiet[slate].tolist())
        if not candidates.strategic[slate[0]]:
            assert not (candidates.strategic & (candidates.quiet == candidates.quiet[slate[0]])).any()


@given(cases())
def test_without_a_rule_to_keep_the_highest_priorities_are_shown_in_order(case: Case) -> None:
    count = len(case.candidates)
    plain = Candidates(
        service=np.ones(count, dtype=np.bool_),
        consent=np.zeros(count, dtype=np.bool_),
        strategic=np.ones(count, dtype=np.bool_),
        quiet=case.candidates.quiet,
    )
    for slate, row in zip(chosen(Case(plain, case.priorities, case.slots)), case.priorities.tolist(), strict=True):
        order = sorted(range(count), key=lambda one: (bool(plain.quiet[one]), -row[one], one))
        assert slate == order[: case.slots]


@given(cases())
def test_a_row_is_chosen_as_if_it_were_alone(case: Case) -> None:
    together = chosen(case)
    alone = [chosen(Case(case.candidates, row[None, :], case.slots))[0] for row in case.priorities]
    assert together == alone


@given(cases())
def test_what_is_kept_is_shown_whatever_its_priority(case: Case) -> None:
    services = np.flatnonzero(case.candidates.service).tolist()
    kept = np.zeros(case.priorities.shape, dtype=np.bool_)
    kept[:, services[-case.slots :]] = True
    for slate, row in zip(chosen(case, kept), kept, strict=True):
        assert set(np.flatnonzero(row).tolist()) <= set(slate)
        assert case.candidates.consent[slate].sum() <= 1


def flags(count: int, *places: int) -> BoolArray:
    return np.isin(np.arange(count), places)


def told(candidates: Candidates, priorities: list[float], slots: int = 3) -> tuple[list[int], Told]:
    keys = candidates.keys(np.array([priorities]))
    slate = slates(candidates, keys, slots)[0].tolist()
    order = np.argsort(-keys[0], kind="stable").tolist()
    return slate, tell(candidates, order, slate)


def test_a_place_for_one_teaser_is_not_kept_for_service() -> None:
    two = Candidates(flags(2, 1), flags(2), flags(2, 0, 1), flags(2))
    assert told(two, [0.9, 0.1], slots=1)[0] == [0]
    assert told(two, [0.9, 0.1], slots=2)[0] == [0, 1]


def test_who_gave_way_to_service_is_told_so() -> None:
    four = Candidates(flags(5, 3), flags(5), flags(5, 0, 1, 2, 3, 4), flags(5))
    slate, said = told(four, [0.9, 0.8, 0.7, 0.1, 0.5])
    assert slate == [0, 1, 3]
    assert said.reserved == (3,)
    assert [(one.candidate, one.rule, one.place) for one in said.left_out] == [
        (2, "service_reserved", 4),
        (4, "outranked", 5),
    ]


def test_only_the_better_of_two_consent_questions_counts() -> None:
    three = Candidates(flags(3), flags(3, 0, 1), flags(3, 0, 1, 2), flags(3))
    slate, said = told(three, [0.2, 0.3, 0.1])
    assert slate == [1, 2]
    assert [(one.candidate, one.rule, one.place) for one in said.left_out] == [(0, "one_consent_only", None)]


@pytest.mark.parametrize("slots", [1, 2, 3])
def test_a_side_product_gives_the_first_place_to_a_strategic_one(slots: int) -> None:
    four = Candidates(flags(4), flags(4), flags(4, 3), flags(4))
    slate, said = told(four, [0.9, 0.8, 0.7, 0.1], slots)
    assert slate == [3, 0, 1][:slots]
    assert said.demoted == (0 if slots > 1 else None)


def test_a_loud_side_product_stays_before_a_quiet_strategic_one() -> None:
    two = Candidates(flags(2), flags(2), flags(2, 1), flags(2, 1))
    slate, said = told(two, [0.1, 0.9])
    assert slate == [0, 1]
    assert said.demoted is None
