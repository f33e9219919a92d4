"""Why a decision recommends what it does: read from its record, with no effect but that the reading is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from nba_desktop.backend.access.contacts import is_open
from nba_desktop.backend.access.reading import keep_apart, role_used
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.explanation import explain, explain_missing
from nba_desktop.backend.errors import ConfigurationError, Forbidden, InvalidMessage, NotFound, ReasonRequired
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.decisions import StoredDecision
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ReadBasis, ReadOperation, Role
from nba_desktop.contract.explanation import DecisionExplanation
from nba_desktop.contract.recommendation import WhyNot

_READ_ALL: Final = frozenset({Role.ACTION_OWNER, Role.ANALYST})


class WhyService:
    """Explains recorded decisions; no answer names a customer.

    An agent asks about his own contacts, for a reason once they are over. Action owners and analysts ask about any
    decision, for a reason. Each reading is kept.
    """

    def __init__(self, store: Store, catalogues: LiveCatalogues, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock

    def why(self, caller: Caller, decision_id: UUID, language: Language, reason: str) -> DecisionExplanation:
        """Explain a whole decision, in the words of the version that decided.

        Raises `NotFound`, `Forbidden` for an agent who asks about a colleague's contact, and `ReasonRequired`.
        """
        record, catalogue = self._read(caller, decision_id, reason, ReadOperation.READ_WHY)
        return explain(record, catalogue, language)

    def why_not(self, caller: Caller, decision_id: UUID, action_id: str, language: Language, reason: str) -> WhyNot:
        """Say which stage and rule removed one action; raises as `why`, and for an action that was not removed."""
        record, catalogue = self._read(caller, decision_id, reason, ReadOperation.READ_WHY_NOT)
        if action_id in record["slate"]:
            raise InvalidMessage("the decision recommends that action: ask why, not why not")
        explanation = explain_missing(record, catalogue, action_id, language)
        if explanation is None:
            raise NotFound("the decision did not look at an action by that id")
        return explanation

    def _read(
        self, caller: Caller, decision_id: UUID, reason: str, operation: ReadOperation
    ) -> tuple[dict[str, Any], Catalogue]:
        """Return a record that the caller may read, and the version that decided; the reading is kept."""
        now, reason = self._clock(), reason.strip()
        with self._store.read() as unit:
            stored = unit.decisions.stored(decision_id)
            if stored is None:
                raise NotFound("there is no decision by that id")
            basis, role = self._allowed(unit, caller, stored, reason, now)
            catalogue = self._version(unit, stored.catalogue_version)
        said = reason if basis is ReadBasis.REASON else ""
        reading = Reading(now, caller.agent_id, role, operation, basis, said, stored.contact_id)
        keep_apart(self._store, reading, [] if stored.customer_id is None else [stored.customer_id])
        record: dict[str, Any] = json.loads(stored.record)
        return record, catalogue

    def _allowed(
        self, unit: Unit, caller: Caller, stored: StoredDecision, reason: str, now: datetime
    ) -> tuple[ReadBasis, Role]:
        """Return what lets a caller read a decision, and as what; raise `Forbidden` or `ReasonRequired`."""
        own = _own_contact(unit, caller, stored)
        if own is not None and is_open(unit, self._catalogues, own, now):
            return ReadBasis.CONTACT, Role.AGENT
        if own is None and not caller.roles & _READ_ALL:
            raise Forbidden("an agent asks about the decisions of his own contacts")
        if not reason:
            raise ReasonRequired("outside an open contact of your own, say why the decision is read")
        return ReadBasis.REASON, role_used(caller, Role.ANALYST, Role.ACTION_OWNER, Role.AGENT)

    def _version(self, unit: Unit, version: str) -> Catalogue:
        try:
            return self._catalogues.of_version(unit, version)
        except ConfigurationError as error:
            raise NotFound("the version of the catalogue that decided can no longer be read") from error


def _own_contact(unit: Unit, caller: Caller, stored: StoredDecision) -> UUID | None:
    if Role.AGENT not in caller.roles or stored.contact_id is None:
        return None
    contact = unit.contacts.by_id(stored.contact_id)
    return contact.contact_id if contact is not None and contact.agent_id == caller.agent_id else None
