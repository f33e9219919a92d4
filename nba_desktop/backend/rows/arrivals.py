"""What touchpoints raise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


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
