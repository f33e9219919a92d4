"""Events as the session would put them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from nba_desktop.contract.base import new_id
from nba_desktop.contract.events import ContactNoteWritten

CONTACT = UUID("01980000-0000-7000-8000-000000000001")
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def note(seq: int = 1, text: str = "", contact_id: UUID = CONTACT) -> ContactNoteWritten:
    return ContactNoteWritten(event_id=new_id(), contact_id=contact_id, seq=seq, at=AT, text=text)
