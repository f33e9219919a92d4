"""What the services need of the store, as narrow protocols; `store` fulfils them, tests may too."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any, Literal, Protocol
from uuid import UUID

from nba_desktop.backend.consent.checking import Batch
from nba_desktop.backend.consent.ledger import LedgerEntry, LedgerHead
from nba_desktop.backend.consent.wording import Wording
from nba_desktop.backend.journey.features import JourneyFeatures
from nba_desktop.backend.model import (
    CustomerRecord,
    PastConcern,
    PastExposure,
    PastResponse,
    PhoneKind,
    TouchpointRecord,
    ValueRecord,
    WaitingEvent,
)
from nba_desktop.backend.outbound.records import (
    Delivery,
    DeliveryState,
    Endpoint,
    EndpointCounts,
    ResultEvent,
    ResultType,
    SubjectRequest,
)
from nba_desktop.backend.review.counts import Sieve
from nba_desktop.backend.review.records import CallFact, FollowUpCounts, Material
from nba_desktop.backend.review.segments import WeekRows
from nba_desktop.backend.rows import (
    AccessRow,
    AgentProfile,
    ConsentRestriction,
    ConsentSaid,
    ContactRecord,
    CustomersInBrief,
    DecisionRow,
    ExposureRow,
    FeedbackRow,
    FollowUpRow,
    HookRow,
    ImportRow,
    LearningRow,
    LoggedAction,
    LookRow,
    MemberRow,
    NoteRow,
    OutcomeRow,
    PastCall,
    PendingRow,
    PortalDecisionRow,
    QueueCallRow,
    QueueCounts,
    RaisedInCall,
    Reading,
    ReadingRow,
    ReadingsAsked,
    ResponseRow,
    ReviewModeRow,
    SegmentRow,
    SettingRow,
    SignInRow,
    SnapshotRow,
    StepRow,
    StoredDecision,
    TeamRow,
    TokenRow,
    ValueBasis,
    ValueRunRow,
    VersionRow,
    WaitingRow,
    WayPoint,
)
from nba_desktop.backend.subject.records import (
    ErasureRow,
    Removed,
    RetentionKind,
    RetentionReport,
    Subject,
    WishRow,
)
from nba_desktop.contract.codes import FeedbackReason, FollowUpKind, OutcomeCode, ResponseCode, Role
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


class ArrivalStore(Protocol):
    """What arrives of customers while the backend runs, what it comes to, and what waits because of it."""

    def touchpoint(self, touchpoint_id: str) -> TouchpointRecord | None:
        """Return a touchpoint, or None."""

    def add(self, touchpoint: TouchpointRecord) -> None:
        """Add a touchpoint."""

    def count(self, customer_id: str) -> int:
        """Return how many touchpoints a customer has."""

    def within(self, customer_id: str, first: datetime, last: datetime) -> Sequence[TouchpointRecord]:
        """Return the touchpoints of a customer in [first, last]."""

    def newest_at(self, customer_id: str, until: datetime, place: int) -> datetime | None:
        """Return the moment of the touchpoint at a place among those up to a moment, newest first from 0."""

    def recent(self, customer_id: str, since: datetime, cases: Sequence[str]) -> Sequence[TouchpointRecord]:
        """Return the touchpoints since a moment and every one of some cases, newest first."""

    def mark_breaks(self, customer_id: str, rules: Mapping[str, str | None]) -> None:
        """Say of touchpoints, by their ids, which rule found something there; None for none."""

    def features(self, customer_id: str) -> JourneyFeatures | None:
        """Return what a customer's touchpoints come to, as far as that was kept."""

    def put_features(self, customer_id: str, features: JourneyFeatures) -> None:
        """Keep what a customer's touchpoints come to."""

    def wait(self, rows: Sequence[WaitingRow]) -> None:
        """Add what a touchpoint raises."""

    def waiting(self, customer_id: str, now: datetime) -> tuple[WaitingEvent, ...]:
        """Return what waits for a customer at a moment, oldest first."""

    def use(self, customer_id: str, action_id: str, at: datetime, used_by: UUID) -> None:
        """Say that a customer answered what waited of an action until then, by a response or an outcome."""

    def give_back(self, used_by: UUID) -> None:
        """Let wait again what a response had used up that was taken back."""

    def remove_expired(self, before: datetime) -> int:
        """Delete what was over before a moment, and return how much that was."""

    def raised_in_calls(
        self, agents: Collection[str], raised_since: datetime, begun_since: datetime
    ) -> Sequence[RaisedInCall]:
        """Return what was raised since a moment in the calls of some agents in which the customer is authenticated.

        What was raised before a call began is no news in it. `begun_since` leaves out calls whose end was never told.
        """


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

    def add_all(self, rows: Sequence[OutcomeRow]) -> None:
        """Append outcomes."""

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

    def append(self, entry: LedgerEntry) -> LedgerHead:
        """Append one entry behind the end of the chain, whatever place it names, and return the new end."""

    def append_all(self, entries: Sequence[LedgerEntry]) -> None:
        """Append entries that follow one another and move the end of the chain to the last."""

    def of_customer(self, customer_id: str) -> tuple[LedgerEntry, ...]:
        """Return the customer's entries in order."""

    def end(self) -> LedgerHead | None:
        """Return the end of the chain as it is recorded, without holding it; None when that is missing."""

    def by_event_id(self, event_id: UUID) -> LedgerEntry | None:
        """Return the entry of an event, or None."""

    def batches(self) -> Iterable[Batch]:
        """Return every entry in order, as `checking` takes them; raise `UnreadableEntry` where one is."""

    def damage(self) -> str:
        """Return what the database itself finds damaged in the ledger's tables and their indexes, or nothing."""

    def named_wordings(self) -> Sequence[tuple[str, str | None, str | None]]:
        """Return id, hash of the text and hash of the whole record of every wording that an entry names."""

    def hashes(self, until: int) -> Iterable[Sequence[str]]:
        """Return the hash of every entry up to a position, in order, in batches."""

    def pending_since(self, before: datetime) -> Sequence[str]:
        """Return the customers who gave a consent before a moment that was not confirmed or ended since."""

    def customer_ids(self) -> Sequence[str]:
        """Return every customer the ledger has an entry of, in order."""

    def restriction(self, customer_id: str) -> ConsentRestriction | None:
        """Return since when a customer's proof is for the consent officer alone, or None."""

    def restriction_of_number(self, customer_no: str) -> ConsentRestriction | None:
        """Return the restriction of the customer who had a number, or None."""

    def restrict(self, restriction: ConsentRestriction) -> None:
        """Let only the consent officer read a customer's proof from now on."""

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

    def pseudonyms(self) -> Mapping[str, AgentProfile]:
        """Return every agent by his pseudonym."""

    def add_token(self, token_id: UUID, token_sha256: str, agent_id: str, roles: frozenset[Role], at: datetime) -> None:
        """Add a token by its hash."""

    def valid_token(self, token_sha256: str) -> TokenRow | None:
        """Return the token of this hash unless it was revoked; its agent may be blocked."""

    def tokens(self) -> Sequence[TokenRow]:
        """Return every token, oldest first."""

    def revoke(self, token_id: UUID, at: datetime) -> bool:
        """Revoke a token; False when there is none by that id that still counts."""

    def has_token(self, agent_id: str) -> bool:
        """Return whether a token that was made here still counts for an agent."""

    def sign_in(self, issuer: str, subject: str) -> SignInRow | None:
        """Return whom an account of an identity provider stands for, or None."""

    def sign_ins(self) -> Sequence[SignInRow]:
        """Return every account that stands for an agent, by agent."""

    def add_sign_in(self, agent_id: str, issuer: str, subject: str, at: datetime) -> None:
        """Say which account stands for an agent from now on."""

    def remove_sign_in(self, agent_id: str) -> bool:
        """Forget which account stands for an agent; False when there is none."""

    def set_blocked(self, agent_id: str, since: datetime | None) -> bool:
        """Say since when an agent is let in no more, or that he is again; False when he is not known."""

    def blocked(self) -> Mapping[str, datetime]:
        """Return since when the agents who are let in no more are not."""


