"""Which ways of customers lead to calls: the last contacts before each, by channel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from nba_desktop.backend.journey.media_breaks import media_breaks
from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.backend.review.figures import rate
from nba_desktop.backend.rows import WayPoint
from nba_desktop.contract.codes import ContactChannel
from nba_desktop.contract.review import ChannelPath, JourneyFlow, Period

DAYS: Final = 14
STEPS: Final = 3
_MOST_PATHS: Final = 20


@dataclass(slots=True)
class _Path:
    calls: int = 0
    breaks: int = 0
    customers: int = 0
    newest: str = field(default="", repr=False)


def journey_flow(points: Iterable[WayPoint], since: datetime, period: Period, least_group: int) -> JourneyFlow:
    """Return the ways to the calls since a moment; `points` are by customer and moment, and begin `DAYS` before.

    A way of fewer customers than the least group is hidden. Where those hidden are too few together, the rarest way
    that would be shown is hidden with them.
    """
    paths: dict[tuple[ContactChannel, ...], _Path] = defaultdict(_Path)
    for customer_id, way in groupby(points, key=lambda point: point.customer_id):
        before: list[TouchpointRecord] = []
        for point in way:
            if point.touchpoint is not None:
                before.append(point.touchpoint)
            elif point.at >= since:
                _count(paths, customer_id, point.at, before)
    without = paths.pop((), _Path())
    order = sorted(paths, key=lambda one: (-paths[one].calls, [channel.value for channel in one]))
    shown = [one for one in order if paths[one].customers >= least_group]
    if 0 < sum(one.customers for path, one in paths.items() if path not in shown) < least_group:
        shown = shown[:-1]
    shown = shown[:_MOST_PATHS]
    calls = without.calls + sum(one.calls for one in paths.values())
    return JourneyFlow(
        period=period,
        days=DAYS,
        steps=STEPS,
        calls=calls,
        without=without.calls,
        paths=tuple(_shown(path, paths[path]) for path in shown),
        hidden=calls - without.calls - sum(paths[path].calls for path in shown),
    )


def _count(
    paths: dict[tuple[ContactChannel, ...], _Path], customer_id: str, at: datetime, before: list[TouchpointRecord]
) -> None:
    steps = [one for one in before if at - timedelta(days=DAYS) <= one.at < at]
    path = paths[tuple(one.channel for one in steps[-STEPS:])]
    path.calls += 1
    path.breaks += bool(media_breaks(tuple(steps), at))
    # The points come by customer: one that was the newest here is counted already.
    path.customers += path.newest != customer_id
    path.newest = customer_id


def _shown(path: tuple[ContactChannel, ...], counted: _Path) -> ChannelPath:
    return ChannelPath(channels=path, calls=counted.calls, media_breaks=rate(counted.breaks, counted.calls))
