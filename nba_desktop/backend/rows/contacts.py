"""Contacts, and what is known of them later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import AuthLevel
from nba_desktop.contract.events import CallerNumber


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