class AuditStore(Protocol):
    """Who read which customers, and who looked at that; only ever appended."""

    def add(self, reading: Reading, customer_ids: Sequence[str]) -> None:
        """Append a reading of customers, or of nobody."""

    def read_since(self, reading: Reading, customer_ids: Sequence[str], since: datetime) -> frozenset[str]:
        """Return those whom the same agent read by the same operation in the same contact since a moment."""

    def of_customer(self, customer_id: str, asked: ReadingsAsked) -> Sequence[ReadingRow]:
        """Return the readings of a customer, newest first."""

    def of_agent(self, agent_id: str, asked: ReadingsAsked) -> Sequence[ReadingRow]:
        """Return what an agent, a system or an administrator read, newest first."""

    def add_look(self, look: LookRow) -> None:
        """Append that somebody looked at what is logged of a person of the staff."""

    def looks(self, agent_id: str | None, since: datetime) -> Sequence[LookRow]:
        """Return who looked at what is logged of an agent, or of anybody, since a moment, newest first."""


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


class TeamStore(Protocol):
    """Teams, who is in them from when, and who leads them."""

    def add(self, team: TeamRow) -> bool:
        """Add a team; False when there is one by that id."""

    def all(self) -> Sequence[TeamRow]:
        """Return every team with its leads, by name."""

    def members(self) -> Sequence[MemberRow]:
        """Return from when who is in which team, by agent and day."""

    def set_member(self, member: MemberRow) -> None:
        """Say in which team an agent is from a day on, in place of what was said of that very day."""

    def set_lead(self, team_id: str, agent_id: str, leads: bool) -> None:
        """Say whether an agent leads a team."""


