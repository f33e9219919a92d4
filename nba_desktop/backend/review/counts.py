"""What is counted of calls and recommendations, and how counts of some lines are summed up to those of others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from nba_desktop.backend.arrays import BoolArray, FloatArray, IntArray, Places
from nba_desktop.backend.review.records import FollowUpCounts
from nba_desktop.backend.review.segments import Segment

Number = TypeVar("Number", np.int64, np.float64)
Measures = dict[str, IntArray]
"""Counts by name, all of one shape."""

CALL_MEASURES: Final = (
    "calls",
    "opportunities",
    "presented",
    "chances",
    "won",
    "unraised",
    "reasons",
    "missing",
    "asked",
    "granted",
    "pending",
    "confirmed",
)
"""Of calls: `presented` of the opportunities; `chances` are those outside the arm that shows nothing, `won` of them
with an acceptance; `unraised` are calls that need a reason, `reasons` those that have it; the rest are consents.
"""
ACTION_MEASURES: Final = (
    "shown",
    "addressed",
    "offered",
    "decided",
    "accepted",
    "coded",
    "completed",
    "opportunities",
    "presented",
    "chances",
    "won",
    "mature",
    "converted",
)
"""Of recommendations: from `opportunities` on the same as of calls, of those in which this action was shown; `mature`
are decided whose time to be confirmed is over, `converted` of them completed.
"""

FOLLOW_UP_MEASURES: Final = ("due", "kept")
"""Of promises: `due` in the period and over, `kept` of them on their day or before."""

PARTS: Final = ("talk", "hold", "after", "handling")


@dataclass(frozen=True, slots=True)
class Names:
    """What the axes of the counts stand for; behind the last queue and concern there is one more place, for none."""

    actions: tuple[str, ...]
    queues: tuple[str, ...]
    concerns: tuple[str, ...]

    @classmethod
    def of(cls, segments: Iterable[Segment]) -> Names:
        """Return every name that occurs in some segments, in order."""
        names: dict[str, set[str]] = {kind: set() for kind in ("actions", "queues", "concerns")}
        for segment in segments:
            for kind, found in names.items():
                found.update(segment.names[kind])
        return cls(**{kind: tuple(sorted(found)) for kind, found in names.items()})


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which calls count; None is all."""

    action_id: str | None = None
    queue: str | None = None
    concern: str | None = None


