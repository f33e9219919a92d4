"""Readings of customers, and looks at their log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nba_desktop.contract.codes import ReadBasis, ReadOperation, Role


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody reads customers: who, in which role, by which route or command, and what lets him.

    `contact_id` is the contact in which it happens. Role and operation are missing in what earlier versions kept.
    """

    at: datetime
    agent_id: str
    role: Role | None
    operation: ReadOperation | None
    basis: ReadBasis
    reason: str = ""
    contact_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One customer of a reading, None where it found nobody; `together` is how many were read at once."""

    reading: Reading
    read_id: UUID
    place: int
    customer_id: str | None
    customer_no: str | None
    together: int


@dataclass(frozen=True, slots=True)
class ReadingsAsked:
    """Which readings are looked for: within [since, until), behind the last one of the page before, so many."""

    since: datetime
    until: datetime
    limit: int
    behind: tuple[datetime, UUID, int] | None = None


@dataclass(frozen=True, slots=True)
class LookRow:
    """Somebody looked at what is logged of a person of the staff, `agent_id`."""

    look_id: UUID
    at: datetime
    by_agent_id: str
    role: Role
    reason: str
    agent_id: str
