"""A contact opens its customer to the agent who has it: while it goes on, and as long as it takes to finish it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.errors import Forbidden, UnknownContact
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.contacts import ContactRecord

LONGEST_CONTACT: Final = timedelta(hours=24)
"""A contact whose end never came is over then."""


def own_contact(unit: Unit, caller: Caller, contact_id: UUID) -> ContactRecord:
    """Return a contact of the caller's; raise `UnknownContact`, or `Forbidden` for another agent's."""
    contact = unit.contacts.by_id(contact_id)
    if contact is None:
        raise UnknownContact("no contact began under that id")
    _check_own(caller, contact)
    return contact


def open_contact(
    unit: Unit, catalogues: LiveCatalogues, caller: Caller, contact_id: UUID, now: datetime
) -> ContactRecord:
    """Return a contact of the caller's that goes on or has just ended; raise as `own_contact`, and `Forbidden`."""
    contact = own_contact(unit, caller, contact_id)
    check_open(unit, catalogues, caller, contact, now)
    return contact


def check_open(unit: Unit, catalogues: LiveCatalogues, caller: Caller, contact: ContactRecord, now: datetime) -> None:
    """Raise `Forbidden` for another agent's contact, and for one that is over."""
    _check_own(caller, contact)
    if not is_open(unit, catalogues, contact.contact_id, now):
        raise Forbidden("the contact is over: it does not open its customer any more")


def is_open(unit: Unit, catalogues: LiveCatalogues, contact_id: UUID, now: datetime) -> bool:
    """Whether a contact goes on or ended no longer ago than the site says, by when the backend heard so."""
    began, ended = unit.contacts.heard_of(contact_id)
    if ended is not None:
        site = catalogues.in_force(unit).live.entry.data_protection
        return now < ended + timedelta(minutes=site.after_call_minutes)
    return began is not None and now < began + LONGEST_CONTACT


def _check_own(caller: Caller, contact: ContactRecord) -> None:
    if contact.agent_id != caller.agent_id:
        raise Forbidden("the contact is another agent's")