@dataclass(frozen=True, slots=True)
class Gathering:
    """How some lines are summed up to other ones: `rows` of each follow one another from its place in `starts` on."""

    rows: Places
    starts: Places
    targets: Places
    lines: int

    @classmethod
    def of(cls, line: Places, lines: int, kept: BoolArray | None = None) -> Gathering:
        """Sum up the lines that are kept, without that all; `line` is for each the line it becomes part of."""
        rows = np.argsort(line, kind="stable")
        if kept is not None:
            rows = rows[kept[rows]]
        targets, starts = np.unique(line[rows], return_index=True)
        return cls(rows, starts, targets, lines)

    def sums(self, values: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """Return the sums of an array whose first axis are the lines."""
        found = np.zeros((self.lines, *values.shape[1:]), values.dtype)
        if len(self.rows):
            # In two dimensions it is one pass; in three each line of the last axis would be one of its own.
            flat = values.reshape(len(values), -1)[self.rows]
            found.reshape(self.lines, -1)[self.targets] = np.add.reduceat(flat, self.starts, axis=0)
        return found

    def numbers(self, there: BoolArray) -> IntArray:
        """Return of how many lines something is true; `there` is lines × rows."""
        found = np.zeros((self.lines, there.shape[1]), np.int64)
        if len(self.rows):
            found[self.targets] = np.add.reduceat(there[self.rows], self.starts, axis=0, dtype=np.int64)
        return found


@dataclass(frozen=True, slots=True)
class ActionCounts:
    """What was counted of the recommendations of each action, by pattern: patterns × lines × actions.

    `meaning` says which measures a recommendation of a pattern counts for: patterns × action measures.
    """

    by_pattern: IntArray
    meaning: BoolArray

    def measure(self, name: str) -> IntArray:
        """Return one measure, lines × actions."""
        found = np.zeros(self.by_pattern.shape[1:], np.int64)
        for pattern in np.flatnonzero(self.meaning[:, ACTION_MEASURES.index(name)]).tolist():
            found += self.by_pattern[pattern]
        return found

    def over_all(self) -> IntArray:
        """Return every measure of all actions together, lines × action measures."""
        found: IntArray = self.by_pattern.sum(axis=2).T @ self.meaning.astype(np.int64)
        return found

    def only(self, kept: BoolArray) -> ActionCounts:
        """Return the counts without those that are not kept; `kept` is lines × actions, or lines × 1."""
        return ActionCounts(self.by_pattern * kept, self.meaning)

    def of(self, rows: Places, kept: BoolArray) -> ActionCounts:
        """Return some lines as one, without what is not kept of them; `kept` is those lines × actions."""
        return ActionCounts((self.by_pattern[:, rows] * kept).sum(axis=1, keepdims=True), self.meaning)


@dataclass(frozen=True, slots=True)
class Chances:
    """Chances and those won, by what stood first and the contact reason; both lines × (actions × concerns)."""

    trials: IntArray
    successes: IntArray


@dataclass(slots=True)
class Counts:
    """What was counted, of some lines: agents, or parts of what they did.

    `of_calls` is lines × call measures, `of_actions` lines × action measures, of all actions together, `of_follow_ups`
    lines × follow-up measures. `of_seconds` and `of_timed` are lines × parts of the handling time × (without, with an
    action raised). `calls`, `actions`, `follow_ups`, `seconds` and `timed` are the same by name.
    """

    lines: int
    of_calls: IntArray = field(init=False)
    of_actions: IntArray = field(init=False)
    of_follow_ups: IntArray = field(init=False)
    of_seconds: FloatArray = field(init=False)
    of_timed: IntArray = field(init=False)

    def __post_init__(self) -> None:
        self.of_calls = np.zeros((self.lines, len(CALL_MEASURES)), np.int64)
        self.of_actions = np.zeros((self.lines, len(ACTION_MEASURES)), np.int64)
        self.of_follow_ups = np.zeros((self.lines, len(FOLLOW_UP_MEASURES)), np.int64)
        self.of_seconds = np.zeros((self.lines, len(PARTS), 2))
        self.of_timed = np.zeros((self.lines, len(PARTS), 2), np.int64)

    @property
    def calls(self) -> Measures:
        """By measure, of each line."""
        return {name: self.of_calls[:, place] for place, name in enumerate(CALL_MEASURES)}

    @property
    def actions(self) -> Measures:
        """By measure, of each line."""
        return {name: self.of_actions[:, place] for place, name in enumerate(ACTION_MEASURES)}

    @property
    def follow_ups(self) -> Measures:
        """By measure, of each line."""
        return {name: self.of_follow_ups[:, place] for place, name in enumerate(FOLLOW_UP_MEASURES)}

    @property
    def seconds(self) -> dict[str, FloatArray]:
        """By part of the handling time, lines × (without, with an action raised)."""
        return {part: self.of_seconds[:, place] for place, part in enumerate(PARTS)}

    @property
    def timed(self) -> Measures:
        """Of how many calls the seconds are."""
        return {part: self.of_timed[:, place] for place, part in enumerate(PARTS)}

    def add_follow_ups(self, line: int, counted: FollowUpCounts) -> None:
        """Add what an agent promised to a line."""
        self.of_follow_ups[line] += counted.due, counted.kept

    def gathered(self, gather: Gathering) -> Counts:
        """Return the counts of other lines."""
        found = Counts(gather.lines)
        found.of_calls = gather.sums(self.of_calls)
        found.of_actions = gather.sums(self.of_actions)
        found.of_follow_ups = gather.sums(self.of_follow_ups)
        found.of_seconds, found.of_timed = gather.sums(self.of_seconds), gather.sums(self.of_timed)
        return found

    def only(self, kept: BoolArray) -> Counts:
        """Return the counts with nothing in the lines that are not kept."""
        return self.gathered(Gathering.of(np.arange(self.lines), self.lines, kept))
