"""No two periods differ by too few decided presentations of an agent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nba_desktop.backend.review.cells import Span, block_of, read_from, span_of, whole_blocks
from nba_desktop.contract.review import Period

LEAST = 30
BLOCKS = 16
"""More than a year of blocks: cells begin anew within."""

spans = st.tuples(st.integers(0, BLOCKS - 1), st.integers(0, BLOCKS - 1)).map(lambda ends: Span(min(ends), max(ends)))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=BLOCKS, max_size=BLOCKS), spans, spans)
def test_what_two_periods_differ_by_is_nothing_or_enough(decided: list[int], one: Span, other: Span) -> None:
    by_block = dict(enumerate(decided))
    first, second = (_blocks(span_of(by_block, asked, LEAST)) for asked in (one, other))
    for more, less in ((first, second), (second, first)):
        before = {block for block in more - less if less and block < min(less)}
        after = {block for block in more - less if less and block > max(less)}
        for rest in (before, after) if less else (more,):
            assert not rest or sum(decided[block] for block in rest) >= LEAST


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=BLOCKS, max_size=BLOCKS), spans, st.integers(1, BLOCKS))
def test_what_comes_after_a_period_changes_nothing_in_it(decided: list[int], asked: Span, known: int) -> None:
    until = max(known, asked.last + 1)
    assert span_of(dict(enumerate(decided[:until])), asked, LEAST) == span_of(dict(enumerate(decided)), asked, LEAST)


@pytest.mark.parametrize(
    ("decided", "asked", "counted"),
    [
        ([30, 30, 30], Span(0, 2), Span(0, 2)),
        ([29, 0, 0], Span(0, 2), None),
        ([10, 10, 10, 29], Span(0, 3), Span(0, 2)),
        # Without its first block a cell is not whole; what follows it is.
        ([10, 20, 30], Span(1, 2), Span(2, 2)),
        # A cell begins where there is something.
        ([0, 0, 30], Span(1, 2), Span(2, 2)),
        ([0] * 12 + [20, 20, 20], Span(0, 14), Span(13, 14)),
    ],
)
def test_whole_cells_within_the_period_count(decided: list[int], asked: Span, counted: Span | None) -> None:
    assert span_of(dict(enumerate(decided)), asked, LEAST) == counted


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


def test_a_year_is_read_at_most_before_a_period() -> None:
    for block in range(25, 55):
        span = Span(block, block)
        assert timedelta(0) <= span.period.first - read_from(span) < timedelta(weeks=52)


def _blocks(span: Span | None) -> set[int]:
    return set() if span is None else set(range(span.first, span.last + 1))
