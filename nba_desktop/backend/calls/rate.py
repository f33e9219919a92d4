"""How much somebody may send: a bucket of tokens for each."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_MOST: Final = 50_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float


class RateLimit:
    """Lets `per_s` pass in each second, and twice as many in a burst; `seconds` is a clock that never goes back.

    `most` senders are remembered; who was silent the longest is forgotten first.
    """

    def __init__(self, seconds: Callable[[], float], most: int = _MOST) -> None:
        self._seconds = seconds
        self._most = most
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def wait_s(self, name: str, per_s: int, takes: int = 1) -> int:
        """Let one pass and return 0, or return the whole seconds after which to try again; 0 `takes` only asks."""
        now, most = self._seconds(), 2.0 * per_s
        bucket = self._buckets.setdefault(name, _Bucket(most, now))
        self._buckets.move_to_end(name)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        bucket.tokens = min(most, bucket.tokens + (now - bucket.filled_at) * per_s)
        bucket.filled_at = now
        if bucket.tokens < 1:
            return max(1, math.ceil((1 - bucket.tokens) / per_s))
        bucket.tokens -= takes
        return 0
