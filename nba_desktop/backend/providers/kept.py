"""Answers of providers that are kept for a while, in memory alone."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from nba_desktop.backend.providers.answer import Answer

Key = tuple[str, str]
"""A provider's name and a customer's id."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer, when it came, and until when (in seconds of a monotonic clock) it counts."""

    answer: Answer
    at: datetime
    until: float


class KeptAnswers:
    """The newest answers, at most so many; not for several threads at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, KeptAnswer] = OrderedDict()

    def put(self, key: Key, kept: KeptAnswer, now: float) -> None:
        """Keep an answer in place of the one before; what is over goes, then the oldest."""
        self._kept.pop(key, None)
        self._kept[key] = kept
        while self._kept:
            oldest = next(iter(self._kept))
            if len(self._kept) <= self._most and self._kept[oldest].until > now:
                break
            del self._kept[oldest]

    def find(self, key: Key, asked: frozenset[str], now: float) -> KeptAnswer | None:
        """Return an answer that still counts and was asked for all of these attributes."""
        kept = self._kept.get(key)
        if kept is None or kept.until <= now or not asked <= kept.answer.asked:
            return None
        return kept
