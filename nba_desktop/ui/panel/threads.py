"""Which threads pass a row of the timeline: every case is a line from its newest to its oldest touchpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lane:
    """A case's line at one row: `place` from the left, whether it begins, ends or has a touchpoint here."""

    case_id: str
    place: int
    first: bool
    last: bool
    here: bool


def lanes_of(cases: Sequence[str | None], places: int) -> list[tuple[Lane, ...]]:
    """The lanes of each row, given each row's case or None; cases without a free place get no line.

    A case takes the leftmost place that is free at its first row and keeps it to its last. A case of one row alone
    is marked by a place of its own, too, so that it can be told from a contact without a case.
    """
    ends = {case: row for row, case in enumerate(cases) if case is not None}
    taken: dict[int, str] = {}
    begun: set[str] = set()
    rows: list[tuple[Lane, ...]] = []
    for row, case in enumerate(cases):
        new = case is not None and case not in begun
        if case is not None and new:
            begun.add(case)
            free = next((place for place in range(places) if place not in taken), None)
            if free is not None:
                taken[free] = case
        rows.append(
            tuple(
                Lane(one, place, first=one == case and new, last=ends[one] == row, here=one == case)
                for place, one in sorted(taken.items())
            )
        )
        taken = {place: one for place, one in taken.items() if ends[one] > row}
    return rows
