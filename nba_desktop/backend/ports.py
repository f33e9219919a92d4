"""What the services need of the store, as narrow protocols; `store` fulfils them, tests may too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from nba_desktop.backend.consent.ledger import LedgerEntry, LedgerHead
from nba_desktop.backend.consent.wording import Wording
from nba_desktop.backend.model import CustomerRecord, PastResponse, PhoneKind, TouchpointRecord
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import NoRecommendation, ResponseCode, Role
from nba_desktop.contract.events import AnyEvent, CallerNumber, ContactStarted

SearchMatch = Literal["customer_no", "name", "contract", "address", "phone"]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request, as his token says."""

    agent_id: str
    recipient_code: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One token as it is kept: its hash, never itself."""

    token_id: UUID
    token_sha256: str
    agent_id: str
    recipient_code: str
    roles: frozenset[Role]
    created_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """How a contact began, and whose it is."""

    contact_id: UUID
    agent_id: str
    started_at: datetime
    direction: Literal["inbound", "outbound"]
    number: CallerNumber
    attached_customer_no: str | None
    language: Language


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision as it is kept: `record` is its complete JSON, `shown` the actions by rank."""

    decision_id: UUID
    contact_id: UUID
    customer_id: str | None
    decided_at: datetime
    catalogue_version: str
    none_because: NoRecommendation | None
    shown: tuple[str, ...]
    record: str


@dataclass(frozen=True, slots=True)
class ExposureRow:
    """One exposure fact about one action: shown, addressed or objected to."""

    event_id: UUID
    action_id: str
    fact: Literal["shown", "addressed", "objection"]
    objection_id: str | None
    decision_id: UUID
    contact_id: UUID
    customer_id: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """A response, or with `retracts` the counter-entry that takes one back; without contact it came from elsewhere."""

    event_id: UUID
    retracts: UUID | None
    contact_id: UUID | None
    customer_id: str | None
    decision_id: UUID | None
    action_id: str | None
    code: ResponseCode
    note: str
    at: datetime


class CustomerStore(Protocol):
    """Customers and what happened before."""

    def by_id(self, customer_id: str) -> CustomerRecord | None:
        """Return the customer, or None."""

    def by_customer_no(self, customer_no: str) -> CustomerRecord | None:
        """Return the customer by his number, however it is written, or None."""

    def by_phone(self, e164: str, limit: int) -> Sequence[tuple[CustomerRecord, PhoneKind]]:
        """Return who may be calling from this number, by name."""

    def touchpoints(self, customer_id: str) -> tuple[TouchpointRecord, ...]:
        """Return all touchpoints, newest first."""

    def search(self, text: str, limit: int) -> Sequence[tuple[CustomerRecord, SearchMatch]]:
        """Return at most `limit` customers found by `text`, best first."""

    def add(self, customers: Sequence[CustomerRecord], touchpoints: Sequence[TouchpointRecord]) -> None:
        """Add many customers with their touchpoints."""

    def any(self) -> bool:
        """Say whether there is any customer."""


class ContactStore(Protocol):
    """Contacts and their events."""

    def by_id(self, contact_id: UUID) -> ContactRecord | None:
        """Return the contact, or None."""

    def add(self, contact: ContactRecord, started: ContactStarted) -> None:
        """Add a contact that began."""

    def event_body(self, event_id: UUID) -> str | None:
        """Return the stored text of an event, or None."""

    def add_event(self, event: AnyEvent, body: str, agent_id: str, received_at: datetime) -> None:
        """Append an event."""

    def events_of(self, contact_id: UUID) -> tuple[AnyEvent, ...]:
        """Return the contact's events by their place in the contact."""

    def set_state(self, contact_id: UUID, state: Mapping[str, object]) -> None:
        """Rewrite what the contact's events come to."""


class DecisionStore(Protocol):
    """Decisions, exposure and responses."""

    def add(self, decision: DecisionRow) -> None:
        """Keep a decision."""

    def shown(self, decision_id: UUID, contact_id: UUID) -> tuple[str, ...] | None:
        """Return the actions of a decision of this contact, or None when there is no such decision."""

    def add_exposures(self, exposures: Sequence[ExposureRow]) -> None:
        """Append exposure facts."""

    def add_response(self, response: ResponseRow) -> None:
        """Append a response or a counter-entry."""

    def response(self, event_id: UUID, contact_id: UUID) -> ResponseRow | None:
        """Return a response of this contact, or None."""

    def is_retracted(self, event_id: UUID) -> bool:
        """Say whether a response was taken back."""

    def past_responses(self, customer_id: str) -> tuple[PastResponse, ...]:
        """Return the customer's responses that count, oldest first."""


class ConsentStore(Protocol):
    """The proof ledger and the wordings it refers to."""

    def head(self) -> LedgerHead:
        """Return the end of the chain, held against other writers until the transaction ends."""

    def append(self, entry: LedgerEntry) -> None:
        """Append one entry and move the end of the chain."""

    def append_all(self, entries: Sequence[LedgerEntry]) -> None:
        """Append entries that follow one another and move the end of the chain to the last."""

    def of_customer(self, customer_id: str) -> tuple[LedgerEntry, ...]:
        """Return the customer's entries in order."""

    def all(self) -> Iterable[LedgerEntry]:
        """Return every entry in order."""

    def wordings(self) -> tuple[Wording, ...]:
        """Return every wording there ever was."""

    def introduce_wording(self, wording: Wording) -> None:
        """Add a version of a wording."""

    def set_retired(self, wording: Wording, at: datetime | None) -> None:
        """Mark a version as no longer in force since `at`, or with None as in force again."""


class AccessStore(Protocol):
    """Agents and their tokens."""

    def recipient_code(self, agent_id: str) -> str | None:
        """Return the pseudonym of an agent, or None when he is not known."""

    def add_agent(self, agent_id: str, recipient_code: str, at: datetime) -> None:
        """Add an agent with his pseudonym."""

    def add_token(self, token_id: UUID, token_sha256: str, agent_id: str, roles: frozenset[Role], at: datetime) -> None:
        """Add a token by its hash."""

    def valid_token(self, token_sha256: str) -> TokenRow | None:
        """Return the token of this hash unless it was revoked."""

    def tokens(self) -> Sequence[TokenRow]:
        """Return every token, oldest first."""

    def revoke(self, token_id: UUID, at: datetime) -> bool:
        """Revoke a token; False when there is none by that id that still counts."""


class AuditStore(Protocol):
    """Who read which customers outside a contact."""

    def add(self, at: datetime, agent_id: str, reason: str, customer_ids: Sequence[str]) -> None:
        """Append one reading."""


class Unit(Protocol):
    """Everything within one transaction."""

    @property
    def customers(self) -> CustomerStore:
        """Customers and what happened before."""

    @property
    def contacts(self) -> ContactStore:
        """Contacts and their events."""

    @property
    def decisions(self) -> DecisionStore:
        """Decisions, exposure and responses."""

    @property
    def consents(self) -> ConsentStore:
        """The proof ledger."""

    @property
    def access(self) -> AccessStore:
        """Agents and their tokens."""

    @property
    def audit(self) -> AuditStore:
        """Readings outside a contact."""

    def part(self) -> AbstractContextManager[None]:
        """Open a part of the transaction that is undone alone when it raises."""


class Store(Protocol):
    """Hands out transactions."""

    def read(self) -> AbstractContextManager[Unit]:
        """Open a transaction that reads."""

    def write(self) -> AbstractContextManager[Unit]:
        """Open a transaction that writes; durable when the block ends, or not done at all."""
