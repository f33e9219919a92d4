"""Contacts, as the services ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from nba_desktop.backend.model import PastConcern
from nba_desktop.backend.rows.contacts import ContactRecord, PastCall
from nba_desktop.contract.events import AnyEvent, ContactStarted


class ContactStore(Protocol):
    """Contacts and their events."""

    def by_id(self, contact_id: UUID) -> ContactRecord | None:
        """Return the contact, or None."""

    def of_interaction(self, contact: ContactRecord, since: datetime, limit: int) -> Sequence[ContactRecord]:
        """Return the contacts of the same source and interaction that began within [since, its begin), newest first.

        Only those in which something was done or that were passed on, and none with another number.
        """

    def around(
        self, contact: ContactRecord, since: datetime, running_at: datetime, limit: int
    ) -> Sequence[ContactRecord]:
        """Return other agents' contacts with the same number that began within [since, its begin), newest first.

        Only those in which something was done or that were passed on, and that did not end before `running_at`.
        """

    def calls_from(self, e164: str, before: datetime, limit: int) -> Sequence[PastCall]:
        """Return the last contacts with a number that a customer called and was authenticated in, newest first."""

    def concerns_of(self, customer_id: str, before: datetime, limit: int) -> Sequence[PastConcern]:
        """Return what the last calls in which a customer was authenticated were about, newest first."""

    def add(self, contact: ContactRecord, started: ContactStarted) -> None:
        """Add a contact that began."""

    def event_body(self, event_id: UUID) -> str | None:
        """Return the stored text of an event, or None."""

    def add_event(self, event: AnyEvent, body: str, agent_id: str, received_at: datetime) -> None:
        """Append an event."""

    def events_of(self, contact_id: UUID) -> tuple[AnyEvent, ...]:
        """Return the contact's events by their place in the contact."""

    def events_of_several(self, contact_ids: Sequence[UUID]) -> Mapping[UUID, tuple[AnyEvent, ...]]:
        """Return the events of each of some contacts by their place in it."""

    def heard_of(self, contact_id: UUID) -> tuple[datetime | None, datetime | None]:
        """Return when the backend first heard of a contact, and first of its end."""

    def of_agent(self, agent_id: str, since: datetime, until: datetime) -> Sequence[ContactRecord]:
        """Return an agent's contacts that began within [since, until), newest first."""

    def set_state(self, contact_id: UUID, state: Mapping[str, object]) -> None:
        """Rewrite what the contact's events come to, or in which language it is held."""
