"""Decisions, exposure facts and responses in the database; they are only ever appended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select

from nba_desktop.backend.model import PastResponse
from nba_desktop.backend.ports import DecisionRow, ExposureRow, ResponseRow
from nba_desktop.backend.store.schema import decision_actions, decisions, exposures, responses
from nba_desktop.contract.codes import ResponseCode

# Built once: to build a statement takes longer than to run it.
_ADD = insert(decisions)
_ADDED = tuple(column.name for column in decisions.c)
_ADD_ACTIONS = insert(decision_actions)
_ADD_EXPOSURES = insert(exposures)
_ADD_RESPONSE = insert(responses)
_SHOWN = (
    select(decisions.c.decision_id, decision_actions.c.action_id)
    .outerjoin(decision_actions)
    .where(decisions.c.decision_id == bindparam("decision_id"), decisions.c.contact_id == bindparam("contact_id"))
    .order_by(decision_actions.c.rank)
)
_RESPONSE = select(responses).where(
    responses.c.event_id == bindparam("event_id"),
    responses.c.contact_id == bindparam("contact_id"),
    responses.c.retracts.is_(None),
)
_RETRACTION_OF = select(responses.c.event_id).where(responses.c.retracts == bindparam("event_id"))
# Nothing more is asked of `retracts` here: a database would take its index, and read every response there is.
_PAST_RESPONSES = (
    select(responses.c.event_id, responses.c.retracts, responses.c.action_id, responses.c.code, responses.c.at)
    .where(responses.c.customer_id == bindparam("customer_id"))
    .order_by(responses.c.at, responses.c.event_id)
)


class Decisions:
    """Appends and reads decisions and what became of them within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, decision: DecisionRow) -> None:
        """Keep a decision."""
        self._connection.execute(_ADD, {name: getattr(decision, name) for name in _ADDED})
        if decision.shown:
            self._connection.execute(
                _ADD_ACTIONS,
                [
                    {"decision_id": decision.decision_id, "rank": rank, "action_id": action_id}
                    for rank, action_id in enumerate(decision.shown, start=1)
                ],
            )

    def shown(self, decision_id: UUID, contact_id: UUID) -> tuple[str, ...] | None:
        """Return the actions of a decision of this contact, or None when there is no such decision."""
        rows = self._connection.execute(_SHOWN, {"decision_id": decision_id, "contact_id": contact_id}).all()
        return tuple(row.action_id for row in rows if row.action_id is not None) if rows else None

    def add_exposures(self, facts: Sequence[ExposureRow]) -> None:
        """Append exposure facts."""
        if facts:
            self._connection.execute(_ADD_EXPOSURES, [asdict(fact) for fact in facts])

    def add_response(self, response: ResponseRow) -> None:
        """Append a response or a counter-entry."""
        self._connection.execute(_ADD_RESPONSE, asdict(response))

    def response(self, event_id: UUID, contact_id: UUID) -> ResponseRow | None:
        """Return a response of this contact, or None."""
        row = (
            self._connection.execute(_RESPONSE, {"event_id": event_id, "contact_id": contact_id})
            .mappings()
            .one_or_none()
        )
        return None if row is None else ResponseRow(**{**row, "code": ResponseCode(row["code"])})

    def is_retracted(self, event_id: UUID) -> bool:
        """Say whether a response was taken back."""
        return self._connection.execute(_RETRACTION_OF, {"event_id": event_id}).first() is not None

    def past_responses(self, customer_id: str) -> tuple[PastResponse, ...]:
        """Return the customer's responses that count, oldest first."""
        rows = self._connection.execute(_PAST_RESPONSES, {"customer_id": customer_id}).all()
        retracted = {row.retracts for row in rows}
        return tuple(
            PastResponse(row.action_id, ResponseCode(row.code), row.at)
            for row in rows
            if row.action_id is not None and row.retracts is None and row.event_id not in retracted
        )
