"""What follows from touchpoints of a file: the young ones mark breaks and raise actions as if they had just arrived."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from nba_desktop.backend.arrivals.keeping import mark_breaks_around
from nba_desktop.backend.arrivals.raising import raise_actions
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.journey.rules import LOOK_BACK
from nba_desktop.backend.journey.types import INCOMING_CALLS
from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.backend.ports.unit import Unit


class Following:
    """Carries out what follows, in the transaction that the touchpoints are written in.

    A break is looked for as far back as a view shows one, and a trigger says itself how young a touchpoint must be: a
    history of years costs nothing here.
    """

    def __init__(self, unit: Unit, catalogues: LiveCatalogues, clock: Callable[[], datetime]) -> None:
        in_force = catalogues.in_force(unit)
        self._decides_for = in_force.decides_for
        versions = (in_force.live, *(() if in_force.ramp is None else in_force.ramp[:1]))
        self._rules = [rule for version in versions for rule in version.journey_rules]
        self._triggers = [trigger for version in versions for trigger in version.triggers]
        self._clock = clock

    def since(self) -> datetime:
        """Return the moment before which nothing follows from a touchpoint."""
        return self._clock() - max((LOOK_BACK, *(timedelta(days=one.entry.within_days) for one in self._triggers)))

    def follow(self, unit: Unit, touchpoints: Sequence[TouchpointRecord]) -> None:
        """Carry out what follows from touchpoints that were just added, whatever their order."""
        now = self._clock()
        young = [one for one in touchpoints if now - one.at <= LOOK_BACK]
        broken = [one for one in young if one.type in INCOMING_CALLS or any(rule.fits(one) for rule in self._rules)]
        of_customers: dict[str, list[TouchpointRecord]] = {}
        for one in broken:
            of_customers.setdefault(one.customer_id, []).append(one)
        for customer_id, some in of_customers.items():
            mark_breaks_around(unit, some, self._decides_for(customer_id).journey_rules)
        raising = [one for one in touchpoints if any(trigger.is_met_by(one, now) for trigger in self._triggers)]
        ids = sorted({one.customer_id for one in raising})
        customers = {one.customer_id: one for one in unit.customers.several(ids)}
        for one in raising:
            customer = customers[one.customer_id]
            raise_actions(unit, self._decides_for(customer.customer_id), customer, one, now)
