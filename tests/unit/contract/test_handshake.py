"""Which of two programs is too old for the other, and which of two versions comes first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nba_desktop.contract.handshake import is_version, read_protocol, too_old, version_order

NUMBERS = st.lists(st.integers(0, 10**6), min_size=1, max_size=6)


def dotted(numbers: list[int]) -> str:
    return ".".join(map(str, numbers))


@given(st.integers(0, 50), st.integers(0, 50))
@settings(max_examples=60)
def test_neighbours_understand_each_other_and_else_the_lower_one_is_too_old(panel: int, backend: int) -> None:
    verdict = too_old(panel, backend)
    if abs(panel - backend) <= 1:
        assert verdict is None
    else:
        assert verdict == ("panel_too_old" if panel < backend else "backend_too_old")


@given(NUMBERS, NUMBERS)
@settings(max_examples=100)
def test_versions_are_ordered_by_their_numbers(one: list[int], other: list[int]) -> None:
    longest = max(len(one), len(other))
    padded = [numbers + [0] * (longest - len(numbers)) for numbers in (one, other)]
    assert is_version(dotted(one))
    assert (version_order(dotted(one)) < version_order(dotted(other))) == (padded[0] < padded[1])
    assert (version_order(dotted(one)) == version_order(dotted(other))) == (padded[0] == padded[1])


@given(NUMBERS, st.from_regex(r"\A(rc|a|\+|-|\.dev)[0-9a-z]{0,5}\Z"))
@settings(max_examples=50)
def test_what_follows_the_numbers_does_not_count(numbers: list[int], rest: str) -> None:
    assert version_order(dotted(numbers) + rest) == version_order(dotted(numbers))
    assert not is_version(dotted(numbers) + rest)


@given(st.text(max_size=30))
@settings(max_examples=100)
def test_any_text_has_its_place(text: str) -> None:
    assert version_order(text) >= ()
    protocol = read_protocol(text)
    assert protocol is None or protocol >= 0


@pytest.mark.parametrize("text", ["", "1.", ".1", "1..2", "v1", "1.2.3.4.5.6.7", "1,2", "9" * 10, "1\n", "١"])
def test_what_is_no_version_is_none(text: str) -> None:
    assert not is_version(text)
