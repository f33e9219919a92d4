"""How many webhooks a source may send: a bucket of tokens for each."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float


class RateLimit:
    """Lets `per_s` pass in each second, and twice as many in a burst; `seconds` is a clock that never goes back."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._buckets: dict[str, _Bucket] = {}

    def wait_s(self, name: str, per_s: int) -> int:
        """Let one pass and return 0, or return the whole seconds after which to try again."""
        now, most = self._seconds(), 2.0 * per_s
        # As many as there are sources: it is asked only for those that showed their secret.
        bucket = self._buckets.setdefault(name, _Bucket(most, now))
        bucket.tokens = min(most, bucket.tokens + (now - bucket.filled_at) * per_s)
        bucket.filled_at = now
        if bucket.tokens < 1:
            return max(1, math.ceil((1 - bucket.tokens) / per_s))
        bucket.tokens -= 1
        return 0
