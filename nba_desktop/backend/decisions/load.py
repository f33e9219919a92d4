"""How busy the queues are: from the telephone system where it says so, else from the site's setting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.ports.settings import SettingStore
from nba_desktop.backend.ports.unit import Store
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.settings import SettingRow
from nba_desktop.contract.codes import Load
from nba_desktop.contract.load import LoadState

LOAD_SETTING: Final = "load"
"""What the setting of the site is called."""


def load_for(settings: SettingStore, catalogue: Catalogue, waiting: int | None = None) -> Load:
    """Return the load that counts for a decision.

    `waiting` callers make it high or normal where the catalogue says from how many it is high; a contact whose
    telephone system does not count them goes by the site's setting, which is normal until someone sets it.
    """
    high_from = catalogue.entry.load_gate.high_from_waiting
    if waiting is not None and high_from is not None:
        return Load.HIGH if waiting >= high_from else Load.NORMAL
    return _state(settings).load


class LoadService:
    """Reads and sets the load of the site's queues."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def read(self) -> LoadState:
        """Return the load as it is set."""
        with self._store.read() as unit:
            return _state(unit.settings)

    def set(self, caller: Caller, load: Load) -> LoadState:
        """Set the load; it counts from the next decision on."""
        with self._store.write() as unit:
            unit.settings.put(SettingRow(LOAD_SETTING, load.value, self._clock(), caller.agent_id))
            return _state(unit.settings)


def _state(settings: SettingStore) -> LoadState:
    row = settings.get(LOAD_SETTING)
    return LoadState(load=Load.NORMAL) if row is None else LoadState(load=Load(row.content), since=row.at)
