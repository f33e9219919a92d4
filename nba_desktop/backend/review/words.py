"""Titles of what is reviewed, from the version of the catalogue that is live; what it has no more keeps its id."""

from __future__ import annotations

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ActionKind
from nba_desktop.contract.review import Named


class CatalogueWords:
    """Titles in one language; gaps for a customer's values stay as they are written."""

    def __init__(self, catalogue: Catalogue, language: Language) -> None:
        self._language = language
        self._actions = {one.action_id: one.entry for one in catalogue.actions}
        self._concerns = {one.code: one.label.into(language) for one in catalogue.entry.concerns}
        self._objections: dict[str, str] = {}
        for entry in self._actions.values():
            for objection in entry.objections:
                self._objections.setdefault(objection.id, objection.phrase.into(language))

    def action(self, action_id: str) -> str:
        """Return an action's title."""
        entry = self._actions.get(action_id)
        return action_id if entry is None else entry.title.into(self._language)

    def kind(self, action_id: str) -> ActionKind | None:
        """Return an action's kind, None of one that the catalogue has no more."""
        entry = self._actions.get(action_id)
        return None if entry is None else entry.kind

    def objection(self, objection_id: str) -> str:
        """Return an objection as customers put it."""
        return self._objections.get(objection_id, objection_id)

    def actions(self) -> tuple[Named, ...]:
        """Return every action, in the catalogue's order."""
        return tuple(Named(code=one, title=self.action(one)) for one in self._actions)

    def concerns(self) -> tuple[Named, ...]:
        """Return every contact reason, in the catalogue's order."""
        return tuple(Named(code=code, title=label) for code, label in self._concerns.items())
