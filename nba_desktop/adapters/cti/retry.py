"""How long a line waits before it tries again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_MOST_DOUBLED: Final = 16


class Backoff:
    """Pauses that double from attempt to attempt, in milliseconds; `jitter` gives chance from 0 to 1."""

    def __init__(self, first: int, longest: int, jitter: Callable[[], float]) -> None:
        self._first = first
        self._longest = longest
        self._jitter = jitter
        self._attempts = 0

    def next_pause(self, asked: int = 0) -> int:
        """Return how long to wait now; where the other side `asked` for more, that is what is doubled."""
        longest = min(self._longest, max(self._first, asked) * 2 ** min(self._attempts, _MOST_DOUBLED))
        self._attempts += 1
        # Half of the pause is chance, so that a whole floor of panels does not come back in the same instant.
        return int(longest * (0.5 + self._jitter() / 2))

    def reset(self) -> None:
        """Begin with the first pause again: an attempt has come about."""
        self._attempts = 0
