"""A circuit breaker: who fails again and again is left alone for a while, then tried once. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Breaker:
    """How a provider stands: closed, open until a moment, or half-open with one request `trying`.

    Moments are seconds of a monotonic clock. `limit` failures in a row open it for `pause_s`, and so does a failed
    trial; any answer closes it.
    """

    limit: int
    pause_s: float
    failures: int = 0
    open_until: float | None = None
    trying: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it has failed so often that it is left alone, or is being tried."""
        return self.open_until is not None

    def admits(self, now: float) -> bool:
        """Whether it may be asked."""
        return self.open_until is None or (now >= self.open_until and not self.trying)

    def asked(self) -> Breaker:
        """After a request began that it admitted."""
        return replace(self, trying=self.is_open)

    def answered(self) -> Breaker:
        """After an answer, whatever it said."""
        return replace(self, failures=0, open_until=None, trying=False)

    def failed(self, now: float) -> Breaker:
        """After a request without an answer."""
        failures = min(self.failures + 1, self.limit)
        if failures < self.limit:
            return replace(self, failures=failures)
        return replace(self, failures=failures, open_until=now + self.pause_s, trying=False)
