"""What arrives of customers while the backend runs: touchpoints, what they come to, and what waits because of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select, update

from nba_desktop.backend.journey.features import CaseEnd, JourneyFeatures, TouchpointKind
from nba_desktop.backend.model import TouchpointRecord, WaitingEvent
from nba_desktop.backend.rows.arrivals import RaisedInCall, WaitingRow
from nba_desktop.backend.store.customers import read_touchpoint, touchpoint_row
from nba_desktop.backend.store.schema.arrivals import journey_features, touchpoints, waiting_events
from nba_desktop.backend.store.schema.contacts import contacts, events
from nba_desktop.contract.codes import AuthLevel, ContactChannel, Experience

_T, _W, _C = touchpoints.c, waiting_events.c, contacts.c
_MINE: Final = _T.customer_id == bindparam("customer_id")
_BY_ID: Final = select(touchpoints).where(_T.touchpoint_id == bindparam("touchpoint_id"))
_COUNT: Final = select(func.count()).select_from(touchpoints).where(_MINE)
_WITHIN: Final = select(touchpoints).where(_MINE, _T.at >= bindparam("first"), _T.at <= bindparam("last"))
_NTH: Final = (
    select(_T.at).where(_MINE, _T.at <= bindparam("until")).order_by(_T.at.desc()).limit(1).offset(bindparam("place"))
)
_RECENT: Final = (
    select(touchpoints)
    .where(_MINE, or_(_T.at >= bindparam("since"), _T.case_id.in_(bindparam("cases", expanding=True))))
    .order_by(_T.at.desc(), _T.touchpoint_id.desc())
)
_FEATURES: Final = select(journey_features).where(journey_features.c.customer_id == bindparam("customer_id"))
_WAITING: Final = (
    select(_W.trigger_id, _W.action_id, _W.touchpoint_type, _W.at)
    .where(_W.customer_id == bindparam("customer_id"), _W.used_at.is_(None), _W.expires_at > bindparam("now"))
    .order_by(_W.at, _W.touchpoint_id, _W.trigger_id, _W.action_id)
)
_TO_USE: Final = (
    select(_W.touchpoint_id)
    .where(
        _W.customer_id == bindparam("customer_id"),
        _W.action_id == bindparam("action_id"),
        _W.used_at.is_(None),
        _W.at <= bindparam("at"),
    )
    .limit(1)
)
# The moments of both are the server's own: a call begins when its first event comes here.
_RAISED_IN_CALLS: Final = (
    select(_C.agent_id, _C.contact_id, _W.touchpoint_id, _W.trigger_id, _W.action_id)
    .join(waiting_events, _W.customer_id == _C.customer_id)
    .join(events, and_(events.c.contact_id == _C.contact_id, events.c.seq == 1))
    .where(
        _C.agent_id.in_(bindparam("agents", expanding=True)),
        _C.auth_level == AuthLevel.AUTHENTICATED.value,
        _C.ended_at.is_(None),
        _C.started_at >= bindparam("begun_since"),
        _W.raised_at >= bindparam("raised_since"),
        _W.raised_at >= events.c.received_at,
    )
    .order_by(_W.raised_at, _W.touchpoint_id, _W.trigger_id, _W.action_id, _C.contact_id)
)


class Arrivals:
    """Reads and writes within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def touchpoint(self, touchpoint_id: str) -> TouchpointRecord | None:
        """Return a touchpoint, or None."""
        row = self._connection.execute(_BY_ID, {"touchpoint_id": touchpoint_id}).mappings().first()
        return None if row is None else read_touchpoint(row)

    def add(self, touchpoint: TouchpointRecord) -> None:
        """Add a touchpoint."""
        self._connection.execute(insert(touchpoints), touchpoint_row(touchpoint))

    def count(self, customer_id: str) -> int:
        """Return how many touchpoints a customer has."""
        return self._connection.execute(_COUNT, {"customer_id": customer_id}).scalar_one()

    def within(self, customer_id: str, first: datetime, last: datetime) -> Sequence[TouchpointRecord]:
        """Return the touchpoints of a customer in [first, last]."""
        asked = {"customer_id": customer_id, "first": first, "last": last}
        return [read_touchpoint(row) for row in self._connection.execute(_WITHIN, asked).mappings()]

    def newest_at(self, customer_id: str, until: datetime, place: int) -> datetime | None:
        """Return the moment of the touchpoint at a place among those up to a moment, newest first from 0."""
        return self._connection.execute(_NTH, {"customer_id": customer_id, "until": until, "place": place}).scalar()

    def recent(self, customer_id: str, since: datetime, cases: Sequence[str]) -> Sequence[TouchpointRecord]:
        """Return the touchpoints since a moment and every one of some cases, newest first."""
        asked = {"customer_id": customer_id, "since": since, "cases": list(cases)}
        return [read_touchpoint(row) for row in self._connection.execute(_RECENT, asked).mappings()]

    def mark_breaks(self, customer_id: str, rules: Mapping[str, str | None]) -> None:
        """Say of touchpoints, by their ids, which rule found something there; None for none."""
        for touchpoint_id, rule in rules.items():
            self._connection.execute(
                update(touchpoints)
                .where(
                    _T.customer_id == customer_id,
                    _T.touchpoint_id == touchpoint_id,
                    # What stays as it is is not written.
                    _T.break_rule.is_distinct_from(rule),
                )
                .values(break_rule=rule)
            )

    def features(self, customer_id: str) -> JourneyFeatures | None:
        """Return what a customer's touchpoints come to, as far as that was kept."""
        row = self._connection.execute(_FEATURES, {"customer_id": customer_id}).mappings().first()
        if row is None:
            return None
        return JourneyFeatures(
            zone=row["zone"],
            total=row["total"],
            first_at=row["first_at"],
            counts={_kind(name): {int(day): n for day, n in days} for name, days in json.loads(row["counts"]).items()},
            cases={
                case: CaseEnd(datetime.fromisoformat(at), touchpoint_id, is_open)
                for case, (at, touchpoint_id, is_open) in json.loads(row["cases"]).items()
            },
        )

    def put_features(self, customer_id: str, features: JourneyFeatures) -> None:
        """Keep what a customer's touchpoints come to."""
        values: dict[str, Any] = {
            "zone": features.zone,
            "total": features.total,
            "first_at": features.first_at,
            "counts": json.dumps({"|".join(kind): sorted(days.items()) for kind, days in features.counts.items()}),
            "cases": json.dumps(
                {case: (end.at.isoformat(), end.touchpoint_id, end.open) for case, end in features.cases.items()}
            ),
        }
        mine = journey_features.c.customer_id == customer_id
        if self._connection.execute(update(journey_features).where(mine).values(values)).rowcount == 0:
            self._connection.execute(insert(journey_features).values(customer_id=customer_id, **values))

    def wait(self, rows: Sequence[WaitingRow]) -> None:
        """Add what a touchpoint raises."""
        if rows:
            self._connection.execute(insert(waiting_events), [asdict(row) for row in rows])

    def waiting(self, customer_id: str, now: datetime) -> tuple[WaitingEvent, ...]:
        """Return what waits for a customer at a moment, oldest first."""
        rows = self._connection.execute(_WAITING, {"customer_id": customer_id, "now": now})
        return tuple(WaitingEvent(row.trigger_id, row.action_id, row.touchpoint_type, row.at) for row in rows)

    def use(self, customer_id: str, action_id: str, at: datetime, used_by: UUID) -> None:
        """Say that a customer answered what waited of an action until then, by a response or an outcome."""
        asked = {"customer_id": customer_id, "action_id": action_id, "at": at}
        if self._connection.execute(_TO_USE, asked).first() is not None:
            self._connection.execute(
                update(waiting_events)
                .where(_W.customer_id == customer_id, _W.action_id == action_id, _W.used_at.is_(None), _W.at <= at)
                .values(used_at=at, used_by=used_by)
            )

    def give_back(self, used_by: UUID) -> None:
        """Let wait again what a response had used up that was taken back."""
        if self._connection.execute(select(_W.touchpoint_id).where(_W.used_by == used_by).limit(1)).first() is not None:
            self._connection.execute(
                update(waiting_events).where(_W.used_by == used_by).values(used_at=None, used_by=None)
            )

    def remove_expired(self, before: datetime) -> int:
        """Delete what was over before a moment, and return how much that was."""
        return self._connection.execute(delete(waiting_events).where(_W.expires_at <= before)).rowcount

    def raised_in_calls(
        self, agents: Collection[str], raised_since: datetime, begun_since: datetime
    ) -> Sequence[RaisedInCall]:
        """Return what was raised since a moment in the calls of some agents in which the customer is authenticated.

        What was raised before a call began is no news in it. `begun_since` leaves out calls whose end was never told.
        """
        asked = {"agents": sorted(agents), "raised_since": raised_since, "begun_since": begun_since}
        return [RaisedInCall(*row) for row in self._connection.execute(_RAISED_IN_CALLS, asked)]


def _kind(name: str) -> TouchpointKind:
    type_, channel, experience = name.split("|")
    return TouchpointKind(type_, ContactChannel(channel), Experience(experience))
