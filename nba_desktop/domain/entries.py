"""What was recorded or is being recorded in a contact, as it is shown: each entry with how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from nba_desktop.contract.codes import (
    ConsentChannel,
    DataField,
    FeedbackReason,
    FollowUpKind,
    ResponseCode,
)
from nba_desktop.contract.recommendation import Recommendation
from nba_desktop.domain.receipts import Receipt


@dataclass(frozen=True, slots=True)
class ResponseEntry:
    """One response as clicked, and how far it has come; `decision_id` is the decision that its action was of."""

    event_id: UUID
    action_id: str | None
    code: ResponseCode
    at: datetime
    receipt: Receipt
    retracted: bool = False
    note: str = ""
    decision_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DroppedAction:
    """An action that was raised or answered and is not offered any more, with the decision it was of.

    It has no rank: that is 0.
    """

    action: Recommendation
    decision_id: UUID


class ConcernOutcome(StrEnum):
    """What became of a concern in this call."""

    SOLVED = "solved"
    NOT_SOLVED = "not_solved"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class ConcernEntry:
    """One concern of the call; `outcome` None while it is being talked about. An empty `code` was never named."""

    code: str
    outcome: ConcernOutcome | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FollowUpDraft:
    """What is being promised: for a response's code, or with `code` None for the concern; nothing recorded yet."""

    kind: FollowUpKind
    code: ResponseCode | None = None
    words: str = ""
    at_time: time | None = None


@dataclass(frozen=True, slots=True)
class FollowUpEntry:
    """One promise as recorded, and how far it has come."""

    event_id: UUID
    kind: FollowUpKind
    due: date
    receipt: Receipt
    at_time: time | None = None
    words: str = ""
    concern: str | None = None
    action_id: str | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmationEntry:
    """A confirmation in text form that was asked for, and how far that has come."""

    event_id: UUID
    action_id: str
    channel: ConsentChannel
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """What is being said against an action, with its one line; nothing recorded yet."""

    action_id: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """What was said against an action, and how far it has come."""

    event_id: UUID
    action_id: str
    reason: FeedbackReason
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class WishDraft:
    """What the customer asks for his own data, in his words; with `erasing` he wants all of it erased."""

    words: str = ""
    erasing: bool = False


@dataclass(frozen=True, slots=True)
class WishEntry:
    """One wish as recorded, and how far it has come; `field` None is the erasure."""

    event_id: UUID
    field: DataField | None
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class NoteState:
    """The contact's one-line note and its receipt (None: nothing recorded yet); `draft` is typed and not recorded."""

    text: str = ""
    event_id: UUID | None = None
    receipt: Receipt | None = None
    draft: str = ""
