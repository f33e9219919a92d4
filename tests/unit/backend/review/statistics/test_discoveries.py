"""Many looks at once: the paper's example, and what must hold of any."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.errors import EvaluationError
from nba_desktop.backend.review.statistics.discoveries import benjamini_hochberg

PAPER = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0
]  # fmt: skip
P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=20)


def test_the_example_of_the_paper_finds_four() -> None:
    assert benjamini_hochberg(PAPER, 0.05).tolist() == [True] * 4 + [False] * 11


@given(P_VALUES, st.floats(0.001, 0.5), st.floats(0.001, 0.5))
def test_a_smaller_probability_or_a_larger_share_never_loses_a_finding(p: list[float], q: float, more: float) -> None:
    found = benjamini_hochberg(p, q).tolist()
    for mine, mine_found in zip(p, found, strict=True):
        assert all(one_found for one, one_found in zip(p, found, strict=True) if mine_found and one <= mine)
    wider = benjamini_hochberg(p, max(q, more)).tolist()
    assert all(wide or not narrow for narrow, wide in zip(found, wider, strict=True))


@given(P_VALUES, st.randoms(use_true_random=False))
def test_the_order_makes_no_difference(p: list[float], random: Random) -> None:
    order = list(range(len(p)))
    random.shuffle(order)
    found = benjamini_hochberg(p)
    assert benjamini_hochberg([p[i] for i in order]).tolist() == [found[i] for i in order]


def test_one_look_is_held_to_the_share_itself_and_none_to_nothing() -> None:
    assert benjamini_hochberg([0.01]).tolist() == [True]
    assert benjamini_hochberg([0.0101]).tolist() == [False]
    assert benjamini_hochberg([]).tolist() == []


@pytest.mark.parametrize(("p", "q"), [([0.5], 0), ([1.5], 0.01), ([float("nan")], 0.01), ([[0.1]], 0.01)])
def test_what_is_no_probability_is_refused(p: list[float], q: float) -> None:
    with pytest.raises(EvaluationError, match=r"between 0 and 1|from 0 to 1"):
        benjamini_hochberg(p, q)
