"""What the services need of the store, as narrow protocols; `store` fulfils them, tests may too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from nba_desktop.backend.consent.ledger import LedgerEntry, LedgerHead
from nba_desktop.backend.consent.wording import Wording
from nba_desktop.backend.model import (
    CustomerRecord,
    PastConcern,
    PastExposure,
    PastResponse,
    PhoneKind,
    TouchpointRecord,
)
from nba_desktop.backend.rows import (
    AgentProfile,
    ContactRecord,
    DecisionRow,
    ExposureRow,
    HookRow,
    LearningRow,
    LoggedAction,
    OutcomeRow,
    PastCall,
    PortalDecisionRow,
    ResponseRow,
    SettingRow,
    SnapshotRow,
    StepRow,
    StoredDecision,
    TokenRow,
    VersionRow,
)
from nba_desktop.contract.codes import OutcomeCode, ResponseCode, Role
from nba_desktop.contract.events import AnyEvent, ContactStarted

SearchMatch = Literal["customer_no", "name", "contract", "address", "phone"]


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

    def ids(self) -> Sequence[str]:
        """Return every customer's id, in order."""

    def several(self, customer_ids: Sequence[str]) -> Sequence[CustomerRecord]:
        """Return these customers in the order asked for, without those that there are not."""


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

    def of_agent(self, agent_id: str, since: datetime, until: datetime) -> Sequence[ContactRecord]:
        """Return an agent's contacts that began within [since, until), newest first."""

    def set_state(self, contact_id: UUID, state: Mapping[str, object]) -> None:
        """Rewrite what the contact's events come to, or in which language it is held."""


class DecisionStore(Protocol):
    """Decisions, exposure and responses."""

    def add(self, decision: DecisionRow) -> None:
        """Keep a decision."""

    def shown(self, decision_id: UUID, contact_id: UUID) -> tuple[str, ...] | None:
        """Return the actions of a decision of this contact, or None when there is no such decision."""

    def shown_teasers(self, decision_id: UUID) -> tuple[str, ...] | None:
        """Return the actions of a decision on teasers, or None when there is no such decision."""

    def add_exposures(self, exposures: Sequence[ExposureRow]) -> None:
        """Append exposure facts."""

    def add_response(self, response: ResponseRow) -> None:
        """Append a response or a counter-entry."""

    def response(self, event_id: UUID, contact_id: UUID) -> ResponseRow | None:
        """Return a response of this contact, or None."""

    def is_retracted(self, event_id: UUID) -> bool:
        """Say whether a response was taken back."""

    def past_responses(self, customer_id: str) -> tuple[PastResponse, ...]:
        """Return the customer's and his household's responses and outcomes that count, oldest first."""

    def past_exposures(
        self, customer_id: str, since: datetime, besides: UUID | None = None
    ) -> tuple[PastExposure, ...]:
        """Return what was shown or addressed to the customer since a moment, oldest first.

        Each counts once for a contact; the contact `besides` is left out: what is going on in it does not count against
        itself. A teaser that was seen was shown, once for its decision.
        """

    def add_shadow(self, decision_id: UUID, catalogue_version: str, record: str) -> None:
        """Keep what a version in shadow decided beside the decision that was shown."""

    def add_portal(self, decision: PortalDecisionRow) -> None:
        """Keep a decision on teasers."""

    def stored(self, decision_id: UUID) -> StoredDecision | None:
        """Return a decision of a call or of the portal, or None."""

    def codes(self, decision_id: UUID, action_id: str) -> tuple[ResponseCode | OutcomeCode, ...]:
        """Return the responses and outcomes that count for one recommendation, oldest first.

        Of a call those to the action under any of its decisions: they are one recommendation, made anew.
        """

    def same_call(self, decision_id: UUID) -> Sequence[UUID]:
        """Return the decisions of a decision's call for the same customer, oldest first; itself alone in the portal."""

    def answers(self, customer_id: str, action_id: str) -> Sequence[ResponseRow]:
        """Return a customer's responses to an action that count, within each call in their order."""

    def log(self, since: datetime, until: datetime) -> Iterable[StoredDecision]:
        """Return the decisions of calls made within [since, until), in order, a few at a time."""

    def logged_actions(self, decision_ids: Sequence[UUID]) -> Sequence[LoggedAction]:
        """Return the shown actions of some decisions with what became of them."""

    def shadows(self, decision_ids: Sequence[UUID]) -> Sequence[tuple[UUID, str, str]]:
        """Return decision id, catalogue version and record of what versions in shadow decided."""


