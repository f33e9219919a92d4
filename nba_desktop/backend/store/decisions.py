"""Decisions, exposure facts and responses in the database; they are only ever appended."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final, Literal, cast
from uuid import UUID

from sqlalchemy import BindParameter, Connection, Row, and_, bindparam, func, insert, select

from nba_desktop.backend.model import PastExposure, PastResponse
from nba_desktop.backend.rows.decisions import (
    DecisionRow,
    ExposureRow,
    LoggedAction,
    PortalDecisionRow,
    ResponseRow,
    StoredDecision,
)
from nba_desktop.backend.store.schema.contacts import events
from nba_desktop.backend.store.schema.customers import customers
from nba_desktop.backend.store.schema.decisions import (
    decision_actions,
    decisions,
    exposures,
    portal_decisions,
    responses,
    shadow_decisions,
)
from nba_desktop.backend.store.schema.outcomes import outcomes
from nba_desktop.contract.codes import OutcomeCode, ResponseCode

AnyCode = ResponseCode | OutcomeCode
AnyRow = Row[*tuple[Any, ...]]

_AT_A_TIME: Final = 500
_OUTCOMES_IN_ORDER: Final = (
    OutcomeCode.TEASER_SEEN,
    OutcomeCode.TEASER_CLICKED,
    OutcomeCode.TEASER_DISMISSED,
    OutcomeCode.COMPLETED,
    OutcomeCode.PENDING_LAPSED,
    OutcomeCode.CANCELLED_BY_CUSTOMER,
    OutcomeCode.REVOKED,
)
"""How outcomes of the same moment follow each other, as when they come with a date and no hour."""

# Built once: to build a statement takes longer than to run it.
_ADD = insert(decisions)
_ADDED = tuple(column.name for column in decisions.c)
_ADD_ACTIONS = insert(decision_actions)
_ADD_EXPOSURES = insert(exposures)
_ADD_RESPONSE = insert(responses)
_RESPONSE_COLUMNS = tuple(column.name for column in responses.c)
_ADD_SHADOW = insert(shadow_decisions)
_ADD_PORTAL = insert(portal_decisions)
_SHOWN = (
    select(decisions.c.decision_id, decision_actions.c.action_id)
    .outerjoin(decision_actions)
    .where(decisions.c.decision_id == bindparam("decision_id"), decisions.c.contact_id == bindparam("contact_id"))
    .order_by(decision_actions.c.rank)
)
_PORTAL_SHOWN = select(portal_decisions.c.shown).where(portal_decisions.c.decision_id == bindparam("decision_id"))
_RESPONSE = select(responses).where(
    responses.c.event_id == bindparam("event_id"),
    responses.c.contact_id == bindparam("contact_id"),
    responses.c.retracts.is_(None),
)
_RETRACTION_OF = select(responses.c.event_id).where(responses.c.retracts == bindparam("event_id"))
# Nothing more is asked of `retracts` here: a database would take its index, and read every response there is.
_SAID = (
    responses.c.event_id,
    responses.c.retracts,
    responses.c.action_id,
    responses.c.code,
    responses.c.at,
    responses.c.group_id,
)
_PAST_RESPONSES = select(*_SAID).where(responses.c.customer_id == bindparam("customer_id"))
_BECAME = (outcomes.c.action_id, outcomes.c.code, outcomes.c.at, outcomes.c.group_id)
_PAST_OUTCOMES = select(*_BECAME).where(outcomes.c.customer_id == bindparam("customer_id"))
_me, _other = customers.alias("me"), customers.alias("other")
# A household without a name is none: its customers would be strangers to each other.
_HOUSEHOLD = _me.join(
    _other,
    and_(
        _other.c.household_id == _me.c.household_id,
        _other.c.customer_id != _me.c.customer_id,
        _me.c.household_id != "",
    ),
)
_PAST_OF_HOUSEHOLD = (
    select(*_SAID)
    .select_from(_HOUSEHOLD.join(responses, responses.c.customer_id == _other.c.customer_id))
    .where(_me.c.customer_id == bindparam("customer_id"))
)
_PAST_OUTCOMES_OF_HOUSEHOLD = (
    select(*_BECAME)
    .select_from(_HOUSEHOLD.join(outcomes, outcomes.c.customer_id == _other.c.customer_id))
    .where(_me.c.customer_id == bindparam("customer_id"))
)
# A call is decided several times: an action shown in it was shown once.
_PAST_EXPOSURES = (
    select(
        exposures.c.contact_id,
        exposures.c.action_id,
        exposures.c.fact,
        func.min(exposures.c.at).label("at"),
        func.max(exposures.c.group_id).label("group_id"),
    )
    .where(
        exposures.c.customer_id == bindparam("customer_id"),
        exposures.c.at >= bindparam("since"),
        exposures.c.fact.in_(("shown", "addressed")),
    )
    .group_by(exposures.c.contact_id, exposures.c.action_id, exposures.c.fact)
    .order_by(func.min(exposures.c.at), exposures.c.action_id)
)
# A page shows its teasers for one decision, however often it says so.
_TEASERS_SEEN = (
    select(
        outcomes.c.action_id,
        func.min(outcomes.c.at).label("at"),
        func.max(outcomes.c.group_id).label("group_id"),
    )
    .where(
        outcomes.c.customer_id == bindparam("customer_id"),
        outcomes.c.at >= bindparam("since"),
        outcomes.c.code == OutcomeCode.TEASER_SEEN.value,
    )
    .group_by(outcomes.c.decision_id, outcomes.c.action_id)
)
_STORED_COLUMNS = (
    decisions.c.decision_id,
    decisions.c.contact_id,
    decisions.c.customer_id,
    decisions.c.decided_at,
    decisions.c.catalogue_version,
    decisions.c.record,
)
_STORED = select(*_STORED_COLUMNS).where(decisions.c.decision_id == bindparam("decision_id"))
_STORED_PORTAL = select(
    portal_decisions.c.decision_id,
    portal_decisions.c.customer_id,
    portal_decisions.c.decided_at,
    portal_decisions.c.catalogue_version,
    portal_decisions.c.record,
).where(portal_decisions.c.decision_id == bindparam("decision_id"))
_LOG = (
    select(*_STORED_COLUMNS)
    .where(decisions.c.decided_at >= bindparam("since"), decisions.c.decided_at < bindparam("until"))
    .order_by(decisions.c.decided_at, decisions.c.decision_id)
    .execution_options(yield_per=_AT_A_TIME)
)
_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
# A response is found by its contact, the decision's own: that is what has an index.
_ANSWERS = (
    select(
        responses.c.event_id,
        responses.c.retracts,
        responses.c.decision_id,
        responses.c.action_id,
        responses.c.code,
        events.c.seq,
    )
    .select_from(decisions)
    .join(
        responses,
        and_(
            responses.c.contact_id == decisions.c.contact_id,
            responses.c.decision_id == decisions.c.decision_id,
        ),
    )
    .outerjoin(events, events.c.event_id == responses.c.event_id)
    .where(decisions.c.decision_id.in_(_IDS))
)
_OUTCOMES = select(
    outcomes.c.event_id,
    outcomes.c.decision_id,
    outcomes.c.action_id,
    outcomes.c.code,
    outcomes.c.at,
    outcomes.c.received_at,
).where(outcomes.c.decision_id.in_(_IDS))
_asked = decisions.alias("asked")
_SAME_CALL = (
    select(decisions.c.decision_id)
    .select_from(_asked)
    .join(
        decisions,
        and_(decisions.c.contact_id == _asked.c.contact_id, decisions.c.customer_id == _asked.c.customer_id),
    )
    .where(_asked.c.decision_id == bindparam("decision_id"))
    .order_by(decisions.c.decided_at, decisions.c.decision_id)
)
_ACTIONS = (
    select(decision_actions.c.decision_id, decision_actions.c.action_id)
    .where(decision_actions.c.decision_id.in_(_IDS))
    .order_by(decision_actions.c.decision_id, decision_actions.c.rank)
)
_FACTS = select(exposures.c.decision_id, exposures.c.action_id, exposures.c.fact).where(
    exposures.c.decision_id.in_(_IDS)
)
_ANSWERS_TO = (
    select(responses, events.c.seq)
    .outerjoin(events, events.c.event_id == responses.c.event_id)
    .where(responses.c.customer_id == bindparam("customer_id"), responses.c.action_id == bindparam("action_id"))
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

    def add_shadow(self, decision_id: UUID, catalogue_version: str, record: str) -> None:
        """Keep what a version in shadow decided beside the decision that was shown."""
        self._connection.execute(
            _ADD_SHADOW, {"decision_id": decision_id, "catalogue_version": catalogue_version, "record": record}
        )

    def add_portal(self, decision: PortalDecisionRow) -> None:
        """Keep a decision on teasers."""
        self._connection.execute(_ADD_PORTAL, asdict(decision) | {"shown": json.dumps(decision.shown)})

    def shown(self, decision_id: UUID, contact_id: UUID) -> tuple[str, ...] | None:
        """Return the actions of a decision of this contact, or None when there is no such decision."""
        rows = self._connection.execute(_SHOWN, {"decision_id": decision_id, "contact_id": contact_id}).all()
        return tuple(row.action_id for row in rows if row.action_id is not None) if rows else None

    def shown_teasers(self, decision_id: UUID) -> tuple[str, ...] | None:
        """Return the actions of a decision on teasers, or None when there is no such decision."""
        shown = self._connection.execute(_PORTAL_SHOWN, {"decision_id": decision_id}).scalar()
        return None if shown is None else tuple(json.loads(shown))

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
        """Return the customer's and his household's responses and outcomes that count, oldest first."""
        whose = {"customer_id": customer_id}
        past = [
            PastResponse(row.action_id, ResponseCode(row.code), row.at, household, row.group_id)
            for statement, household in ((_PAST_RESPONSES, False), (_PAST_OF_HOUSEHOLD, True))
            for row in _standing(self._connection.execute(statement, whose).all())
            if row.action_id is not None
        ]
        past += [
            PastResponse(row.action_id, OutcomeCode(row.code), row.at, household, row.group_id)
            for statement, household in ((_PAST_OUTCOMES, False), (_PAST_OUTCOMES_OF_HOUSEHOLD, True))
            for row in self._connection.execute(statement, whose)
        ]
        return tuple(sorted(past, key=lambda one: (one.at, one.action_id, one.code)))

    def past_exposures(
        self, customer_id: str, since: datetime, besides: UUID | None = None
    ) -> tuple[PastExposure, ...]:
        """Return what was shown or addressed to the customer since a moment, oldest first.

        Each counts once for a contact; the contact `besides` is left out: what is going on in it does not count against
        itself. A teaser that was seen was shown, once for its decision.
        """
        whose = {"customer_id": customer_id, "since": since}
        found = [
            PastExposure(row.action_id, cast(Literal["shown", "addressed"], row.fact), row.at, row.group_id)
            for row in self._connection.execute(_PAST_EXPOSURES, whose)
            if row.contact_id != besides
        ]
        found += [
            PastExposure(row.action_id, "shown", row.at, row.group_id)
            for row in self._connection.execute(_TEASERS_SEEN, whose)
        ]
        return tuple(sorted(found, key=lambda one: (one.at, one.action_id, one.fact)))

    def stored(self, decision_id: UUID) -> StoredDecision | None:
        """Return a decision of a call or of the portal, or None."""
        row = self._connection.execute(_STORED, {"decision_id": decision_id}).mappings().one_or_none()
        if row is not None:
            return StoredDecision(**row)
        row = self._connection.execute(_STORED_PORTAL, {"decision_id": decision_id}).mappings().one_or_none()
        return None if row is None else StoredDecision(contact_id=None, **row)

    def codes(self, decision_id: UUID, action_id: str) -> tuple[AnyCode, ...]:
        """Return the responses and outcomes that count for one recommendation, oldest first.

        Of a call those to the action under any of its decisions: they are one recommendation, made anew. Responses are
        in the order they have in their call, whatever a clock said; outcomes come after what they are outcomes of, by
        their own time.
        """
        ids = self.same_call(decision_id)
        said = [ResponseCode(row.code) for row in self._answers(ids) if row.action_id == action_id]
        return (*said, *(OutcomeCode(row.code) for row in self._outcomes(ids) if row.action_id == action_id))

    def same_call(self, decision_id: UUID) -> Sequence[UUID]:
        """Return the decisions of a decision's call for the same customer, oldest first; itself alone in the portal."""
        # Without a customer nothing was recommended: such a decision stands alone, too.
        return self._connection.execute(_SAME_CALL, {"decision_id": decision_id}).scalars().all() or [decision_id]

    def answers(self, customer_id: str, action_id: str) -> Sequence[ResponseRow]:
        """Return a customer's responses to an action that count, within each call in their order."""
        rows = self._connection.execute(_ANSWERS_TO, {"customer_id": customer_id, "action_id": action_id}).all()
        return [
            ResponseRow(**{name: getattr(row, name) for name in _RESPONSE_COLUMNS} | {"code": ResponseCode(row.code)})
            for row in _in_order(_standing(rows))
        ]

    def log(self, since: datetime, until: datetime) -> Iterator[StoredDecision]:
        """Return the decisions of calls made within [since, until), in order, a few at a time."""
        found = self._connection.execute(_LOG, {"since": since, "until": until})
        return (StoredDecision(**row) for row in found.mappings())

    def logged_actions(self, decision_ids: Sequence[UUID]) -> Sequence[LoggedAction]:
        """Return the recommended actions of some decisions with what became of them."""
        found: list[LoggedAction] = []
        for ids in _batches(decision_ids):
            facts = {
                (row.decision_id, row.action_id, row.fact) for row in self._connection.execute(_FACTS, {"ids": ids})
            }
            codes = self._codes(ids)
            found += [
                LoggedAction(
                    decision_id=row.decision_id,
                    action_id=row.action_id,
                    shown=(row.decision_id, row.action_id, "shown") in facts,
                    addressed=(row.decision_id, row.action_id, "addressed") in facts,
                    codes=codes.get((row.decision_id, row.action_id), ()),
                )
                for row in self._connection.execute(_ACTIONS, {"ids": ids})
            ]
        return found

    def _codes(self, ids: Sequence[UUID]) -> Mapping[tuple[UUID, str], tuple[AnyCode, ...]]:
        found: dict[tuple[UUID, str], list[AnyCode]] = defaultdict(list)
        for row in self._answers(ids):
            if row.action_id is not None:
                found[row.decision_id, row.action_id].append(ResponseCode(row.code))
        for after in self._outcomes(ids):
            found[after.decision_id, after.action_id].append(OutcomeCode(after.code))
        return {key: tuple(codes) for key, codes in found.items()}

    def _answers(self, ids: Sequence[UUID]) -> list[AnyRow]:
        return _in_order(_standing(self._connection.execute(_ANSWERS, {"ids": ids}).all()))

    def _outcomes(self, ids: Sequence[UUID]) -> list[AnyRow]:
        return sorted(self._connection.execute(_OUTCOMES, {"ids": ids}).all(), key=place_of_outcome)


def _standing(rows: Sequence[AnyRow]) -> list[AnyRow]:
    """The responses among them that were not taken back."""
    retracted = {row.retracts for row in rows}
    return [row for row in rows if row.retracts is None and row.event_id not in retracted]


def _in_order(rows: list[AnyRow]) -> list[AnyRow]:
    """Responses by their place in the call; the id settles what a panel numbered twice."""
    return sorted(rows, key=lambda row: (row.seq or 0, row.event_id.hex))


def place_of_outcome(row: AnyRow) -> tuple[datetime, int, datetime, str]:
    """Return what outcomes of one recommendation are ordered by."""
    return row.at, _OUTCOMES_IN_ORDER.index(OutcomeCode(row.code)), row.received_at, row.event_id.hex


def _batches(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + _AT_A_TIME] for start in range(0, len(ids), _AT_A_TIME))
