"""Which weeks of an agent count: whole cells of his own, so that no two periods differ by too few of his cases.

Time is cut into fixed blocks of four weeks. Going through an agent's blocks, a cell is closed once it has enough
decided presentations, whatever they are of. A period has of him the cells that are wholly within it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from nba_desktop.backend.errors import InvalidMessage
from nba_desktop.backend.review.reading import ReadWeek
from nba_desktop.backend.review.segments import Segment
from nba_desktop.contract.review import Period

_ANCHOR: Final = date(2024, 1, 22)
"""The Monday that blocks are counted from; any would do, as long as it never changes."""
_BLOCK_DAYS: Final = 28
_YEAR: Final = 13
"""Blocks after which cells begin anew: what is deleted of years ago moves none of them."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Blocks, the first and the last included."""

    first: int
    last: int

    @property
    def period(self) -> Period:
        """The days of the blocks."""
        return Period(first=_first_day(self.first), last=_first_day(self.last + 1) - timedelta(days=1))

    def __contains__(self, block: object) -> bool:
        return isinstance(block, int) and self.first <= block <= self.last


def block_of(day: date) -> int:
    """Return the number of the block a day is in."""
    return (day - _ANCHOR).days // _BLOCK_DAYS


def whole_blocks(period: Period, today: date) -> Span:
    """Return the blocks a period touches that are over; of one that touches none of those the last that is over.

    Raises `InvalidMessage` for a period that has not begun.
    """
    if period.first > today:
        raise InvalidMessage(f"the period begins on {period.first}, after today: name one that has begun")
    last = min(block_of(period.last), block_of(today) - 1)
    return Span(min(block_of(period.first), last), last)


def read_from(span: Span) -> date:
    """Return the first day that the cells of a span depend on."""
    return _first_day(span.first - span.first % _YEAR)


def cells_within(weeks: Iterable[ReadWeek], within: Span, least: int) -> dict[str, list[Span]]:
    """Return the whole cells of each agent of a team; `weeks` are its weeks since `read_from`."""
    decided: dict[str, dict[int, int]] = {}
    for week in weeks:
        block = block_of(week.week)
        for agent, number in _decided(week.segment).items():
            blocks = decided.setdefault(agent, {})
            blocks[block] = blocks.get(block, 0) + number
    return {agent: cells_of(blocks, within, least) for agent, blocks in sorted(decided.items())}


def cells_of(decided: Mapping[int, int], within: Span, least: int) -> list[Span]:
    """Return one agent's whole cells within some blocks, by his decided presentations of each block."""
    cells: list[Span] = []
    start: int | None = None
    total = 0
    for block in sorted(block for block, number in decided.items() if number):
        if start is None or start // _YEAR != block // _YEAR:
            start, total = block, 0
        total += decided[block]
        if total >= least:
            cells.append(Span(start, block))
            start = None
    return [one for one in cells if one.first >= within.first and one.last <= within.last]


def together(spans: Iterable[Span]) -> tuple[Period, ...]:
    """Return the days of some spans, one period for those that follow one another."""
    found: list[Span] = []
    for one in sorted(spans):
        if found and one.first == found[-1].last + 1:
            found[-1] = Span(found[-1].first, one.last)
        else:
            found.append(one)
    return tuple(one.period for one in found)


def _first_day(block: int) -> date:
    return _ANCHOR + timedelta(days=block * _BLOCK_DAYS)


def _decided(segment: Segment) -> dict[str, int]:
    """The decided presentations of each agent in a week."""
    agents = segment.names["agents"]
    agent = np.repeat(segment.calls["agent"], segment.calls["actions"])
    numbers = np.bincount(agent[np.flatnonzero(segment.action_bit("decided"))], minlength=len(agents))
    return {agents[place]: int(numbers[place]) for place in np.flatnonzero(numbers)}
