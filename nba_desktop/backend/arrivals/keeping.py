"""What a touchpoint changes of what is kept beside it: the features of the journey, and where its breaks are."""

from __future__ import annotations

from collections.abc import Sequence

from nba_desktop.backend.journey.features import JourneyFeatures, features_of
from nba_desktop.backend.journey.media_breaks import breaks_among
from nba_desktop.backend.journey.rules import LOOK_BACK, JourneyRule
from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.backend.ports.unit import Unit


def keep_current(unit: Unit, touchpoint: TouchpointRecord, rules: Sequence[JourneyRule], zone: str) -> None:
    """Bring everything up to date with a touchpoint that was just added; whatever else came before it, or comes."""
    _keep_features(unit, touchpoint, zone)
    mark_breaks_around(unit, (touchpoint,), rules)


def mark_breaks_around(unit: Unit, touchpoints: Sequence[TouchpointRecord], rules: Sequence[JourneyRule]) -> None:
    """Mark the breaks that touchpoints of one customer, which were just added, make or answer."""
    customer_id = touchpoints[0].customer_id
    first, last = min(one.at for one in touchpoints), max(one.at for one in touchpoints)
    # What comes later may answer it, and it may be what answers something before.
    around = unit.arrivals.within(customer_id, first - LOOK_BACK, last + LOOK_BACK)
    found = breaks_among(around, rules)
    unit.arrivals.mark_breaks(
        customer_id, {one.touchpoint_id: found.get(one.touchpoint_id) for one in around if one.at <= last}
    )


def features_now(unit: Unit, customer_id: str, zone: str, total: int) -> JourneyFeatures | None:
    """Return the features of a customer with so many touchpoints; made anew where they are not those of all of them."""
    kept = unit.arrivals.features(customer_id)
    if kept is not None and kept.zone == zone and kept.total == total:
        return kept
    made = features_of(unit.customers.touchpoints(customer_id), zone)
    if made is not None:
        unit.arrivals.put_features(customer_id, made)
    return made


def _keep_features(unit: Unit, touchpoint: TouchpointRecord, zone: str) -> None:
    total = unit.arrivals.count(touchpoint.customer_id)
    kept = unit.arrivals.features(touchpoint.customer_id)
    if kept is not None and kept.zone == zone and kept.total == total - 1:
        unit.arrivals.put_features(touchpoint.customer_id, kept.with_touchpoint(touchpoint))
    else:
        features_now(unit, touchpoint.customer_id, zone, total)
