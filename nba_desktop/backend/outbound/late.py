"""Promises whose day has passed: nobody records that, so it is looked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.outbound.telling import tell_follow_up_late
from nba_desktop.backend.ports.unit import Store
from nba_desktop.contract.codes import FollowUpKind

LOOKED_BACK: Final = timedelta(days=7)
"""A server may have stood still over holidays; what is older was told, or nobody waits for it any more."""
_AT_A_TIME: Final = 100
_LAST: Final = UUID(int=2**128 - 1)


class LateFollowUps:
    """Tells of each promise once that it is late."""

    def __init__(self, store: Store, catalogues: LiveCatalogues, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock

    def run(self) -> int:
        """Tell of what is late since a few days, and return how much that was; what was told before is left out."""
        with self._store.read() as unit:
            zone = self._catalogues.in_force(unit).live.zone
        now = self._clock()
        yesterday = now.astimezone(zone).date() - timedelta(days=1)
        told = 0
        for kind in FollowUpKind:
            after = (yesterday - LOOKED_BACK, _LAST)
            while True:
                with self._store.read() as unit:
                    found = unit.follow_ups.open_of_kind(kind, yesterday, after, _AT_A_TIME)
                if found:
                    with self._store.write() as unit:
                        told += sum(tell_follow_up_late(unit, one, now) for one in found)
                    after = (found[-1].due, found[-1].follow_up_id)
                if len(found) < _AT_A_TIME:
                    break
        return told
