"""What is raised in running calls, whichever process took the touchpoint in: read from the store, told once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from nba_desktop.backend.ports.unit import Store
from nba_desktop.backend.rows.arrivals import RaisedInCall

LONGEST_CALL: Final = timedelta(hours=4)
_LOOK_BACK: Final = timedelta(minutes=2)
"""A touchpoint may be on disk later than the moment it bears: as long as its transaction took, and clocks differ."""


@dataclass(frozen=True, slots=True)
class CallNews:
    """What a running call's agent is told: which actions something has just raised."""

    agent_id: str
    contact_id: UUID
    action_ids: tuple[str, ...]


class NewsWatch:
    """Finds what is new in the calls of some agents; asked by one thread at a time."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._told: frozenset[RaisedInCall] = frozenset()

    def news(self, agents: Collection[str]) -> tuple[CallNews, ...]:
        """Return what was raised in the agents' calls since it was asked last."""
        if not agents:
            return ()
        now = self._clock()
        with self._store.read() as unit:
            found = unit.arrivals.raised_in_calls(agents, now - _LOOK_BACK, now - LONGEST_CALL)
        of_calls: dict[tuple[str, UUID], dict[str, None]] = {}
        for one in found:
            if one not in self._told:
                of_calls.setdefault((one.agent_id, one.contact_id), {})[one.action_id] = None
        self._told = frozenset(found)
        return tuple(CallNews(*call, tuple(action_ids)) for call, action_ids in of_calls.items())
