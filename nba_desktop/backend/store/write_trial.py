"""Whether writes get through: tried now and then when somebody asks, and believed in between unless one was refused."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from nba_desktop.backend.errors import StoreBusy, StoreUnavailable

_BELIEVED_S: Final = 30.0
_REFUSED_S: Final = 10.0


class WriteTrial:
    """Remembers what became of writes; used by many threads.

    However often it is asked, `write` is tried every half minute at most, and after a refused write not for 10 s: until
    then the answer is that refusal.
    """

    def __init__(self, write: Callable[[], None], clock: Callable[[], float]) -> None:
        self._write = write
        self._clock = clock
        self._trying = threading.Lock()
        self._refusal: StoreUnavailable | None = None
        self._holds_until = clock()

    def refused(self, error: StoreUnavailable) -> None:
        """Take note of a write that the disk or the file's rights refused."""
        self._refusal = error
        self._holds_until = self._clock() + _REFUSED_S

    def check(self) -> None:
        """Raise `StoreUnavailable` while no write gets through."""
        # Whoever comes while another one tries is told what is known.
        if self._clock() >= self._holds_until and self._trying.acquire(blocking=False):
            try:
                self._try()
            finally:
                self._trying.release()
        refusal = self._refusal
        if refusal is not None:
            raise StoreUnavailable(refusal.reason, refusal.way_out)

    def _try(self) -> None:
        try:
            self._write()
        except StoreBusy:
            # Somebody's write gets through.
            return
        self._refusal = None
        self._holds_until = self._clock() + _BELIEVED_S
