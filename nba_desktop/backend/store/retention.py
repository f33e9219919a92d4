"""What the rules of retention remove from the database, a few rows at a time so that nobody waits long."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    true,
    tuple_,
    update,
)

from nba_desktop.backend.store.review_facts import ReviewFacts
from nba_desktop.backend.store.schema.access import agents
from nba_desktop.backend.store.schema.arrivals import journey_features, touchpoints
from nba_desktop.backend.store.schema.audit import audit_looks, readings
from nba_desktop.backend.store.schema.contacts import contacts, events
from nba_desktop.backend.store.schema.decisions import (
    decision_actions,
    decisions,
    exposures,
    portal_decisions,
    responses,
    shadow_decisions,
)
from nba_desktop.backend.store.schema.feedback import feedback
from nba_desktop.backend.store.schema.follow_ups import follow_ups
from nba_desktop.backend.store.schema.outbound import deliveries, outbound_events
from nba_desktop.backend.store.schema.retention import retention_reports
from nba_desktop.backend.store.schema.review_facts import (
    review_actions,
    review_calls,
    review_follow_ups,
    review_objections,
    review_segments,
)
from nba_desktop.backend.store.schema.site_figures import queue_calls
from nba_desktop.backend.store.schema.subjects import subject_requests
from nba_desktop.backend.store.wishes import OPEN_WISHES
from nba_desktop.backend.subject.records import Removed, RetentionKind, RetentionReport

AnyRow = Row[*tuple[Any, ...]]

_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_OF_CONTACTS: Final = decisions.c.contact_id.in_(_IDS)
_OLD_DECISIONS: Final = select(decisions.c.decision_id).where(_OF_CONTACTS)
_AGENTS: Final = (
    contacts.c.agent_id,
    events.c.agent_id,
    follow_ups.c.agent_id,
    follow_ups.c.done_by,
    feedback.c.agent_id,
    # Who read a customer because of a call is who took it.
    readings.c.agent_id,
)
# Responses stay as long as the customer does: that a topic is not to be raised again must not be forgotten.
_LOOSEN: Final = update(responses).values(contact_id=None, decision_id=None, note="")
_WITH_A_CONTACT: Final = (
    _LOOSEN.where(or_(responses.c.contact_id.in_(_IDS), responses.c.decision_id.in_(_OLD_DECISIONS))),
    delete(exposures).where(or_(exposures.c.contact_id.in_(_IDS), exposures.c.decision_id.in_(_OLD_DECISIONS))),
    delete(follow_ups).where(follow_ups.c.contact_id.in_(_IDS)),
    delete(feedback).where(or_(feedback.c.contact_id.in_(_IDS), feedback.c.decision_id.in_(_OLD_DECISIONS))),
    delete(shadow_decisions).where(shadow_decisions.c.decision_id.in_(_OLD_DECISIONS)),
    delete(decision_actions).where(decision_actions.c.decision_id.in_(_OLD_DECISIONS)),
    delete(decisions).where(_OF_CONTACTS),
    delete(events).where(events.c.contact_id.in_(_IDS)),
    delete(contacts).where(contacts.c.contact_id.in_(_IDS)),
)
_SIMPLE: Final[Mapping[RetentionKind, tuple[Table, Any, Any]]] = {
    RetentionKind.TOUCHPOINTS: (touchpoints, touchpoints.c.touchpoint_id, touchpoints.c.at),
    RetentionKind.TEASERS: (portal_decisions, portal_decisions.c.decision_id, portal_decisions.c.decided_at),
    RetentionKind.READINGS: (readings, readings.c.read_id, readings.c.at),
    RetentionKind.AUDIT_LOOKS: (audit_looks, audit_looks.c.look_id, audit_looks.c.at),
    RetentionKind.QUEUE_CALLS: (queue_calls, queue_calls.c.call_id, queue_calls.c.offered_at),
    RetentionKind.RESULTS: (outbound_events, outbound_events.c.position, outbound_events.c.recorded_at),
    RetentionKind.CORRECTIONS: (subject_requests, subject_requests.c.request_id, subject_requests.c.received_at),
    RetentionKind.REVIEW: (review_calls, review_calls.c.contact_id, review_calls.c.day),
}
_PACK_ANEW: Final = (
    update(review_segments)
    .where(
        tuple_(review_segments.c.week, review_segments.c.team_id).in_(
            select(review_calls.c.week, review_calls.c.team_id).where(
                review_calls.c.contact_id == bindparam("of_facts")
            )
        )
    )
    .values(revision=review_segments.c.revision + 1)
)
_REPORT_KEY: Final = (
    retention_reports.c.run_id == bindparam("of_run"),
    retention_reports.c.kind == bindparam("of_kind"),
)


class Retention:
    """Removes what is older than a moment, within one transaction; `limit` is how many at most."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def due(self, kind: RetentionKind, since: datetime | None, before: datetime) -> Removed:
        """Return what there is of a kind from within [since, before), without touching it."""
        where, moment = _wanted(kind, since, before)
        query = select(func.count(), func.min(moment), func.max(moment)).where(where)
        number, oldest, newest = self._connection.execute(query).one()
        return Removed(number, _day(oldest), _day(newest))

    def remove(self, kind: RetentionKind, before: datetime, limit: int) -> Removed:
        """Delete the oldest rows of a kind: touchpoints, teasers, readings, queue calls, the review's facts."""
        table, key, moment = _SIMPLE[kind]
        if kind is RetentionKind.READINGS:
            # A reading of several customers goes as one.
            chosen = select(key, moment).where(_wanted(kind, None, before)[0]).order_by(moment, key)
            rows: Sequence[AnyRow] = self._with_ties(chosen, moment, limit)
        else:
            rows = self._oldest(kind, None, before, limit, key, moment)
        ids = [row[0] for row in rows]
        if kind is RetentionKind.REVIEW:
            ReviewFacts(self._connection).put([], ids)
        elif ids:
            if kind is RetentionKind.RESULTS:
                self._connection.execute(delete(deliveries).where(deliveries.c.position.in_(_IDS)), {"ids": ids})
            self._connection.execute(delete(table).where(key.in_(_IDS)), {"ids": ids})
        if kind is RetentionKind.TOUCHPOINTS and ids:
            # What the touchpoints came to is made anew without those that are gone.
            self._connection.execute(delete(journey_features).where(journey_features.c.first_at <= rows[-1][1]))
        return _removed([row[1] for row in rows])

    def remove_contacts(self, kind: RetentionKind, before: datetime, limit: int) -> Removed:
        """Delete the oldest contacts with their events, decisions and exposures; responses are let loose of them."""
        rows = self._oldest(kind, None, before, limit, contacts.c.contact_id, contacts.c.started_at)
        ids = [row[0] for row in rows]
        if ids:
            for statement in _WITH_A_CONTACT:
                self._connection.execute(statement, {"ids": ids})
        return _removed([row[1] for row in rows])

    def clear_inputs(
        self, since: datetime | None, before: datetime, limit: int, clear: Callable[[str], str]
    ) -> tuple[Removed, datetime | None]:
        """Put `clear` of the record in place of the oldest decisions' records, and of those in shadow beside them.

        Return what was done, and the moment of the last one.
        """
        chosen = (
            select(decisions.c.decision_id, decisions.c.decided_at, decisions.c.record)
            .where(_wanted(RetentionKind.DECISION_INPUTS, since, before)[0])
            .order_by(decisions.c.decided_at, decisions.c.decision_id)
        )
        rows = self._with_ties(chosen, decisions.c.decided_at, limit)
        for row in rows:
            self._connection.execute(
                update(decisions).where(decisions.c.decision_id == row[0]).values(record=clear(row[2]))
            )
        shadows = select(shadow_decisions).where(shadow_decisions.c.decision_id.in_(_IDS))
        for shadow in self._connection.execute(shadows, {"ids": [row[0] for row in rows]}).all():
            self._connection.execute(
                update(shadow_decisions)
                .where(
                    shadow_decisions.c.decision_id == shadow.decision_id,
                    shadow_decisions.c.catalogue_version == shadow.catalogue_version,
                )
                .values(record=clear(shadow.record))
            )
        return _removed([row[1] for row in rows]), rows[-1][1] if rows else None

    def stand_in_for_agents(
        self, since: datetime | None, before: datetime, limit: int, stand_ins: dict[str, str], at: datetime
    ) -> tuple[Removed, datetime | None]:
        """Put stand-ins in place of the agents of the oldest contacts, and of their events.

        `stand_ins` is the run's: it is filled here, and thrown away with the run. The review's facts of these contacts
        stay their agent's, and get ids of their own, so that they lead nobody to the contact.
        """
        chosen = (
            select(contacts.c.contact_id, contacts.c.started_at, contacts.c.agent_id)
            .where(_wanted(RetentionKind.AGENTS, since, before)[0])
            .order_by(contacts.c.started_at, contacts.c.contact_id)
        )
        rows = self._with_ties(chosen, contacts.c.started_at, limit)
        ids = [row[0] for row in rows]
        of_events = select(events.c.agent_id).where(events.c.contact_id.in_(_IDS)).distinct()
        for agent_id in sorted({row[2] for row in rows} | set(self._connection.scalars(of_events, {"ids": ids}))):
            stand_in = self._stand_in(agent_id, stand_ins, at)
            for column in _AGENTS:
                self._connection.execute(
                    update(column.table)
                    .where(column.table.c.contact_id.in_(_IDS), column == agent_id)
                    .values({column.name: stand_in}),
                    {"ids": ids},
                )
        self._part_from_facts(ids)
        return _removed([row[1] for row in rows]), rows[-1][1] if rows else None

    def keep_report(self, report: RetentionReport) -> None:
        """Keep what a run did with a kind so far."""
        values: dict[str, object] = {
            "started_at": report.started_at,
            "ended_at": report.ended_at,
            "before": report.before,
            "number": report.removed.number,
            "oldest": report.removed.oldest,
            "newest": report.removed.newest,
        }
        key = {"of_run": report.run_id, "of_kind": report.kind.value}
        done = self._connection.execute(update(retention_reports).where(*_REPORT_KEY).values(values), key)
        if done.rowcount == 0:
            self._connection.execute(
                insert(retention_reports).values(run_id=report.run_id, kind=report.kind.value, **values)
            )

    def reports(self, since: datetime) -> Sequence[RetentionReport]:
        """Return what the runs that began since a moment did, newest run first."""
        query = (
            select(retention_reports)
            .where(retention_reports.c.started_at >= since)
            .order_by(retention_reports.c.started_at.desc(), retention_reports.c.run_id, retention_reports.c.kind)
        )
        return [_report(row) for row in self._connection.execute(query)]

    def last_run(self) -> datetime | None:
        """Return when the last run began, or None."""
        return self._connection.execute(select(func.max(retention_reports.c.started_at))).scalar()

    def _oldest(
        self, kind: RetentionKind, since: datetime | None, before: datetime, limit: int, key: Any, moment: Any
    ) -> Sequence[AnyRow]:
        where, _ = _wanted(kind, since, before)
        return self._connection.execute(select(key, moment).where(where).order_by(moment, key).limit(limit)).all()

    def _with_ties(self, chosen: Any, moment: Any, limit: int) -> list[AnyRow]:
        """The first rows, and all that are of the same moment as the last: the next step begins behind it."""
        rows = list(self._connection.execute(chosen.limit(limit)).all())
        if len(rows) < limit:
            return rows
        last = rows[-1][1]
        return [row for row in rows if row[1] < last] + list(self._connection.execute(chosen.where(moment == last)))

    def _stand_in(self, agent_id: str, stand_ins: dict[str, str], at: datetime) -> str:
        if agent_id not in stand_ins:
            stand_ins[agent_id] = f"stand-in-{secrets.token_hex(12)}"
            self._connection.execute(
                insert(agents).values(
                    agent_id=stand_ins[agent_id],
                    recipient_code=f"S-{secrets.token_hex(7)}",
                    created_at=at,
                    stand_in_since=at,
                )
            )
        return stand_ins[agent_id]

    def _part_from_facts(self, contact_ids: Sequence[UUID]) -> None:
        """Give the facts of some contacts ids that are nobody else's."""
        found = select(review_calls.c.contact_id).where(review_calls.c.contact_id.in_(_IDS))
        for old in self._connection.scalars(found, {"ids": list(contact_ids)}).all():
            new = uuid4()
            # Each row is written anew under the new id before the old one goes: keys refer to keys at every moment.
            for table in (review_calls, review_actions, review_objections, review_follow_ups):
                rows = self._connection.execute(select(table).where(table.c.contact_id == old)).mappings().all()
                if rows:
                    self._connection.execute(insert(table), [{**row, "contact_id": new} for row in rows])
            for table in (review_follow_ups, review_objections, review_actions, review_calls):
                self._connection.execute(delete(table).where(table.c.contact_id == old))
            self._connection.execute(
                update(review_calls).where(review_calls.c.repeated_by == old).values(repeated_by=new)
            )
            self._connection.execute(_PACK_ANEW, {"of_facts": new})


