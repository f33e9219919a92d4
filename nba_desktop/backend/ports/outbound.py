"""Results on their way out, as the services ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from nba_desktop.backend.outbound.records import (
    Delivery,
    DeliveryState,
    Endpoint,
    EndpointCounts,
    ResultEvent,
    ResultType,
    SubjectRequest,
)


class OutboundStore(Protocol):
    """Results that leave, where they go and what became of them, and what other systems ask for customers."""

    def append(self, event: ResultEvent) -> None:
        """Append a result behind all others and let it wait for every endpoint that wants its type."""

    def knows(self, event_id: UUID) -> bool:
        """Say whether a result was told before."""

    def behind(
        self, position: int, types: frozenset[ResultType], since: datetime | None, limit: int
    ) -> Sequence[ResultEvent]:
        """Return the results behind a position in order, of some types or with none of all, recorded since a moment."""

    def endpoints(self) -> Sequence[Endpoint]:
        """Return every endpoint, by name."""

    def add_endpoint(self, endpoint: Endpoint, since: datetime | None = None) -> bool:
        """Add an endpoint, what was recorded since a moment waiting for it; False when there is one by its name."""

    def remove_endpoint(self, name: str) -> bool:
        """Remove an endpoint with what waits for it; False when there is none."""

    def set_secret(self, name: str, secret: str) -> bool:
        """Replace what an endpoint's events are signed with; False when there is none."""

    def set_disabled(self, name: str, at: datetime | None) -> bool:
        """Let nothing be sent to an endpoint any more, or with None again; False when there is none."""

    def claim(self, name: str, sender: UUID, now: datetime, until: datetime) -> bool:
        """Let one process alone hand over to an endpoint until a moment; False while another one does."""

    def release(self, name: str, sender: UUID) -> None:
        """Let other processes hand over again."""

    def with_work(self, now: datetime) -> Sequence[str]:
        """Return the names of the endpoints for which something is due."""

    def due(self, name: str, now: datetime, limit: int) -> Sequence[Delivery]:
        """Return what may be sent now, oldest first: of each customer only what he waits for longest."""

    def settle(self, name: str, position: int, state: DeliveryState, at: datetime, attempts: int, problem: str) -> None:
        """Say how a delivery ended."""

    def try_again(
        self, name: str, position: int, at: datetime, attempts: int, first_tried_at: datetime, problem: str
    ) -> None:
        """Let a delivery be tried again at a moment."""

    def counts(self) -> Mapping[str, EndpointCounts]:
        """Return how much of each endpoint waits, is delivered and dead, and how what waits longest fares."""

    def hurry(self, name: str, now: datetime) -> int:
        """Let all that waits for an endpoint be due, each customer's in its order; return how much waits there."""

    def has_failed(self, name: str) -> bool:
        """Whether something waits for an endpoint that it did not take yet."""

    def dead(self, name: str | None, limit: int) -> Sequence[Delivery]:
        """Return dead letters in order, of one endpoint or of all."""

    def replay(self, name: str, now: datetime, event_id: UUID | None) -> int:
        """Let the dead letters of an endpoint wait again, or one of them; return how many."""

    def request(self, request_id: UUID) -> SubjectRequest | None:
        """Return what another system asked for a customer, or None."""

    def add_request(self, request: SubjectRequest) -> None:
        """Keep what another system asked for."""
