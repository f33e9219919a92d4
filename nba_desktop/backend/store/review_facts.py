"""The facts of calls in the database: rows, the packed weeks made of them, and which contacts wait.

Everything here follows from events, decisions and outcomes, and can be worked out anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Insert,
    Integer,
    and_,
    bindparam,
    cast,
    delete,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.types import NullType

from nba_desktop.backend.review.counts import Sieve
from nba_desktop.backend.review.records import ActionFact, CallFact, Completion, FollowUpCounts, FollowUpFact
from nba_desktop.backend.review.segments import ACTION_COLUMNS, CALL_COLUMNS, OBJECTION_COLUMNS, WeekRows
from nba_desktop.backend.rows.review_facts import PendingRow, SegmentRow
from nba_desktop.backend.store.postgresql import bytes_of
from nba_desktop.backend.store.schema.contacts import contacts
from nba_desktop.backend.store.schema.review_facts import (
    review_actions,
    review_calls,
    review_follow_ups,
    review_objections,
    review_pending,
    review_segments,
)
from nba_desktop.contract.codes import ResponseCode

Week = tuple[date, str]
"""A Monday and a team."""

_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_CALL: Final = tuple(one.name for one in fields(CallFact) if one.name not in ("actions", "follow_ups"))
_ACTION: Final = tuple(one.name for one in fields(ActionFact) if one.name != "objections")
_ADD_PENDING = insert(review_pending)
_ADD_CALLS = insert(review_calls)
_ADD_ACTIONS = insert(review_actions)
_ADD_OBJECTIONS = insert(review_objections)
_ADD_FOLLOW_UPS = insert(review_follow_ups)
_ADD_SEGMENT = insert(review_segments)
_AT = bindparam("at", type_=review_pending.c.at.type)


def _add_pending_of(*which: ColumnElement[bool]) -> Insert:
    """Put every contact on the list that has ended and is one of these."""
    chosen = select(contacts.c.contact_id, _AT).where(contacts.c.ended_at.is_not(None), *which)
    return insert(review_pending).from_select(["contact_id", "at"], chosen)


_SINCE = contacts.c.started_at >= bindparam("since", type_=contacts.c.started_at.type)
_ADD_PENDING_OF_CUSTOMER = _add_pending_of(contacts.c.customer_id == bindparam("customer_id"), _SINCE)
_ADD_PENDING_OF_AGENT = _add_pending_of(contacts.c.agent_id == bindparam("agent_id"), _SINCE)
_ADD_PENDING_OF_ALL = _add_pending_of()
_CHANGES = select(review_pending.c.position, review_pending.c.contact_id, review_pending.c.at)
_PENDING = _CHANGES.order_by(review_pending.c.position)
_STILL_PENDING = _CHANGES.where(review_pending.c.position.in_(_IDS))
_DONE = delete(review_pending).where(review_pending.c.position.in_(_IDS))
_WEEKS_OF = select(review_calls.c.week, review_calls.c.team_id).where(review_calls.c.contact_id.in_(_IDS)).distinct()
_DELETES = tuple(
    delete(table).where(table.c.contact_id.in_(_IDS))
    for table in (review_follow_ups, review_objections, review_actions, review_calls)
)
_OF_WEEK = (review_calls.c.week == bindparam("of_week"), review_calls.c.team_id == bindparam("of_team"))


def _plain(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column as the driver gives it: a hundred thousand values need not be made into objects."""
    return type_coerce(column, NullType())


def _call_column(name: str) -> ColumnElement[Any]:
    if name == "repeated":
        return _plain(review_calls.c.repeated_by.is_not(None))
    if name == "chance_before":
        return review_calls.c.chance_before
    return _plain(review_calls.c[name])


def _action_column(name: str) -> ColumnElement[Any]:
    code = review_actions.c.code
    if name == "coded":
        return _plain(and_(code.is_not(None), code != ResponseCode.NO_CODE.value))
    if name == "completed":
        return _plain(func.coalesce(review_actions.c.completion, "") == Completion.COMPLETED.value)
    return _plain(review_actions.c[name])


