"""What the site's figures count besides the facts of calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose


@dataclass(frozen=True, slots=True)
class QueueCallRow:
    """A call that a telephone system offered; `ended_at` is None where its end was not heard of."""

    call_id: UUID
    source: str
    queue: str | None
    offered_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    abandoned: bool = False


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """Offered calls whose fate is known, those answered in time, and those that were given up."""

    offered: int = 0
    in_time: int = 0
    abandoned: int = 0


@dataclass(frozen=True, slots=True)
class ConsentSaid:
    """What a customer said of a consent in a call, or with `call_id` None what became of one outside of a call."""

    customer_id: str
    purpose: ConsentPurpose
    channel: ConsentChannel
    event: ConsentEventType
    at: datetime
    call_id: UUID | None
    agent: str


@dataclass(frozen=True, slots=True)
class WayPoint:
    """A place on a customer's way: what he met before, or with `touchpoint` None a call of his and its concern."""

    customer_id: str
    at: datetime
    touchpoint: TouchpointRecord | None
    concern: str | None = None
