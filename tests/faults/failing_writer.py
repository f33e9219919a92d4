"""Puts events until its disk fails, and says as one line of JSON what was acknowledged and what failed then.

Arguments: the panel's folder, `syncing` or `writing`. A program of its own: a disk that failed stays so for a process.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from nba_desktop.domain.errors import OutboxError
from nba_desktop.domain.outbox import EntryState
from tests.faults.failing_disk import stop_syncing, stop_writing
from tests.faults.stores import open_outbox
from tests.unit.adapters.events import note

BEFORE = 50
TRIES = 3


def main(folder: Path, what: str) -> None:
    outbox = open_outbox(folder)
    acknowledged, failures = [], []
    for seq in range(1, BEFORE + 1):
        event = note(seq)
        outbox.put(event)
        acknowledged.append(str(event.event_id))
    {"syncing": stop_syncing, "writing": stop_writing}[what]()
    for seq in range(BEFORE + 1, BEFORE + 1 + TRIES):
        event = note(seq)
        try:
            outbox.put(event)
        except OutboxError as error:
            failures.append(error.code.value)
        else:
            acknowledged.append(str(event.event_id))
    readable = [str(entry.event_id) for entry in outbox.entries(EntryState.PENDING)]
    sys.stdout.write(json.dumps({"acknowledged": acknowledged, "failures": failures, "readable": readable}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
