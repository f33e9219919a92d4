"""What other systems say became of recommendations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nba_desktop.contract.codes import OutcomeCode


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
