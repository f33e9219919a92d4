"""What a customer's touchpoints come to, so that not all of them are read for each decision.

Everything is counted by the site's days, so that windows of days can be asked of it at any later moment. Adding
touchpoints one by one, in whatever order, comes to the same as counting all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.contract.codes import ContactChannel, Experience

Days = Mapping[int, int]
"""How many touchpoints there were by the day, which is its ordinal."""


class TouchpointKind(NamedTuple):
    """What conditions tell touchpoints apart by."""

    type: str
    channel: ContactChannel
    experience: Experience


class CaseEnd(NamedTuple):
    """The newest touchpoint of a case, and whether it leaves the case open."""

    at: datetime
    touchpoint_id: str
    open: bool


@dataclass(frozen=True, slots=True)
class JourneyFeatures:
    """A customer's touchpoints, counted by kind and by the days of `zone`; `cases` by the case's id."""

    zone: str
    total: int
    first_at: datetime
    counts: Mapping[TouchpointKind, Days]
    cases: Mapping[str, CaseEnd]

    @property
    def open_cases(self) -> frozenset[str]:
        """The cases whose newest touchpoint leaves them open."""
        return frozenset(case for case, end in self.cases.items() if end.open)

    def with_touchpoint(self, one: TouchpointRecord) -> JourneyFeatures:
        """Return the features with one touchpoint more."""
        kind = TouchpointKind(one.type, one.channel, one.experience)
        days, day = self.counts.get(kind, {}), _day(one.at, ZoneInfo(self.zone))
        cases = self.cases
        if one.case_id is not None:
            end = CaseEnd(one.at, one.touchpoint_id, one.case_open)
            cases = {**cases, one.case_id: max(end, cases.get(one.case_id, end))}
        return replace(
            self,
            total=self.total + 1,
            first_at=min(self.first_at, one.at),
            counts={**self.counts, kind: {**days, day: days.get(day, 0) + 1}},
            cases=cases,
        )


@dataclass(frozen=True, slots=True)
class OlderJourney:
    """The part of a journey before a day of the site, as its features tell of it; no case ends after the present."""

    features: JourneyFeatures
    before: int

    @property
    def open_cases(self) -> int:
        """How many cases of the whole journey are open."""
        return len(self.features.open_cases)

    def count(
        self,
        type_: str | None = None,
        channel: ContactChannel | None = None,
        experience: Experience | None = None,
        since: int | None = None,
    ) -> int:
        """How many touchpoints fit everything given, since a day."""
        return sum(
            number
            for days in self._fitting(type_, channel, experience)
            for day, number in days.items()
            if day < self.before and (since is None or day >= since)
        )

    def newest(
        self,
        type_: str | None = None,
        channel: ContactChannel | None = None,
        experience: Experience | None = None,
    ) -> int | None:
        """The day of the newest touchpoint that fits everything given."""
        fitting = self._fitting(type_, channel, experience)
        return max((day for days in fitting for day in days if day < self.before), default=None)

    def _fitting(
        self, type_: str | None, channel: ContactChannel | None, experience: Experience | None
    ) -> Iterable[Days]:
        return (
            days
            for kind, days in self.features.counts.items()
            if type_ in (None, kind.type) and channel in (None, kind.channel) and experience in (None, kind.experience)
        )


def features_of(touchpoints: Iterable[TouchpointRecord], zone: str) -> JourneyFeatures | None:
    """Count all touchpoints of a customer; None where there are none."""
    counts: dict[TouchpointKind, dict[int, int]] = {}
    cases: dict[str, CaseEnd] = {}
    total, first_at, where = 0, None, ZoneInfo(zone)
    for one in touchpoints:
        total += 1
        first_at = one.at if first_at is None else min(first_at, one.at)
        days = counts.setdefault(TouchpointKind(one.type, one.channel, one.experience), {})
        day = _day(one.at, where)
        days[day] = days.get(day, 0) + 1
        if one.case_id is not None:
            end = CaseEnd(one.at, one.touchpoint_id, one.case_open)
            cases[one.case_id] = max(end, cases.get(one.case_id, end))
    return None if first_at is None else JourneyFeatures(zone, total, first_at, counts, cases)


def _day(at: datetime, zone: ZoneInfo) -> int:
    return at.astimezone(zone).toordinal()
