"""Hide figures of too few cases, and with them whatever would give them away.

A figure that is not shown can often be had by subtraction: the total less everything shown, the team less all but one.
So for each hidden figure others are hidden, until what is left tells neither it nor the sum of too few.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray, FloatArray, IntArray, Places
from nba_desktop.backend.errors import EvaluationError

_NOTHING: Final = 1e-7
"""A random unknown that comes out smaller than this is no unknown."""

_SETTLED: Final = 1e-18
"""Share of the squares of what the lines leave over at first, from which they count as kept."""


def with_totals(counts: IntArray, first: int = 0) -> IntArray:
    """The table with one more place along each axis from the first on, the last, for the total over it."""
    table = counts
    for axis in range(first, counts.ndim):
        table = np.concatenate([table, table.sum(axis=axis, keepdims=True)], axis=axis)
    return table


def suppress(counts: IntArray, minimum: int, apart: bool = False) -> BoolArray:
    """Which figures of `with_totals(counts)` to hide; true is hidden.

    With `apart` each place of the first axis is a table of its own, and there are no totals over them.

    `counts` are cases, 0 or more: agents or groups along the first axis, along each further one the values of what a
    figure can be broken down or filtered by (all values, also those not chosen: anyone may choose them next). A filter
    is then a place on its axis, no filter the last place, and "the team but one" a total less a cell.

    Hidden is every count from 1 to below the minimum, and after it one small figure after another, so that
    1. no line of the table has a single hidden figure, and what is hidden in a line whose total is shown adds up to
       the minimum or more;
    2. no hidden figure follows from the shown ones by any number of subtractions, line after line.
    An empty cell is shown: it tells nothing of how anybody did. Raises EvaluationError for a negative count.
    """
    if counts.ndim == 0 or (counts < 0).any():
        raise EvaluationError("what is to be suppressed is a table of counts, 0 or more each")
    axes = range(int(apart), counts.ndim)
    table = with_totals(counts, axes.start)
    hidden = (table > 0) & (table < minimum)
    if apart:
        # Most tables have nothing to hide, and none has to do with another.
        some = np.flatnonzero(hidden.any(axis=tuple(axes)))
        hidden[some] = _closed(table[some], hidden[some], minimum, axes)
        return hidden
    return _closed(table, hidden, minimum, axes)


def _closed(table: IntArray, hidden: BoolArray, minimum: int, axes: range) -> BoolArray:
    """Hide more until what is shown gives nothing away; what is given as hidden changes with it."""
    while True:
        while _close_lines(table, hidden, minimum, axes):
            pass
        known = _derivable(hidden, axes)
        if not known.any():
            return hidden
        if not _hide_beside(table, hidden, known, axes):
            # Nothing is left to hide beside them: then all of it, and what is all unknown tells nothing.
            return hidden | ((table > 0) & known.any(axis=tuple(axes), keepdims=True))


def _close_lines(table: IntArray, hidden: BoolArray, minimum: int, axes: range) -> bool:
    """Hide one more figure in every line that gives something away; whether there was one."""
    changed = False
    for axis in axes:
        values, marks = np.moveaxis(table, axis, -1), np.moveaxis(hidden, axis, -1)
        count = marks.sum(axis=-1)
        rest = np.where(marks[..., :-1], values[..., :-1], 0).sum(axis=-1)
        told = (count == 1) | ((count > 0) & ~marks[..., -1] & (rest < minimum))
        if told.any():
            changed |= _hide_next(table, hidden, axis, told, axes)
    return changed


def _hide_beside(table: IntArray, hidden: BoolArray, known: BoolArray, axes: range) -> bool:
    """Hide one more figure in every line with one that can be derived; whether there was one."""
    changed = False
    for axis in axes:
        changed |= _hide_next(table, hidden, axis, np.asarray(known.any(axis=axis)), axes)
    return changed


def _hide_next(table: IntArray, hidden: BoolArray, axis: int, lines: BoolArray, axes: range) -> bool:
    """Hide the smallest shown figure in each of these lines along the axis; whether there was one.

    First those whose other lines hide something already: there a further one asks for no more.
    """
    apart = np.ones(table.shape, dtype=np.bool_)
    for other in axes:
        if other != axis:
            apart &= ~hidden.any(axis=other, keepdims=True)
    candidates = np.expand_dims(lines, axis) & (table > 0) & ~hidden
    cost = np.where(candidates, table + np.where(apart, table.max() + 1, 0), np.iinfo(table.dtype).max)
    chosen = np.zeros(table.shape, dtype=np.bool_)
    np.put_along_axis(chosen, np.argmin(cost, axis=axis, keepdims=True), True, axis=axis)
    chosen &= candidates
    hidden |= chosen
    return bool(chosen.any())


def _derivable(hidden: BoolArray, axes: range) -> BoolArray:
    """Which hidden figures have but one value that fits all shown ones.

    Every line says: its cells less its total are nothing. A random guess at the hidden figures is moved to the nearest
    one that keeps all lines (conjugate gradients); where that leaves no freedom, it comes out as nothing.
    """
    found = np.zeros(hidden.shape, dtype=np.bool_)
    lines, signs = _equations(hidden, axes)
    free = _guess(lines.shape[1])
    number = int(lines.max(initial=-1)) + 1
    residual = way = _left(lines, signs * free, number)
    size = start = _product(residual, residual)
    for _ in range(20 * number):
        if size <= _SETTLED * start:
            break
        move: FloatArray = np.einsum("ij,ij->j", signs, way[lines])
        spread = _left(lines, signs * move, number)
        step = size / _product(way, spread)
        free = free - step * move
        residual = residual - step * spread
        size, before = _product(residual, residual), size
        way = residual + size / before * way
    else:
        # Unsettled, so anything may be known: more is hidden rather than too little.
        return hidden
    found[hidden] = np.abs(free) < _NOTHING
    return found


def _equations(hidden: BoolArray, axes: range) -> tuple[Places, FloatArray]:
    """For each axis and hidden figure the number of its line, and 1, or -1 if it is the line's total."""
    places = np.nonzero(hidden)
    lines, signs, first = [], [], 0
    for axis in axes:
        size = hidden.shape[axis]
        others = [i for i in range(hidden.ndim) if i != axis]
        across = tuple(hidden.shape[i] for i in others)
        number = np.zeros(len(places[0]), dtype=np.intp)
        for i, width in zip(others, across, strict=True):
            number = number * width + places[i]
        lines.append(first + number)
        signs.append(np.where(places[axis] == size - 1, -1.0, 1.0))
        first += math.prod(across)
    return np.stack(lines), np.stack(signs)


def _product(one: FloatArray, other: FloatArray) -> float:
    # Not `@`: for vectors of this length it starts threads that wait for one another longer than they count.
    return float((one * other).sum())


def _guess(number: int) -> FloatArray:
    # The same for the same table: what is hidden must not change from look to look.
    return np.random.default_rng(7).standard_normal(number)


def _left(lines: Places, signed: FloatArray, number: int) -> FloatArray:
    """What each line's cells less its total come to."""
    found: FloatArray = np.bincount(lines.ravel(), signed.ravel(), minlength=number).astype(np.float64)
    return found