_CALLS_OF = select(*map(_call_column, CALL_COLUMNS)).where(*_OF_WEEK)
_ACTIONS_OF = (
    select(*map(_action_column, ACTION_COLUMNS))
    .select_from(review_actions)
    .join(review_calls, review_calls.c.contact_id == review_actions.c.contact_id)
    .where(*_OF_WEEK)
)
_OBJECTIONS_OF = (
    select(*(_plain(review_objections.c[name]) for name in OBJECTION_COLUMNS))
    .join(review_calls, review_calls.c.contact_id == review_objections.c.contact_id)
    .where(*_OF_WEEK)
    .order_by(review_objections.c.contact_id, review_objections.c.action_id, review_objections.c.place)
)
# Built once: a review asks once for each block of weeks.
_FOLLOW_UPS = (
    select(review_follow_ups.c.agent, func.count(), func.sum(cast(review_follow_ups.c.kept, Integer)))
    .where(
        review_follow_ups.c.team_id == bindparam("of_team"),
        review_follow_ups.c.week.in_(bindparam("of_weeks", expanding=True)),
        review_follow_ups.c.due < bindparam("until"),
    )
    .group_by(review_follow_ups.c.agent)
)
_THIS_SEGMENT = (
    review_segments.c.week == bindparam("of_week"),
    review_segments.c.team_id == bindparam("of_team"),
)
_CONTENT = select(review_segments.c.content).where(*_THIS_SEGMENT)
_CONTENT_THERE: Final = "SELECT content FROM review_segments WHERE week = %(of_week)s AND team_id = %(of_team)s"
_SET_CHANCE_BEFORE = (
    update(review_calls)
    .where(review_calls.c.contact_id == bindparam("of_contact"))
    .values(chance_before=bindparam("of_day", type_=review_calls.c.chance_before.type))
)
_MOVE_ON = update(review_segments).where(*_THIS_SEGMENT).values(revision=review_segments.c.revision + 1)


