"""The parts that calls are sorted into before anything is counted: each counts as a whole under a filter, or not.

A part is one agent's calls of a cell where persons are shown, else of a block, in a group: his team, or the teams of a
week that are too small together. What may be shown is decided for each cell, or each block of a group, from its own
calls alone. So what two periods differ by are whole parts that may be shown by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import Places
from nba_desktop.backend.review.cells import Span, block_of, cells_within
from nba_desktop.backend.review.reading import ReadWeek
from nba_desktop.backend.review.segments import Segment
from nba_desktop.backend.review.site.scope import agents_in

_SMALL: Final = ""
"""The group of the teams that are too small to be one by themselves."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some of an agent's calls; `person` where it is shown by itself, else with the others of its group and block."""

    agent: str
    span: Span
    group: str
    person: bool


@dataclass(frozen=True, slots=True)
class PartedWeek:
    """A team's week in its group: the calls that are of some part, and for each call the number of its part."""

    week: ReadWeek
    group: str
    segment: Segment
    part: Places


def parts_of(
    weeks: Sequence[ReadWeek], within: Span, persons: frozenset[str], least_group: int, least: int
) -> tuple[tuple[Part, ...], list[PartedWeek]]:
    """Sort weeks into parts; those before `within` say where cells begin. `persons` are teams whose persons are shown.

    Returns the parts in order, and the weeks within that have calls of any.
    """
    inside = [one for one in weeks if block_of(one.week) in within]
    others = [one for one in inside if one.team_id not in persons]
    grouped = [*_grouped(others, least_group), *((one, one.team_id) for one in inside if one.team_id in persons)]
    # By group and block, and in it by agent.
    by_block: dict[tuple[str, int], dict[str, Part]] = {(group, block_of(one.week)): {} for one, group in grouped}
    for one, group in grouped:
        if one.team_id not in persons:
            span = _block(one)
            by_block[group, span.first] |= {agent: Part(agent, span, group, person=False) for agent in agents_in(one)}
    for team_id in sorted(persons):
        for agent, cells in cells_within([one for one in weeks if one.team_id == team_id], within, least).items():
            for part in (Part(agent, cell, team_id, person=True) for cell in cells):
                for block in range(part.span.first, part.span.last + 1):
                    if (team_id, block) in by_block:
                        by_block[team_id, block][agent] = part
    unordered = {part for mine in by_block.values() for part in mine.values()}
    parts = tuple(sorted(unordered, key=attrgetter("agent", "span.first", "span.last", "group", "person")))
    places = {part: place for place, part in enumerate(parts)}
    numbers = {key: {agent: places[part] for agent, part in mine.items()} for key, mine in by_block.items()}
    found = []
    for one, group in grouped:
        mine_of = numbers[group, block_of(one.week)]
        table = np.array([mine_of.get(agent, -1) for agent in one.segment.names["agents"]], dtype=np.intp)
        part_of = table[one.segment.calls["agent"]]
        kept = part_of >= 0
        if kept.any():
            found.append(PartedWeek(one, group, one.segment.only(kept), part_of[kept]))
    return parts, sorted(found, key=lambda one: (one.week.week, one.week.team_id))


def _block(week: ReadWeek) -> Span:
    block = block_of(week.week)
    return Span(block, block)


def _grouped(weeks: Sequence[ReadWeek], least_group: int) -> Iterator[tuple[ReadWeek, str]]:
    """Say in which group each team's week counts; the small ones of a week in none where they are too few together."""
    for week in sorted({one.week for one in weeks}):
        teams = [(one, agents_in(one)) for one in weeks if one.week == week]
        rest = set[str]().union(*(agents for _, agents in teams if len(agents) < least_group))
        for one, agents in teams:
            if len(agents) >= least_group:
                yield one, one.team_id
            elif len(rest) >= least_group:
                yield one, _SMALL
