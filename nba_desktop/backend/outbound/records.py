"""What leaves for other systems, and what the services and the store hand each other about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID


class ResultType(StrEnum):
    """What can have happened; the last part of a CloudEvent's type."""

    RESPONSE_RECORDED = "response.recorded"
    RESPONSE_RETRACTED = "response.retracted"
    COMPLETION_REQUESTED = "completion.requested"
    OUTCOME_RECORDED = "outcome.recorded"
    CONSENT_CHANGED = "consent.changed"
    FOLLOW_UP_PLANNED = "follow_up.planned"
    FOLLOW_UP_CANCELLED = "follow_up.cancelled"
    FOLLOW_UP_DONE = "follow_up.done"
    FOLLOW_UP_LATE = "follow_up.late"
    NOTE_WRITTEN = "contact.note_written"
    CORRECTION_REQUESTED = "correction.requested"
    ERASURE_REQUESTED = "erasure.requested"
    CUSTOMER_ERASED = "customer.erased"
    CUSTOMER_CORRECTED = "customer.corrected"


MEANINGS: Final[Mapping[ResultType, str]] = {
    ResultType.RESPONSE_RECORDED: "what the customer said to an action",
    ResultType.RESPONSE_RETRACTED: "the agent took that back",
    ResultType.COMPLETION_REQUESTED: "he accepted, and is to get it in text form to confirm it",
    ResultType.OUTCOME_RECORDED: "it was completed, revoked or cancelled, or lapsed unconfirmed",
    ResultType.CONSENT_CHANGED: "the state of his consents changed; what proves it stays here",
    ResultType.FOLLOW_UP_PLANNED: "something was promised to him",
    ResultType.FOLLOW_UP_CANCELLED: "that was taken back",
    ResultType.FOLLOW_UP_DONE: "it was done",
    ResultType.FOLLOW_UP_LATE: "it was not done on its day",
    ResultType.NOTE_WRITTEN: "the line about a contact; a later one replaces it",
    ResultType.CORRECTION_REQUESTED: "he says that something kept of him is wrong: look at it, and answer",
    ResultType.ERASURE_REQUESTED: "he wants to be erased: look at it, and answer",
    ResultType.CUSTOMER_ERASED: "he was erased here: erase him, too",
    ResultType.CUSTOMER_CORRECTED: "his data were corrected here",
}


class DeliveryState(StrEnum):
    """What became of an event at an endpoint."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class ResultEvent:
    """A result as it leaves; `position` is given by the store. Nothing of the customer but his number is in `data`.

    Texts that people wrote, and what was corrected, are the exception: they are what the receiver is told.
    """

    event_id: UUID
    type: ResultType
    at: datetime
    recorded_at: datetime
    customer_id: str | None
    customer_no: str | None
    contact_id: UUID | None
    data: Mapping[str, Any] = field(repr=False)
    position: int = 0

    @property
    def ordered_by(self) -> str:
        """Within what the order is kept: the customer, or the contact of nobody."""
        return self.customer_no or str(self.contact_id or self.event_id)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Who gets results by webhook; without `types` all of them."""

    name: str
    url: str
    types: frozenset[ResultType]
    secret: str = field(repr=False)
    source: str
    give_up_days: int
    created_at: datetime
    disabled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event on its way to an endpoint, and how often that was tried."""

    endpoint: str
    event: ResultEvent
    attempts: int
    first_tried_at: datetime | None
    last_problem: str
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EndpointCounts:
    """How much of an endpoint waits, is delivered and dead.

    Of what waits longest: since when, how often it was tried, why that failed last and when it is tried next.
    """

    waiting: int = 0
    delivered: int = 0
    dead: int = 0
    oldest: datetime | None = None
    attempts: int = 0
    last_problem: str = ""
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SubjectRequest:
    """An erasure or correction that another system asked for; `changes` are its fields as (before, after)."""

    request_id: UUID
    source: str
    kind: str
    received_at: datetime
    actor: str
    customer_id: str | None
    customer_hash: str
    changes: Mapping[str, tuple[str | None, str | None]] | None = field(default=None, repr=False)
