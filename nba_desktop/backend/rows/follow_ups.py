"""What was promised to customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from nba_desktop.contract.codes import FollowUpKind


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A promise; `customer_id` and `number` are the contact's: None where nobody was settled on, empty if withheld."""

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
    number: str = ""
    cancelled_at: datetime | None = None
    done_at: datetime | None = None
    done_by: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody is still to keep it."""
        return self.done_at is None and self.cancelled_at is None
