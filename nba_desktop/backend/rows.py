"""What services and store hand each other: one frozen record for each kind of thing that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Literal
from uuid import UUID

from nba_desktop.backend.model import FactValue, TouchpointRecord
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import (
    AuthLevel,
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    FeedbackReason,
    FollowUpKind,
    NoRecommendation,
    OutcomeCode,
    ReadBasis,
    ReadOperation,
    ResponseCode,
    ReviewMode,
    ReviewReason,
    Role,
    ValueClass,
)
from nba_desktop.contract.events import CallerNumber


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request, as his token says, and until when it counts; None where it has no end."""

    agent_id: str
    recipient_code: str
    roles: frozenset[Role]
    until: datetime | None = None


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


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One token as it is kept: its hash, never itself."""

    token_id: UUID
    token_sha256: str = field(repr=False)
    agent_id: str
    recipient_code: str
    roles: frozenset[Role]
    created_at: datetime
    revoked_at: datetime | None
    blocked_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignInRow:
    """Which account of an identity provider stands for an agent, and since when."""

    agent_id: str
    recipient_code: str
    issuer: str
    subject: str = field(repr=False)
    since: datetime
    blocked_since: datetime | None


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """How a contact began, and whose it is; `interaction_id` is the telephone system `source`'s own name for it."""

    contact_id: UUID
    agent_id: str
    started_at: datetime
    direction: Literal["inbound", "outbound"]
    number: CallerNumber
    attached_customer_no: str | None
    language: Language
    waiting: int | None = None
    queue: str | None = None
    interaction_id: str = ""
    source: str = ""
    ivr_path: str | None = None
    ivr_level: AuthLevel | None = None


@dataclass(frozen=True, slots=True)
class PastCall:
    """A call that came in from a number, and which customer was authenticated in it."""

    at: datetime
    customer_id: str
    queue: str | None
    ivr_path: str | None
    source: str
    interaction_id: str


@dataclass(frozen=True, slots=True)
class AgentProfile:
    """What an agent may do and promise: skills by their codes, the level of authority as the catalogue names it."""

    agent_id: str
    display_name: str | None
    skills: frozenset[str]
    authority: str | None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision as it is kept: `record` is its complete JSON, `shown` the actions by rank."""

    decision_id: UUID
    contact_id: UUID
    customer_id: str | None
    decided_at: datetime
    catalogue_version: str
    model_version: str
    arm: str
    none_because: NoRecommendation | None
    shown: tuple[str, ...]
    record: str


@dataclass(frozen=True, slots=True)
class PortalDecisionRow:
    """One decision on teasers; `shown` are the actions by slot."""

    decision_id: UUID
    customer_id: str
    placement: str
    decided_at: datetime
    catalogue_version: str
    model_version: str
    arm: str
    none_because: NoRecommendation | None
    shown: tuple[str, ...]
    record: str


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A decision read back, of a call (`contact_id`) or of the portal (None)."""

    decision_id: UUID
    contact_id: UUID | None
    customer_id: str | None
    decided_at: datetime
    catalogue_version: str
    record: str


@dataclass(frozen=True, slots=True)
class LoggedAction:
    """A shown action of a decision with its four facts, for evaluation; the codes are those that count, in order."""

    decision_id: UUID
    action_id: str
    shown: bool
    addressed: bool
    codes: tuple[ResponseCode | OutcomeCode, ...]


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """What another system said became of a recommendation; `group_id` is the action's, as the decision knew it."""

    event_id: UUID
    source: str
    decision_id: UUID | None
    customer_id: str
    action_id: str
    code: OutcomeCode
    at: datetime
    received_at: datetime
    group_id: str | None = None


@dataclass(frozen=True, slots=True)
class LearningRow:
    """One update of the model as it is kept; `position` is given by the store, `content` is the model's own bytes."""

    event_id: UUID
    decision_id: UUID
    action_id: str
    sign: Literal[1, -1]
    label: float
    weight: float
    decided_at: datetime
    learnt_at: datetime
    mode: str
    content: bytes
    position: int = 0


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """The model as it was after the update at `position`; with `restored_from` as it was at that earlier snapshot."""

    snapshot_id: int
    position: int
    mode: str
    model_version: str
    at: datetime
    content: bytes
    restored_from: int | None = None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A catalogue as it was submitted: its files by name, exactly."""

    version: str
    files: Mapping[str, str]
    submitted_at: datetime
    submitted_by: str
    note: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in the life of a version; `revision` is given by the store."""

    version: str
    step: str
    actor: str
    at: datetime
    percent: int | None
    note: str
    revision: int = 0


@dataclass(frozen=True, slots=True)
class SettingRow:
    """Something the site says while it runs."""

    name: str
    content: str
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class ExposureRow:
    """One exposure fact about one action, of the group it had then: shown, addressed or objected to."""

    event_id: UUID
    action_id: str
    fact: Literal["shown", "addressed", "objection"]
    objection_id: str | None
    decision_id: UUID
    contact_id: UUID
    customer_id: str | None
    at: datetime
    group_id: str | None = None


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """A response, or with `retracts` the counter-entry that takes one back; without contact it came from elsewhere.

    `group_id` is the action's, as the decision knew it.
    """

    event_id: UUID
    retracts: UUID | None
    contact_id: UUID | None
    customer_id: str | None
    decision_id: UUID | None
    action_id: str | None
    code: ResponseCode
    note: str
    at: datetime
    group_id: str | None = None


