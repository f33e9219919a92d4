"""What agents say against recommendations goes to the action's owner with its context, and comes back answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from nba_desktop.backend.access.reading import keep_list, keep_reading, role_used
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.contacts.decided import DecidedActions
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.explanation import explain
from nba_desktop.backend.errors import ConfigurationError, Conflict, NotFound
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.decisions import StoredDecision
from nba_desktop.backend.rows.feedback import FeedbackRow
from nba_desktop.backend.subject.wishes import own_wishes
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import FeedbackReason, ReadBasis, ReadOperation, Role
from nba_desktop.contract.explanation import ExplainedAction
from nba_desktop.contract.feedback import MAX_FEEDBACK, Feedback, OpenFeedback, OpenFeedbacks, OwnFeedback

DAYS: Final = 90
"""How far back is counted, and how long an agent sees what he said."""


class FeedbackService:
    """Shows what waits, keeps answers; no answer of it names a customer or an agent."""

    def __init__(self, store: Store, catalogues: LiveCatalogues, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock

    def open(self, caller: Caller, operation: ReadOperation, language: Language) -> OpenFeedbacks:
        """Return what waits for an answer, oldest first; that the customers' calls are read is kept."""
        with self._store.read() as unit:
            found = unit.feedback.open(MAX_FEEDBACK + 1)
            shown = found[:MAX_FEEDBACK]
            concerned = [(one.contact_id, _customer(unit, one)) for one in shown]
            times = unit.feedback.times((one.action_id for one in shown), self._clock() - timedelta(days=DAYS))
            live = self._catalogues.in_force(unit).live.version
            told = OpenFeedbacks(
                days=DAYS,
                feedback=tuple(self._in_context(unit, one, times, live, language) for one in shown),
                more=len(found) > len(shown),
            )
        role = role_used(caller, Role.ACTION_OWNER, Role.ADMIN)
        keep_list(self._store, Reading(self._clock(), caller.agent_id, role, operation, ReadBasis.TASK), concerned)
        return told

    def mine(self, caller: Caller, language: Language) -> OwnFeedback:
        """Return what the caller said and what was answered, newest first."""
        now = self._clock()
        with self._store.read() as unit:
            actions = DecidedActions(unit, self._catalogues, language)
            said = unit.feedback.of_agent(caller.agent_id, now - timedelta(days=DAYS), MAX_FEEDBACK)
            wishes, asked_by = own_wishes(unit, caller, language)
            concerned = [*((one.contact_id, _customer(unit, one)) for one in said), *asked_by]
            told = OwnFeedback(
                days=DAYS,
                feedback=tuple(_told(one, actions.title(one.decision_id, one.action_id)) for one in said),
                wishes=wishes,
            )
        reading = Reading(now, caller.agent_id, Role.AGENT, ReadOperation.OWN_FEEDBACK, ReadBasis.TASK)
        keep_list(self._store, reading, concerned)
        return told

    def answer(
        self, caller: Caller, operation: ReadOperation, feedback_id: UUID, answer: str, language: Language
    ) -> Feedback:
        """Keep an answer, once, and return what it answers; the same again changes nothing.

        Raises `NotFound`, or `Conflict` where something else was answered.
        """
        with self._store.write() as unit:
            row = unit.feedback.by_id(feedback_id)
            if row is None:
                raise NotFound("there is no feedback by that id")
            if row.answered_at is not None and row.answer != answer:
                raise Conflict("it was answered before, and differently")
            if row.answered_at is None:
                unit.feedback.answer(feedback_id, self._clock(), caller.agent_id, answer)
            kept = unit.feedback.by_id(feedback_id)
            assert kept is not None
            customer_id = _customer(unit, kept)
            if customer_id is not None:
                role = role_used(caller, Role.ACTION_OWNER, Role.ADMIN)
                reading = Reading(
                    self._clock(), caller.agent_id, role, operation, ReadBasis.TASK, contact_id=kept.contact_id
                )
                keep_reading(unit, reading, [customer_id])
            decided = self._decided(unit, row.decision_id)
            return _told(kept, _title(None if decided is None else decided[1], row.action_id, language))

    def _in_context(
        self,
        unit: Unit,
        row: FeedbackRow,
        times: Mapping[tuple[str, FeedbackReason], int],
        live: str,
        language: Language,
    ) -> OpenFeedback:
        stored = unit.decisions.stored(row.decision_id)
        assert stored is not None
        decided = self._decided(unit, row.decision_id)
        explained = None if decided is None else _explained(*decided, row.action_id, language)
        of_action = {reason: count for (action_id, reason), count in times.items() if action_id == row.action_id}
        same = of_action.pop(row.reason, 0)
        return OpenFeedback(
            **dict(_told(row, _title(None if decided is None else decided[1], row.action_id, language))),
            catalogue_version=stored.catalogue_version,
            is_live=stored.catalogue_version == live,
            rank=None if explained is None else explained.rank,
            because=() if explained is None else tuple(dict.fromkeys(one.code for one in explained.because)),
            times=same,
            other_reasons=sum(of_action.values()),
        )

    def _decided(self, unit: Unit, decision_id: UUID) -> tuple[StoredDecision, Catalogue] | None:
        """Return a decision with the version that made it, None where that cannot be read any more."""
        stored = unit.decisions.stored(decision_id)
        try:
            return None if stored is None else (stored, self._catalogues.of_version(unit, stored.catalogue_version))
        except (ConfigurationError, NotFound):
            return None


def _customer(unit: Unit, row: FeedbackRow) -> str | None:
    """Return the customer of the call in which it was said."""
    stored = unit.decisions.stored(row.decision_id)
    return None if stored is None else stored.customer_id


def _told(row: FeedbackRow, title: str) -> Feedback:
    return Feedback(
        feedback_id=row.feedback_id,
        at=row.at,
        action_id=row.action_id,
        title=title,
        reason=row.reason,
        note=row.note,
        decision_id=row.decision_id,
        answered_at=row.answered_at,
        answer=row.answer or "",
    )


def _title(catalogue: Catalogue | None, action_id: str, language: Language) -> str:
    """Return the title as it was written: filled in, its gaps would tell about the customer."""
    actions = () if catalogue is None else catalogue.actions
    return next((one.entry.title.into(language) for one in actions if one.action_id == action_id), action_id)


def _explained(
    stored: StoredDecision, catalogue: Catalogue, action_id: str, language: Language
) -> ExplainedAction | None:
    shown = explain(json.loads(stored.record), catalogue, language).shown
    return next((one for one in shown if one.action_id == action_id), None)
