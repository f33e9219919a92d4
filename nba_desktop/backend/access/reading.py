"""Each reading of a customer is kept before he is handed out: who, by what, and what lets him."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC
from typing import Final
from uuid import UUID

from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.codes import ReadBasis, Role

ONCE_A_DAY: Final = frozenset({ReadBasis.CONTACT, ReadBasis.TASK, ReadBasis.SYSTEM})
"""What is read again and again has one line a day (UTC); each stated reason has its own."""

Concerned = Iterable[tuple[UUID | None, str | None]]
"""Contacts with their customers, where there is one."""


def role_used(caller: Caller, *roles: Role) -> Role:
    """Return the first of the roles that let a caller in."""
    return next(role for role in roles if role in caller.roles)


def keep_reading(unit: Unit, reading: Reading, customer_ids: Iterable[str]) -> None:
    """Append a reading of some customers; with a reason also one that found nobody."""
    ids = _to_keep(unit, reading, customer_ids)
    if ids or reading.basis not in ONCE_A_DAY:
        unit.audit.add(reading, ids)


def keep_apart(store: Store, reading: Reading, customer_ids: Iterable[str]) -> None:
    """Append a reading in a transaction of its own; where it is known, nobody who writes is waited for."""
    _keep_apart(store, [(reading, set(customer_ids))])


def keep_list(store: Store, reading: Reading, concerned: Concerned) -> None:
    """Append the reading of a list whose lines come from several contacts, as `keep_apart`; without customers none."""
    by_contact: dict[UUID | None, set[str]] = {}
    for contact_id, customer_id in concerned:
        if customer_id is not None:
            by_contact.setdefault(contact_id, set()).add(customer_id)
    _keep_apart(store, [(replace(reading, contact_id=contact_id), ids) for contact_id, ids in by_contact.items()])


def _keep_apart(store: Store, of_contacts: Sequence[tuple[Reading, set[str]]]) -> None:
    with store.read() as unit:
        new = [(one, ids) for one, ids in of_contacts if one.basis not in ONCE_A_DAY or _to_keep(unit, one, ids)]
    if new:
        with store.write() as unit:
            for one, ids in new:
                keep_reading(unit, one, ids)


def _to_keep(unit: Unit, reading: Reading, customer_ids: Iterable[str]) -> Sequence[str]:
    ids = sorted(set(customer_ids))
    if not ids or reading.basis not in ONCE_A_DAY:
        return ids
    midnight = reading.at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    known = unit.audit.read_since(reading, ids, midnight)
    return [one for one in ids if one not in known]