def _wanted(kind: RetentionKind, since: datetime | None, before: datetime) -> tuple[ColumnElement[bool], Any]:
    """What is to be done of a kind, and the column that says how old it is."""
    where: ColumnElement[bool] = true()
    moment: Any
    match kind:
        case RetentionKind.CONTACTS:
            moment = contacts.c.started_at
        case RetentionKind.WITHHELD_CALLS:
            where = and_(contacts.c.presentation == "restricted", contacts.c.customer_id.is_(None))
            moment = contacts.c.started_at
        case RetentionKind.AGENTS:
            person = select(agents.c.agent_id).where(agents.c.stand_in_since.is_(None))
            where, moment = contacts.c.agent_id.in_(person), contacts.c.started_at
        case RetentionKind.DECISION_INPUTS:
            moment = decisions.c.decided_at
        case RetentionKind.CORRECTIONS:
            # What nobody has answered yet is not forgotten.
            where, moment = subject_requests.c.kind.not_in(OPEN_WISHES), subject_requests.c.received_at
        case _:
            moment = _SIMPLE[kind][2]
    until = before.date() if kind is RetentionKind.REVIEW else before
    found = and_(where, moment < until)
    return (found if since is None else and_(found, moment > since)), moment


def _removed(moments: Sequence[date]) -> Removed:
    return Removed(len(moments), _day(moments[0]), _day(moments[-1])) if moments else Removed()


def _day(moment: date | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _report(row: AnyRow) -> RetentionReport:
    return RetentionReport(
        run_id=row.run_id,
        kind=RetentionKind(row.kind),
        started_at=row.started_at,
        ended_at=row.ended_at,
        before=row.before,
        removed=Removed(row.number, row.oldest, row.newest),
    )
