"""How the site's other systems are doing, for its administrator and for whatever watches the server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter

from nba_desktop.backend.api.auth import SystemWatcher
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.outbound.endpoints import EndpointService, EndpointStatus
from nba_desktop.backend.ports.unit import Store
from nba_desktop.backend.providers.live_facts import LiveFacts
from nba_desktop.contract.connections import Connections, ProviderHealth, ReceiverHealth


def connections_router(store: Store, live: LiveFacts, clock: Callable[[], datetime]) -> APIRouter:
    """Return `/v1/connections`."""
    router = APIRouter(prefix="/v1/connections", tags=["health"], responses=PROBLEM_RESPONSES)
    since = clock()

    @router.get("", operation_id="connections")
    def connections(_caller: SystemWatcher) -> Connections:
        """How many times each provider was asked, failed and was late, and what waits or is dead at each receiver."""
        receivers = EndpointService(store, clock).status()
        return Connections(
            since=since,
            providers=tuple(
                ProviderHealth(name=name, **one.counts, left_alone=one.left_alone)
                for name, one in sorted(live.health().items())
            ),
            receivers=tuple(map(_receiver, receivers)),
        )

    return router


def _receiver(one: EndpointStatus) -> ReceiverHealth:
    counts = one.counts
    return ReceiverHealth(
        name=one.endpoint.name,
        waiting=counts.waiting,
        oldest_waiting=counts.oldest,
        attempts=counts.attempts,
        last_problem=counts.last_problem or None,
        next_try=one.next_try,
        delivered=counts.delivered,
        dead=counts.dead,
        disabled=one.endpoint.disabled_at is not None,
    )
