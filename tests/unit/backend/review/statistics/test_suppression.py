"""What is hidden stays hidden, whoever subtracts what from what."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.arrays import BoolArray, FloatArray, IntArray
from nba_desktop.backend.errors import EvaluationError
from nba_desktop.backend.review.statistics.suppression import suppress, with_totals

MINIMUM = 30


def tables() -> st.SearchStrategy[IntArray]:
    """Tables of one to three axes, most cells near the minimum, some empty."""

    def build(shape: list[int]) -> st.SearchStrategy[IntArray]:
        size = int(np.prod(shape))
        cell = st.one_of(st.just(0), st.integers(1, 60), st.integers(20, 200))
        return st.lists(cell, min_size=size, max_size=size).map(lambda c: np.array(c, dtype=np.int64).reshape(shape))

    return st.lists(st.integers(1, 5), min_size=1, max_size=3).flatmap(build)


def equations(hidden: BoolArray) -> FloatArray:
    """All lines of the table × hidden figures: cells less their total are nothing."""
    number = np.cumsum(hidden).reshape(hidden.shape) - 1
    rows = []
    for axis in range(hidden.ndim):
        marks, numbers = (np.moveaxis(one, axis, -1).reshape(-1, hidden.shape[axis]) for one in (hidden, number))
        for line, line_numbers in zip(marks, numbers, strict=True):
            row = np.zeros(int(hidden.sum()))
            signs = np.ones(len(line))
            signs[-1] = -1
            row[line_numbers[line]] = signs[line]
            rows.append(row)
    return np.array(rows)


@given(tables())
def test_no_hidden_figure_follows_from_the_shown_ones_and_the_totals(counts: IntArray) -> None:
    hidden = suppress(counts, MINIMUM)
    if hidden.any():
        _, sizes, directions = np.linalg.svd(equations(hidden))
        free = directions[int((sizes > 1e-9).sum()) :]
        # Every hidden figure can be another one, with all that is shown the same.
        assert (np.abs(free).max(axis=0, initial=0) > 1e-9).all()


@given(tables())
def test_everything_too_small_is_hidden_and_so_is_every_remainder_that_is(counts: IntArray) -> None:
    table, hidden = with_totals(counts), suppress(counts, MINIMUM)
    assert not (~hidden & (table > 0) & (table < MINIMUM)).any()
    assert not (hidden & (table == 0)).any()
    for axis in range(table.ndim):
        values, marks = np.moveaxis(table, axis, -1), np.moveaxis(hidden, axis, -1)
        assert not (marks.sum(axis=-1) == 1).any()
        rest = np.where(marks, values, 0)[..., :-1].sum(axis=-1)
        told = ~marks[..., -1] & marks[..., :-1].any(axis=-1)
        assert (rest[told] >= MINIMUM).all()


@given(tables())
def test_where_nothing_is_too_small_nothing_is_hidden(counts: IntArray) -> None:
    assert not suppress(np.where(counts > 0, counts + MINIMUM, 0), MINIMUM).any()


def test_beside_one_small_cell_small_others_are_hidden_and_no_more_than_needed() -> None:
    hidden = suppress(np.array([[5, 40, 90], [60, 35, 80], [70, 100, 95]]), MINIMUM)
    assert np.argwhere(hidden).tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]


def test_the_team_but_one_does_not_tell_the_one() -> None:
    # Six agents shown and a team's total would tell the seventh; so the next smallest is hidden with him.
    hidden = suppress(np.array([12, 50, 61, 72, 83, 94, 105]), MINIMUM)
    assert hidden.tolist() == [True, True, False, False, False, False, False, False]


def test_two_too_small_ones_do_not_hide_each_other_where_their_sum_is_too_small_too() -> None:
    hidden = suppress(np.array([12, 9, 61, 72]), MINIMUM)
    assert hidden.tolist() == [True, True, True, False, False]


def test_a_filter_that_leaves_out_a_little_is_not_shown_beside_the_whole() -> None:
    # One agent: 35 decisions for one reason, 4 for the other, and the rest of the team.
    counts = np.array([[35, 4], [200, 150], [180, 160]])
    hidden = suppress(counts, MINIMUM)
    assert hidden[0].tolist() == [True, True, False]


def test_a_figure_that_only_several_lines_together_tell_is_not_told() -> None:
    # Two squares of hidden cells joined by one: each line hides two or more, and the one is known all the same.
    counts = np.full((4, 4), 500)
    for row, column in [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3)]:
        counts[row, column] = 20
    hidden = suppress(counts, MINIMUM)
    _, sizes, directions = np.linalg.svd(equations(hidden))
    free = np.abs(directions[int((sizes > 1e-9).sum()) :]).max(axis=0)
    assert hidden[1, 2]
    assert free[int(hidden.ravel()[: 1 * 5 + 2].sum())] > 1e-9
    assert hidden.sum() > 9


def test_a_team_too_small_altogether_is_hidden_altogether() -> None:
    assert suppress(np.array([[4, 3], [5, 0]]), MINIMUM).tolist() == [
        [True, True, True],
        [True, False, True],
        [True, True, True],
    ]


@pytest.mark.parametrize("counts", [np.array([-1, 5]), np.array(5)])
def test_what_is_no_table_of_counts_is_refused(counts: IntArray) -> None:
    with pytest.raises(EvaluationError, match="table of counts"):
        suppress(counts, MINIMUM)
