"""What is known of a call, and the facts it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.contract.codes import (
    RESPONSE_GROUPS,
    ConsentChannel,
    ConsentPurpose,
    OutcomeCode,
    ResponseCode,
    ResponseGroup,
)
from nba_desktop.contract.events import AnyEvent

ConsentKey = tuple[ConsentPurpose, ConsentChannel]

SOON: Final = timedelta(days=90)
"""What a customer does may have to do with a call so long before: no site's time to be confirmed is longer."""

ACCEPTED: Final = frozenset(RESPONSE_GROUPS[ResponseGroup.ACCEPTED])
DECLINED: Final = frozenset(RESPONSE_GROUPS[ResponseGroup.DECLINED])


class Completion(StrEnum):
    """What became of a yes: `undone` is revoked by the customer, or cancelled."""

    PENDING = "pending"
    COMPLETED = "completed"
    LAPSED = "lapsed"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class ActionFact:
    """One recommendation of a call, however often it was decided: counted once.

    `code` is the customer's last word, or else the last code there is. `offered` means that a concrete offer was made,
    `decided` that the customer said what he wants. `objections` are in the order they were raised. One that is
    `withheld` was not shown because of the customer's arm, and its completion is what he did without.
    `completed_anyhow` is what arms are compared by: he completed it soon after the call and did not undo it, through
    the call or by himself, whether it was shown or withheld.
    """

    action_id: str
    rank: int | None
    shown: bool
    addressed: bool
    offered: bool
    decided: bool
    accepted: bool
    code: ResponseCode | None
    completion: Completion | None
    withheld: bool = False
    completed_anyhow: bool = False
    objections: tuple[str, ...] = ()

    @property
    def coded(self) -> bool:
        """Whether the agent said what became of it; NO_CODE is what the panel says in his place."""
        return self.code is not None and self.code is not ResponseCode.NO_CODE


@dataclass(frozen=True, slots=True)
class FollowUpFact:
    """Something promised in a call and not taken back; `kept` is that it was done on its day or before."""

    action_id: str | None
    due: date
    kept: bool


@dataclass(frozen=True, slots=True)
class FollowUpCounts:
    """How much of what an agent promised was due, and how much of that was kept."""

    agent: str
    due: int
    kept: int


@dataclass(frozen=True, slots=True)
class CallFact:
    """One call an agent took.

    `agent` is his pseudonym, `team_id` the team he was in then ("" for none), `day` the site's. `stratum` is the action
    that stood first when the recommendations were last made: whoever compares compares within it and the concern.
    `needs_reason` means that actions were shown and none was addressed, `reason` is the code that says why. Seconds are
    None where they are not known; talk has none of the time on hold that is known. `repeated_by` is the customer's next
    call for the same concern, `chance_before` the day of his opportunity call before this one. `painted_ms` is how long
    the slowest view of recommendations took.
    """

    contact_id: UUID
    agent: str
    team_id: str
    day: date
    queue: str | None
    concern: str | None
    arm: str | None
    stratum: str | None
    identified: bool
    authenticated: bool
    solved: bool
    opportunity: bool
    presented: bool
    accepted: bool
    needs_reason: bool
    reason: ResponseCode | None
    consent_missing: bool
    consent_asked: bool
    consent_granted: bool
    consent_pending: bool
    consent_confirmed: bool
    transferred: bool
    talk_s: int | None
    hold_s: int | None
    after_s: int | None
    repeated_by: UUID | None = None
    painted_ms: int | None = None
    chance_before: date | None = None
    actions: tuple[ActionFact, ...] = ()
    follow_ups: tuple[FollowUpFact, ...] = ()


@dataclass(frozen=True, slots=True)
class DecidedThen:
    """A decision of a call as it is kept; `shown` are the actions by rank."""

    decision_id: UUID
    decided_at: datetime
    customer_id: str | None
    arm: str | None
    shown: tuple[str, ...]
    record: str


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that is known of one call.

    `outcomes` are what other systems said of its recommendations, by action and in their order; `anyway` what they
    said of the customer's actions soon after it, whether recommended or not, and what he accepted and had done in other
    calls. `confirmed` are the consents the customer confirmed apart after he gave them here, `done_at` is when promises
    of the call were kept, by id.
    """

    contact: ContactRecord
    agent: str
    team_id: str
    events: Sequence[AnyEvent]
    decisions: Sequence[DecidedThen] = ()
    outcomes: Mapping[str, Sequence[OutcomeCode]] = field(default_factory=dict)
    anyway: Mapping[str, Sequence[OutcomeCode]] = field(default_factory=dict)
    confirmed: frozenset[ConsentKey] = frozenset()
    done_at: Mapping[UUID, datetime] = field(default_factory=dict)
    repeated_by: UUID | None = None
    chance_before: date | None = None
