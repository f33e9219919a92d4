"""How long the outbox takes to have one event on the disk: in plain, encrypted, and sealed to the site as well.

Run as a script it says all three, in milliseconds; its last line is JSON.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from nba_desktop.adapters.sealing import Seal, read_site_key
from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.contract.base import new_id
from nba_desktop.contract.events import ContactNoteWritten


def commits(path: Path, count: int, key: bytes | None = None, seal: Seal | None = None) -> list[float]:
    """Milliseconds of each of `count` commits of one event."""
    outbox = SqliteOutbox(path, key=key, seal=seal)
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


def main(count: int) -> None:
    from tests.fakes.site_keys import PUBLIC

    key, seal = b"k" * 32, read_site_key(PUBLIC)
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="nba-bench-") as folder:
        for name, given in (("plain", (None, None)), ("encrypted", (key, None)), ("sealed", (key, seal))):
            taken = commits(Path(folder) / name, count, *given)
            found[f"{name}_ms_p50"] = round(statistics.median(taken), 3)
            found[f"{name}_ms_p99"] = round(statistics.quantiles(taken, n=100)[98], 3)
            print(f"{name:<10} {found[f'{name}_ms_p50']:8.3f} {found[f'{name}_ms_p99']:8.3f}")
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 500)