class ReviewStore(Protocol):
    """The facts of calls: rows, the packed weeks made of them, and which contacts wait."""

    def changed(self, contact_id: UUID, at: datetime) -> None:
        """Say that something of a contact is new, so that its facts are worked out anew."""

    def changed_customer(self, customer_id: str, since: datetime, at: datetime) -> None:
        """Say the same of a customer's contacts since a moment, as when he confirms a consent he gave in one."""

    def changed_agent(self, agent_id: str, since: datetime, at: datetime) -> None:
        """Say the same of an agent's contacts since a moment, as when he was in another team."""

    def changed_all(self, at: datetime) -> None:
        """Say the same of every contact."""

    def pending(self, limit: int) -> Sequence[PendingRow]:
        """Return the first changes that wait."""

    def waiting(self) -> tuple[int, datetime | None]:
        """Return how many changes wait, and since when the oldest does."""

    def still_pending(self, changes: Sequence[PendingRow]) -> Sequence[PendingRow]:
        """Return those of some changes that still wait: nobody else has done them."""

    def done(self, changes: Sequence[PendingRow]) -> None:
        """Take changes that still wait off the list."""

    def put(self, facts: Sequence[CallFact], contact_ids: Iterable[UUID]) -> None:
        """Put the facts in place of all there is of these contacts; a contact without facts has none from now on."""

    def repeated_by(self, contact_ids: Iterable[UUID]) -> set[UUID]:
        """Return the contacts with facts that count one of these as their repeat."""

    def set_repeats(self, repeats: Mapping[UUID, UUID | None]) -> None:
        """Say which call repeats each of these, where there are facts of it."""

    def set_chances_before(self, days: Mapping[UUID, date | None]) -> None:
        """Say of each of these when the customer's opportunity call before was, where there are facts of it."""

    def follow_ups(self, team_id: str, weeks: Iterable[date], until: date, sieve: Sieve) -> Sequence[FollowUpCounts]:
        """Count by agent what was due in some weeks (Mondays) before a day, under a filter."""

    def rows_of(self, week: date, team_id: str) -> WeekRows:
        """Return the facts of a team's week."""

    def segments(
        self, team_id: str | None, first: date, last: date, known: Mapping[tuple[date, str], int]
    ) -> Sequence[SegmentRow]:
        """Return the weeks (Mondays within [first, last]) of a team, or with None of all, by team and week.

        The content is None where it is not of the newest facts, and where `known` says this very revision is at hand.
        """

    def stale(self) -> Mapping[tuple[date, str], int]:
        """Return the revisions of the weeks that are not packed as of their newest facts, oldest week first."""

    def keep_segment(self, segment: SegmentRow) -> None:
        """Keep what a week was packed into, unless a newer one is kept."""


