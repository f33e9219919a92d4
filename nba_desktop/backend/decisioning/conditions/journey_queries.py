"""What a condition asks of a customer's touchpoints: how many, and how long ago the last one was.

Days are counted from midnight to midnight in the site's zone; touchpoints after the moment of decision do not count.
The answer stands among the attributes' values under the query's `key`, which no attribute's name can be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from nba_desktop.backend.decisioning.attributes import LegalBasis
from nba_desktop.backend.journey.days import days_between
from nba_desktop.backend.journey.features import OlderJourney
from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.contract.codes import ContactChannel, Experience

_USAGE_CHANNELS: Final = frozenset({ContactChannel.PORTAL, ContactChannel.APP, ContactChannel.COMPARISON_SITE})


@dataclass(frozen=True, slots=True)
class JourneyQuery:
    """A question to the touchpoints that fit everything given; `within` counts days back, 0 is today only.

    `count` is 0 when none fits, `days_since` (which always has a `type`) is unknown then. `watched` says that the type
    is one of those that watch the customer.
    """

    ask: Literal["count", "days_since"]
    type: str | None = None
    channel: ContactChannel | None = None
    experience: Experience | None = None
    within: int | None = None
    watched: bool = False

    @property
    def key(self) -> str:
        """The query as a condition writes it."""
        if self.ask == "days_since":
            return f'days_since("{self.type}")'
        given = {"type": self.type, "channel": self.channel, "experience": self.experience}
        parts = ["touchpoints", *(f'{name}="{code}"' for name, code in given.items() if code is not None)]
        if self.within is not None:
            parts.append(f"within={self.within}")
        return f"count({', '.join(parts)})"

    @property
    def basis(self) -> LegalBasis:
        """Why it may be asked: watching portal, app and mail needs consent, one kind of contact is service."""
        if self.watched or (self.type is None and self.channel in _USAGE_CHANNELS):
            return "consent:profiling"
        return "service" if self.type is not None else "legit_interest"


def journey_values(
    queries: Iterable[JourneyQuery],
    touchpoints: Iterable[TouchpointRecord],
    now: datetime,
    zone: ZoneInfo,
    older: OlderJourney | None = None,
) -> dict[str, int | None]:
    """Answer every query for one customer's touchpoints, by key; `now` has a time zone.

    `older` tells of those before the given ones.
    """
    asked = list(queries)
    types = {query.type for query in asked}
    here = now.astimezone(zone)
    days: dict[str, list[tuple[TouchpointRecord, int]]] = defaultdict(list)
    everything: list[tuple[TouchpointRecord, int]] = []
    for one in touchpoints:
        if one.at > now or (one.type not in types and None not in types):
            continue
        aged = (one, days_between(one.at, here))
        days[one.type].append(aged)
        everything.append(aged)
    answers = {
        query.key: _answer(query, everything if query.type is None else days.get(query.type, [])) for query in asked
    }
    if older is None:
        return answers
    return {query.key: _with_older(query, answers[query.key], older, here.toordinal()) for query in asked}


def _with_older(query: JourneyQuery, newer: int | None, older: OlderJourney, today: int) -> int | None:
    if query.ask == "days_since":
        day = older.newest(query.type)
        return today - day if newer is None and day is not None else newer
    since = None if query.within is None else today - query.within
    return (newer or 0) + older.count(query.type, query.channel, query.experience, since)


def _answer(query: JourneyQuery, aged: list[tuple[TouchpointRecord, int]]) -> int | None:
    if query.ask == "days_since":
        return min((days for _, days in aged), default=None)
    return sum(
        (query.channel is None or one.channel == query.channel)
        and (query.experience is None or one.experience == query.experience)
        and (query.within is None or days <= query.within)
        for one, days in aged
    )
