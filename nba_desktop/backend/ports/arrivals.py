"""Touchpoints as they arrive, as the services ask for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from nba_desktop.backend.journey.features import JourneyFeatures
from nba_desktop.backend.model import TouchpointRecord, WaitingEvent
from nba_desktop.backend.rows.arrivals import RaisedInCall, WaitingRow


class ArrivalStore(Protocol):
    """What arrives of customers while the backend runs, what it comes to, and what waits because of it."""

    def touchpoint(self, touchpoint_id: str) -> TouchpointRecord | None:
        """Return a touchpoint, or None."""

    def add(self, touchpoint: TouchpointRecord) -> None:
        """Add a touchpoint."""

    def count(self, customer_id: str) -> int:
        """Return how many touchpoints a customer has."""

    def within(self, customer_id: str, first: datetime, last: datetime) -> Sequence[TouchpointRecord]:
        """Return the touchpoints of a customer in [first, last]."""

    def newest_at(self, customer_id: str, until: datetime, place: int) -> datetime | None:
        """Return the moment of the touchpoint at a place among those up to a moment, newest first from 0."""

    def recent(self, customer_id: str, since: datetime, cases: Sequence[str]) -> Sequence[TouchpointRecord]:
        """Return the touchpoints since a moment and every one of some cases, newest first."""

    def mark_breaks(self, customer_id: str, rules: Mapping[str, str | None]) -> None:
        """Say of touchpoints, by their ids, which rule found something there; None for none."""

    def features(self, customer_id: str) -> JourneyFeatures | None:
        """Return what a customer's touchpoints come to, as far as that was kept."""

    def put_features(self, customer_id: str, features: JourneyFeatures) -> None:
        """Keep what a customer's touchpoints come to."""

    def wait(self, rows: Sequence[WaitingRow]) -> None:
        """Add what a touchpoint raises."""

    def waiting(self, customer_id: str, now: datetime) -> tuple[WaitingEvent, ...]:
        """Return what waits for a customer at a moment, oldest first."""

    def use(self, customer_id: str, action_id: str, at: datetime, used_by: UUID) -> None:
        """Say that a customer answered what waited of an action until then, by a response or an outcome."""

    def give_back(self, used_by: UUID) -> None:
        """Let wait again what a response had used up that was taken back."""

    def remove_expired(self, before: datetime) -> int:
        """Delete what was over before a moment, and return how much that was."""

    def raised_in_calls(
        self, agents: Collection[str], raised_since: datetime, begun_since: datetime
    ) -> Sequence[RaisedInCall]:
        """Return what was raised since a moment in the calls of some agents in which the customer is authenticated.

        What was raised before a call began is no news in it. `begun_since` leaves out calls whose end was never told.
        """
