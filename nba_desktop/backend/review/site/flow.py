"""Which ways of customers lead to calls: the last contacts before each, by channel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from nba_desktop.backend.journey.media_breaks import rules_met
from nba_desktop.backend.journey.rules import BUILT_IN_RULES, JourneyRule
from nba_desktop.backend.model import PastConcern, TouchpointRecord
from nba_desktop.backend.review.figures import rate
from nba_desktop.backend.rows.site_figures import WayPoint
from nba_desktop.contract.codes import ContactChannel
from nba_desktop.contract.review import ChannelPath, JourneyFlow, Period, RuleRate

DAYS: Final = 14
STEPS: Final = 3
_MOST_PATHS: Final = 20


@dataclass(slots=True)
class _Path:
    calls: int = 0
    breaks: int = 0
    customers: int = 0
    newest: str = field(default="", repr=False)


def journey_flow(
    points: Iterable[WayPoint],
    since: datetime,
    period: Period,
    least_group: int,
    rules: Sequence[JourneyRule] = BUILT_IN_RULES,
) -> JourneyFlow:
    """Return the ways to the calls since a moment; `points` are by customer and moment, and begin `DAYS` before.

    `rules` say what a media break or a repeated contact is.

    A way of fewer customers than the least group is hidden. Where those hidden are too few together, the rarest way
    that would be shown is hidden with them.
    """
    paths: dict[tuple[ContactChannel, ...], _Path] = defaultdict(_Path)
    met: dict[str, _Path] = defaultdict(_Path)
    for customer_id, way in groupby(points, key=lambda point: point.customer_id):
        before: list[TouchpointRecord] = []
        calls_before: list[PastConcern] = []
        for point in way:
            if point.touchpoint is not None:
                before.append(point.touchpoint)
                continue
            if point.at >= since:
                steps = [one for one in before if point.at - timedelta(days=DAYS) <= one.at < point.at]
                codes = rules_met(steps, point.at, rules, calls_before, point.concern)
                _count(customer_id, paths[tuple(one.channel for one in steps[-STEPS:])], codes, rules, met)
            calls_before.append(PastConcern(point.concern or "", point.at))
    without = paths.pop((), _Path())
    order = sorted(paths, key=lambda one: (-paths[one].calls, [channel.value for channel in one]))
    shown = [one for one in order if paths[one].customers >= least_group]
    if 0 < sum(one.customers for path, one in paths.items() if path not in shown) < least_group:
        shown = shown[:-1]
    shown = shown[:_MOST_PATHS]
    calls = without.calls + sum(one.calls for one in paths.values())
    met = {code: one for code, one in met.items() if one.customers >= least_group}
    return JourneyFlow(
        period=period,
        days=DAYS,
        steps=STEPS,
        calls=calls,
        without=without.calls,
        paths=tuple(_shown(path, paths[path]) for path in shown),
        hidden=calls - without.calls - sum(paths[path].calls for path in shown),
        rules=tuple(
            RuleRate(
                code=rule.code,
                names=dict(rule.names),
                repeat=rule.kind == "repeat",
                calls=rate(met[rule.code].calls, calls),
            )
            for rule in rules
            # Of few customers it stays unsaid how often.
            if rule.code in met
        ),
    )


def _count(
    customer_id: str, path: _Path, codes: frozenset[str], rules: Sequence[JourneyRule], met: dict[str, _Path]
) -> None:
    path.breaks += any(rule.kind == "media_break" and rule.code in codes for rule in rules)
    for counted in (path, *(met[code] for code in sorted(codes))):
        counted.calls += 1
        # The points come by customer: one that was the newest here is counted already.
        counted.customers += counted.newest != customer_id
        counted.newest = customer_id


def _shown(path: tuple[ContactChannel, ...], counted: _Path) -> ChannelPath:
    return ChannelPath(channels=path, calls=counted.calls, media_breaks=rate(counted.breaks, counted.calls))
