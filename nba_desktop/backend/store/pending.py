"""What waits to be confirmed, in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, or_, select, tuple_

from nba_desktop.backend.rows.decisions import ResponseRow
from nba_desktop.backend.store.schema.decisions import responses
from nba_desktop.backend.store.schema.outcomes import outcomes
from nba_desktop.contract.codes import OutcomeCode, ResponseCode

_ENDS: Final = tuple(
    one.value
    for one in (
        OutcomeCode.COMPLETED,
        OutcomeCode.PENDING_LAPSED,
        OutcomeCode.REVOKED,
        OutcomeCode.CANCELLED_BY_CUSTOMER,
    )
)
_counter = responses.alias("counter")
_WAITING = (
    select(responses)
    .where(
        responses.c.code == ResponseCode.ACCEPTED_PENDING.value,
        responses.c.at >= bindparam("since"),
        responses.c.at < bindparam("before"),
        tuple_(responses.c.at, responses.c.event_id)
        > tuple_(
            bindparam("after_at", type_=responses.c.at.type), bindparam("after_id", type_=responses.c.event_id.type)
        ),
        responses.c.retracts.is_(None),
        responses.c.customer_id.is_not(None),
        responses.c.action_id.is_not(None),
        ~select(_counter.c.event_id).where(_counter.c.retracts == responses.c.event_id).exists(),
        ~select(outcomes.c.event_id)
        .where(
            outcomes.c.customer_id == responses.c.customer_id,
            outcomes.c.action_id == responses.c.action_id,
            outcomes.c.code.in_(_ENDS),
            or_(
                outcomes.c.decision_id == responses.c.decision_id,
                and_(responses.c.decision_id.is_(None), outcomes.c.at >= responses.c.at),
            ),
        )
        .exists(),
    )
    .order_by(responses.c.at, responses.c.event_id)
    .limit(bindparam("limit"))
)


_WHO_SAID = (
    select(responses.c.customer_id)
    .where(
        responses.c.action_id == bindparam("action_id"),
        responses.c.code.in_(bindparam("codes", expanding=True)),
        responses.c.customer_id > bindparam("after"),
        responses.c.retracts.is_(None),
        ~select(_counter.c.event_id).where(_counter.c.retracts == responses.c.event_id).exists(),
    )
    .distinct()
    .order_by(responses.c.customer_id)
    .limit(bindparam("limit"))
)


class Pending:
    """Reads what waits within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(
        self, since: datetime, before: datetime, after: tuple[datetime, UUID], limit: int
    ) -> Sequence[ResponseRow]:
        """Return the standing yeses of [since, before) without an outcome, in order, behind `after` (at, event id)."""
        found = self._connection.execute(
            _WAITING,
            {"since": since, "before": before, "after_at": after[0], "after_id": after[1], "limit": limit},
        )
        return [ResponseRow(**{**row, "code": ResponseCode(row["code"])}) for row in found.mappings()]

    def who_said(self, action_id: str, codes: Iterable[ResponseCode], after: str, limit: int) -> Sequence[str]:
        """Return customers who once said one of the codes of an action and did not take it back, by id, behind one."""
        values = {"action_id": action_id, "codes": [one.value for one in codes], "after": after, "limit": limit}
        return self._connection.execute(_WHO_SAID, values).scalars().all()