class ReviewMaterialStore(Protocol):
    """What the facts of calls are made from."""

    def of(
        self, contact_ids: Sequence[UUID], team_of: Callable[[ContactRecord], str], within: timedelta
    ) -> Sequence[Material]:
        """Return what is known of those of some contacts that there are; repeats are asked apart."""

    def next_calls(self, contact_ids: Sequence[UUID], days: int) -> Mapping[UUID, UUID | None]:
        """Return for each contact that ended the customer's next call for the same concern within some days."""

    def before(self, contact_ids: Sequence[UUID], days: int) -> set[UUID]:
        """Return the contacts that one of these may be a repeat of."""

    def chances_before(self, contact_ids: Sequence[UUID]) -> Mapping[UUID, date | None]:
        """Return for each call with facts of the customers of some contacts when their opportunity call before was."""


class ReviewLogStore(Protocol):
    """How far the review goes, who looked at it and what was noted."""

    def add_mode(self, mode: ReviewModeRow) -> None:
        """Append how far the review goes from now on."""

    def modes(self) -> Sequence[ReviewModeRow]:
        """Return everything that was ever set, oldest first."""

    def add_access(self, access: AccessRow) -> None:
        """Append that somebody looked."""

    def accesses(self, since: datetime) -> Sequence[AccessRow]:
        """Return who looked since a moment, newest first."""

    def accesses_about(self, agent: str, team_ids: Sequence[str], since: datetime) -> Sequence[AccessRow]:
        """Return who looked at an agent (his pseudonym), or at one of these teams as a whole, newest first."""

    def add_note(self, note: NoteRow) -> None:
        """Append a note."""

    def note(self, note_id: UUID) -> NoteRow | None:
        """Return a note, or None."""

    def notes_about(self, agent: str) -> Sequence[NoteRow]:
        """Return the notes about an agent (his pseudonym), newest first."""


class SiteFactsStore(Protocol):
    """What the site's figures count besides the facts of calls."""

    def add_queue_calls(self, calls: Sequence[QueueCallRow]) -> None:
        """Append offered calls."""

    def queue_counts(self, first: datetime, until: datetime, service_ms: int) -> QueueCounts:
        """Return the counts of the calls offered in [first, until); in time is within so many milliseconds."""

    def consents_said(self, first: datetime, until: datetime) -> Sequence[ConsentSaid]:
        """Return what was asked and given in calls in [first, until), in the ledger's order."""

    def consents_after(self, since: datetime) -> Sequence[ConsentSaid]:
        """Return the confirmations and withdrawals since a moment, in the ledger's order."""

    def ways(self, first: datetime, until: datetime) -> Iterator[WayPoint]:
        """Return every contact in [first, until) of customers who are known, by customer and moment."""


class PendingStore(Protocol):
    """What waits to be confirmed."""

    def waiting(
        self, since: datetime, before: datetime, after: tuple[datetime, UUID], limit: int
    ) -> Sequence[ResponseRow]:
        """Return the standing yeses of [since, before) without an outcome, in order, behind `after` (at, event id)."""

    def who_said(self, action_id: str, codes: Iterable[ResponseCode], after: str, limit: int) -> Sequence[str]:
        """Return customers who once said one of the codes of an action and did not take it back, by id, behind one."""


class FollowUpStore(Protocol):
    """What was promised."""

    def add(self, follow_up: FollowUpRow) -> None:
        """Add a promise."""

    def by_id(self, follow_up_id: UUID) -> FollowUpRow | None:
        """Return a promise, or None."""

    def cancel(self, follow_up_id: UUID, at: datetime) -> None:
        """Take a promise back."""

    def set_done(self, follow_up_id: UUID, at: datetime, by: str) -> None:
        """Say that it was kept, and by whom."""

    def open_of(self, agent_id: str, until: date, limit: int) -> Sequence[FollowUpRow]:
        """Return an agent's open promises up to a day, the one that is due first before the others."""

    def open_of_kind(
        self, kind: FollowUpKind, until: date, after: tuple[date, UUID], limit: int
    ) -> Sequence[FollowUpRow]:
        """Return everybody's open promises of a kind up to a day, by day and id, behind `after`."""


class FeedbackStore(Protocol):
    """What agents say against recommendations."""

    def add(self, said: FeedbackRow) -> None:
        """Append what was said."""

    def by_id(self, feedback_id: UUID) -> FeedbackRow | None:
        """Return it, or None."""

    def answer(self, feedback_id: UUID, at: datetime, by: str, answer: str) -> None:
        """Keep the owner's answer."""

    def open(self, limit: int) -> Sequence[FeedbackRow]:
        """Return what waits for an answer, oldest first."""

    def of_agent(self, agent_id: str, since: datetime, limit: int) -> Sequence[FeedbackRow]:
        """Return what an agent said since a moment, newest first."""

    def times(self, action_ids: Iterable[str], since: datetime) -> Mapping[tuple[str, FeedbackReason], int]:
        """Return how often actions were questioned since a moment, by action and reason."""


