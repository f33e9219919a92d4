"""How far an event has come on its way to the backend."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nba_desktop.domain.errors import FailureCode


class Receipt(StrEnum):
    """Stored on this disk, sent, accepted by the backend, or refused and parked for a look."""

    STORED = "stored"
    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class OutboxStatus:
    """What waits in the outbox, what was parked, and why sending pauses if it does.

    `why` is the code with which the backend refused the newest of the parked ones.
    """

    waiting: int = 0
    parked: int = 0
    paused: FailureCode | None = None
    why: str = ""
