"""What stands behind a figure: the funnel, the objections with what followed, and the reasons."""

from __future__ import annotations

import numpy as np

from nba_desktop.backend.arrays import IntArray
from nba_desktop.backend.review.comparing import FALSE_SHARE, LEVEL, TOO_FEW
from nba_desktop.backend.review.counts import Counts
from nba_desktop.backend.review.crowd import Crowd
from nba_desktop.backend.review.details import Details
from nba_desktop.backend.review.figures import rate
from nba_desktop.backend.review.segments import CODES
from nba_desktop.backend.review.statistics.cells import Cells
from nba_desktop.backend.review.statistics.comparison import compare
from nba_desktop.backend.review.statistics.discoveries import benjamini_hochberg
from nba_desktop.backend.review.words import CatalogueWords
from nba_desktop.contract.codes import ReviewStatement
from nba_desktop.contract.review import Comparison, Funnel, ObjectionRow, Rate, Reasons

_STEPS = ("shown", "addressed", "decided", "accepted", "completed")


def funnel_of(counts: Counts, agent: int) -> Funnel:
    """Return how many of an agent's recommendations came how far."""
    return Funnel(**{name: int(counts.actions[name][agent]) for name in _STEPS})


def funnel_of_all(counts: Counts, crowd: Crowd) -> Funnel:
    """Return how many recommendations came how far.

    After a step of too few none is told: none or few of few says the same of them.
    """
    found: dict[str, int | None] = {}
    hidden = False
    for name in _STEPS:
        by_line = counts.actions[name][:, np.newaxis]
        hidden |= bool(crowd.few(by_line)[0])
        found[name] = None if hidden else int(by_line.sum())
    return Funnel(**found)


def reasons_of(counts: IntArray) -> Reasons:
    """Return an agent's codes by how often he gave them."""
    return _reasons([(place, number) for place, number in enumerate(counts.tolist()) if number], 0)


def reasons_of_all(counts: IntArray, crowd: Crowd) -> Reasons:
    """Return codes by how often they were given, lines × codes; what too few agents gave is counted as hidden."""
    sums, few = counts.sum(axis=0).tolist(), crowd.few(counts)
    told = [(place, number) for place, number in enumerate(sums) if number and not few[place]]
    return _reasons(told, sum(sums) - sum(number for _, number in told))


def _reasons(told: list[tuple[int, int]], hidden: int) -> Reasons:
    codes = [(CODES[place].value, number) for place, number in told]
    return Reasons(counts=tuple(sorted(codes, key=lambda one: (-one[1], one[0]))), hidden=hidden)


def objection_rows(details: Details, words: CatalogueWords, agent: int, least_group: int) -> tuple[ObjectionRow, ...]:
    """Return an agent's objections, most often raised first, each beside the other agents' within the same actions.

    Of whom an objection may not be shown, it is not in `details`, neither as his own nor as another's. Where fewer
    others met an objection than make the least group with him, nothing is said of them.
    """
    raised = details.raised.sum(axis=1)
    own = np.flatnonzero(raised[agent] > 0)
    comparable = [int(one) for one in own if (raised[:, one] > 0).sum() >= least_group]
    compared = dict(zip(comparable, _compared(details, agent, comparable), strict=True))
    declined = details.declined.sum(axis=1)
    accepted = details.accepted.sum(axis=1)
    rows = [
        ObjectionRow(
            objection_id=details.objections[one],
            title=words.objection(details.objections[one]),
            raised=int(raised[agent, one]),
            accepted=rate(int(accepted[agent, one]), int(raised[agent, one])),
            declined=rate(int(declined[agent, one]), int(raised[agent, one])),
            others=(
                rate(int(declined[:, one].sum() - declined[agent, one]), int(raised[:, one].sum() - raised[agent, one]))
                if one in compared
                else Rate(hidden=True)
            ),
            comparison=compared.get(one, TOO_FEW),
        )
        for one in own.tolist()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.raised, row.objection_id)))


def objection_rows_of_all(details: Details, words: CatalogueWords, crowd: Crowd) -> tuple[ObjectionRow, ...]:
    """Return the objections that enough agents met, most often raised first; nobody is compared with anybody."""
    raised, accepted, declined = (table.sum(axis=1) for table in (details.raised, details.accepted, details.declined))
    few = crowd.few(raised)
    rows = [
        ObjectionRow(
            objection_id=name,
            title=words.objection(name),
            raised=int(raised[:, one].sum()),
            accepted=rate(int(accepted[:, one].sum()), int(raised[:, one].sum())),
            declined=rate(int(declined[:, one].sum()), int(raised[:, one].sum())),
            others=Rate(hidden=True),
            comparison=TOO_FEW,
        )
        for one, name in enumerate(details.objections)
        if raised[:, one].any() and not few[one]
    ]
    return tuple(sorted(rows, key=lambda row: (-row.raised, row.objection_id)))


def _compared(details: Details, agent: int, objections: list[int]) -> list[Comparison]:
    """The agent's declines after each objection beside the others', over actions; all of them looked at together."""
    rest = np.arange(len(details.raised)) != agent
    found = []
    for number in objections:
        trials = np.stack([details.raised[agent, :, number], details.raised[rest, :, number].sum(axis=0)])
        successes = np.stack([details.declined[agent, :, number], details.declined[rest, :, number].sum(axis=0)])
        found.append(compare(Cells(trials, successes), level=LEVEL))
    able = [one for one in found if one.strata[0]]
    holds = iter(benjamini_hochberg([float(one.p_value[0]) for one in able], FALSE_SHARE).tolist())
    rows = []
    for one in found:
        if not one.strata[0]:
            rows.append(TOO_FEW)
            continue
        difference = float(one.difference[0])
        statement = ReviewStatement.NO_RELIABLE_DIFFERENCE
        if next(holds):
            statement = ReviewStatement.ABOVE if difference > 0 else ReviewStatement.BELOW
        rows.append(
            Comparison(
                statement=statement,
                difference=difference,
                low=float(one.interval.low[0]),
                high=float(one.interval.high[0]),
            )
        )
    return rows
