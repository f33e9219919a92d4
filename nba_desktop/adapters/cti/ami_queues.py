"""Which queue a caller waits in, and how many wait there."""

from __future__ import annotations

from typing import Final

from nba_desktop.adapters.cti.ami_leg import AmiLeg
from nba_desktop.adapters.cti.ami_protocol import AmiMessage

_KEPT: Final = 1000


class AmiQueues:
    """Remembers the queue of each conversation and the last count of each queue."""

    def __init__(self) -> None:
        self._queues: dict[str, str] = {}
        self._waiting: dict[str, int] = {}

    def of(self, linkedid: str) -> str | None:
        """Return the queue a conversation came from, if one is known."""
        return self._queues.get(linkedid)

    def note(self, linkedid: str, queue: str) -> None:
        """Remember which queue a conversation waits in; the oldest of many is forgotten."""
        self._queues[linkedid] = queue
        if len(self._queues) > _KEPT:
            del self._queues[next(iter(self._queues))]

    def forget(self, linkedid: str) -> None:
        """Forget a conversation's queue: its caller has left it or has hung up."""
        self._queues.pop(linkedid, None)

    def note_count(self, message: AmiMessage) -> None:
        """Keep how many callers a queue says it holds, after this one joined or left."""
        count = message.get("Count")
        if count.isascii() and count.isdigit():
            self._waiting[message.get("Queue")] = int(count)

    def others_waiting(self, leg: AmiLeg) -> int | None:
        """Return how many wait besides this leg's caller, who is in the queue until he is answered."""
        count = None if leg.queue is None or leg.answered else self._waiting.get(leg.queue)
        return None if count is None else max(count - 1, 0)
