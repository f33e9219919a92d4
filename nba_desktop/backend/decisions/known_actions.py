"""Which actions an outcome may be of: those of any version of the catalogue, and those the customer was offered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.errors import ConfigurationError, InvalidMessage
from nba_desktop.backend.guessing import guess
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.catalogues import VersionRow

_EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_REMEMBERED: Final = 1000


class KnownActions:
    """Looks ids of actions up; one for a process. What it found stays true until the next step of a catalogue."""

    def __init__(self, catalogues: LiveCatalogues) -> None:
        self._catalogues = catalogues
        self._revision = -1
        self._found: dict[str, bool] = {}

    def check(self, unit: Unit, customer_id: str, action_id: str) -> None:
        """Raise `InvalidMessage`, with a guess, for an action that nothing knows."""
        if self.in_a_catalogue(unit, action_id) or _was_offered(unit, customer_id, action_id):
            return
        live = self._catalogues.in_force(unit).live
        meant = guess(action_id, (one.action_id for one in live.actions))
        raise InvalidMessage(
            "no version of the catalogue has that action, and it was never recommended to this customer: "
            f"{f'{meant} ' if meant else ''}Report it by its id in the catalogue"
        )

    def in_a_catalogue(self, unit: Unit, action_id: str) -> bool:
        """Say whether any stored version has an action, in force or not."""
        revision = unit.catalogues.revision()
        if revision != self._revision or len(self._found) >= _REMEMBERED:
            self._revision, self._found = revision, {}
        if action_id not in self._found:
            self._found[action_id] = self._look_up(unit, action_id)
        return self._found[action_id]

    def _look_up(self, unit: Unit, action_id: str) -> bool:
        in_force = self._catalogues.in_force(unit)
        if _has(in_force.live, action_id) or any(_has(one, action_id) for one in in_force.shadows):
            return True
        return any(self._stood_in(unit, row, action_id) for row in reversed(unit.catalogues.versions()))

    def _stood_in(self, unit: Unit, row: VersionRow, action_id: str) -> bool:
        # Compiling takes its time: only what has the word at all is looked into.
        if not any(action_id in text for text in row.files.values()):
            return False
        try:
            return _has(self._catalogues.of_version(unit, row.version), action_id)
        except ConfigurationError:
            # It decided once, and this version of the product cannot read it: its word counts.
            return True


def _has(catalogue: Catalogue, action_id: str) -> bool:
    return any(one.action_id == action_id for one in catalogue.actions)


def _was_offered(unit: Unit, customer_id: str, action_id: str) -> bool:
    """Whether the customer was shown an action, or said something of it, in a call or in the portal."""
    return bool(unit.decisions.answers(customer_id, action_id)) or any(
        one.action_id == action_id for one in unit.decisions.past_exposures(customer_id, _EVER)
    )
