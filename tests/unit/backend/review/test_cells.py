"""Periods are made of whole cells, and each has enough decided presentations of its agent."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nba_desktop.backend.errors import InvalidMessage
from nba_desktop.backend.review.cells import Span, block_of, cells_of, read_from, together, whole_blocks
from nba_desktop.contract.review import Period

LEAST = 30
BLOCKS = 16
"""More than a year of blocks: cells begin anew within."""

spans = st.tuples(st.integers(0, BLOCKS - 1), st.integers(0, BLOCKS - 1)).map(lambda ends: Span(min(ends), max(ends)))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=BLOCKS, max_size=BLOCKS), spans, spans)
def test_what_two_periods_differ_by_are_whole_cells(decided: list[int], one: Span, other: Span) -> None:
    by_block = dict(enumerate(decided))
    whole = cells_of(by_block, Span(0, BLOCKS - 1), LEAST)
    first, second = (cells_of(by_block, asked, LEAST) for asked in (one, other))
    assert {*first, *second} <= {*whole}
    assert all(sum(decided[cell.first : cell.last + 1]) >= LEAST for cell in whole)
    assert all(before.last < after.first for before, after in pairwise(whole))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=BLOCKS, max_size=BLOCKS), spans, st.integers(1, BLOCKS))
def test_what_comes_after_a_period_changes_nothing_in_it(decided: list[int], asked: Span, known: int) -> None:
    until = max(known, asked.last + 1)
    assert cells_of(dict(enumerate(decided[:until])), asked, LEAST) == cells_of(dict(enumerate(decided)), asked, LEAST)


@pytest.mark.parametrize(
    ("decided", "asked", "counted"),
    [
        ([30, 30, 30], Span(0, 2), [Span(0, 0), Span(1, 1), Span(2, 2)]),
        ([29, 0, 0], Span(0, 2), []),
        ([10, 10, 10, 29], Span(0, 3), [Span(0, 2)]),
        # Without its first block a cell is not whole; what follows it is.
        ([10, 20, 30], Span(1, 2), [Span(2, 2)]),
        # A cell begins where there is something.
        ([0, 0, 30], Span(1, 2), [Span(2, 2)]),
        ([0] * 12 + [20, 20, 20], Span(0, 14), [Span(13, 14)]),
    ],
)
def test_whole_cells_within_the_period_count(decided: list[int], asked: Span, counted: list[Span]) -> None:
    assert cells_of(dict(enumerate(decided)), asked, LEAST) == counted


def test_cells_that_follow_one_another_are_one_period() -> None:
    assert together([Span(3, 3), Span(1, 2), Span(6, 6)]) == (Span(1, 3).period, Span(6, 6).period)


def test_a_period_becomes_the_blocks_it_touches_that_are_over() -> None:
    first = date(2026, 2, 16)
    block = block_of(first)
    whole = Period(first=first, last=first + timedelta(days=27))
    assert Span(block, block).period == whole
    over = whole.last + timedelta(days=1)
    assert whole_blocks(whole, over) == Span(block, block)
    touching = Period(first=first - timedelta(days=1), last=whole.last - timedelta(days=1))
    assert whole_blocks(touching, over) == Span(block - 1, block)
    # On its last day a block is not over.
    assert whole_blocks(touching, whole.last) == Span(block - 1, block - 1)
    assert whole_blocks(whole, whole.last) == Span(block - 1, block - 1)
    with pytest.raises(InvalidMessage, match="after today"):
        whole_blocks(whole, whole.first - timedelta(days=1))


def test_a_year_is_read_at_most_before_a_period() -> None:
    for block in range(25, 55):
        span = Span(block, block)
        assert timedelta(0) <= span.period.first - read_from(span) < timedelta(weeks=52)
