"""Which figures may be shown: none of too few, and none that give those away by subtraction.

What is asked for by filters is one figure of a table that has everything that could be asked for of the same calls
instead. So the answer to a question never depends on which other questions were asked. Each cell of a person, and each
block of a group, has a table of its own (`parts`): what is shown of a period is a sum over such tables, and whoever
subtracts periods from one another has no more than the tables by themselves tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray, IntArray, Places
from nba_desktop.backend.review.counting import CountedWeek
from nba_desktop.backend.review.counts import Names, Sieve
from nba_desktop.backend.review.parts import Part
from nba_desktop.backend.review.segments import Segment
from nba_desktop.backend.review.statistics.suppression import suppress, with_totals

_AT_ONCE: Final = 200_000
"""Figures of persons that are looked through at once; each takes some hundred bytes meanwhile."""


class Presentations:
    """Says of each part where it has calls, raised something, and how many decided presentations it has there.

    Where is by action, queue and contact reason. Behind the last action is the place of calls in which none was shown.
    """

    def __init__(self, names: Names, parts: int) -> None:
        self._shape = (parts, len(names.actions) + 1, len(names.queues) + 1, len(names.concerns) + 1)
        self.decided = np.zeros(self._shape, np.int64)
        self.present = np.zeros(self._shape, np.bool_)
        self.addressed = np.zeros(self._shape, np.bool_)

    def add(self, week: CountedWeek, segment: Segment) -> None:
        """Add a week."""
        call, shown, addressed = week.call, segment.action_bit("shown"), segment.action_bit("addressed")
        decided = self._places(week, np.flatnonzero(segment.action_bit("decided")))
        self.decided += np.bincount(decided, minlength=self.decided.size).reshape(self._shape)
        self.present.reshape(-1)[self._places(week, np.flatnonzero(shown))] = True
        self.addressed.reshape(-1)[self._places(week, np.flatnonzero(addressed))] = True
        without = np.ones(len(week.line), np.bool_)
        without[call[shown]] = False
        self.present[week.line[without], -1, week.queue[without], week.concern[without]] = True

    def _places(self, week: CountedWeek, facts: Places) -> Places:
        _, actions, queues, concerns = self._shape
        # What is the call's is put together first: there are fewer of them.
        of_call = (week.line * actions * queues + week.queue) * concerns + week.concern
        return of_call[week.call[facts]] + week.action[facts] * (queues * concerns)


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
        return self._place(sieve) is not None

    def parts(self, sieve: Sieve) -> Kept:
        """Which parts count under a filter."""
        place = self._place(sieve)
        if place is None:
            nothing = np.zeros(len(self.alone), np.bool_)
            return Kept(nothing, nothing)
        return Kept(self.alone[:, *place], self.together[:, *place])

    def actions(self, sieve: Sieve) -> Kept:
        """Which parts count under a filter and that of each action, too; parts × actions."""
        place, actions = self._place(sieve), len(self.names.actions)
        if place is None:
            nothing = np.zeros((len(self.alone), actions), np.bool_)
            return Kept(nothing, nothing)
        return Kept(self.alone[:, :actions, place[1], place[2]], self.together[:, :actions, place[1], place[2]])

    def _place(self, sieve: Sieve) -> tuple[int, int, int] | None:
        """Where a filter is in the tables, None for what does not occur."""
        found = []
        for value, names in (
            (sieve.action_id, self.names.actions),
            (sieve.queue, self.names.queues),
            (sieve.concern, self.names.concerns),
        ):
            if value is not None and value not in names:
                return None
            found.append(-1 if value is None else names.index(value))
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
    _show_persons(alone, presentations.decided, persons, least_presentations)
    groups: dict[object, list[int]] = {}
    for number, one in enumerate(parts):
        groups.setdefault((one.group, one.span), []).append(number)
    for numbers in groups.values():
        known = alone[numbers]
        hidden = _hidden_groups(presentations.present[numbers], known, least_group)
        for met in (presentations.addressed[numbers], presentations.decided[numbers] > 0):
            few = _hidden_groups(met, known, least_group)
            # Of all calls a rate of too few is left out by itself: there is nothing that it could be had from.
            few[-1, -1, -1] = False
            hidden |= few
        together[numbers] = known | ~hidden
    return Protected(names, alone, together)


def _show_persons(shown: BoolArray, decided: IntArray, persons: Places, least: int) -> None:
    """Say what may be shown of each person's part; in steps, so that many need no more memory than some.

    Values of too few are hidden by themselves wherever they stand. So they are looked at as one, "any other": few parts
    have many values of enough, and what is to be looked through is small.
    """
    step = max(1, _AT_ONCE // max(1, int(np.prod(shown.shape[1:]))))
    for begin in range(0, len(persons), step):
        some = persons[begin : begin + step]
        counts = decided[some]
        slots = [_slots(counts, axis, least) for axis in (1, 2, 3)]
        part, *values = np.nonzero(counts)
        table = np.zeros((len(some), *(int(one.max()) for one in slots)), np.int64)
        where = [one[part, value] for one, value in zip(slots, values, strict=True)]
        np.add.at(table, (part, *where), counts[part, *values])
        found = (with_totals(table, 1) >= least) & ~suppress(table, least, apart=True)
        # Of "any other" nothing is asked.
        found[:, -2] = found[:, :, -2] = found[:, :, :, -2] = False
        number = np.arange(len(some))[:, np.newaxis, np.newaxis, np.newaxis]
        actions, queues, concerns = slots
        shown[some] = found[
            number,
            actions[:, :, np.newaxis, np.newaxis],
            queues[:, np.newaxis, :, np.newaxis],
            concerns[:, np.newaxis, np.newaxis, :],
        ]


def _slots(counts: IntArray, axis: int, least: int) -> Places:
    """Give the values of an axis places in a smaller table, part by part: parts × values, and one more for the total.

    Values of enough come first, the largest before; all others share the place behind the last, and then comes the
    total.
    """
    sums = counts.sum(axis=tuple(one for one in (1, 2, 3) if one != axis))
    enough = sums >= least
    other = int(enough.sum(axis=1).max())
    ranks = np.argsort(np.argsort(-sums, axis=1, kind="stable"), axis=1)
    total = np.full((len(sums), 1), other + 1)
    return np.concatenate([np.where(enough, ranks, other), total], axis=1)


def _hidden_groups(present: BoolArray, known: BoolArray, least: int) -> BoolArray:
    """Which figures of all agents together to hide: of too few agents, and what would tell them by subtraction.

    `present` is agents × actions × queues × concerns: whether the agent has a case there; `known` with the totals, what
    of him is shown by itself: whoever subtracts that has the sum of the others. Hidden figures of one line must be of
    the least group together, too: their sum is what the line's total less the others is.
    """
    table = present
    for axis in range(1, present.ndim):
        table = np.concatenate([table, table.any(axis=axis, keepdims=True)], axis=axis)
    table = table & ~known
    size = table.sum(axis=0)
    hidden: BoolArray = (size > 0) & (size < least)
    while hidden.any() and _close(table, size, hidden, least):
        pass
    return hidden


def _close(table: BoolArray, size: IntArray, hidden: BoolArray, least: int) -> bool:
    """Hide the smallest shown figure of every line that gives something away; whether there was one."""
    changed = False
    for axis in range(hidden.ndim):
        lines, marks, sizes = (
            np.moveaxis(one, at, -1) for one, at in ((table, axis + 1), (hidden, axis), (size, axis))
        )
        together = (lines[..., :-1] & marks[..., :-1]).any(axis=-1).sum(axis=0)
        number = marks.sum(axis=-1)
        told = (number == 1) | ((number > 0) & ~marks[..., -1] & (together < least))
        for where in np.argwhere(told):
            line = tuple(where)
            free = np.flatnonzero((sizes[line] > 0) & ~marks[line])
            if len(free):
                marks[(*line, free[sizes[line][free].argmin()])] = True
                changed = True
    return changed
