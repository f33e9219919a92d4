"""What the export, the erasure and the retention hand each other and the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from nba_desktop.contract.codes import DataField
from nba_desktop.contract.wish import WishKind


@dataclass(frozen=True, slots=True)
class Subject:
    """A customer whose data are looked for, there or erased.

    `own_numbers` are his telephone numbers that no other customer has: a call from one is his.
    """

    customer_id: str
    customer_no: str
    own_numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """That somebody was erased, without who: `customer_hash` is made of his number and the site's salt."""

    erasure_id: UUID
    at: datetime
    customer_hash: str
    reason: str
    actor: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class WishRow:
    """What a customer asked for his own data in a call; its id is the event's.

    `about` is what a correction is about. `answered_by` is the pseudonym of a system, or of who answered here;
    `done` is None until then.
    """

    wish_id: UUID
    kind: WishKind
    at: datetime
    agent_id: str
    customer_id: str
    customer_hash: str
    contact_id: UUID
    about: DataField | None = None
    words: str = field(default="", repr=False)
    answered_at: datetime | None = None
    answered_by: str = ""
    done: bool | None = None
    answer: str = field(default="", repr=False)


class RetentionKind(StrEnum):
    """What a retention rule is about."""

    TOUCHPOINTS = "touchpoints"
    CONTACTS = "contacts"
    WITHHELD_CALLS = "withheld_calls"
    DECISION_INPUTS = "decision_inputs"
    TEASERS = "teasers"
    READINGS = "readings"
    AUDIT_LOOKS = "audit_looks"
    QUEUE_CALLS = "queue_calls"
    RESULTS = "results"
    CORRECTIONS = "corrections"
    AGENTS = "agents"
    REVIEW = "review"
    CONSENT_PROOF = "consent_proof"


@dataclass(frozen=True, slots=True)
class Removed:
    """How many of a kind a step did, with the day of the oldest and the newest."""

    number: int = 0
    oldest: date | None = None
    newest: date | None = None

    def __add__(self, other: Removed) -> Removed:
        days = [day for day in (self.oldest, other.oldest) if day is not None]
        last = [day for day in (self.newest, other.newest) if day is not None]
        return Removed(self.number + other.number, min(days, default=None), max(last, default=None))


@dataclass(frozen=True, slots=True)
class RetentionReport:
    """What one run did with one kind: everything from before `before`; without `ended_at` it was cut short."""

    run_id: UUID
    kind: RetentionKind
    started_at: datetime
    ended_at: datetime | None
    before: datetime
    removed: Removed
