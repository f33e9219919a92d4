"""After-call work: how long the agent works on a call after its end, for each wrap-up that is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from nba_desktop.domain.ports import Clock

LONGEST: Final = timedelta(minutes=30)
"""A wrap-up that is open for longer was left open: what is longer is counted as this."""

BEAT: Final = timedelta(seconds=10)
"""So often the clock is looked at while somebody works."""

_SLEPT: Final = 3 * BEAT
"""Between two looks there is less, however busy the machine is: else it slept, and nobody worked."""


@dataclass(slots=True)
class _WrapUp:
    worked: timedelta = timedelta()
    worked_till_touch: timedelta = timedelta()


class AfterCall:
    """Counts one wrap-up at a time: that of the call that ended last, until the next one is answered."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wrap_ups: dict[UUID, _WrapUp] = {}
        self._counted: _WrapUp | None = None
        self._looked_at = clock.now()
        self._is_looking = False

    def begin(self, contact_id: UUID) -> None:
        """A call has ended, and its wrap-up begins."""
        self._look()
        self._counted = self._wrap_ups[contact_id] = _WrapUp()
        if not self._is_looking:
            self._look_again()

    def pause(self) -> None:
        """The agent talks: he works on no wrap-up any more."""
        self._look()
        self._counted = None

    def touch(self, contact_id: UUID) -> None:
        """The agent works on a wrap-up in the panel."""
        self._look()
        if contact_id in self._wrap_ups:
            wrap_up = self._wrap_ups[contact_id]
            wrap_up.worked_till_touch = wrap_up.worked

    def worked(self, contact_id: UUID, *, till_touch: bool = False) -> timedelta | None:
        """Return the work on a wrap-up so far, or that up to its last touch; None without a wrap-up."""
        self._look()
        wrap_up = self._wrap_ups.get(contact_id)
        if wrap_up is None:
            return None
        return min(wrap_up.worked_till_touch if till_touch else wrap_up.worked, LONGEST)

    def forget(self, contact_id: UUID) -> None:
        """The contact has left the screen."""
        if self._wrap_ups.pop(contact_id, None) is self._counted:
            self._counted = None

    def _look(self) -> None:
        now = self._clock.now()
        passed = now - self._looked_at
        self._looked_at = now
        if self._counted is not None:
            # A clock that was set back has not taken work away.
            self._counted.worked += BEAT if passed > _SLEPT else max(passed, timedelta())

    def _look_again(self) -> None:
        self._is_looking = True
        self._clock.call_later(round(BEAT.total_seconds() * 1000), self._beat)

    def _beat(self) -> None:
        self._look()
        self._is_looking = False
        if self._counted is not None:
            self._look_again()
