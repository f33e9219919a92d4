"""Decisions, exposure facts and responses in the database; they are only ever appended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Connection, insert, select

from nba_desktop.backend.model import PastResponse
from nba_desktop.backend.ports import DecisionRow, ExposureRow, ResponseRow
from nba_desktop.backend.store.schema import decision_actions, decisions, exposures, responses
from nba_desktop.contract.codes import ResponseCode


class Decisions:
    """Appends and reads decisions and what became of them within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, decision: DecisionRow) -> None:
        """Keep a decision."""
        values = asdict(decision)
        shown = values.pop("shown")
        self._connection.execute(insert(decisions), values)
        if shown:
            self._connection.execute(
                insert(decision_actions),
                [
                    {"decision_id": decision.decision_id, "rank": rank, "action_id": action_id}
                    for rank, action_id in enumerate(shown, start=1)
                ],
            )

    def shown(self, decision_id: UUID, contact_id: UUID) -> tuple[str, ...] | None:
        """Return the actions of a decision of this contact, or None when there is no such decision."""
        rows = self._connection.execute(
            select(decisions.c.decision_id, decision_actions.c.action_id)
            .outerjoin(decision_actions)
            .where(decisions.c.decision_id == decision_id, decisions.c.contact_id == contact_id)
            .order_by(decision_actions.c.rank)
        ).all()
        return tuple(row.action_id for row in rows if row.action_id is not None) if rows else None

    def add_exposures(self, facts: Sequence[ExposureRow]) -> None:
        """Append exposure facts."""
        if facts:
            self._connection.execute(insert(exposures), [asdict(fact) for fact in facts])

    def add_response(self, response: ResponseRow) -> None:
        """Append a response or a counter-entry."""
        self._connection.execute(insert(responses), asdict(response))

    def response(self, event_id: UUID, contact_id: UUID) -> ResponseRow | None:
        """Return a response of this contact, or None."""
        row = (
            self._connection.execute(
                select(responses).where(
                    responses.c.event_id == event_id,
                    responses.c.contact_id == contact_id,
                    responses.c.retracts.is_(None),
                )
            )
            .mappings()
            .one_or_none()
        )
        return None if row is None else ResponseRow(**{**row, "code": ResponseCode(row["code"])})

    def is_retracted(self, event_id: UUID) -> bool:
        """Say whether a response was taken back."""
        return (
            self._connection.execute(select(responses.c.event_id).where(responses.c.retracts == event_id)).first()
            is not None
        )

    def past_responses(self, customer_id: str) -> tuple[PastResponse, ...]:
        """Return the customer's responses that count, oldest first."""
        retraction = responses.alias("retraction")
        rows = self._connection.execute(
            select(responses.c.action_id, responses.c.code, responses.c.at)
            .outerjoin(retraction, retraction.c.retracts == responses.c.event_id)
            .where(
                responses.c.customer_id == customer_id,
                responses.c.retracts.is_(None),
                responses.c.action_id.is_not(None),
                retraction.c.event_id.is_(None),
            )
            .order_by(responses.c.at, responses.c.event_id)
        ).all()
        return tuple(PastResponse(row.action_id, ResponseCode(row.code), row.at) for row in rows)
