"""Contacts and their events in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Row, and_, bindparam, case, func, insert, or_, select, update

from nba_desktop.backend.model import PastConcern
from nba_desktop.backend.rows.contacts import ContactRecord, PastCall
from nba_desktop.backend.store.schema.contacts import contacts, events
from nba_desktop.contract.codes import AuthLevel
from nba_desktop.contract.events import EVENT_ADAPTER, AnyEvent, CallerNumber, ContactStarted

# Built once: to build a statement takes longer than to run it.
_CONTACT = select(contacts).where(contacts.c.contact_id == bindparam("contact_id"))
_SEVERAL = select(contacts).where(contacts.c.contact_id.in_(bindparam("contact_ids", expanding=True)))
_ADD_CONTACT = insert(contacts)
_SET_STATE = update(contacts).where(contacts.c.contact_id == bindparam("of_contact"))
_EVENT_BODY = select(events.c.body).where(events.c.event_id == bindparam("event_id"))
_EVENTS_OF = (
    select(events.c.body)
    .where(events.c.contact_id == bindparam("contact_id"))
    .order_by(events.c.seq, events.c.received_at, events.c.event_id)
)
_EVENTS_OF_SEVERAL = (
    select(events.c.contact_id, events.c.body)
    .where(events.c.contact_id.in_(bindparam("contact_ids", expanding=True)))
    .order_by(events.c.seq, events.c.received_at, events.c.event_id)
)
_OF_AGENT = (
    select(contacts)
    .where(
        contacts.c.agent_id == bindparam("agent_id"),
        contacts.c.started_at >= bindparam("since"),
        contacts.c.started_at < bindparam("until"),
    )
    .order_by(contacts.c.started_at.desc(), contacts.c.contact_id.desc())
)
_ADD_EVENT = insert(events)
# By the server's clock: a workstation's may be wrong by any time.
_HEARD_OF = select(
    func.min(events.c.received_at), func.min(case((events.c.type == "contact_ended", events.c.received_at)))
).where(events.c.contact_id == bindparam("contact_id"))
_BEFORE = (contacts.c.started_at >= bindparam("since"), contacts.c.started_at < bindparam("before"))
_E164 = bindparam("e164", type_=contacts.c.number_e164.type)
# Asked before any limit: where a call rings at a whole group, telephones that nobody picked up are most of what is
# found. Those that still ring have no end yet.
_WORKED_ON = and_(
    or_(contacts.c.end_cause.is_(None), contacts.c.end_cause.not_in(("missed", "elsewhere"))),
    or_(
        contacts.c.end_cause == "transferred",
        select(events.c.event_id)
        .where(
            events.c.contact_id == contacts.c.contact_id,
            events.c.type.not_in(("contact_started", "contact_ended", "wrap_up_finished", "actions_shown")),
        )
        .exists(),
    ),
)
_OF_INTERACTION = (
    select(contacts)
    .where(
        contacts.c.source == bindparam("source"),
        contacts.c.interaction_id == bindparam("interaction_id"),
        *_BEFORE,
        or_(_E164.is_(None), contacts.c.number_e164.is_(None), contacts.c.number_e164 == _E164),
        _WORKED_ON,
    )
    .order_by(contacts.c.started_at.desc(), contacts.c.contact_id.desc())
    .limit(bindparam("limit"))
)
_AROUND = (
    select(contacts)
    .where(
        contacts.c.number_e164 == _E164,
        *_BEFORE,
        contacts.c.agent_id != bindparam("agent_id"),
        contacts.c.presentation != "restricted",
        or_(contacts.c.ended_at.is_(None), contacts.c.ended_at >= bindparam("running_at")),
        _WORKED_ON,
    )
    .order_by(contacts.c.started_at.desc(), contacts.c.contact_id.desc())
    .limit(bindparam("limit"))
)
# Limited before anything is asked of them, too: a switchboard has called a hundred thousand times.
_newest = (
    select(contacts)
    .where(contacts.c.number_e164 == _E164, contacts.c.started_at < bindparam("before"))
    .order_by(contacts.c.started_at.desc(), contacts.c.contact_id.desc())
    .limit(bindparam("looked_at"))
    .subquery("newest")
)
_CALLS_FROM = (
    select(
        _newest.c.started_at,
        _newest.c.customer_id,
        _newest.c.queue,
        _newest.c.ivr_path,
        _newest.c.source,
        _newest.c.interaction_id,
    )
    .where(
        _newest.c.auth_level == AuthLevel.AUTHENTICATED.value,
        _newest.c.customer_id.is_not(None),
        _newest.c.direction == "inbound",
        _newest.c.presentation != "restricted",
    )
    .order_by(_newest.c.started_at.desc(), _newest.c.contact_id.desc())
    .limit(bindparam("limit"))
)
_TELEPHONES_OF_A_CALL: Final = 10
"""So many contacts are looked at for each call asked for: each telephone that rings has one of its own."""
_later = contacts.alias("later")
_CONCERNS_OF = (
    select(contacts.c.concern, contacts.c.started_at, contacts.c.source, contacts.c.interaction_id)
    .where(
        contacts.c.customer_id == bindparam("customer_id"),
        contacts.c.auth_level == AuthLevel.AUTHENTICATED.value,
        contacts.c.concern.is_not(None),
        contacts.c.started_at < bindparam("before"),
        # Whoever had the call next found that it was somebody else.
        ~select(_later.c.contact_id)
        .where(
            _later.c.source == contacts.c.source,
            _later.c.interaction_id == contacts.c.interaction_id,
            _later.c.started_at > contacts.c.started_at,
            _later.c.auth_level == AuthLevel.AUTHENTICATED.value,
            _later.c.customer_id != contacts.c.customer_id,
        )
        .exists(),
    )
    .order_by(contacts.c.started_at.desc(), contacts.c.contact_id.desc())
    .limit(bindparam("limit"))
)


class Contacts:
    """Reads contacts and appends events within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_id(self, contact_id: UUID) -> ContactRecord | None:
        """Return the contact, or None."""
        row = self._connection.execute(_CONTACT, {"contact_id": contact_id}).one_or_none()
        return None if row is None else _contact(row)

    def several(self, contact_ids: Sequence[UUID]) -> Sequence[ContactRecord]:
        """Return those of these contacts that there are."""
        return [_contact(row) for row in self._connection.execute(_SEVERAL, {"contact_ids": list(contact_ids)})]

    def of_interaction(self, contact: ContactRecord, since: datetime, limit: int) -> Sequence[ContactRecord]:
        """Return the contacts of the same source and interaction that began within [since, its begin), newest first.

        Only those in which something was done or that were passed on, and none with another number.
        """
        found = self._connection.execute(
            _OF_INTERACTION,
            {
                "e164": contact.number.e164,
                "source": contact.source,
                "interaction_id": contact.interaction_id,
                "since": since,
                "before": contact.started_at,
                "limit": limit,
            },
        )
        return [_contact(row) for row in found]

    def around(
        self, contact: ContactRecord, since: datetime, running_at: datetime, limit: int
    ) -> Sequence[ContactRecord]:
        """Return other agents' contacts with the same number that began within [since, its begin), newest first.

        Only those in which something was done or that were passed on, and that did not end before `running_at`.
        """
        found = self._connection.execute(
            _AROUND,
            {
                "e164": contact.number.e164,
                "since": since,
                "before": contact.started_at,
                "agent_id": contact.agent_id,
                "running_at": running_at,
                "limit": limit,
            },
        )
        return [_contact(row) for row in found]

    def calls_from(self, e164: str, before: datetime, limit: int) -> Sequence[PastCall]:
        """Return the last contacts with a number that a customer called and was authenticated in, newest first."""
        found = self._connection.execute(
            _CALLS_FROM,
            {"e164": e164, "before": before, "limit": limit, "looked_at": limit * _TELEPHONES_OF_A_CALL},
        )
        return [
            PastCall(
                at=row.started_at,
                customer_id=row.customer_id,
                queue=row.queue,
                ivr_path=row.ivr_path,
                source=row.source or "",
                interaction_id=row.interaction_id,
            )
            for row in found
        ]

    def concerns_of(self, customer_id: str, before: datetime, limit: int) -> Sequence[PastConcern]:
        """Return what the last calls in which a customer was authenticated were about, newest first."""
        found = self._connection.execute(_CONCERNS_OF, {"customer_id": customer_id, "before": before, "limit": limit})
        concerns: dict[object, PastConcern] = {}
        for row in found:
            # A call that went through several hands was about something once.
            call = (row.source, row.interaction_id, row.concern) if row.source else (len(concerns),)
            concerns.setdefault(call, PastConcern(row.concern, row.started_at))
        return list(concerns.values())

    def add(self, contact: ContactRecord, started: ContactStarted) -> None:
        """Add a contact that began."""
        self._connection.execute(
            _ADD_CONTACT,
            {
                "contact_id": contact.contact_id,
                "agent_id": contact.agent_id,
                "started_at": contact.started_at,
                "channel": started.channel,
                "direction": contact.direction,
                "number_raw": contact.number.raw,
                "number_e164": contact.number.e164,
                "presentation": contact.number.presentation,
                "queue": contact.queue,
                "interaction_id": contact.interaction_id,
                "attached_customer_no": contact.attached_customer_no,
                "language": contact.language,
                "waiting": contact.waiting,
                # None is equal to none: without a name of its source an interaction is that contact's alone.
                "source": contact.source or None,
                "ivr_path": contact.ivr_path,
                "ivr_level": None if contact.ivr_level is None else contact.ivr_level.value,
                "auth_level": "none",
                "note": "",
            },
        )

    def event_body(self, event_id: UUID) -> str | None:
        """Return the stored text of an event, or None."""
        return self._connection.execute(_EVENT_BODY, {"event_id": event_id}).scalar()

    def add_event(self, event: AnyEvent, body: str, agent_id: str, received_at: datetime) -> None:
        """Append an event."""
        self._connection.execute(
            _ADD_EVENT,
            {
                "event_id": event.event_id,
                "contact_id": event.contact_id,
                "seq": event.seq,
                "type": event.type,
                "at": event.at,
                "received_at": received_at,
                "agent_id": agent_id,
                "body": body,
            },
        )

    def events_of(self, contact_id: UUID) -> tuple[AnyEvent, ...]:
        """Return the contact's events by their place in the contact, then by arrival."""
        bodies = self._connection.execute(_EVENTS_OF, {"contact_id": contact_id}).scalars()
        return tuple(EVENT_ADAPTER.validate_json(body) for body in bodies)

    def events_of_several(self, contact_ids: Sequence[UUID]) -> Mapping[UUID, tuple[AnyEvent, ...]]:
        """Return the events of each of some contacts by their place in it, then by arrival."""
        found: dict[UUID, list[AnyEvent]] = {contact_id: [] for contact_id in contact_ids}
        for row in self._connection.execute(_EVENTS_OF_SEVERAL, {"contact_ids": list(found)}):
            found[row.contact_id].append(EVENT_ADAPTER.validate_json(row.body))
        return {contact_id: tuple(of_contact) for contact_id, of_contact in found.items()}

    def heard_of(self, contact_id: UUID) -> tuple[datetime | None, datetime | None]:
        """Return when the backend first heard of a contact, and first of its end."""
        began, ended = self._connection.execute(_HEARD_OF, {"contact_id": contact_id}).one()
        return began, ended

    def of_agent(self, agent_id: str, since: datetime, until: datetime) -> Sequence[ContactRecord]:
        """Return an agent's contacts that began within [since, until), newest first."""
        found = self._connection.execute(_OF_AGENT, {"agent_id": agent_id, "since": since, "until": until})
        return [_contact(row) for row in found]

    def set_state(self, contact_id: UUID, state: Mapping[str, object]) -> None:
        """Rewrite what the contact's events come to, or in which language it is held."""
        self._connection.execute(_SET_STATE, {"of_contact": contact_id, **state})


def _contact(row: Row[*tuple[Any, ...]]) -> ContactRecord:
    return ContactRecord(
        contact_id=row.contact_id,
        agent_id=row.agent_id,
        started_at=row.started_at,
        direction=row.direction,
        number=CallerNumber(raw=row.number_raw, e164=row.number_e164, presentation=row.presentation),
        attached_customer_no=row.attached_customer_no,
        language=row.language,
        waiting=row.waiting,
        queue=row.queue,
        interaction_id=row.interaction_id,
        source=row.source or "",
        ivr_path=row.ivr_path,
        ivr_level=None if row.ivr_level is None else AuthLevel(row.ivr_level),
    )