@dataclass(frozen=True, slots=True)
class ConsentRestriction:
    """A customer who was erased: what proves his consents is kept, for the consent officer's eyes alone."""

    customer_id: str
    customer_no: str
    at: datetime


class HookDialect(StrEnum):
    """How a telephone system words its webhooks."""

    ZAMMAD = "zammad"
    SIPGATE = "sipgate"
    PLACETEL = "placetel"


@dataclass(frozen=True, slots=True)
class HookRow:
    """A telephone system that reports by webhook, as it is kept.

    `secret_sha256` is the hash of the token in its address. A system that signs its webhooks has `signing_key`
    instead, which is kept as it is, because a signature cannot be checked without it.
    """

    source: str
    dialect: HookDialect
    secret_sha256: str | None = field(repr=False)
    signing_key: str | None = field(repr=False)
    number_format: str
    region: str
    trunk_prefix: str
    extension_digits: int
    queues: frozenset[str]
    internal_calls: bool
    public_url: str
    events_per_s: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team, its leads by their ids."""

    team_id: str
    name: str
    created_at: datetime
    leads: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MemberRow:
    """From a day on an agent is in a team, or in none."""

    agent_id: str
    since: date
    team_id: str | None


@dataclass(frozen=True, slots=True)
class ReviewModeRow:
    """From a moment on the review goes so far; an agreement ends with the day `until`."""

    mode: ReviewMode
    agreement: str | None
    until: date | None
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class AccessRow:
    """Somebody looked at figures; `agent` is the pseudonym of whom they were about, None for the whole team."""

    access_id: UUID
    at: datetime
    by_agent_id: str
    role: Role
    reason: ReviewReason
    note: str
    team_id: str
    agent: str | None
    first_day: date
    last_day: date
    action_id: str | None
    queue: str | None
    concern: str | None
    exported: bool


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A line about an agent (his pseudonym), by himself or by his lead."""

    note_id: UUID
    at: datetime
    agent: str
    by_agent_id: str
    by_agent: bool
    text: str


@dataclass(frozen=True, slots=True)
class PendingRow:
    """A change that the facts do not have yet; a database may give the position again once it is free."""

    position: int
    contact_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A team's week: how often its facts have changed, and the packed facts if they are of that state."""

    week: date
    team_id: str
    revision: int
    content: bytes | None


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
    """Offered calls whose fate is known, those answered, those answered in time, and those that were given up."""

    offered: int = 0
    answered: int = 0
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


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A promise; `customer_id` is the contact's, None where nobody was settled on."""

    follow_up_id: UUID
    contact_id: UUID
    agent_id: str
    kind: FollowUpKind
    due: date
    at_time: time | None
    words: str
    concern: str | None
    decision_id: UUID | None
    action_id: str | None
    planned_at: datetime
    customer_id: str | None = None
    cancelled_at: datetime | None = None
    done_at: datetime | None = None
    done_by: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody is still to keep it."""
        return self.done_at is None and self.cancelled_at is None


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """What an agent said against a recommendation, with the owner's answer once there is one."""

    feedback_id: UUID
    contact_id: UUID
    agent_id: str
    decision_id: UUID
    action_id: str
    reason: FeedbackReason
    note: str
    at: datetime
    answered_at: datetime | None = None
    answered_by: str | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class ValueBasis:
    """What a customer's lifetime value is calculated from, and the value he has.

    Contracts as (kind, since, ends), purchases as (moment, EUR) with the number of those whose amount cannot be read.
    `objected` says whether he ever objected to advertising.
    """

    customer_id: str
    contracts: tuple[tuple[str, date, date | None], ...]
    facts: Mapping[str, FactValue]
    purchases: tuple[tuple[datetime, float], ...]
    unread: int
    value_class: ValueClass | None
    calculated: bool
    objected: bool


@dataclass(frozen=True, slots=True)
class ValueRunRow:
    """A run that calculates lifetime values on the site's `day`: the fitted models, and the last customer valued.

    `models` and `counts` are JSON.
    """

    run_id: UUID
    day: date
    started_at: datetime
    ended_at: datetime | None
    catalogue_version: str
    models: str
    after: str | None
    counts: str


@dataclass(frozen=True, slots=True)
class CustomersInBrief:
    """Of some customers: which there are, who ever called, and the (id, action) of answers and of what waits."""

    there: frozenset[str]
    called: frozenset[str]
    spoken_of: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ImportRow:
    """How far a file was taken in: lines of data by verdict, and how long the file of verdicts is with them."""

    import_id: str
    kind: str
    source: str
    lines: int
    accepted: int
    duplicate: int
    refused: int
    verdict_bytes: int
    started_at: datetime
    at: datetime
    finished: bool


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An action that a touchpoint raises by a trigger, from `raised_at` until it was answered or is over."""

    touchpoint_id: str
    trigger_id: str
    action_id: str
    customer_id: str
    touchpoint_type: str
    at: datetime
    raised_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class RaisedInCall:
    """An action that a touchpoint raised while a contact of its customer goes on, and that contact's agent."""

    agent_id: str
    contact_id: UUID
    touchpoint_id: str
    trigger_id: str
    action_id: str
