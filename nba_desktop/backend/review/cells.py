"""Which weeks of an agent count: whole cells of his own, so that no two periods differ by too few of his cases.

Time is cut into fixed blocks of four weeks. Going through an agent's blocks, a cell is closed once it has enough
decided presentations. A period shows of him what lies between the first and the last cell that is wholly within it, so
what two periods differ by is at each end either nothing, or a cell that may be shown by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray
from nba_desktop.backend.review.counting import Sieve, number_in
from nba_desktop.backend.review.reading import ReadWeek
from nba_desktop.backend.review.segments import Segment
from nba_desktop.contract.review import Period

_ANCHOR: Final = date(2024, 1, 22)
"""The Monday that blocks are counted from; any would do, as long as it never changes."""
_BLOCK_DAYS: Final = 28
_YEAR: Final = 13
"""Blocks after which cells begin anew: what is deleted of years ago moves none of them."""


@dataclass(frozen=True, slots=True)
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
    """Return the blocks a period touches that are over; of one that touches none of those the last that is over."""
    last = min(block_of(period.last), block_of(today) - 1)
    return Span(min(block_of(period.first), last), last)


def read_from(span: Span) -> date:
    """Return the first day that the cells of a span depend on."""
    return _first_day(span.first - span.first % _YEAR)


def spans_of(weeks: Iterable[ReadWeek], sieve: Sieve, within: Span, least: int) -> dict[str, Span]:
    """Return for each agent who is to be counted under a filter which blocks of him are.

    `weeks` are those since `read_from`, `least` decided presentations close a cell.
    """
    decided: dict[str, dict[int, int]] = {}
    for week in weeks:
        block = block_of(week.week)
        for agent, number in _decided(week.segment, sieve).items():
            blocks = decided.setdefault(agent, {})
            blocks[block] = blocks.get(block, 0) + number
    found = {agent: span_of(blocks, within, least) for agent, blocks in decided.items()}
    return {agent: span for agent, span in sorted(found.items()) if span is not None}


def span_of(decided: Mapping[int, int], within: Span, least: int) -> Span | None:
    """Return which blocks of one agent count, by his decided presentations of each; None where he has no whole cell."""
    inside = [one for one in _cells(decided, least) if one.first >= within.first and one.last <= within.last]
    return Span(inside[0].first, inside[-1].last) if inside else None


def rests_of(weeks: Iterable[ReadWeek], sieve: Sieve, spans: Mapping[str, Span]) -> tuple[set[str], ...]:
    """Return who has calls under a filter before what counts of him, who after it, and who has decided ones there.

    Whoever counts nowhere is both before and after.
    What is of all agents less what is of each of them is theirs together. Of two periods it is that of all that are
    returned for either, because what is before or after an agent's cells is never the same in both.
    """
    found = (set[str](), set[str](), set[str](), set[str]())
    for week in weeks:
        block = block_of(week.week)
        groups = (_present(week.segment, sieve), _decided(week.segment, sieve))
        for agents, (before, after) in zip(groups, (found[:2], found[2:]), strict=True):
            for agent in agents:
                span = spans.get(agent)
                if span is None or block < span.first:
                    before.add(agent)
                if span is None or block > span.last:
                    after.add(agent)
    return found


def trimmed(weeks: Sequence[ReadWeek], spans: Mapping[str, Span]) -> list[ReadWeek]:
    """Return the weeks without the calls of whoever they do not count of; the names in them stay."""
    found = []
    for week in weeks:
        block = block_of(week.week)
        agents = {agent for agent, span in spans.items() if block in span}
        found.append(replace(week, segment=_only(week.segment, agents)))
    return found


def _cells(decided: Mapping[int, int], least: int) -> list[Span]:
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
    return cells


def _first_day(block: int) -> date:
    return _ANCHOR + timedelta(days=block * _BLOCK_DAYS)


def _decided(segment: Segment, sieve: Sieve) -> dict[str, int]:
    """The decided presentations of each agent in a week, under a filter."""
    call = segment.call_of_action
    kept = segment.action_bit("decided") & _calls(segment, sieve)[call]
    if sieve.action_id is not None:
        kept &= segment.actions["action"] == number_in(segment.names["actions"], sieve.action_id)
    agents = segment.names["agents"]
    numbers = np.bincount(segment.calls["agent"][call[kept]], minlength=len(agents))
    return {agents[place]: int(numbers[place]) for place in np.flatnonzero(numbers)}


def _calls(segment: Segment, sieve: Sieve) -> BoolArray:
    """Which calls a filter of queue and contact reason lets through."""
    kept = np.ones(len(segment.calls["agent"]), np.bool_)
    for value, column, names in ((sieve.queue, "queue", "queues"), (sieve.concern, "concern", "concerns")):
        if value is not None:
            kept &= segment.calls[column] == number_in(segment.names[names], value)
    return kept


def _present(segment: Segment, sieve: Sieve) -> set[str]:
    """Who has calls under a filter in a week."""
    kept = _calls(segment, sieve)
    if sieve.action_id is not None:
        of_action = segment.actions["action"] == number_in(segment.names["actions"], sieve.action_id)
        has = np.zeros(len(kept), np.bool_)
        has[segment.call_of_action[of_action]] = True
        kept &= has
    return {segment.names["agents"][number] for number in np.unique(segment.calls["agent"][kept]).tolist()}


def _only(segment: Segment, agents: set[str]) -> Segment:
    numbers = [number for number, name in enumerate(segment.names["agents"]) if name in agents]
    calls = np.isin(segment.calls["agent"], numbers)
    if calls.all():
        return segment
    actions = calls[segment.call_of_action]
    fact = segment.objections["fact"]
    objections = actions[fact]
    moved = np.cumsum(actions) - 1
    said = {name: column[objections] for name, column in segment.objections.items()}
    said["fact"] = moved[fact[objections]].astype(fact.dtype)
    return Segment(
        segment.names,
        {name: column[calls] for name, column in segment.calls.items()},
        {name: column[actions] for name, column in segment.actions.items()},
        said,
    )
