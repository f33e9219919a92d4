"""From packed weeks to counts: what was read at once is added to arrays whose size the team and the catalogue give.

A call, and a recommendation, has many yes and no to be counted. They are one number, its pattern; there are a few dozen
patterns in a period. So each is looked at once: counted are patterns, and what they mean is multiplied in afterwards.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from nba_desktop.backend.arrays import BoolArray, IntArray, Places
from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.review.counts import (
    ACTION_MEASURES,
    CALL_MEASURES,
    PARTS,
    ActionCounts,
    Chances,
    Counts,
    Names,
    Sieve,
)
from nba_desktop.backend.review.segments import ACTION_BITS, CALL_BITS, NO_CODE, NONE, Column, Segment, joined

_THE_ACTION_S: Final = ("opportunities", "presented", "chances", "won")
"""What a call's is that of its action, where one is asked for."""

_SECONDS: Final = ("talk_s", "hold_s", "after_s")

Rows: TypeAlias = "Places | slice"
"""Which rows of columns: their places, or all of them."""

Bit: TypeAlias = Callable[[str], BoolArray]
"""Says of some rows one yes or no by its name."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The yes and no of some rows as one number each: of each word its pattern, and what that means.

    `meaning` is patterns × measures.
    """

    words: Places
    pattern: Places
    meaning: BoolArray

    @classmethod
    def of(cls, words: Places, bits: Sequence[str], masks: Callable[[Bit], Mapping[str, BoolArray]]) -> _Patterns:
        """Find the patterns of words whose bits have these names; `masks` says for which measures a word counts."""
        # Not np.unique: what it would sort is known to be small.
        seen = np.flatnonzero(np.bincount(words, minlength=1))
        found = masks(lambda name: (seen >> bits.index(name)) & 1 > 0)
        # Words that count for the same measures are one pattern.
        meaning, numbers = np.unique(np.stack([*found.values()], axis=1), axis=0, return_inverse=True)
        pattern = np.zeros(int(seen.max(initial=0)) + 1, np.intp)
        pattern[seen] = numbers
        return cls(words, pattern, meaning)

    def keys(self, place: Places, places: int) -> Places:
        """Say for each row where it is counted: its pattern, and in that its place of so many."""
        found: Places = (self.pattern * places).take(self.words)
        found += place
        return found


class Ready:
    """Some weeks made ready to be counted under any filter.

    `line` is for each call the line it is counted in, of so many `lines`, `mature` whether its time to be confirmed is
    over. `call` is for each recommendation the place of its call. Actions, queues and contact reasons are by their
    numbers in `names`; the number behind the last stands for none.
    """

    def __init__(self, weeks: Sequence[Segment], names: Names, line: Places, lines: int, mature: BoolArray) -> None:
        segment = joined(weeks, {"actions": names.actions, "queues": names.queues, "concerns": names.concerns})
        calls = segment.calls
        self.names = names
        self.segment = segment
        self.line = line
        self.lines = lines
        self.mature = mature
        self.call = segment.call_of_action
        self.action = segment.actions["action"]
        self.queue = np.minimum(calls["queue"], len(names.queues))
        self.concern = np.minimum(calls["concern"], len(names.concerns))
        nothing: BoolArray = calls["arm"] == number_in(segment.names["arms"], Arm.NOTHING.value)
        of_calls = _patterns_of_calls(segment, nothing)
        self._call_key = of_calls.keys(line, lines)
        self._call_meaning = of_calls.meaning
        of_actions = _patterns_of_actions(segment, self.call, nothing, mature)
        place = (line * len(names.actions))[self.call]
        place += self.action
        self._action_key = of_actions.keys(place, lines * len(names.actions))
        self._action_meaning = of_actions.meaning
        first = calls["stratum"]
        self._stratum = first.astype(np.intp) * (len(names.concerns) + 1) + self.concern
        self._chance = segment.call_bit("opportunity") & ~nothing & (first != NONE)
        self._won = self._chance & segment.call_bit("accepted")
        self._durations = _durations(segment)

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

    def count(self, sieve: Sieve) -> tuple[Counts, ActionCounts]:
        """Count what a filter lets through, by line."""
        facts = self._facts(sieve)
        calls = self._calls(sieve, facts)
        actions = ActionCounts(
            _tallied(self._action_key[facts], len(self._action_meaning), self.lines, len(self.names.actions)),
            self._action_meaning,
        )
        counts = Counts(self.lines)
        counts.of_actions = actions.over_all()
        by_pattern = _tallied(self._call_key[calls], len(self._call_meaning), self.lines)
        counts.of_calls = by_pattern.T @ self._call_meaning.astype(np.int64)
        raised = self.segment.call_bit("presented")
        if sieve.action_id is not None:
            for name in _THE_ACTION_S:
                counts.calls[name][...] = counts.actions[name]
            raised = np.zeros_like(raised)
            raised[self.call[facts][self.segment.action_bit("addressed")[facts]]] = True
        self._add_seconds(counts, calls, raised)
        return counts, actions

    def chances(self, sieve: Sieve, target: Places, targets: int) -> Chances:
        """Count chances that a filter lets through, by what stood first; of an action, its own.

        `target` is for each line where it counts among so many `targets`; the number behind the last is nowhere.
        """
        if sieve.action_id is None:
            kept = self.kept(sieve)
            rows = np.flatnonzero(self._chance if kept is None else self._chance & kept)
            stratum, won = self._stratum[rows], self._won[rows]
        else:
            facts = self._facts(sieve)
            pattern = self._action_key[facts] // (self.lines * len(self.names.actions))
            chance, won = (self._action_meaning[pattern, ACTION_MEASURES.index(name)] for name in ("chances", "won"))
            rows, won = self.call[facts][chance], won[chance]
            action = np.intp(number_in(self.names.actions, sieve.action_id))
            stratum = action * (len(self.names.concerns) + 1) + self.concern[rows]
        strata = len(self.names.actions) * (len(self.names.concerns) + 1)
        key = target[self.line[rows]] * strata + stratum
        return Chances(*(_tallied(one, targets + 1, strata)[:-1] for one in (key, key[won])))

    def _facts(self, sieve: Sieve) -> Rows:
        """Which recommendations a filter lets through."""
        kept = self.kept(sieve)
        mask = None if kept is None else kept[self.call]
        if sieve.action_id is not None:
            of_action = self.action == number_in(self.names.actions, sieve.action_id)
            mask = of_action if mask is None else of_action & mask
        # By their places: to pick many times by yes and no takes longer.
        return slice(None) if mask is None else np.flatnonzero(mask)

    def _calls(self, sieve: Sieve, facts: Rows) -> Rows:
        """Which calls a filter lets through; of an action those with its recommendation."""
        kept = self.kept(sieve)
        if sieve.action_id is not None:
            kept = np.zeros(len(self.line), np.bool_)
            kept[self.call[facts]] = True
        return slice(None) if kept is None else np.flatnonzero(kept)

    def _add_seconds(self, counts: Counts, calls: Rows, raised: BoolArray) -> None:
        place = self.line[calls] * 2 + raised[calls]
        for part, (known, seconds) in self._durations.items():
            for table, values in ((counts.seconds, seconds), (counts.timed, known)):
                table[part][...] = np.bincount(place, values[calls], 2 * self.lines).reshape(-1, 2)


