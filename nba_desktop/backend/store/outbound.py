"""Results that leave, where they go and what became of them, in the database."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    String,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from nba_desktop.backend.outbound.records import (
    Delivery,
    DeliveryState,
    Endpoint,
    EndpointCounts,
    ResultEvent,
    ResultType,
    SubjectRequest,
)
from nba_desktop.backend.store.schema.outbound import deliveries, outbound_endpoints, outbound_events
from nba_desktop.backend.store.schema.subjects import subject_requests

_WAITS: Final = deliveries.c.state == DeliveryState.WAITING.value
_earlier = deliveries.alias("earlier")
_IS_HEAD: Final = ~exists().where(
    _earlier.c.endpoint == deliveries.c.endpoint,
    _earlier.c.state == DeliveryState.WAITING.value,
    _earlier.c.ordered_by == deliveries.c.ordered_by,
    _earlier.c.position < deliveries.c.position,
)
_ADD: Final = insert(outbound_events)
# One for each endpoint that wants it, also for one that is disabled: it goes on where it ended.
_FAN_OUT: Final = insert(deliveries).from_select(
    ["endpoint", "position", "ordered_by", "state", "attempts", "next_at", "last_problem"],
    select(
        outbound_endpoints.c.name,
        bindparam("position", type_=deliveries.c.position.type),
        bindparam("ordered_by", type_=String),
        literal(DeliveryState.WAITING.value),
        literal(0),
        bindparam("now", type_=deliveries.c.next_at.type),
        literal(""),
    ).where(or_(outbound_endpoints.c.types == "", outbound_endpoints.c.types.contains(bindparam("wanted")))),
)
_KNOWN: Final = select(outbound_events.c.position).where(outbound_events.c.event_id == bindparam("event_id"))
_ROWS: Final = select(deliveries, *(column for column in outbound_events.c if column.name != "position")).join(
    outbound_events, outbound_events.c.position == deliveries.c.position
)


class Outbound:
    """Keeps and reads results and their deliveries within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, event: ResultEvent) -> None:
        """Append a result behind all others and let it wait for every endpoint that wants its type."""
        values = {name: value for name, value in asdict(event).items() if name != "position"}
        values |= {"type": event.type.value, "data": json.dumps(event.data, ensure_ascii=False)}
        key = self._connection.execute(_ADD, values).inserted_primary_key
        assert key is not None
        self._connection.execute(
            _FAN_OUT,
            {
                "position": key[0],
                "ordered_by": event.ordered_by,
                "now": event.recorded_at,
                "wanted": f" {event.type.value} ",
            },
        )

    def knows(self, event_id: UUID) -> bool:
        """Say whether a result was told before."""
        return self._connection.execute(_KNOWN, {"event_id": event_id}).first() is not None

    def behind(
        self, position: int, types: frozenset[ResultType], since: datetime | None, limit: int
    ) -> Sequence[ResultEvent]:
        """Return the results behind a position in order, of some types or with none of all, recorded since a moment."""
        query = select(outbound_events).where(outbound_events.c.position > position)
        if types:
            query = query.where(outbound_events.c.type.in_(sorted(types)))
        if since is not None:
            query = query.where(outbound_events.c.recorded_at >= since)
        rows = self._connection.execute(query.order_by(outbound_events.c.position).limit(limit)).mappings()
        return [_event(row) for row in rows]

    def endpoints(self) -> Sequence[Endpoint]:
        """Return every endpoint, by name."""
        rows = self._connection.execute(select(outbound_endpoints).order_by(outbound_endpoints.c.name)).mappings()
        return [_endpoint(row) for row in rows]

    def add_endpoint(self, endpoint: Endpoint, since: datetime | None = None) -> bool:
        """Add an endpoint, what was recorded since a moment waiting for it; False when there is one by its name."""
        known = select(outbound_endpoints.c.name).where(outbound_endpoints.c.name == endpoint.name)
        if self._connection.execute(known).first() is not None:
            return False
        types = f" {' '.join(sorted(endpoint.types))} " if endpoint.types else ""
        self._connection.execute(insert(outbound_endpoints).values(asdict(endpoint) | {"types": types}))
        position = 0
        while since is not None and (found := self.behind(position, endpoint.types, since, 500)):
            rows = [
                {
                    "endpoint": endpoint.name,
                    "position": one.position,
                    "ordered_by": one.ordered_by,
                    "state": DeliveryState.WAITING.value,
                    "attempts": 0,
                    "next_at": endpoint.created_at,
                    "last_problem": "",
                }
                for one in found
            ]
            self._connection.execute(insert(deliveries), rows)
            position = found[-1].position
        return True

    def remove_endpoint(self, name: str) -> bool:
        """Remove an endpoint with what waits for it; False when there is none."""
        self._connection.execute(delete(deliveries).where(deliveries.c.endpoint == name))
        gone = delete(outbound_endpoints).where(outbound_endpoints.c.name == name)
        return self._connection.execute(gone).rowcount == 1

    def set_secret(self, name: str, secret: str) -> bool:
        """Replace what an endpoint's events are signed with; False when there is none."""
        return self._set(name, {"secret": secret})

    def set_disabled(self, name: str, at: datetime | None) -> bool:
        """Let nothing be sent to an endpoint any more, or with None again; False when there is none."""
        return self._set(name, {"disabled_at": at})

    def claim(self, name: str, sender: UUID, now: datetime, until: datetime) -> bool:
        """Let one process alone hand over to an endpoint until a moment; False while another one does."""
        free = or_(
            outbound_endpoints.c.sender.is_(None),
            outbound_endpoints.c.sender == sender,
            outbound_endpoints.c.sender_until < now,
        )
        taken = (
            update(outbound_endpoints)
            .where(outbound_endpoints.c.name == name, outbound_endpoints.c.disabled_at.is_(None), free)
            .values(sender=sender, sender_until=until)
        )
        return self._connection.execute(taken).rowcount == 1

    def release(self, name: str, sender: UUID) -> None:
        """Let other processes hand over again."""
        mine = and_(outbound_endpoints.c.name == name, outbound_endpoints.c.sender == sender)
        self._connection.execute(update(outbound_endpoints).where(mine).values(sender=None, sender_until=None))

    def with_work(self, now: datetime) -> Sequence[str]:
        """Return the names of the endpoints for which something is due."""
        due = exists().where(deliveries.c.endpoint == outbound_endpoints.c.name, *_due(now))
        query = select(outbound_endpoints.c.name).where(outbound_endpoints.c.disabled_at.is_(None), due)
        return self._connection.execute(query.order_by(outbound_endpoints.c.name)).scalars().all()

    def due(self, name: str, now: datetime, limit: int) -> Sequence[Delivery]:
        """Return what may be sent now, oldest first: of each customer only what he waits for longest."""
        query = _ROWS.where(deliveries.c.endpoint == name, *_due(now)).order_by(deliveries.c.position).limit(limit)
        return [_delivery(row) for row in self._connection.execute(query).mappings()]

    def settle(self, name: str, position: int, state: DeliveryState, at: datetime, attempts: int, problem: str) -> None:
        """Say how a delivery ended."""
        self._put(name, position, state=state.value, settled_at=at, attempts=attempts, last_problem=problem)

    def try_again(
        self, name: str, position: int, at: datetime, attempts: int, first_tried_at: datetime, problem: str
    ) -> None:
        """Let a delivery be tried again at a moment."""
        self._put(name, position, next_at=at, attempts=attempts, first_tried_at=first_tried_at, last_problem=problem)

    def counts(self) -> Mapping[str, EndpointCounts]:
        """Return how much of each endpoint waits, is delivered and dead, and how what waits longest fares."""
        query = (
            select(deliveries.c.endpoint, deliveries.c.state, func.count(), func.min(outbound_events.c.recorded_at))
            .join(outbound_events, outbound_events.c.position == deliveries.c.position)
            .group_by(deliveries.c.endpoint, deliveries.c.state)
        )
        found: dict[str, dict[str, Any]] = {}
        for endpoint, state, number, oldest in self._connection.execute(query):
            of_endpoint = found.setdefault(endpoint, {})
            of_endpoint[state] = number
            if state == DeliveryState.WAITING.value:
                of_endpoint["oldest"] = oldest
        heads = select(deliveries.c.endpoint, func.min(deliveries.c.position).label("position")).where(_WAITS)
        longest = heads.group_by(deliveries.c.endpoint).subquery()
        same = and_(deliveries.c.endpoint == longest.c.endpoint, deliveries.c.position == longest.c.position)
        for row in self._connection.execute(select(deliveries).join(longest, same)).mappings():
            found.setdefault(row["endpoint"], {}).update(
                {name: row[name] for name in ("attempts", "last_problem", "next_at")}
            )
        return {endpoint: EndpointCounts(**values) for endpoint, values in found.items()}

    def hurry(self, name: str, now: datetime) -> int:
        """Let all that waits for an endpoint be due, each customer's in its order; return how much waits there."""
        waits = and_(deliveries.c.endpoint == name, _WAITS)
        later = update(deliveries).where(waits, deliveries.c.next_at > now).values(next_at=now)
        self._connection.execute(later)
        return self._connection.execute(select(func.count()).select_from(deliveries).where(waits)).scalar_one()

    def has_failed(self, name: str) -> bool:
        """Whether something waits for an endpoint that it did not take yet."""
        query = select(deliveries.c.position).where(deliveries.c.endpoint == name, _WAITS, deliveries.c.attempts > 0)
        return self._connection.execute(query.limit(1)).first() is not None

    def dead(self, name: str | None, limit: int) -> Sequence[Delivery]:
        """Return dead letters in order, of one endpoint or of all."""
        query = _ROWS.where(deliveries.c.state == DeliveryState.DEAD.value)
        if name is not None:
            query = query.where(deliveries.c.endpoint == name)
        rows = self._connection.execute(query.order_by(deliveries.c.endpoint, deliveries.c.position).limit(limit))
        return [_delivery(row) for row in rows.mappings()]

    def replay(self, name: str, now: datetime, event_id: UUID | None) -> int:
        """Let the dead letters of an endpoint wait again, or one of them; return how many."""
        which = and_(deliveries.c.endpoint == name, deliveries.c.state == DeliveryState.DEAD.value)
        if event_id is not None:
            position = _KNOWN.where().params(event_id=event_id).scalar_subquery()
            which = and_(which, deliveries.c.position == position)
        again = {"state": DeliveryState.WAITING.value, "next_at": now, "attempts": 0}
        again |= {"first_tried_at": None, "settled_at": None}
        return self._connection.execute(update(deliveries).where(which).values(again)).rowcount

    def request(self, request_id: UUID) -> SubjectRequest | None:
        """Return what another system asked for a customer, or None."""
        query = select(subject_requests).where(subject_requests.c.request_id == request_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        changes = None if row["changes"] is None else json.loads(row["changes"])
        told = None if changes is None else {name: (was, now) for name, (was, now) in changes.items()}
        return SubjectRequest(**{**row, "changes": told})

    def add_request(self, request: SubjectRequest) -> None:
        """Keep what another system asked for."""
        changes = None if request.changes is None else json.dumps(request.changes, ensure_ascii=False)
        self._connection.execute(insert(subject_requests).values(asdict(request) | {"changes": changes}))

    def _set(self, name: str, values: Mapping[str, object]) -> bool:
        changed = update(outbound_endpoints).where(outbound_endpoints.c.name == name).values(values)
        return self._connection.execute(changed).rowcount == 1

    def _put(self, name: str, position: int, **values: object) -> None:
        # What was removed meanwhile, because its customer was erased, stays removed.
        which = and_(deliveries.c.endpoint == name, deliveries.c.position == position, _WAITS)
        self._connection.execute(update(deliveries).where(which).values(values))


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return _WAITS, deliveries.c.next_at <= now, _IS_HEAD


def _event(row: RowMapping) -> ResultEvent:
    return ResultEvent(
        event_id=row["event_id"],
        type=ResultType(row["type"]),
        at=row["at"],
        recorded_at=row["recorded_at"],
        customer_id=row["customer_id"],
        customer_no=row["customer_no"],
        contact_id=row["contact_id"],
        data=json.loads(row["data"]),
        position=row["position"],
    )


def _delivery(row: RowMapping) -> Delivery:
    return Delivery(
        endpoint=row["endpoint"],
        event=_event(row),
        attempts=row["attempts"],
        first_tried_at=row["first_tried_at"],
        last_problem=row["last_problem"],
        settled_at=row["settled_at"],
    )


def _endpoint(row: RowMapping) -> Endpoint:
    return Endpoint(
        name=row["name"],
        url=row["url"],
        types=frozenset(ResultType(one) for one in row["types"].split()),
        secret=row["secret"],
        source=row["source"],
        give_up_days=row["give_up_days"],
        created_at=row["created_at"],
        disabled_at=row["disabled_at"],
    )
