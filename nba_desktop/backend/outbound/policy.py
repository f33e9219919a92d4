"""When something is sent again, when it is given up, and when a whole endpoint is left alone: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

FIRST_WAIT_S: Final = 5.0
LONGEST_WAIT_S: Final = 7200.0
LONGEST_WAIT_AWAY_S: Final = 600.0
"""So long an event waits at most after the endpoint was away, so that it is handed over soon after it is back."""
FIRST_PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 60.0
LONGEST_ASKED_S: Final = 3600.0
"""So long an endpoint may ask to be left alone at most."""

_TOO_MUCH: Final = frozenset({429, 503})
_OF_THE_ENDPOINT: Final = frozenset({408, 429, 502, 503, 504})


class Said(Enum):
    """What an answer means."""

    RECEIVED = "received"
    GONE = "gone"
    """The endpoint wants nothing any more."""
    AWAY = "away"
    """The endpoint does not work: another event would fare no better."""
    REFUSED = "refused"
    """This event was not taken; another one may be."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status, or with None the `problem` why there is none."""

    status: int | None
    problem: str = ""
    retry_after_s: float | None = None

    @property
    def said(self) -> Said:
        """What it means; a redirection is not followed."""
        if self.status is None or self.status in _OF_THE_ENDPOINT:
            return Said.AWAY
        if 200 <= self.status < 300:
            return Said.RECEIVED
        return Said.GONE if self.status == 410 else Said.REFUSED

    @property
    def words(self) -> str:
        """Say it in a few words that name nobody."""
        return self.problem if self.status is None else f"HTTP {self.status}"


@dataclass(frozen=True, slots=True)
class Tried:
    """How often a delivery was tried, and since when."""

    attempts: int = 0
    first_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TryAgain:
    """It is to be tried again at a moment."""

    at: datetime
    tried: Tried


@dataclass(frozen=True, slots=True)
class GiveUp:
    """It was tried for too long."""

    attempts: int


def after_failure(tried: Tried, answer: Answer, now: datetime, give_up_days: int, chance: float) -> TryAgain | GiveUp:
    """Return what becomes of a delivery that was not taken; `chance` is in [0, 1).

    Only time ends it, not the number of attempts: an endpoint that is away for a day costs nothing but the day.
    """
    first = tried.first_at or now
    attempts = tried.attempts + 1
    longest_s = LONGEST_WAIT_AWAY_S if answer.said is Said.AWAY else LONGEST_WAIT_S
    wait_s = max(_back_off_s(FIRST_WAIT_S, longest_s, attempts, chance), _asked_s(answer))
    if now - first >= timedelta(days=give_up_days):
        return GiveUp(attempts)
    return TryAgain(now + timedelta(seconds=wait_s), Tried(attempts, first))


@dataclass(frozen=True, slots=True)
class Pause:
    """How often in a row an endpoint did not work, and until when it is left alone."""

    failures: int = 0
    until: datetime | None = None

    def after(self, answer: Answer, now: datetime, chance: float) -> Pause:
        """Return the pause after an answer; whatever shows that the endpoint works ends it."""
        if answer.said is not Said.AWAY:
            return Pause()
        wait_s = max(_back_off_s(FIRST_PAUSE_S, LONGEST_PAUSE_S, self.failures + 1, chance), _asked_s(answer))
        return Pause(self.failures + 1, now + timedelta(seconds=wait_s))

    def holds(self, now: datetime) -> bool:
        """Whether the endpoint is left alone."""
        return self.until is not None and now < self.until


def _asked_s(answer: Answer) -> float:
    asked = answer.retry_after_s if answer.status in _TOO_MUCH else None
    return 0.0 if asked is None else min(asked, LONGEST_ASKED_S)


def _back_off_s(first_s: float, longest_s: float, times: int, chance: float) -> float:
    """Twice as long each time, and by chance up to half less, so that not everything comes at once."""
    return min(longest_s, first_s * 2.0 ** min(times - 1, 30)) * (1 - chance / 2)
