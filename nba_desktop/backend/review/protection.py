"""Which figures may be shown: none of too few, and none that give those away by subtraction.

What is asked for by filters is one cell of a table that has everything that could be asked for of the same weeks
instead. So the answer to a question never depends on which other questions were asked. What two periods would tell is
not its business: for persons that is `cells`, over teams `over_teams`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray, IntArray
from nba_desktop.backend.review.counting import CountedWeek, Names, Sieve
from nba_desktop.backend.review.segments import Segment
from nba_desktop.backend.review.statistics.suppression import suppress

_LARGEST: Final = 20_000
"""Cells of a table that is looked through whole; of a larger one only single filters are looked at."""


class Presentations:
    """Counts decided presentations by agent, action, queue and contact reason."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._shape = (len(names.agents), len(names.actions), len(names.queues) + 1, len(names.concerns) + 1)
        self.decided = np.zeros(self._shape, np.int32)
        self.shown = np.zeros(self._shape, np.bool_)

    def add(self, week: CountedWeek, segment: Segment) -> None:
        """Add a week."""
        place = np.ravel_multi_index(
            (week.agent[week.call], week.action, week.queue[week.call], week.concern[week.call]), self._shape
        )
        decided = np.bincount(place[segment.action_bit("decided")], minlength=self.decided.size)
        self.decided += decided.reshape(self._shape).astype(np.int32)
        self.shown.reshape(-1)[place[segment.action_bit("shown")]] = True


@dataclass(frozen=True, slots=True)
class Protected:
    """What may be shown of one period of a team; made once for it, asked for each filter.

    `persons` is for each combination of axes that is filtered by whether an agent's figures are hidden, agents ×
    actions × queues × concerns, each with a last place for no filter; an axis of length 1 was not looked at.
    """

    names: Names
    decided: IntArray
    groups: BoolArray
    persons: tuple[BoolArray, ...]
    least_presentations: int

    def agents(self, sieve: Sieve) -> BoolArray:
        """Which agents' figures may be shown under a filter."""
        place = self._place(sieve)
        if place is None:
            return np.zeros(len(self.names.agents), np.bool_)
        enough = _sum(self.decided, place) >= self.least_presentations
        return enough & ~self._hidden(place)

    def group(self, sieve: Sieve) -> bool:
        """Whether the figures of all agents together may be shown under a filter."""
        place = self._place(sieve)
        return place is not None and not bool(self.groups[place])

    def _hidden(self, place: tuple[int, int, int]) -> BoolArray:
        agents = len(self.names.agents)
        whole = tuple(width - 1 for width in self.groups.shape)
        filtered = [axis for axis in range(3) if place[axis] != whole[axis]]
        hidden = np.zeros(agents, np.bool_)
        answered = False
        for table in self.persons:
            seen = [axis for axis in range(3) if table.shape[axis + 1] > 1]
            if set(filtered) <= set(seen):
                action, queue, concern = (place[axis] if axis in seen else 0 for axis in range(3))
                hidden |= table[:agents, action, queue, concern]
                answered = True
        return hidden if answered else np.ones(agents, np.bool_)

    def _place(self, sieve: Sieve) -> tuple[int, int, int] | None:
        """Where a filter is in the tables, None for what does not occur."""
        found = []
        for value, names, none in (
            (sieve.action_id, self.names.actions, len(self.names.actions)),
            (sieve.queue, self.names.queues, len(self.names.queues) + 1),
            (sieve.concern, self.names.concerns, len(self.names.concerns) + 1),
        ):
            if value is None:
                found.append(none)
            elif value in names:
                found.append(names.index(value))
            else:
                return None
        return found[0], found[1], found[2]


def protect(
    presentations: Presentations, names: Names, least_group: int, least_presentations: int, persons: bool
) -> Protected:
    """Work out what may be shown; figures of one person only where `persons`."""
    decided = presentations.decided.astype(np.int64)
    return Protected(
        names,
        decided,
        _hidden_groups(presentations.shown, least_group),
        _hidden_persons(decided, least_presentations) if persons else (),
        least_presentations,
    )


def _sum(decided: IntArray, place: tuple[int, int, int]) -> IntArray:
    """The decided presentations of each agent at a place, where the one behind the last stands for all."""
    for axis in (3, 2, 1):
        at = place[axis - 1]
        whole = at == decided.shape[axis]
        decided = np.asarray(decided.sum(axis=axis) if whole else decided.take(at, axis=axis))
    return decided


def _hidden_persons(decided: IntArray, least: int) -> tuple[BoolArray, ...]:
    if decided.size <= _LARGEST:
        return (suppress(decided, least),)
    found = []
    for axis in (1, 2, 3):
        others = tuple(one for one in (1, 2, 3) if one != axis)
        hidden = suppress(decided.sum(axis=others), least)
        shape = [len(hidden), 1, 1, 1]
        shape[axis] = hidden.shape[1]
        found.append(hidden.reshape(shape))
    # Without a filter all of them are asked: what one hides, the others must not show.
    margin = np.logical_or.reduce([one[:, -1, -1, -1] for one in found])
    for one in found:
        one[:, -1, -1, -1] = margin
    return tuple(found)


def _hidden_groups(worked: BoolArray, least: int) -> BoolArray:
    """Which figures of all agents together to hide: of too few agents, and what would tell them by subtraction.

    `worked` is agents × actions × queues × concerns: whether the agent has a case there. Hidden figures of one line
    must be of the least group together, too: their sum is what the line's total less the others is.
    """
    table = worked
    for axis in range(1, worked.ndim):
        table = np.concatenate([table, table.any(axis=axis, keepdims=True)], axis=axis)
    size = table.sum(axis=0)
    hidden: BoolArray = (size > 0) & (size < least)
    while _close(table, size, hidden, least):
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
