"""Contacts and their events in the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select, update

from nba_desktop.backend.rows import ContactRecord
from nba_desktop.backend.store.schema import contacts, events
from nba_desktop.contract.events import EVENT_ADAPTER, AnyEvent, CallerNumber, ContactStarted

# Built once: to build a statement takes longer than to run it.
_CONTACT = select(contacts).where(contacts.c.contact_id == bindparam("contact_id"))
_ADD_CONTACT = insert(contacts)
_SET_STATE = update(contacts).where(contacts.c.contact_id == bindparam("of_contact"))
_EVENT_BODY = select(events.c.body).where(events.c.event_id == bindparam("event_id"))
_EVENTS_OF = (
    select(events.c.body)
    .where(events.c.contact_id == bindparam("contact_id"))
    .order_by(events.c.seq, events.c.received_at, events.c.event_id)
)
_ADD_EVENT = insert(events)


class Contacts:
    """Reads contacts and appends events within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_id(self, contact_id: UUID) -> ContactRecord | None:
        """Return the contact, or None."""
        row = self._connection.execute(_CONTACT, {"contact_id": contact_id}).one_or_none()
        if row is None:
            return None
        return ContactRecord(
            contact_id=row.contact_id,
            agent_id=row.agent_id,
            started_at=row.started_at,
            direction=row.direction,
            number=CallerNumber(raw=row.number_raw, e164=row.number_e164, presentation=row.presentation),
            attached_customer_no=row.attached_customer_no,
            language=row.language,
            waiting=row.waiting,
        )

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
                "queue": started.queue,
                "interaction_id": started.interaction_id,
                "attached_customer_no": contact.attached_customer_no,
                "language": contact.language,
                "waiting": contact.waiting,
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

    def set_state(self, contact_id: UUID, state: Mapping[str, object]) -> None:
        """Rewrite what the contact's events come to."""
        self._connection.execute(_SET_STATE, {"of_contact": contact_id, **state})