class ReviewFacts:
    """Reads and replaces facts within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def changed(self, contact_id: UUID, at: datetime) -> None:
        """Say that something of a contact is new, so that its facts are worked out anew."""
        self._connection.execute(_ADD_PENDING, {"contact_id": contact_id, "at": at})

    def changed_customer(self, customer_id: str, since: datetime, at: datetime) -> None:
        """Say the same of a customer's contacts since a moment, as when he confirms a consent he gave in one."""
        self._connection.execute(_ADD_PENDING_OF_CUSTOMER, {"customer_id": customer_id, "since": since, "at": at})

    def changed_agent(self, agent_id: str, since: datetime, at: datetime) -> None:
        """Say the same of an agent's contacts since a moment, as when he was in another team."""
        self._connection.execute(_ADD_PENDING_OF_AGENT, {"agent_id": agent_id, "since": since, "at": at})

    def changed_all(self, at: datetime) -> None:
        """Say the same of every contact."""
        self._connection.execute(_ADD_PENDING_OF_ALL, {"at": at})

    def pending(self, limit: int) -> Sequence[PendingRow]:
        """Return the first changes that wait."""
        return [PendingRow(*row) for row in self._connection.execute(_PENDING.limit(limit))]

    def waiting(self) -> tuple[int, datetime | None]:
        """Return how many changes wait, and since when the oldest does."""
        row = self._connection.execute(
            select(func.count(), func.min(review_pending.c.at)).select_from(review_pending)
        ).one()
        return row[0], row[1]

    def still_pending(self, changes: Sequence[PendingRow]) -> Sequence[PendingRow]:
        """Return those of some changes that still wait: nobody else has done them."""
        rows = self._connection.execute(_STILL_PENDING, {"ids": [one.position for one in changes]})
        there = {PendingRow(*row) for row in rows}
        return [one for one in changes if one in there]

    def done(self, changes: Sequence[PendingRow]) -> None:
        """Take changes that still wait off the list."""
        self._connection.execute(_DONE, {"ids": [one.position for one in changes]})

    def put(self, facts: Sequence[CallFact], contact_ids: Iterable[UUID]) -> None:
        """Put the facts in place of all there is of these contacts; a contact without facts has none from now on."""
        ids = {"ids": list(contact_ids)}
        touched: set[Week] = {(row.week, row.team_id) for row in self._connection.execute(_WEEKS_OF, ids)}
        for statement in _DELETES:
            self._connection.execute(statement, ids)
        touched.update(self.add(facts))
        self._move_on(touched)

    def add(self, facts: Sequence[CallFact]) -> set[Week]:
        """Add facts of contacts that have none, and return the weeks they are in; those are not marked as changed."""
        calls = [_call_row(one) for one in facts]
        if not calls:
            return set()
        self._connection.execute(_ADD_CALLS, calls)
        actions = [_action_row(call.contact_id, one) for call in facts for one in call.actions]
        if actions:
            self._connection.execute(_ADD_ACTIONS, actions)
        objections = [
            {"contact_id": call.contact_id, "action_id": one.action_id, "place": place, "objection_id": objection_id}
            for call in facts
            for one in call.actions
            for place, objection_id in enumerate(one.objections, start=1)
        ]
        if objections:
            self._connection.execute(_ADD_OBJECTIONS, objections)
        follow_ups = [
            _follow_up_row(call, place, one) for call in facts for place, one in enumerate(call.follow_ups, start=1)
        ]
        if follow_ups:
            self._connection.execute(_ADD_FOLLOW_UPS, follow_ups)
        return {(monday(one.day), one.team_id) for one in facts}

    def repeated_by(self, contact_ids: Iterable[UUID]) -> set[UUID]:
        """Return the contacts with facts that count one of these as their repeat."""
        found = select(review_calls.c.contact_id).where(review_calls.c.repeated_by.in_(_IDS))
        return set(self._connection.execute(found, {"ids": list(contact_ids)}).scalars())

    def set_repeats(self, repeats: Mapping[UUID, UUID | None]) -> None:
        """Say which call repeats each of these, where there are facts of it."""
        asked = select(
            review_calls.c.contact_id, review_calls.c.repeated_by, review_calls.c.week, review_calls.c.team_id
        ).where(review_calls.c.contact_id.in_(_IDS))
        rows = self._connection.execute(asked, {"ids": list(repeats)}).all()
        changed = [row for row in rows if row.repeated_by != repeats[row.contact_id]]
        for row in changed:
            self._connection.execute(
                update(review_calls)
                .where(review_calls.c.contact_id == row.contact_id)
                .values(repeated_by=repeats[row.contact_id])
            )
        self._move_on({(row.week, row.team_id) for row in changed})

    def set_chances_before(self, days: Mapping[UUID, date | None]) -> None:
        """Say of each of these when the customer's opportunity call before was, where there are facts of it."""
        asked = select(
            review_calls.c.contact_id, review_calls.c.chance_before, review_calls.c.week, review_calls.c.team_id
        ).where(review_calls.c.contact_id.in_(_IDS))
        rows = self._connection.execute(asked, {"ids": list(days)}).all()
        changed = [row for row in rows if row.chance_before != days[row.contact_id]]
        if changed:
            self._connection.execute(
                _SET_CHANCE_BEFORE,
                [{"of_contact": row.contact_id, "of_day": days[row.contact_id]} for row in changed],
            )
        self._move_on({(row.week, row.team_id) for row in changed})

    def follow_ups(self, team_id: str, weeks: Iterable[date], until: date, sieve: Sieve) -> Sequence[FollowUpCounts]:
        """Count by agent what was due in some weeks (Mondays) before a day, under a filter."""
        asked, f = _FOLLOW_UPS, review_follow_ups.c
        for column, value in ((f.action_id, sieve.action_id), (f.queue, sieve.queue), (f.concern, sieve.concern)):
            if value is not None:
                asked = asked.where(column == value)
        which = {"of_team": team_id, "of_weeks": list(weeks), "until": until}
        return [FollowUpCounts(*row) for row in self._connection.execute(asked, which)]

    def rows_of(self, week: date, team_id: str) -> WeekRows:
        """Return the facts of a team's week."""
        which = {"of_week": week, "of_team": team_id}
        calls, actions, objections = (
            self._connection.execute(one, which).all() for one in (_CALLS_OF, _ACTIONS_OF, _OBJECTIONS_OF)
        )
        return WeekRows(calls, actions, objections)

    def segments(self, team_id: str | None, first: date, last: date, known: Mapping[Week, int]) -> Sequence[SegmentRow]:
        """Return the weeks (Mondays within [first, last]) of a team, or with None of all, by team and week.

        The content is None where it is not of the newest facts, and where `known` says this very revision is at hand.
        """
        s = review_segments.c
        heads = select(s.week, s.team_id, s.revision, s.packed_revision).where(s.week >= first, s.week <= last)
        if team_id is not None:
            heads = heads.where(s.team_id == team_id)
        found = []
        for row in self._connection.execute(heads.order_by(s.team_id, s.week)).all():
            packed = row.revision == row.packed_revision and known.get((row.week, row.team_id)) != row.revision
            blob = self._content(row.week, row.team_id) if packed else None
            found.append(SegmentRow(row.week, row.team_id, row.revision, blob))
        return found

    def _content(self, week: date, team_id: str) -> bytes | None:
        which = {"of_week": week, "of_team": team_id}
        if self._connection.dialect.name == "postgresql":
            return bytes_of(self._connection, _CONTENT_THERE, which)
        content: bytes | None = self._connection.execute(_CONTENT, which).scalar()
        return content

    def stale(self) -> Mapping[Week, int]:
        """Return the revisions of the weeks that are not packed as of their newest facts, oldest week first."""
        s = review_segments.c
        asked = select(s.week, s.team_id, s.revision).where(
            or_(s.packed_revision.is_(None), s.packed_revision < s.revision)
        )
        rows = self._connection.execute(asked.order_by(s.week, s.team_id))
        return {(row.week, row.team_id): row.revision for row in rows}

    def keep_segment(self, segment: SegmentRow) -> None:
        """Keep what a week was packed into, unless a newer one is kept."""
        s = review_segments.c
        self._connection.execute(
            update(review_segments)
            .where(*_THIS_SEGMENT, or_(s.packed_revision.is_(None), s.packed_revision < segment.revision))
            .values(content=segment.content, packed_revision=segment.revision),
            {"of_week": segment.week, "of_team": segment.team_id},
        )

    def _move_on(self, weeks: Iterable[Week]) -> None:
        for week, team_id in sorted(weeks):
            which = {"of_week": week, "of_team": team_id}
            if not self._connection.execute(_MOVE_ON, which).rowcount:
                self._connection.execute(_ADD_SEGMENT, {"week": week, "team_id": team_id, "revision": 1})


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _call_row(fact: CallFact) -> dict[str, object]:
    row = {name: getattr(fact, name) for name in _CALL} | {"week": monday(fact.day)}
    row["reason"] = None if fact.reason is None else fact.reason.value
    return row


def _follow_up_row(call: CallFact, place: int, fact: FollowUpFact) -> dict[str, object]:
    return {
        "contact_id": call.contact_id,
        "place": place,
        "agent": call.agent,
        "team_id": call.team_id,
        "queue": call.queue,
        "concern": call.concern,
        "action_id": fact.action_id,
        "due": fact.due,
        "week": monday(fact.due),
        "kept": fact.kept,
    }


def _action_row(contact_id: UUID, fact: ActionFact) -> dict[str, object]:
    row = {name: getattr(fact, name) for name in _ACTION} | {"contact_id": contact_id}
    row["code"] = None if fact.code is None else fact.code.value
    row["completion"] = None if fact.completion is None else fact.completion.value
    return row
