"""What the site's figures count besides the facts of calls: offered calls, consents, and the ways that led to calls."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, and_, case, cast, func, insert, null, or_, select, union_all
from sqlalchemy.sql.elements import ColumnElement

from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.backend.rows.site_figures import ConsentSaid, QueueCallRow, QueueCounts, WayPoint
from nba_desktop.backend.store.schema.arrivals import touchpoints
from nba_desktop.backend.store.schema.consents import consent_events
from nba_desktop.backend.store.schema.contacts import contacts
from nba_desktop.backend.store.schema.site_figures import queue_calls
from nba_desktop.contract.codes import AuthLevel, ConsentChannel, ConsentEventType, ConsentPurpose, ContactChannel

_ASKED: Final = tuple(one.value for one in (ConsentEventType.ASKED, ConsentEventType.GRANTED, ConsentEventType.REFUSED))
_AFTER: Final = tuple(one.value for one in (ConsentEventType.DOI_CONFIRMED, ConsentEventType.WITHDRAWN))
_AT_A_TIME: Final = 5_000


class SiteFacts:
    """Reads and appends within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_queue_calls(self, calls: Sequence[QueueCallRow]) -> None:
        """Append offered calls."""
        if calls:
            self._connection.execute(insert(queue_calls), [_queue_call(one) for one in calls])

    def queue_counts(self, first: datetime, until: datetime, service_ms: int) -> QueueCounts:
        """Return the counts of the calls offered in [first, until); in time is within so many milliseconds."""
        c = queue_calls.c
        answered = c.answered_at.is_not(None)
        in_time = and_(answered, c.waited_ms <= service_ms)
        asked = select(func.count(), _number(in_time), _number(c.abandoned)).where(
            c.offered_at >= first, c.offered_at < until, or_(answered, c.ended_at.is_not(None))
        )
        return QueueCounts(*self._connection.execute(asked).one())

    def consents_said(self, first: datetime, until: datetime) -> Sequence[ConsentSaid]:
        """Return what was asked and given in calls in [first, until), in the ledger's order."""
        c = consent_events.c
        return self._consents(c.event.in_(_ASKED), c.at >= first, c.at < until, c.call_id.is_not(None))

    def consents_after(self, since: datetime) -> Sequence[ConsentSaid]:
        """Return the confirmations and withdrawals since a moment, in the ledger's order."""
        return self._consents(consent_events.c.event.in_(_AFTER), consent_events.c.at >= since)

    def _consents(self, *which: ColumnElement[bool]) -> Sequence[ConsentSaid]:
        c = consent_events.c
        asked = select(c.customer_id, c.purpose, c.channel, c.event, c.at, c.call_id, c.recipient_code).where(*which)
        return [_said(row) for row in self._connection.execute(asked.order_by(c.position))]

    def ways(self, first: datetime, until: datetime) -> Iterator[WayPoint]:
        """Return every contact in [first, until) of customers who are known, by customer and moment."""
        t, c = touchpoints.c, contacts.c
        nothing = cast(null(), c.concern.type).label("concern")
        before = select(t.customer_id, t.at, t.touchpoint_id, t.channel, t.type, t.params, nothing).where(
            t.at >= first, t.at < until
        )
        empty = (cast(null(), one.type) for one in before.selected_columns[2:-1])
        calls = select(c.customer_id, c.started_at, *empty, c.concern).where(
            c.started_at >= first,
            c.started_at < until,
            c.customer_id.is_not(None),
            c.auth_level == AuthLevel.AUTHENTICATED.value,
            c.direction == "inbound",
        )
        both = union_all(before, calls).subquery()
        asked = select(both).order_by(both.c.customer_id, both.c.at).execution_options(yield_per=_AT_A_TIME)
        for row in self._connection.execute(asked):
            touchpoint = None if row.touchpoint_id is None else _touchpoint(row)
            yield WayPoint(row.customer_id, row.at, touchpoint, row.concern)


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows meet a condition, none of no rows."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _queue_call(call: QueueCallRow) -> dict[str, object]:
    waited = None if call.answered_at is None else (call.answered_at - call.offered_at) // timedelta(milliseconds=1)
    return asdict(call) | {"waited_ms": waited}


def _touchpoint(row: Any) -> TouchpointRecord:
    channel = ContactChannel(row.channel)
    return TouchpointRecord(row.touchpoint_id, row.customer_id, row.at, channel, row.type, json.loads(row.params))


def _said(row: Any) -> ConsentSaid:
    return ConsentSaid(
        row.customer_id,
        ConsentPurpose(row.purpose),
        ConsentChannel(row.channel),
        ConsentEventType(row.event),
        row.at,
        row.call_id,
        row.recipient_code,
    )
