"""Objections and reasons: how often each was raised or given, by agent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray, IntArray, Places
from nba_desktop.backend.review.counting import Ready, number_in
from nba_desktop.backend.review.counts import Gathering, Sieve
from nba_desktop.backend.review.records import DECLINED
from nba_desktop.backend.review.segments import CODES, Segment
from nba_desktop.contract.codes import NOT_ADDRESSED_CODES, ResponseCode

_GROUPS: Final = {
    "declined": DECLINED,
    "not_addressed": NOT_ADDRESSED_CODES - {ResponseCode.NO_CODE},
}


@dataclass(frozen=True, slots=True)
class Details:
    """Counts by line: `raised`, `accepted`, `declined` are lines × actions × objections, the reasons lines × codes.

    An objection counts once for its call and action; what followed is the action's last word. A reason for raising
    nothing counts once for its call, one for not raising an action beside others once for that action.
    """

    objections: tuple[str, ...]
    raised: IntArray
    accepted: IntArray
    declined: IntArray
    declines: IntArray
    not_addressed: IntArray

    def of_objections(self, told: BoolArray) -> Details:
        """Return the counts without the objections that are not told; lines × objections."""
        raised, accepted, declined = (
            table * told[:, np.newaxis] for table in (self.raised, self.accepted, self.declined)
        )
        return Details(self.objections, raised, accepted, declined, self.declines, self.not_addressed)

    def gathered(self, gather: Gathering) -> Details:
        """Return the counts of other lines."""
        tables = (self.raised, self.accepted, self.declined, self.declines, self.not_addressed)
        return Details(self.objections, *map(gather.sums, tables))


def objections_of(segment: Segment) -> tuple[tuple[str, ...], Places]:
    """Return the objections of some weeks in order, and the number of each one raised."""
    names = segment.names["objections"]
    objections = tuple(sorted(names))
    ordered = np.array([objections.index(one) for one in names], dtype=np.intp)
    return objections, ordered[segment.objections["objection"]]


def details_of(ready: Ready, sieve: Sieve) -> Details:
    """Count the objections and reasons of some weeks by line."""
    names, segment, lines = ready.names, ready.segment, ready.lines
    objections, objection = objections_of(segment)
    shape = (lines, len(names.actions), len(objections))
    found = Details(
        objections,
        *(np.zeros(shape, np.int64) for _ in range(3)),
        *(np.zeros((lines, len(CODES)), np.int64) for _ in range(2)),
    )
    call, line, action = ready.call, ready.line, ready.action
    let_through = ready.kept(sieve)
    kept = np.ones(len(line), np.bool_) if let_through is None else let_through
    counted = kept[call]
    if sieve.action_id is not None:
        counted = counted & (action == number_in(names.actions, sieve.action_id))
    code = segment.actions["code"]

    fact = segment.objections["fact"]
    declined = np.isin(code, [CODES.index(one) for one in DECLINED])
    place = (line[call[fact]] * len(names.actions) + action[fact]) * len(objections) + objection
    for counts, mask in (
        (found.raised, counted[fact]),
        (found.accepted, (counted & segment.action_bit("accepted"))[fact]),
        (found.declined, (counted & declined)[fact]),
    ):
        np.add.at(counts.reshape(-1), place[mask], 1)

    unraised = segment.call_bit("needs_reason")
    beside = counted & ~segment.action_bit("addressed") & ~unraised[call]
    for counts, group in ((found.declines, "declined"), (found.not_addressed, "not_addressed")):
        numbers = [CODES.index(one) for one in _GROUPS[group]]
        which = np.isin(code, numbers) & (counted if group == "declined" else beside)
        np.add.at(counts.reshape(-1), line[call][which] * len(CODES) + code[which], 1)
    if sieve.action_id is None:
        said = kept & unraised & (segment.calls["reason"] < len(CODES))
        np.add.at(found.not_addressed.reshape(-1), line[said] * len(CODES) + segment.calls["reason"][said], 1)
    return found
