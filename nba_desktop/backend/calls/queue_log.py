"""Keeps when calls were offered and answered, beside the reports: none of them waits for a disk."""

from __future__ import annotations

import logging
import threading
from collections import deque
from typing import Final

from nba_desktop.backend.errors import StoreError
from nba_desktop.backend.ports.unit import Store
from nba_desktop.backend.rows.site_figures import QueueCallRow

MOST_WAITING: Final = 100_000
"""Calls that wait for a store that cannot be written; beyond, the oldest are given up."""

_AT_A_TIME: Final = 1_000
_log = logging.getLogger(__name__)


class QueueLog:
    """Takes calls on one thread and writes them on another, a batch in each transaction, in the order they came."""

    def __init__(self, store: Store, most_waiting: int = MOST_WAITING) -> None:
        self._store = store
        self._waiting: deque[QueueCallRow] = deque()
        self._most_waiting = most_waiting
        self._given_up = 0
        self._writing = threading.Lock()

    def add(self, call: QueueCallRow) -> None:
        """Let a call wait to be written."""
        self._waiting.append(call)
        if len(self._waiting) > self._most_waiting:
            self._waiting.popleft()
            self._given_up += 1

    def flush(self) -> int:
        """Write what waits and return how many that were; what the store does not take goes on waiting.

        Waits for a flush of another thread, so that after the last one nothing is under way.
        """
        done = 0
        with self._writing:
            while self._waiting:
                batch = [self._waiting.popleft() for _ in range(min(_AT_A_TIME, len(self._waiting)))]
                try:
                    with self._store.write() as unit:
                        unit.site.add_queue_calls(batch)
                except StoreError as error:
                    self._waiting.extendleft(reversed(batch))
                    _log.warning("%d calls wait for the site's figures: %s", len(self._waiting), error)
                    break
                done += len(batch)
            if self._given_up:
                _log.warning("%d calls are missing in the site's figures: too many waited", self._given_up)
                self._given_up = 0
        return done
