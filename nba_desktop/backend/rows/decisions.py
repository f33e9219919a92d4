"""Decisions, and what was shown, addressed and answered of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from nba_desktop.contract.codes import NoRecommendation, OutcomeCode, ResponseCode


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
