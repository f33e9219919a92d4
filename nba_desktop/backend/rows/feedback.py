"""What agents say against recommendations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nba_desktop.contract.codes import FeedbackReason


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
