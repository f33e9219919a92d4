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
    def of(cls, line: Places, lines: int, kept: BoolArray) -> Gathering:
        """Sum up the lines that are kept; `line` is for each the line it becomes part of, in rising order."""
        rows = np.flatnonzero(kept)
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


@dataclass(slots=True)
class Counts:
    """What was counted, of some lines: agents, or parts of what they did.

    `of_calls` is lines × call measures, `of_actions` lines × actions × action measures, `of_follow_ups` lines ×
    follow-up measures. `trials` and `successes` are lines × (actions × concerns): chances and those won, by what stood
    first and the contact reason. `of_seconds` and `of_timed` are lines × parts of the handling time × (without, with an
    action raised). `calls`, `actions`, `follow_ups`, `seconds` and `timed` are the same by name.
    """

    names: Names
    lines: int
    of_calls: IntArray = field(init=False)
    of_actions: IntArray = field(init=False)
    of_follow_ups: IntArray = field(init=False)
    trials: IntArray = field(init=False)
    successes: IntArray = field(init=False)
    of_seconds: FloatArray = field(init=False)
    of_timed: IntArray = field(init=False)

    def __post_init__(self) -> None:
        lines, actions, concerns = self.lines, len(self.names.actions), len(self.names.concerns) + 1
        self.of_calls = np.zeros((lines, len(CALL_MEASURES)), np.int64)
        self.of_actions = np.zeros((lines, actions, len(ACTION_MEASURES)), np.int64)
        self.of_follow_ups = np.zeros((lines, len(FOLLOW_UP_MEASURES)), np.int64)
        self.trials = np.zeros((lines, actions * concerns), np.int64)
        self.successes = np.zeros_like(self.trials)
        self.of_seconds = np.zeros((lines, len(PARTS), 2))
        self.of_timed = np.zeros((lines, len(PARTS), 2), np.int64)

    @property
    def calls(self) -> Measures:
        """By measure, of each line."""
        return {name: self.of_calls[:, place] for place, name in enumerate(CALL_MEASURES)}

    @property
    def actions(self) -> Measures:
        """By measure, lines × actions."""
        return {name: self.of_actions[:, :, place] for place, name in enumerate(ACTION_MEASURES)}

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
        found = Counts(self.names, gather.lines)
        found.of_calls = gather.sums(self.of_calls)
        found.of_actions = gather.sums(self.of_actions)
        found.of_follow_ups = gather.sums(self.of_follow_ups)
        found.trials, found.successes = gather.sums(self.trials), gather.sums(self.successes)
        found.of_seconds, found.of_timed = gather.sums(self.of_seconds), gather.sums(self.of_timed)
        return found

    def only(self, kept: BoolArray) -> Counts:
        """Return the counts with nothing in the lines that are not kept; without those that compare lines."""
        found = Counts(self.names, self.lines)
        found.of_calls = self.of_calls * kept[:, np.newaxis]
        found.of_actions = self.of_actions * kept[:, np.newaxis, np.newaxis]
        found.of_follow_ups = self.of_follow_ups * kept[:, np.newaxis]
        found.of_seconds = self.of_seconds * kept[:, np.newaxis, np.newaxis]
        found.of_timed = self.of_timed * kept[:, np.newaxis, np.newaxis]
        return found

    def only_actions(self, kept: BoolArray) -> Counts:
        """Return the counts of actions alone, without those that do not count of a line; `kept` is lines × actions."""
        found = Counts(self.names, self.lines)
        found.of_actions = self.of_actions * kept[:, :, np.newaxis]
        return found
