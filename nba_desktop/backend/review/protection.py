"""Which figures may be shown: none of too few, and none that give those away by subtraction.

What is asked for by filters is one figure of a table that has everything that could be asked for of the same calls
instead. So the answer to a question never depends on which other questions were asked. Each cell of a person, and each
block of a group, has a table of its own (`parts`): what is shown of a period is a sum over such tables, and whoever
subtracts periods from one another has no more than the tables by themselves tell.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from nba_desktop.backend.arrays import BoolArray, IntArray, Places
from nba_desktop.backend.review.counting import Ready
from nba_desktop.backend.review.counts import Names, Sieve
from nba_desktop.backend.review.parts import Part
from nba_desktop.backend.review.statistics.suppression import suppress, with_totals

_AT_ONCE: Final = 1_000_000
"""Figures of persons that are looked through at once; each takes some ten bytes meanwhile."""

_Sets: TypeAlias = "npt.NDArray[np.uint8]"
"""Sets of agents, a bit for each, along the first axis: a table of many agents is looked through in no time."""


@dataclass(frozen=True, slots=True)
class Presentations:
    """Says of each part where it has calls, raised something, and how many decided presentations it has there.

    All are parts × actions × queues × contact reasons. Behind the last action is the place of calls in which none was
    shown, behind the last queue and contact reason that of calls without.
    """

    decided: IntArray
    present: BoolArray
    addressed: BoolArray


def presentations_of(ready: Ready) -> Presentations:
    """Find the presentations of some weeks; its lines are the parts."""
    names, segment = ready.names, ready.segment
    actions, queues, concerns = len(names.actions) + 1, len(names.queues) + 1, len(names.concerns) + 1
    shape = (ready.lines, actions, queues, concerns)
    # What is the call's is put together first: there are fewer of them.
    of_call = (ready.line * actions * queues + ready.queue) * concerns + ready.concern
    place = of_call[ready.call]
    place += ready.action * np.intp(queues * concerns)
    shown = segment.action_bit("shown")
    unshown = ready.call[np.flatnonzero(~shown)]
    without = segment.calls["actions"] == np.bincount(unshown, minlength=len(ready.line))
    present, addressed = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    present.reshape(-1)[place[np.flatnonzero(shown)]] = True
    present.reshape(-1)[of_call[np.flatnonzero(without)] + len(names.actions) * queues * concerns] = True
    addressed.reshape(-1)[place[np.flatnonzero(segment.action_bit("addressed"))]] = True
    decided = np.bincount(place[np.flatnonzero(segment.action_bit("decided"))], minlength=present.size)
    return Presentations(decided.reshape(shape), present, addressed)


@dataclass(frozen=True, slots=True)
class Kept:
    """Which parts count under a filter: by themselves, and in a sum of several."""

    alone: BoolArray
    together: BoolArray


@dataclass(frozen=True, slots=True)
class Protected:
    """What may be shown of each part, made once for a period, asked for each filter.

    `alone` says where a person's part may be shown by itself, `together` where it may be in a sum with the others of
    its group and blocks; both are parts × actions × queues × concerns, the last place of each axis for no filter.
    """

    names: Names
    alone: BoolArray
    together: BoolArray

    def occurs(self, sieve: Sieve) -> bool:
        """Whether a filter names what occurs in the period."""
        return place_in(self.names, sieve) is not None

    def parts(self, sieve: Sieve) -> Kept:
        """Which parts count under a filter."""
        place = place_in(self.names, sieve)
        if place is None:
            nothing = np.zeros(len(self.alone), np.bool_)
            return Kept(nothing, nothing)
        return Kept(self.alone[:, *place], self.together[:, *place])

    def actions(self, sieve: Sieve) -> Kept:
        """Which parts count under a filter and that of each action, too; parts × actions."""
        place, actions = place_in(self.names, sieve), len(self.names.actions)
        if place is None:
            nothing = np.zeros((len(self.alone), actions), np.bool_)
            return Kept(nothing, nothing)
        return Kept(self.alone[:, :actions, place[1], place[2]], self.together[:, :actions, place[1], place[2]])


def place_in(names: Names, sieve: Sieve) -> tuple[int, int, int] | None:
    """Where a filter is in tables of actions × queues × concerns with their totals, None for what does not occur."""
    found = []
    for value, known in (
        (sieve.action_id, names.actions),
        (sieve.queue, names.queues),
        (sieve.concern, names.concerns),
    ):
        if value is not None and value not in known:
            return None
        found.append(-1 if value is None else known.index(value))
    return found[0], found[1], found[2]


def protect(
    presentations: Presentations,
    parts: Sequence[Part],
    names: Names,
    least_group: int,
    least_presentations: int,
) -> Protected:
    """Work out what may be shown: of persons by their decided presentations, of groups by how many agents have any.

    Of a group they are enough where they have calls, where they raised something, and where it was decided.
    """
    shape = tuple(width + (axis > 0) for axis, width in enumerate(presentations.decided.shape))
    alone, together = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    persons = np.flatnonzero([one.person for one in parts])
    show_persons(alone, presentations.decided, persons, least_presentations)
    groups: dict[object, list[int]] = {}
    for number, one in enumerate(parts):
        groups.setdefault((one.group, one.span), []).append(number)
    for numbers in groups.values():
        known = alone[numbers]
        unknown = ~_sets(known)
        hidden = _hidden_groups(presentations.present[numbers], unknown, least_group)
        for met in (presentations.addressed[numbers], presentations.decided[numbers] > 0):
            few = _hidden_groups(met, unknown, least_group)
            # Of all calls a rate of too few is left out by itself: there is nothing that it could be had from.
            few[-1, -1, -1] = False
            hidden |= few
        together[numbers] = known | ~hidden
    return Protected(names, alone, together)


def show_persons(shown: BoolArray, cases: IntArray, persons: Places, least: int) -> None:
    """Say what may be shown of each person's part; in steps, so that many need no more memory than some.

    `cases` are parts × actions × queues × concerns, `shown` the same with totals, `persons` the parts to look at.

    Values of too few are hidden by themselves wherever they stand. So they are looked at as one, "any other": few parts
    have many values of enough, and what is to be looked through is small.
    """
    step = max(1, _AT_ONCE // max(1, int(np.prod(shown.shape[1:]))))
    for begin in range(0, len(persons), step):
        some = persons[begin : begin + step]
        counts = cases[some]
        slots, named = zip(*(_slots(np.einsum(f"paqc->p{axis}", counts), least) for axis in "aqc"), strict=True)
        there = np.flatnonzero(counts > 0)
        part, *values = np.unravel_index(there, counts.shape)
        key = part
        for slot, value, names in zip(slots, values, named, strict=True):
            key = key * (names.shape[1] - 1) + slot.take(part * slot.shape[1] + value)
        shape = (len(some), *(names.shape[1] - 1 for names in named))
        table = np.bincount(key, counts.reshape(-1)[there], math.prod(shape)).astype(np.int64).reshape(shape)
        found = (with_totals(table, 1) >= least) & ~suppress(table, least, apart=True)
        # Of "any other" nothing is asked.
        found[:, -2] = found[:, :, -2] = found[:, :, :, -2] = False
        part, *where = np.nonzero(found)
        shown[some[part], *(names[part, slot] for names, slot in zip(named, where, strict=True))] = True


def _slots(sums: IntArray, least: int) -> tuple[Places, Places]:
    """Give values places in a smaller table, part by part: return the place of each value, and the value of each place.

    Values of enough come first, the largest before; all others share the place behind the last, and then comes the
    total, whose value is the number behind the last. `sums` is parts × values, as is what is returned first; the second
    is parts × places.
    """
    enough = sums >= least
    other = int(enough.sum(axis=1).max())
    order = np.argsort(-sums, axis=1, kind="stable")
    behind = np.full((len(sums), 2), sums.shape[1])
    return np.where(enough, np.argsort(order, axis=1), other), np.concatenate([order[:, :other], behind], axis=1)


def _hidden_groups(present: BoolArray, unknown: _Sets, least: int) -> BoolArray:
    """Which figures of all agents together to hide: of too few agents, and what would tell them by subtraction.

    `present` is agents × actions × queues × concerns: whether the agent has a case there; `unknown` with the totals,
    of whom it is not shown by itself: whoever subtracts what is has the sum of the others. Hidden figures of one line
    must be of the least group together, too: their sum is what the line's total less the others is.
    """
    table = _sets(present)
    for axis in range(1, present.ndim):
        table = np.concatenate([table, np.bitwise_or.reduce(table, axis=axis, keepdims=True)], axis=axis)
    table &= unknown
    size = _sizes(table)
    hidden: BoolArray = (size > 0) & (size < least)
    while hidden.any() and _close(table, size, hidden, least):
        pass
    return hidden


def _close(table: _Sets, size: IntArray, hidden: BoolArray, least: int) -> bool:
    """Hide the smallest shown figure of every line that gives something away; whether there was one."""
    changed = False
    for axis in range(hidden.ndim):
        lines, marks, sizes = (
            np.moveaxis(one, at, -1) for one, at in ((table, axis + 1), (hidden, axis), (size, axis))
        )
        together = _sizes(np.bitwise_or.reduce(lines[..., :-1] * marks[..., :-1], axis=-1))
        number = marks.sum(axis=-1)
        told = (number == 1) | ((number > 0) & ~marks[..., -1] & (together < least))
        for where in np.argwhere(told):
            line = tuple(where)
            free = np.flatnonzero((sizes[line] > 0) & ~marks[line])
            if len(free):
                marks[(*line, free[sizes[line][free].argmin()])] = True
                changed = True
    return changed


def _sets(table: BoolArray) -> _Sets:
    """Put the agents of each figure, the first axis, into sets: a bit for each."""
    # As np.packbits, which takes the longer the fewer figures it has at a time.
    sets = np.zeros((math.ceil(len(table) / 8), *table.shape[1:]), np.uint8)
    for bit in range(8):
        some = table[bit::8].view(np.uint8)
        sets[: len(some)] |= some << np.uint8(bit)
    return sets


def _sizes(sets: _Sets) -> IntArray:
    """How many agents are in each set."""
    found: IntArray = np.bitwise_count(sets).sum(axis=0, dtype=np.int64)
    return found
