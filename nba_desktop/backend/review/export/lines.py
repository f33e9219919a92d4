"""A review as lines of one table, whatever file they go into; shares are percentages with one decimal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from nba_desktop.contract.base import Language
from nba_desktop.contract.review import (
    ActionRow,
    AgentReview,
    AgentRow,
    Comparison,
    Duration,
    Figures,
    ObjectionRow,
    Period,
    Rate,
    ReviewHead,
    TeamReview,
)

Level = Literal["total", "agent", "action", "objection", "not_addressed"]
Cell = str | int | float | None

RATES: Final = (
    "presentation",
    "offer",
    "acceptance",
    "per_opportunity",
    "conversion",
    "coverage",
    "consent_asked",
    "consent_granted",
    "consent_confirmed",
    "follow_up_kept",
)
AFTER_OBJECTIONS: Final = ("accepted", "declined", "others")
PARTS: Final = ("percent", "low", "high", "successes", "trials")
TIMES: Final = ("with_action", "without_action")
TIME_PARTS: Final = ("talk", "hold", "after_call_work")
COLUMNS: Final = (
    "level",
    "code",
    "name",
    "calls",
    "opportunities",
    "counted",
    *(f"{rate}_{part}" for rate in RATES for part in PARTS),
    *(name for kind in TIMES for name in (kind, *(f"{kind}_{part}" for part in TIME_PARTS))),
    "expected",
    "difference",
    "difference_low",
    "difference_high",
    "difference_level",
    "statement",
    "not_compared",
    "count",
    *(f"{rate}_{part}" for rate in AFTER_OBJECTIONS for part in PARTS),
)
"""The figures of a line."""
ABOUT: Final = (
    "team",
    "agent",
    "period_from",
    "period_to",
    "filter_action",
    "filter_queue",
    "filter_concern",
    "agreement",
    "agreement_until",
    "counted_until",
    "exported_by",
    "exported_at",
    "reason",
    "note",
    "notice",
)
"""What a file says of itself, the same in each of its lines."""
"""Every column of a file, in order; what a line has nothing of is empty, and so is what is hidden."""


@dataclass(frozen=True, slots=True)
class About:
    """What a file is of, in which language, and who asked for it, when and what for: as in the log of accesses."""

    head: ReviewHead
    language: Language
    by: str
    at: datetime
    reason: str
    note: str = ""
    agent: str = ""

    def cells(self) -> dict[str, Cell]:
        """Return this as columns: codes, days and moments (UTC) as programs write them."""
        head, chosen = self.head, self.head.filter
        return {
            "team": head.team,
            "agent": self.agent,
            "period_from": chosen.period.first.isoformat(),
            "period_to": chosen.period.last.isoformat(),
            "filter_action": chosen.action_id,
            "filter_queue": chosen.queue,
            "filter_concern": chosen.concern,
            "agreement": head.agreement,
            "agreement_until": None if head.until is None else head.until.isoformat(),
            "counted_until": _moment(head.counted_until),
            "exported_by": self.by,
            "exported_at": _moment(self.at),
            "reason": self.reason,
            "note": self.note,
            "notice": head.notice,
        }


def team_lines(review: TeamReview) -> Iterator[dict[str, Cell]]:
    """Yield the team, its agents and its actions, both by the alphabet."""
    yield {"level": "total", "code": review.head.team_id, "name": review.head.team, **_figures(review.total)}
    for agent in sorted(review.agents, key=lambda row: row.place):
        yield _agent(agent, review.head.level)
    yield from _actions(review.actions)


def agent_lines(review: AgentReview) -> Iterator[dict[str, Cell]]:
    """Yield the agent, his actions by name, the objections he heard, and why he did not address."""
    yield _agent(review.row, review.head.level)
    yield from _actions(review.actions)
    for objection in review.objections:
        yield _objection(objection, review.head.level)
    for code, count in review.not_addressed.counts:
        yield {"level": "not_addressed", "code": code, "name": code, "count": count}


def _agent(row: AgentRow, level: float) -> dict[str, Cell]:
    figures = _figures(row.figures) | {"counted": _days(row.counted)}
    return {"level": "agent", "code": row.agent, "name": row.shown_as, **figures, **_comparison(row.comparison, level)}


def _actions(rows: tuple[ActionRow, ...]) -> Iterator[dict[str, Cell]]:
    for row in sorted(rows, key=lambda one: one.title):
        figures = _figures(row.figures) | {"counted": _days(row.counted)}
        yield {"level": "action", "code": row.action_id, "name": row.title, **figures}


def _days(periods: tuple[Period, ...]) -> str | None:
    """What of the period is counted, first and last days; None where it is all of it."""
    return " ".join(f"{one.first}/{one.last}" for one in periods) or None


def _objection(row: ObjectionRow, level: float) -> dict[str, Cell]:
    rates = {"accepted": row.accepted, "declined": row.declined, "others": row.others}
    parts = {key: value for name, rate in rates.items() for key, value in _rate(name, rate).items()}
    return {
        "level": "objection",
        "code": row.objection_id,
        "name": row.title,
        "count": row.raised,
        **parts,
        **_comparison(row.comparison, level),
    }


def _figures(figures: Figures) -> dict[str, Cell]:
    cells: dict[str, Cell] = {"calls": figures.calls, "opportunities": figures.opportunities}
    for name in RATES:
        cells |= _rate(name, getattr(figures, name))
    for kind, times in zip(TIMES, (figures.with_action, figures.without_action), strict=True):
        cells[kind] = _seconds(times.handling)
        for part in TIME_PARTS:
            cells[f"{kind}_{part}"] = _seconds(getattr(times, part))
    return cells


def _rate(name: str, rate: Rate) -> dict[str, Cell]:
    if rate.hidden:
        return {}
    return {
        f"{name}_percent": percent(rate.value),
        f"{name}_low": percent(rate.low),
        f"{name}_high": percent(rate.high),
        f"{name}_successes": rate.successes,
        f"{name}_trials": rate.trials,
    }


def _comparison(comparison: Comparison, level: float) -> dict[str, Cell]:
    return {
        "expected": percent(comparison.expected),
        "difference": percent(comparison.difference),
        "difference_low": percent(comparison.low),
        "difference_high": percent(comparison.high),
        "difference_level": None if comparison.low is None else percent(level),
        "statement": comparison.statement.value,
        "not_compared": comparison.not_compared,
    }


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _seconds(duration: Duration) -> int | None:
    return None if duration.mean_s is None or duration.hidden else int(duration.mean_s)


def percent(share: float | None) -> float | None:
    """Return a share of 1 in percent, rounded as the screen rounds it."""
    return None if share is None else float(f"{100 * share:.1f}")
