"""The telephone of the practice: one call after the other, moved on by the agent alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from nba_desktop.adapters.practice_recording import PracticeCall
from nba_desktop.contract.base import new_id
from nba_desktop.domain.call_event import CallEvent, CallEventType, EndCause, Party

SOURCE: Final = "practice"


class PracticeLine:
    """Tells of the calls of a script as a telephone system would; after the last one the first comes again."""

    def __init__(
        self, calls: tuple[PracticeCall, ...], now: Callable[[], datetime], tell: Callable[[CallEvent], None]
    ) -> None:
        self._calls = calls
        self._now = now
        self._tell = tell
        self._number = 0
        self._leg = ""

    @property
    def call(self) -> PracticeCall:
        """The call that is on the line, or the one that comes next."""
        return self._calls[self._number % len(self._calls)]

    @property
    def place(self) -> tuple[int, int]:
        """Which one of how many it is."""
        return self._number % len(self._calls) + 1, len(self._calls)

    def ring(self) -> None:
        """Let the call ring."""
        self._leg = str(new_id())
        self._say(CallEventType.RINGING)

    def answer(self) -> None:
        """Take it."""
        self._say(CallEventType.ANSWERED)

    def hang_up(self) -> None:
        """End it."""
        self._say(CallEventType.ENDED, "normal")

    def go_on(self) -> None:
        """Turn to the next call."""
        self._number += 1

    def _say(self, kind: CallEventType, cause: EndCause | None = None) -> None:
        now = self._now()
        self._tell(
            CallEvent(
                event_id=str(new_id()),
                source=SOURCE,
                type=kind,
                occurred_at=now,
                received_at=now,
                interaction_id=self._leg,
                leg_id=self._leg,
                caller=Party(self.call.number, self.call.number, "allowed"),
                queue=self.call.queue,
                cause=cause,
            )
        )