def _tallied(keys: Places, *shape: int) -> IntArray:
    """How often each place of a table occurs."""
    return np.bincount(keys, minlength=math.prod(shape)).reshape(shape)


def _patterns_of_calls(segment: Segment, nothing: BoolArray) -> _Patterns:
    names = (*CALL_BITS, "nothing", "reasoned")
    more = (nothing, segment.calls["reason"] != NO_CODE)
    return _Patterns.of(_words(segment.calls["bits"], len(CALL_BITS), more), names, _call_masks)


def _patterns_of_actions(segment: Segment, call: Places, nothing: BoolArray, mature: BoolArray) -> _Patterns:
    names = (*ACTION_BITS, "opportunity", "nothing", "mature")
    more = (segment.call_bit("opportunity"), nothing, mature)
    words = _words(np.zeros(len(nothing), np.uint16), len(ACTION_BITS), more)[call]
    words |= segment.actions["bits"]
    return _Patterns.of(words, names, _action_masks)


def _words(bits: Column, width: int, more: Iterable[BoolArray]) -> Places:
    """Put more yes and no behind so many bits."""
    words = bits.astype(np.intp)
    for place, mask in enumerate(more, start=width):
        words |= mask.astype(np.intp) << place
    return words


def _call_masks(bit: Bit) -> dict[str, BoolArray]:
    chance, unraised, asked, pending = map(bit, ("opportunity", "needs_reason", "consent_asked", "consent_pending"))
    some = chance & ~bit("nothing")
    found = {
        "calls": np.ones(len(chance), np.bool_),
        "opportunities": chance,
        "presented": chance & bit("presented"),
        "chances": some,
        "won": some & bit("accepted"),
        "unraised": unraised,
        "reasons": unraised & bit("reasoned"),
        "missing": bit("consent_missing"),
        "asked": asked,
        "granted": asked & bit("consent_granted"),
        "pending": pending,
        "confirmed": pending & bit("consent_confirmed"),
    }
    return {name: found[name] for name in CALL_MEASURES}


def _action_masks(bit: Bit) -> dict[str, BoolArray]:
    shown, addressed, decided, accepted = map(bit, ("shown", "addressed", "decided", "accepted"))
    chance, completed = bit("opportunity") & shown, bit("completed") & decided
    some = chance & ~bit("nothing")
    found = {
        "shown": shown,
        "addressed": addressed,
        "offered": bit("offered"),
        "decided": decided,
        "accepted": accepted,
        "coded": bit("coded") & addressed,
        "completed": completed,
        "opportunities": chance,
        "presented": bit("opportunity") & addressed,
        "chances": some,
        "won": some & accepted,
        "mature": decided & bit("mature"),
        "converted": completed & bit("mature"),
    }
    return {name: found[name] for name in ACTION_MEASURES}


def _durations(segment: Segment) -> dict[str, tuple[BoolArray, Column]]:
    """For each part of the handling time that is known of any call: of which, and the seconds, 0 where not known."""
    columns = {part: segment.calls[name] for part, name in zip(PARTS, _SECONDS, strict=False)}
    known = {part: column != NONE for part, column in columns.items()}
    seconds = {part: column.astype(np.uint32) * known[part] for part, column in columns.items()}
    # What is not known is not nothing; but holding that nobody told of is in the talk.
    known["handling"] = known["talk"] & known["after"]
    seconds["handling"] = known["handling"] * (seconds["talk"] + seconds["hold"] + seconds["after"])
    return {part: (known[part], seconds[part]) for part in PARTS if known[part].any()}


def number_in(names: Sequence[str], name: str) -> int:
    """The number of a name; one that no row has where it does not occur."""
    return names.index(name) if name in names else NONE - 1
