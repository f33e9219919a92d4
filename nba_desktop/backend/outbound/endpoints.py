"""Endpoints of other systems: set up in the store, looked after by people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from nba_desktop.backend.errors import Conflict, NotFound
from nba_desktop.backend.outbound.http_post import check_url
from nba_desktop.backend.outbound.records import Delivery, Endpoint, EndpointCounts
from nba_desktop.backend.outbound.signing import key_of
from nba_desktop.backend.ports.unit import Store


@dataclass(frozen=True, slots=True)
class EndpointStatus:
    """An endpoint and how much of what it gets waits, is delivered or dead."""

    endpoint: Endpoint
    counts: EndpointCounts

    @property
    def next_try(self) -> datetime | None:
        """When what waits longest is tried next; None where nothing waits or nothing is sent."""
        return self.counts.next_at if self.endpoint.disabled_at is None else None

    @property
    def needs_somebody(self) -> bool:
        """Whether results are stuck there until a person does something."""
        return bool(self.counts.dead or (self.endpoint.disabled_at is not None and self.counts.waiting))


class EndpointService:
    """Makes, changes and removes endpoints, and brings dead letters back."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def add(self, endpoint: Endpoint, since: datetime | None) -> None:
        """Add an endpoint, with `since` also for what was recorded since then.

        Raises `ConfigurationError` for an address or a secret that cannot be used, `Conflict` for a name that is taken.
        """
        check_url(endpoint.url)
        key_of(endpoint.secret)
        with self._store.write() as unit:
            if not unit.outbound.add_endpoint(endpoint, since):
                raise Conflict(f"there is an endpoint {endpoint.name} already: `outbound remove` removes it")

    def remove(self, name: str) -> int:
        """Remove an endpoint and return how much waited for it or was dead; raise `NotFound`."""
        with self._store.write() as unit:
            counts = unit.outbound.counts().get(name, EndpointCounts())
            if not unit.outbound.remove_endpoint(name):
                raise _no_endpoint(name)
        return counts.waiting + counts.dead

    def rotate(self, name: str, secret: str) -> None:
        """Sign with another secret from now on; raise `ConfigurationError` or `NotFound`."""
        key_of(secret)
        with self._store.write() as unit:
            if not unit.outbound.set_secret(name, secret):
                raise _no_endpoint(name)

    def enable(self, name: str) -> int:
        """Let an endpoint get what waits for it, all of it due at once; return how much. Raises `NotFound`."""
        with self._store.write() as unit:
            if not unit.outbound.set_disabled(name, None):
                raise _no_endpoint(name)
            return unit.outbound.hurry(name, self._clock())

    def disable(self, name: str) -> None:
        """Let an endpoint get nothing until it is enabled again; raise `NotFound`."""
        with self._store.write() as unit:
            if not unit.outbound.set_disabled(name, self._clock()):
                raise _no_endpoint(name)

    def status(self) -> tuple[EndpointStatus, ...]:
        """Return every endpoint, by name; their secrets are left out."""
        with self._store.read() as unit:
            counts = unit.outbound.counts()
            return tuple(
                EndpointStatus(replace(one, secret=""), counts.get(one.name, EndpointCounts()))
                for one in unit.outbound.endpoints()
            )

    def dead(self, name: str | None, limit: int) -> Sequence[Delivery]:
        """Return dead letters, of one endpoint or of all."""
        with self._store.read() as unit:
            return unit.outbound.dead(name, limit)

    def replay(self, name: str, event_id: UUID | None) -> int:
        """Let the dead letters of an endpoint wait again, or one of them; return how many. Raises `NotFound`."""
        with self._store.write() as unit:
            if all(one.name != name for one in unit.outbound.endpoints()):
                raise _no_endpoint(name)
            return unit.outbound.replay(name, self._clock(), event_id)


def _no_endpoint(name: str) -> NotFound:
    return NotFound(f"there is no endpoint {name}: `outbound status` shows those there are")
