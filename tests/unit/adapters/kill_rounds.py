"""Kills writers of an outbox at random moments and says, as one line of JSON, what each round had kept.

A program of its own: it forks a writer per round, which only a process without threads may do.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from nba_desktop.adapters.sealing import Seal, read_site_key
from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.domain.outbox import EntryState
from tests.fakes.site_keys import PUBLIC
from tests.unit.adapters.events import note

Keys = tuple[bytes | None, Seal | None]


def open_outbox(path: Path, keys: Keys) -> SqliteOutbox:
    key, seal = keys
    return SqliteOutbox(path, key=key, seal=seal)


def write_until_killed(path: Path, keys: Keys, acknowledge: int) -> None:
    outbox = open_outbox(path, keys)
    seq = 0
    while True:
        seq += 1
        events = [note(seq, "x" * random.randrange(400)) for _ in range(random.choice((1, 1, 1, 3)))]
        outbox.put(*events)
        os.write(acknowledge, b"".join(f"{event.event_id}\n".encode() for event in events))
        if seq % 7 == 0:
            outbox.mark_accepted(*(entry.event_id for entry in outbox.entries(EntryState.PENDING, 2)))


def main(path: Path, rounds: int, keys: Keys) -> None:
    random.seed(20261121)
    acknowledged: set[str] = set()
    lost: set[str] = set()
    set_aside = 0
    for _ in range(rounds):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            write_until_killed(path, keys, writer)
        os.close(writer)
        said = os.read(reader, 65536)
        time.sleep(random.uniform(0.0, 0.05))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while piece := os.read(reader, 65536):
            said += piece
        os.close(reader)
        acknowledged.update(said.decode().split())
        outbox = open_outbox(path, keys)
        set_aside += outbox.set_aside is not None or outbox.left_sealed is not None
        kept = {json.loads(one)["event_id"] for one in outbox.stored()}
        positions = [entry.position for entry in outbox.entries(EntryState.PENDING)]
        outbox.close()
        lost |= acknowledged - kept
        if positions != sorted(set(positions)):
            lost.add("order")
    sys.stdout.write(json.dumps({"acknowledged": len(acknowledged), "lost": sorted(lost), "set_aside": set_aside}))


if __name__ == "__main__":
    encrypted = sys.argv[3:] == ["--encrypted"]
    main(Path(sys.argv[1]), int(sys.argv[2]), (b"k" * 32, read_site_key(PUBLIC)) if encrypted else (None, None))
