"""How long the outbox takes to have one event on the disk."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.contract.base import new_id
from nba_desktop.contract.events import ContactNoteWritten


def commits(path: Path, count: int) -> list[float]:
    """Milliseconds of each of `count` commits of one event."""
    outbox = SqliteOutbox(path)
    contact_id, taken = new_id(), []
    for seq in range(1, count + 1):
        event = ContactNoteWritten(
            event_id=new_id(), contact_id=contact_id, seq=seq, at=datetime.now(UTC), text="Rückruf im Januar"
        )
        began = time.perf_counter()
        outbox.put(event)
        taken.append((time.perf_counter() - began) * 1000)
    outbox.close()
    return taken
