"""Who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nba_desktop.contract.codes import Role


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request, as his token says, and until when it counts; None where it has no end."""

    agent_id: str
    recipient_code: str
    roles: frozenset[Role]
    until: datetime | None = None
