"""From packed weeks to counts: what was read at once is added to arrays whose size the team and the catalogue give.

A call, and a recommendation, has many yes and no to be counted. They are one number, its pattern; there are a few dozen
patterns in a week. So each is looked at once: counted are patterns, and what they mean is multiplied in afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray, FloatArray, IntArray, Places
from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.review.counts import ACTION_MEASURES, CALL_MEASURES, PARTS, Counts, Names, Sieve
from nba_desktop.backend.review.segments import NONE, Column, Segment

_OF_ANY_AGE: Final = ACTION_MEASURES[:-2]
_THE_ACTION_S: Final = ("opportunities", "presented", "chances", "won")
"""What a call's is that of its action, where one is asked for."""

_SECONDS: Final = ("talk_s", "hold_s", "after_s")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The yes and no of some rows as one number each, and what each number means: patterns × measures."""

    of_row: Places
    meaning: FloatArray

    @classmethod
    def of(cls, masks: Mapping[str, BoolArray]) -> _Patterns:
        bits = np.zeros(len(next(iter(masks.values()))), np.uint16)
        for place, mask in enumerate(masks.values()):
            bits |= mask.astype(np.uint16) << np.uint16(place)
        # Not np.unique: what it sorts is known to be small.
        seen = np.flatnonzero(np.bincount(bits, minlength=1))
        numbers = np.zeros(int(seen[-1]) + 1 if len(seen) else 1, np.intp)
        numbers[seen] = np.arange(len(seen))
        meaning = (seen[:, np.newaxis] >> np.arange(len(masks))) & 1
        return cls(numbers[bits], meaning.astype(np.float64))

    def mask(self, measure: int) -> BoolArray:
        """Of which rows a measure is yes."""
        found: BoolArray = self.meaning[:, measure][self.of_row] > 0
        return found

    def at(self, places: Places) -> Places:
        """Say for each row, by its place, where it is counted."""
        return places * len(self.meaning) + self.of_row

    def counted(self, keys: Places, number: int, kept: BoolArray | None) -> IntArray:
        """How often each measure is yes at each of so many places; `keys` are those of `at`; places × measures."""
        width = len(self.meaning)
        if kept is not None:
            keys = keys[kept]
        counts = np.bincount(keys, minlength=number * width).reshape(number, width)
        return np.rint(counts @ self.meaning).astype(np.int64)


class CountedWeek:
    """A week made ready to be counted under any filter, by the numbers of `names`; `line` is for each call its line."""

    def __init__(self, segment: Segment, names: Names, line: Places) -> None:
        numbers = {
            kind: {name: number for number, name in enumerate(getattr(names, kind))}
            for kind in ("actions", "queues", "concerns")
        }
        calls = segment.calls
        self.names = names
        self.line = line
        self.queue = translated(calls["queue"], segment.names["queues"], numbers["queues"], len(names.queues))
        self.concern = translated(calls["concern"], segment.names["concerns"], numbers["concerns"], len(names.concerns))
        self.action = translated(segment.actions["action"], segment.names["actions"], numbers["actions"])
        self.call = segment.call_of_action
        self.presented = segment.call_bit("presented")
        nothing = calls["arm"] == number_in(segment.names["arms"], Arm.NOTHING.value)
        masks = _call_masks(segment, nothing)
        self._patterns = _Patterns.of(masks)
        self._action_patterns = _Patterns.of(_action_masks(segment, self.call, nothing))
        self._key = self._patterns.at(self.line)
        self._action_key = self._action_patterns.at(self.line[self.call] * len(names.actions) + self.action)
        first = translated(calls["stratum"], segment.names["actions"], numbers["actions"])
        self._chance = masks["chances"] & (first >= 0)
        self._won = masks["won"]
        self._first = first
        self._durations = _durations(segment)
        self._raised = segment.action_bit("addressed")

    def kept(self, sieve: Sieve) -> BoolArray | None:
        """Which calls a filter of queue and contact reason lets through, None for all of them."""
        found: BoolArray | None = None
        for value, column, names in (
            (sieve.queue, self.queue, self.names.queues),
            (sieve.concern, self.concern, self.names.concerns),
        ):
            if value is not None:
                mask = column == number_in(names, value)
                found = mask if found is None else found & mask
        return found

    def add_to(self, counts: Counts, sieve: Sieve, mature: bool) -> None:
        """Add the week; it is `mature` when the time to be confirmed is over for all of its calls."""
        kept = self.kept(sieve)
        of_action = None if kept is None else kept[self.call]
        number = None if sieve.action_id is None else number_in(self.names.actions, sieve.action_id)
        if number is not None:
            of_action = (self.action == number) if of_action is None else of_action & (self.action == number)
            kept = np.zeros(len(self.line), np.bool_)
            kept[self.call[of_action]] = True
        found = self._add_actions(counts, of_action, mature)
        self._add_calls(counts, kept, None if number is None else found[:, number])
        if number is None:
            self._add_strata(counts, kept)
        else:
            self._add_strata_of(counts, of_action, number)
        self._add_seconds(counts, kept, of_action if number is not None else None)

    def _add_actions(self, counts: Counts, kept: BoolArray | None, mature: bool) -> IntArray:
        shape = (counts.lines, len(self.names.actions))
        found = self._action_patterns.counted(self._action_key, shape[0] * shape[1], kept).reshape(*shape, -1)
        counts.of_actions[:, :, : len(_OF_ANY_AGE)] += found
        if mature:
            counts.actions["mature"][...] += found[:, :, _OF_ANY_AGE.index("decided")]
            counts.actions["converted"][...] += found[:, :, _OF_ANY_AGE.index("completed")]
        return found

    def _add_calls(self, counts: Counts, kept: BoolArray | None, of_action: IntArray | None) -> None:
        found = self._patterns.counted(self._key, counts.lines, kept)
        if of_action is not None:
            for name in _THE_ACTION_S:
                found[:, CALL_MEASURES.index(name)] = of_action[:, _OF_ANY_AGE.index(name)]
        counts.of_calls += found

    def _add_strata(self, counts: Counts, kept: BoolArray | None) -> None:
        """Count chances by what stood first."""
        rows = np.flatnonzero(self._chance if kept is None else self._chance & kept)
        self._add_chances(counts, rows, self._first[rows], self._won[rows])

    def _add_strata_of(self, counts: Counts, kept: BoolArray | None, number: int) -> None:
        """Count the chances of one action."""
        chance, won = (self._action_patterns.mask(_OF_ANY_AGE.index(name)) for name in ("chances", "won"))
        facts = np.flatnonzero(chance if kept is None else chance & kept)
        self._add_chances(counts, self.call[facts], np.full(len(facts), number), won[facts])

    def _add_chances(self, counts: Counts, rows: Places, first: Places, won: BoolArray) -> None:
        cells = counts.trials.shape
        place = self.line[rows] * cells[1] + first * (len(self.names.concerns) + 1) + self.concern[rows]
        counts.trials += np.bincount(place, minlength=cells[0] * cells[1]).reshape(cells)
        counts.successes += np.bincount(place[won], minlength=cells[0] * cells[1]).reshape(cells)

    def _add_seconds(self, counts: Counts, kept: BoolArray | None, of_action: BoolArray | None) -> None:
        presented = self.presented
        if of_action is not None:
            presented = np.zeros_like(presented)
            presented[self.call[of_action & self._raised]] = True
        place = self.line * 2 + presented
        for part, (known, seconds) in self._durations.items():
            which = np.flatnonzero(known if kept is None else known & kept)
            where = place[which]
            counts.timed[part][...] += np.bincount(where, minlength=counts.lines * 2).reshape(-1, 2)
            counts.seconds[part][...] += np.bincount(where, seconds[which], counts.lines * 2).reshape(-1, 2)


def _call_masks(segment: Segment, nothing: BoolArray) -> dict[str, BoolArray]:
    chance, unraised = segment.call_bit("opportunity"), segment.call_bit("needs_reason")
    asked, pending = segment.call_bit("consent_asked"), segment.call_bit("consent_pending")
    found = {
        "calls": np.ones(len(chance), np.bool_),
        "opportunities": chance,
        "presented": chance & segment.call_bit("presented"),
        "chances": chance & ~nothing,
        "won": chance & ~nothing & segment.call_bit("accepted"),
        "unraised": unraised,
        "reasons": unraised & (segment.calls["reason"] != 0xFF),
        "missing": segment.call_bit("consent_missing"),
        "asked": asked,
        "granted": asked & segment.call_bit("consent_granted"),
        "pending": pending,
        "confirmed": pending & segment.call_bit("consent_confirmed"),
    }
    return {name: found[name] for name in CALL_MEASURES}


def _action_masks(segment: Segment, call: Places, nothing: BoolArray) -> dict[str, BoolArray]:
    bit = segment.action_bit
    chance, shown, addressed, accepted = (
        segment.call_bit("opportunity")[call],
        bit("shown"),
        bit("addressed"),
        bit("accepted"),
    )
    decided = bit("decided")
    found = {
        "shown": shown,
        "addressed": addressed,
        "offered": bit("offered"),
        "decided": decided,
        "accepted": accepted,
        "coded": bit("coded") & addressed,
        "completed": bit("completed") & decided,
        "opportunities": chance & shown,
        "presented": chance & addressed,
        "chances": chance & shown & ~nothing[call],
        "won": chance & shown & accepted & ~nothing[call],
    }
    return {name: found[name] for name in _OF_ANY_AGE}


def _durations(segment: Segment) -> dict[str, tuple[BoolArray, FloatArray]]:
    """For each part of the handling time that is known of any call: of which, and the seconds."""
    columns = {part: segment.calls[name] for part, name in zip(PARTS, _SECONDS, strict=False)}
    known = {part: column != NONE for part, column in columns.items()}
    seconds = {part: column.astype(np.float64) for part, column in columns.items()}
    # What is not known is not nothing; but holding that nobody told of is in the talk.
    known["handling"] = known["talk"] & known["after"]
    seconds["handling"] = seconds["talk"] + np.where(known["hold"], seconds["hold"], 0.0) + seconds["after"]
    return {part: (known[part], seconds[part]) for part in PARTS if known[part].any()}


def number_in(names: Sequence[str], name: str) -> int:
    """The number of a name; one that no row has where it does not occur."""
    return names.index(name) if name in names else NONE - 1


def translated(column: Column, names: Sequence[str], numbers: Mapping[str, int], none: int = -1) -> Places:
    """Bring a segment's numbers to those of the whole count; no name becomes `none`."""
    table = np.array([*(numbers.get(name, none) for name in names), none], dtype=np.intp)
    return table[np.minimum(column, len(names))]