class ValueStore(Protocol):
    """Lifetime values: what they are calculated from, and the runs that do so."""

    def count(self) -> int:
        """Return how many customers there are."""

    def page(self, after: str, limit: int, purchases: tuple[str, str] | None) -> Sequence[ValueBasis]:
        """Return the next customers behind the id `after`; `purchases` names a touchpoint type and its amount."""

    def put(self, values: Mapping[str, ValueRecord | None]) -> None:
        """Replace the values of customers, by their ids; with None it is removed."""

    def last_run(self) -> ValueRunRow | None:
        """Return the run that began last, or None."""

    def keep_run(self, run: ValueRunRow) -> None:
        """Keep a run, in place of what was said of it before."""


class ImportStore(Protocol):
    """How far files were taken in, and what is known of many customers at once."""

    def customer_ids(self, customer_nos: Sequence[str]) -> Mapping[str, str]:
        """Return the ids of customers by their numbers, as `fold_code` writes them."""

    def of_customers(self, customer_ids: Sequence[str]) -> CustomersInBrief:
        """Return which of some customers there are, and what there is of them."""

    def known_events(self, event_ids: Sequence[UUID]) -> set[UUID]:
        """Return which of some ids an outcome or an event of a contact has."""

    def by_id(self, import_id: str) -> ImportRow | None:
        """Return how far, or None for a file that was never begun."""

    def put(self, progress: ImportRow) -> None:
        """Say how far, in place of what was said before."""


