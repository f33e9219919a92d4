"""Touchpoints as other systems report them: each once, whenever it comes, with a verdict of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from nba_desktop.backend.arrivals.checking import touchpoint_of
from nba_desktop.backend.arrivals.cloud_event import Arrived, TouchpointEvent, UnreadableEvent
from nba_desktop.backend.arrivals.keeping import keep_current
from nba_desktop.backend.arrivals.raising import raise_actions
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.errors import Conflict, InvalidMessage, Refused, UnknownCustomer
from nba_desktop.backend.model import CustomerRecord
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.problem import problem_of
from nba_desktop.contract.arrival import ArrivalVerdict
from nba_desktop.contract.problems import FieldProblem

_log = logging.getLogger(__name__)


class ArrivalService:
    """Takes touchpoints in and keeps everything current that follows from them; used by many threads."""

    def __init__(self, store: Store, catalogues: LiveCatalogues, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock

    def take(self, events: Sequence[Arrived]) -> tuple[ArrivalVerdict, ...]:
        """Return what became of each event; the accepted ones are on disk then, and none is refused because of another.

        A store that fails raises `StoreUnavailable`: then none is.
        """
        with self._store.write() as unit:
            return tuple(self._verdict(unit, event) for event in events)

    def remove_expired(self) -> int:
        """Remove what waited for customers and is over; return how much that was."""
        with self._store.write() as unit:
            return unit.arrivals.remove_expired(self._clock())

    def _verdict(self, unit: Unit, event: Arrived) -> ArrivalVerdict:
        try:
            if isinstance(event, UnreadableEvent):
                raise InvalidMessage("the event breaks the contract", event.errors)
            # What a refused event began to write must not stay.
            with unit.part():
                added = self._append(unit, event)
        except Refused as refusal:
            _log.info("touchpoint refused: %s", refusal.code.value)
            problem = problem_of(refusal)
            return ArrivalVerdict(source=event.source, id=event.id, verdict="refused", problem=problem)
        return ArrivalVerdict(source=event.source, id=event.id, verdict="accepted" if added else "duplicate")

    def _append(self, unit: Unit, event: TouchpointEvent) -> bool:
        """Add a touchpoint with all that follows from it; False when it came before."""
        customer = _customer_of(unit, event)
        catalogue = self._catalogues.for_customer(unit, customer.customer_id)
        touchpoint = touchpoint_of(event, customer.customer_id, catalogue.vocabulary.touchpoint_types)
        known = unit.arrivals.touchpoint(touchpoint.touchpoint_id)
        if known is not None:
            # A rule may have found a media break there since.
            if replace(known, media_break=touchpoint.media_break) != touchpoint:
                raise Conflict("another event is stored under this source and id: send what happened under a new id")
            return False
        unit.arrivals.add(touchpoint)
        keep_current(unit, touchpoint, catalogue.journey_rules, catalogue.zone.key)
        raise_actions(unit, catalogue, customer, touchpoint, self._clock())
        return True


def _customer_of(unit: Unit, event: TouchpointEvent) -> CustomerRecord:
    data = event.data
    if data.customer_id is not None:
        where, customer = "data.customer_id", unit.customers.by_id(data.customer_id)
    else:
        where, customer = "data.customer_no", unit.customers.by_customer_no(data.customer_no or "")
    if customer is None:
        message = "no customer has it: bring the customer in first, then send the event again"
        raise UnknownCustomer("the event names nobody who is known here", (FieldProblem(where=where, message=message),))
    return customer
