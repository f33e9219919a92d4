"""An outbox with its sender, as the panel composes them, whose waits pass faster."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from nba_desktop.adapters.http_backend import HttpBackend
from nba_desktop.adapters.outbox_sender import OutboxSender
from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.adapters.tasks import QtTasks
from nba_desktop.backend_link import WakingOutbox
from nba_desktop.domain.receipts import Receipt
from tests.faults.stores import open_outbox

FASTER = 25.0
"""A wait of a second is over after 40 ms."""


@dataclass
class Sending:
    """What is put into `outbox` is sent; `accepted` holds the ids that came back as received, 16 bytes each."""

    store: SqliteOutbox
    outbox: WakingOutbox
    sender: OutboxSender
    # Bytes, because their memory is measured together with the outbox's.
    accepted: bytearray = field(default_factory=bytearray)

    def is_empty(self) -> bool:
        """Whether nothing waits; wakes the sender, whose timer knows nothing of the faster clock."""
        self.sender.wake()
        return self.store.status().waiting == 0


@contextmanager
def sending(folder: Path, url: str, token: str, gather_ms: int = 10) -> Iterator[Sending]:
    """Open the outbox of a folder and send what is in it, until the block ends; in a thread with an event loop."""
    store = open_outbox(folder)
    tasks = QtTasks(max_threads=1, name="outbox")
    sender = OutboxSender(
        store, HttpBackend(url, token), tasks, gather_ms=gather_ms, monotonic=lambda: time.monotonic() * FASTER
    )
    outbox = WakingOutbox(store)
    outbox.on_put = sender.wake
    going = Sending(store, outbox, sender)

    def on_receipt(event_id: UUID, receipt: Receipt) -> None:
        if receipt is Receipt.ACCEPTED:
            going.accepted.extend(event_id.bytes)

    sender.receipt_changed.connect(on_receipt)
    try:
        sender.wake()
        yield going
    finally:
        sender.stop()
        tasks.close(5000)
        store.close()
