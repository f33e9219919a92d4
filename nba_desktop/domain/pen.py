"""How commands are written down: the next contact, and the events that must be on the disk before it is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from nba_desktop.contract.base import new_id
from nba_desktop.contract.events import AnyEvent
from nba_desktop.domain.contact import ContactState


@dataclass(frozen=True, slots=True)
class Step:
    """The next contact, and the events that must be on the disk before it is shown."""

    contact: ContactState
    events: tuple[AnyEvent, ...] = ()


class Head(TypedDict):
    """What every event begins with."""

    event_id: UUID
    contact_id: UUID
    seq: int
    at: datetime


class Pen:
    """Numbers the events of one contact as they are written."""

    def __init__(self, contact: ContactState, now: datetime) -> None:
        self.contact = contact
        self.now = now
        self.seq = contact.seq
        self.events: list[AnyEvent] = []

    def head(self) -> Head:
        """The head of the next event."""
        self.seq += 1
        return {"event_id": new_id(), "contact_id": self.contact.contact_id, "seq": self.seq, "at": self.now}

    def step(self, contact: ContactState) -> Step:
        """What was written, with the contact as it is after it."""
        return Step(replace(contact, seq=self.seq, failure=None), tuple(self.events))


def one_line(text: str, longest: int) -> str:
    """A text as one line without control characters, which no database could keep."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:longest]
