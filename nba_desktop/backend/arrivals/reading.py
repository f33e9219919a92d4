"""A journey as a decision needs it: all touchpoints, or of very many the newest and what the others come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from nba_desktop.backend.arrivals.keeping import features_now
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.journey.features import OlderJourney
from nba_desktop.backend.journey.head import LONGEST
from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.backend.ports.unit import Unit

MANY: Final = 400
"""Customers with more touchpoints are read by what these come to."""

_DAYS: Final = 120
"""So far back rules and probable concerns look; where a site's own hints look further, so is read."""


@dataclass(frozen=True, slots=True)
class Journey:
    """`touchpoints` are all, or with `older` those since a day; `cases` are older ones, all of cases that are open."""

    touchpoints: tuple[TouchpointRecord, ...] = ()
    cases: tuple[TouchpointRecord, ...] = ()
    older: OlderJourney | None = None
    total: int = 0

    @property
    def shown(self) -> tuple[TouchpointRecord, ...]:
        """What there is to show and to ask; newest first."""
        return self.touchpoints + self.cases

    @property
    def left_out(self) -> int:
        """How many touchpoints were not read."""
        return self.total - len(self.touchpoints) - len(self.cases)


def journey_of(unit: Unit, customer_id: str, catalogue: Catalogue, now: datetime) -> Journey:
    """Read a customer's journey within a writing transaction."""
    total = unit.arrivals.count(customer_id)
    if total > MANY:
        found = _newest_part(unit, customer_id, catalogue, now, total)
        if found is not None:
            return found
    every = unit.customers.touchpoints(customer_id)
    return Journey(every, total=len(every))


def _newest_part(unit: Unit, customer_id: str, catalogue: Catalogue, now: datetime, total: int) -> Journey | None:
    features = features_now(unit, customer_id, catalogue.zone.key, total)
    if features is None or any(end.at > now for end in features.cases.values()):
        # What a case comes to later says nothing of how it stands now.
        return None
    here = now.astimezone(catalogue.zone)
    reach = max([_DAYS, *(one.within_days for one in catalogue.entry.concern_hints)])
    since = (here - timedelta(days=reach)).date()
    last_shown = unit.arrivals.newest_at(customer_id, now, LONGEST - 1)
    if last_shown is not None:
        since = min(since, last_shown.astimezone(catalogue.zone).date())
    begin = datetime.combine(since, time(), catalogue.zone)
    read = unit.arrivals.recent(customer_id, begin, sorted(features.open_cases))
    return Journey(
        touchpoints=tuple(one for one in read if one.at >= begin),
        cases=tuple(one for one in read if one.at < begin),
        older=OlderJourney(features, since.toordinal()),
        total=total,
    )