class OutcomeStore(Protocol):
    """What other systems say became of recommendations."""

    def add(self, outcome: OutcomeRow) -> None:
        """Append an outcome."""

    def by_id(self, event_id: UUID) -> OutcomeRow | None:
        """Return an outcome, or None."""


class LearningStore(Protocol):
    """The log of the model's updates, and the model at times."""

    def append(self, row: LearningRow) -> int:
        """Append an update and return its position."""

    def of_decisions(self, decision_ids: Sequence[UUID]) -> tuple[LearningRow, ...]:
        """Return every update of some decisions, in order."""

    def after(self, position: int, mode: str, until: int | None = None) -> Iterable[LearningRow]:
        """Return the updates behind a position, in order; with `until` up to and including that one."""

    def head(self) -> tuple[int, int]:
        """Return the last position of the log and the last snapshot's id, 0 for none."""

    def add_snapshot(self, snapshot: SnapshotRow) -> int:
        """Keep the model and return the snapshot's id, which the store gives."""

    def snapshots(self) -> Sequence[SnapshotRow]:
        """Return every snapshot without its content, oldest first."""

    def snapshot(self, snapshot_id: int) -> SnapshotRow | None:
        """Return a snapshot, or None."""


class CatalogueStore(Protocol):
    """Versions of the catalogue and the steps of their lives."""

    def add(self, version: VersionRow) -> None:
        """Keep a version."""

    def by_version(self, version: str) -> VersionRow | None:
        """Return a version, or None."""

    def versions(self) -> Sequence[VersionRow]:
        """Return every version, oldest first."""

    def append_step(self, step: StepRow) -> int:
        """Append a step and return its revision."""

    def steps(self) -> Sequence[StepRow]:
        """Return every step in order."""

    def revision(self) -> int:
        """Return the last step's revision, 0 when there is none."""


class SettingStore(Protocol):
    """What the site says while it runs."""

    def get(self, name: str) -> SettingRow | None:
        """Return a setting, or None."""

    def put(self, setting: SettingRow) -> None:
        """Set or replace a setting."""


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

    def profile(self, agent_id: str) -> AgentProfile | None:
        """Return what an agent may do and promise, or None when he is not known."""

    def set_profile(self, profile: AgentProfile) -> None:
        """Say what a known agent may do and promise."""

    def profiles(self) -> Sequence[AgentProfile]:
        """Return every agent, by id."""

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


class HookStore(Protocol):
    """Telephone systems that report by webhook, and whom their users stand for."""

    def add(self, hook: HookRow) -> bool:
        """Add a source; False when there is one of that name."""

    def all(self) -> Sequence[HookRow]:
        """Return every source, by name."""

    def set_secret(self, source: str, secret_sha256: str | None, signing_key: str | None) -> bool:
        """Replace the secret; False when there is no such source."""

    def remove(self, source: str) -> bool:
        """Remove a source with its users; False when there is none."""

    def users(self) -> Sequence[tuple[str, str, str]]:
        """Return source, user and agent of every mapping, in order."""

    def map_user(self, source: str, user: str, agent_id: str) -> bool:
        """Let a user stand for an agent, too; False when he does already."""

    def unmap_user(self, source: str, user: str, agent_id: str | None) -> int:
        """Take back one mapping of a user, or with None all of them; return how many there were."""


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
    def outcomes(self) -> OutcomeStore:
        """What other systems say became of recommendations."""

    @property
    def learning(self) -> LearningStore:
        """The model's updates and snapshots."""

    @property
    def catalogues(self) -> CatalogueStore:
        """Versions of the catalogue."""

    @property
    def settings(self) -> SettingStore:
        """What the site says while it runs."""

    @property
    def access(self) -> AccessStore:
        """Agents and their tokens."""

    @property
    def audit(self) -> AuditStore:
        """Readings outside a contact."""

    @property
    def hooks(self) -> HookStore:
        """Telephone systems that report by webhook."""

    def part(self) -> AbstractContextManager[None]:
        """Open a part of the transaction that is undone alone when it raises."""


class Store(Protocol):
    """Hands out transactions."""

    def read(self) -> AbstractContextManager[Unit]:
        """Open a transaction that reads."""

    def write(self) -> AbstractContextManager[Unit]:
        """Open a transaction that writes; durable when the block ends, or not done at all."""
