"""The actions of recorded decisions: whether one was recommended, and what it is in the catalogue that decided."""

from __future__ import annotations

import json
from uuid import UUID

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.content import Filler
from nba_desktop.backend.decisioning.entries.actions import ActionEntry
from nba_desktop.backend.decisioning.entries.base import Words
from nba_desktop.backend.decisioning.record import values_of
from nba_desktop.backend.errors import ConfigurationError, InvalidMessage, NotFound
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.decisions import StoredDecision
from nba_desktop.contract.base import Language


def check_decided(unit: Unit, contact_id: UUID, decision_id: UUID, action_ids: tuple[str, ...]) -> None:
    """Nothing may be kept of an action that no decision of this contact recommended."""
    shown = unit.decisions.shown(decision_id, contact_id)
    if shown is None:
        raise NotFound("this contact has no decision by that id")
    if not set(action_ids) <= set(shown):
        raise InvalidMessage("the decision did not recommend that action")


class DecidedActions:
    """Actions as they were said; of a version of the catalogue that cannot be read any more there are only the ids."""

    def __init__(self, unit: Unit, catalogues: LiveCatalogues, language: Language) -> None:
        self._unit = unit
        self._catalogues = catalogues
        self._language = language
        self._known: dict[UUID, tuple[Catalogue, Filler] | None] = {}

    def entry(self, decision_id: UUID | None, action_id: str) -> ActionEntry | None:
        """Return an action as the version that decided has it, or None."""
        known = None if decision_id is None else self._of(decision_id)
        if known is None:
            return None
        return next((one.entry for one in known[0].actions if one.action_id == action_id), None)

    def title(self, decision_id: UUID | None, action_id: str) -> str:
        """Return the title of an action."""
        entry = self.entry(decision_id, action_id)
        return action_id if entry is None else self._said(decision_id, entry.title) or action_id

    def phrase(self, decision_id: UUID | None, action_id: str, objection_id: str) -> str:
        """Return the objection as the customer puts it."""
        entry = self.entry(decision_id, action_id)
        objections = () if entry is None else entry.objections
        phrase = next((one.phrase for one in objections if one.id == objection_id), None)
        return objection_id if phrase is None else self._said(decision_id, phrase) or objection_id

    def _said(self, decision_id: UUID | None, words: Words) -> str:
        known = None if decision_id is None else self._of(decision_id)
        return "" if known is None else known[1].fill(words.into(self._language))

    def _of(self, decision_id: UUID) -> tuple[Catalogue, Filler] | None:
        if decision_id not in self._known:
            stored = self._unit.decisions.stored(decision_id)
            self._known[decision_id] = None if stored is None else self._read(stored)
        return self._known[decision_id]

    def _read(self, stored: StoredDecision) -> tuple[Catalogue, Filler] | None:
        try:
            catalogue = self._catalogues.of_version(self._unit, stored.catalogue_version)
        except (ConfigurationError, NotFound):
            # The product was updated and reads that version no more: the ids still tell the agent which it was.
            return None
        record = json.loads(stored.record)
        today = stored.decided_at.astimezone(catalogue.zone).date()
        return catalogue, Filler(catalogue.schema, values_of(record, catalogue.schema), self._language, today)