class SiteDataStore(Protocol):
    """A site's own data, many rows at once; columns by their names in the store, all of one length."""

    def prepare(self) -> None:
        """Make room for much that is written."""

    def customer_ids(self, folded: Iterable[str]) -> dict[str, str]:
        """Return ids by the folded number, of those that there are."""

    def customers(self, folded: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Return whole rows by the folded number, of those that there are."""

    def erased(self, numbers: Collection[str], hashes: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
        """Return which customer numbers, and which hashes of some, are those of erased customers."""

    def contracts(self, contract_nos: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Return rows by their number, of those that there are."""

    def phones(self, customer_ids: Iterable[str]) -> dict[tuple[str, str], dict[str, Any]]:
        """Return the numbers of some customers, by customer and number."""

    def touchpoints(self, touchpoint_ids: Iterable[str]) -> dict[str, tuple[Any, ...]]:
        """Return by id: customer, moment, channel, type, params, experience, case, whether open, media break."""

    def consents(self, event_ids: Iterable[UUID]) -> dict[UUID, LedgerEntry]:
        """Return entries of the ledger by their event, of those that there are."""

    def consents_of(self, customer_ids: Iterable[str]) -> Sequence[tuple[str, str, str, str, datetime]]:
        """Return customer, purpose, channel, event and moment of every entry of some customers."""

    def add_customers(self, columns: Mapping[str, Sequence[Any]]) -> None:
        """Add customers."""

    def change_customers(self, customer_ids: Sequence[str], columns: Mapping[str, Sequence[Any]]) -> None:
        """Change columns of customers."""

    def add_contracts(self, columns: Mapping[str, Sequence[Any]]) -> None:
        """Add contracts."""

    def change_contracts(self, contract_nos: Sequence[str], columns: Mapping[str, Sequence[Any]]) -> None:
        """Change columns of contracts."""

    def add_phones(self, columns: Mapping[str, Sequence[Any]]) -> None:
        """Add numbers of customers."""

    def change_phones(
        self, customer_ids: Sequence[str], numbers: Sequence[str], columns: Mapping[str, Sequence[Any]]
    ) -> None:
        """Change columns of customers' numbers."""

    def add_touchpoints(self, columns: Mapping[str, Sequence[Any]]) -> None:
        """Add touchpoints."""

    def change_touchpoints(self, touchpoint_ids: Sequence[str], columns: Mapping[str, Sequence[Any]]) -> None:
        """Change columns of touchpoints."""

    def forget_features(self, customer_ids: Iterable[str]) -> None:
        """Have what the touchpoints of some customers come to made anew when it is asked for."""

    def end_contracts(self, source: str, said_by: str, on: date) -> int:
        """End the running contracts that a system said before and not by the file `said_by`; return how many."""

    def remove_phones(self, source: str, said_by: str) -> int:
        """Remove the numbers that a system said before and not by the file `said_by`; return how many."""


class OutboundStore(Protocol):
    """Results that leave, where they go and what became of them, and what other systems ask for customers."""

    def append(self, event: ResultEvent) -> None:
        """Append a result behind all others and let it wait for every endpoint that wants its type."""

    def knows(self, event_id: UUID) -> bool:
        """Say whether a result was told before."""

    def behind(
        self, position: int, types: frozenset[ResultType], since: datetime | None, limit: int
    ) -> Sequence[ResultEvent]:
        """Return the results behind a position in order, of some types or with none of all, recorded since a moment."""

    def endpoints(self) -> Sequence[Endpoint]:
        """Return every endpoint, by name."""

    def add_endpoint(self, endpoint: Endpoint, since: datetime | None = None) -> bool:
        """Add an endpoint, what was recorded since a moment waiting for it; False when there is one by its name."""

    def remove_endpoint(self, name: str) -> bool:
        """Remove an endpoint with what waits for it; False when there is none."""

    def set_secret(self, name: str, secret: str) -> bool:
        """Replace what an endpoint's events are signed with; False when there is none."""

    def set_disabled(self, name: str, at: datetime | None) -> bool:
        """Let nothing be sent to an endpoint any more, or with None again; False when there is none."""

    def claim(self, name: str, sender: UUID, now: datetime, until: datetime) -> bool:
        """Let one process alone hand over to an endpoint until a moment; False while another one does."""

    def release(self, name: str, sender: UUID) -> None:
        """Let other processes hand over again."""

    def with_work(self, now: datetime) -> Sequence[str]:
        """Return the names of the endpoints for which something is due."""

    def due(self, name: str, now: datetime, limit: int) -> Sequence[Delivery]:
        """Return what may be sent now, oldest first: of each customer only what he waits for longest."""

    def settle(self, name: str, position: int, state: DeliveryState, at: datetime, attempts: int, problem: str) -> None:
        """Say how a delivery ended."""

    def try_again(
        self, name: str, position: int, at: datetime, attempts: int, first_tried_at: datetime, problem: str
    ) -> None:
        """Let a delivery be tried again at a moment."""

    def counts(self) -> Mapping[str, EndpointCounts]:
        """Return how much of each endpoint waits, is delivered and dead, and how what waits longest fares."""

    def hurry(self, name: str, now: datetime) -> int:
        """Let all that waits for an endpoint be due, each customer's in its order; return how much waits there."""

    def has_failed(self, name: str) -> bool:
        """Whether something waits for an endpoint that it did not take yet."""

    def dead(self, name: str | None, limit: int) -> Sequence[Delivery]:
        """Return dead letters in order, of one endpoint or of all."""

    def replay(self, name: str, now: datetime, event_id: UUID | None) -> int:
        """Let the dead letters of an endpoint wait again, or one of them; return how many."""

    def request(self, request_id: UUID) -> SubjectRequest | None:
        """Return what another system asked for a customer, or None."""

    def add_request(self, request: SubjectRequest) -> None:
        """Keep what another system asked for."""


class WishStore(Protocol):
    """What customers ask for their own data in calls."""

    def add(self, wish: WishRow) -> None:
        """Append a wish that nobody has answered."""

    def by_id(self, wish_id: UUID) -> WishRow | None:
        """Return a wish, or None."""

    def answer(self, wish: WishRow) -> None:
        """Keep a wish's answer."""

    def open(self, limit: int) -> Sequence[WishRow]:
        """Return what waits for an answer, oldest first."""

    def of_agent(self, agent_id: str, limit: int) -> Sequence[WishRow]:
        """Return what an agent was told, as long as it is kept, what changed last first."""


class SubjectStore(Protocol):
    """One customer's rows in every table; tables go by the names in `subject.tables`."""

    def own_numbers(self, customer_id: str) -> tuple[str, ...]:
        """Return the customer's telephone numbers that no other customer has."""

    def rows(self, table: str, subject: Subject) -> Iterator[Mapping[str, Any]]:
        """Return the customer's rows of a table, oldest first, a few at a time; agents by their pseudonyms alone."""

    def count(self, table: str, subject: Subject) -> int:
        """Return how many rows of a table are the customer's."""

    def remove(self, table: str, subject: Subject) -> int:
        """Delete the customer's rows of a table and return how many there were."""

    def unlink(self, table: str, subject: Subject, stand_in: str, values: Mapping[str, Any]) -> int:
        """Put `values` into the customer's rows, and the stand-in where his id stands; return how many there were."""

    def rewrite(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put other values into rows of a table, each named by its primary key."""

    def add_erasure(self, erasure: ErasureRow) -> None:
        """Append that somebody was erased."""

    def erasures(self, customer_hash: str | None = None) -> Sequence[ErasureRow]:
        """Return every erasure, or those of one hash, oldest first."""


class RetentionStore(Protocol):
    """What is older than a moment; each step does at most `limit`."""

    def due(self, kind: RetentionKind, since: datetime | None, before: datetime) -> Removed:
        """Return what there is of a kind from within (since, before), without touching it."""

    def remove(self, kind: RetentionKind, before: datetime, limit: int) -> Removed:
        """Delete the oldest rows of a kind: touchpoints, teasers, readings or the review's facts."""

    def remove_contacts(self, kind: RetentionKind, before: datetime, limit: int) -> Removed:
        """Delete the oldest contacts with their events, decisions and exposures; responses are let loose of them."""

    def clear_inputs(
        self, since: datetime | None, before: datetime, limit: int, clear: Callable[[str], str]
    ) -> tuple[Removed, datetime | None]:
        """Put `clear` of the record in place of the oldest decisions' records; return also the last one's moment."""

    def stand_in_for_agents(
        self, since: datetime | None, before: datetime, limit: int, stand_ins: dict[str, str], at: datetime
    ) -> tuple[Removed, datetime | None]:
        """Put stand-ins in place of the agents of the oldest contacts; return also the last one's moment."""

    def keep_report(self, report: RetentionReport) -> None:
        """Keep what a run did with a kind so far."""

    def reports(self, since: datetime) -> Sequence[RetentionReport]:
        """Return what the runs that began since a moment did, newest run first."""

    def last_run(self) -> datetime | None:
        """Return when the last run began, or None."""


class Unit(Protocol):
    """Everything within one transaction."""

    @property
    def customers(self) -> CustomerStore:
        """Customers and what happened before."""

    @property
    def arrivals(self) -> ArrivalStore:
        """What arrives of customers, and what waits because of it."""

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

    @property
    def teams(self) -> TeamStore:
        """Teams."""

    @property
    def review(self) -> ReviewStore:
        """The facts of calls."""

    @property
    def review_material(self) -> ReviewMaterialStore:
        """What they are made from."""

    @property
    def review_log(self) -> ReviewLogStore:
        """How far the review goes, who looked and what was noted."""

    @property
    def site(self) -> SiteFactsStore:
        """What the site's figures count besides."""

    @property
    def pending(self) -> PendingStore:
        """What waits to be confirmed."""

    @property
    def follow_ups(self) -> FollowUpStore:
        """What was promised."""

    @property
    def feedback(self) -> FeedbackStore:
        """What agents say against recommendations."""

    @property
    def values(self) -> ValueStore:
        """Lifetime values."""

    @property
    def imports(self) -> ImportStore:
        """How far files were taken in."""

    @property
    def site_data(self) -> SiteDataStore:
        """A site's own data."""

    @property
    def outbound(self) -> OutboundStore:
        """Results that leave."""

    @property
    def wishes(self) -> WishStore:
        """What customers ask for their own data in calls."""

    @property
    def subjects(self) -> SubjectStore:
        """Everything of one customer."""

    @property
    def retention(self) -> RetentionStore:
        """What the rules of retention remove."""

    def part(self) -> AbstractContextManager[None]:
        """Open a part of the transaction that is undone alone when it raises."""


class Store(Protocol):
    """Hands out transactions."""

    def read(self) -> AbstractContextManager[Unit]:
        """Open a transaction that reads."""

    def write(self) -> AbstractContextManager[Unit]:
        """Open a transaction that writes; durable when the block ends, or not done at all."""
