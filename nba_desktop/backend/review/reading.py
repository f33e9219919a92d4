"""Reads the packed weeks of a team; what was packed before its facts changed is packed anew and kept.

The newest read weeks stay in memory up to a limit, so that another filter reads nothing again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from nba_desktop.backend.ports.unit import Store
from nba_desktop.backend.review.segments import Segment, packed, segment_of, unpacked
from nba_desktop.backend.rows.review_facts import SegmentRow

MOST_BYTES: Final = 96 * 1024 * 1024
"""Of weeks held in memory, over all teams."""

_PACK_AGAIN_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class ReadWeek:
    """A team's week in memory; `revision` changes when its facts do."""

    week: date
    team_id: str
    revision: int
    segment: Segment


class Weeks:
    """Hands out weeks; one for a process, used by many threads. `timer` gives seconds that never go back."""

    def __init__(self, store: Store, timer: Callable[[], float], most_bytes: int = MOST_BYTES) -> None:
        self._store = store
        self._timer = timer
        self._most_bytes = most_bytes
        self._packed_at: dict[tuple[date, str], float] = {}
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[date, str], ReadWeek] = OrderedDict()

    def read(self, team_id: str | None, first: date, last: date) -> Sequence[ReadWeek]:
        """Return a team's weeks (Mondays within [first, last]) that have calls, or with None those of all teams."""
        with self._lock:
            known = {key: one.revision for key, one in self._held.items()}
        fresh: list[SegmentRow] = []
        found: list[ReadWeek] = []
        with self._store.read() as unit:
            for row in unit.review.segments(team_id, first, last, known):
                week = self._at_hand(row)
                if week is None:
                    # The revision was read before the rows: rows that are newer make it pack once more, never less.
                    segment = segment_of(unit.review.rows_of(row.week, row.team_id))
                    fresh.append(replace(row, content=packed(segment)))
                    week = ReadWeek(row.week, row.team_id, row.revision, segment)
                found.append(week)
        if fresh:
            with self._store.write() as unit:
                for row in fresh:
                    unit.review.keep_segment(row)
        self._hold(found)
        return [one for one in found if len(one.segment.calls["agent"])]

    def pack_next(self) -> bool:
        """Pack one week whose facts have changed, so that nobody waits for it; False when there is none to pack now.

        A week that changes all the time is packed now and then, and for the rest when it is asked for.
        """
        now = self._timer()
        with self._store.read() as unit:
            stale = unit.review.stale()
            due = [key for key in stale if now - self._packed_at.get(key, -_PACK_AGAIN_S) >= _PACK_AGAIN_S]
            if not due:
                return False
            (week, team_id), revision = due[0], stale[due[0]]
            segment = segment_of(unit.review.rows_of(week, team_id))
        self._packed_at[week, team_id] = now
        with self._store.write() as unit:
            unit.review.keep_segment(SegmentRow(week, team_id, revision, packed(segment)))
        return True

    def _at_hand(self, row: SegmentRow) -> ReadWeek | None:
        with self._lock:
            held = self._held.get((row.week, row.team_id))
        if held is not None and held.revision == row.revision:
            return held
        segment = None if row.content is None else unpacked(row.content)
        return None if segment is None else ReadWeek(row.week, row.team_id, row.revision, segment)

    def _hold(self, weeks: Sequence[ReadWeek]) -> None:
        with self._lock:
            for one in weeks:
                self._held[one.week, one.team_id] = one
                self._held.move_to_end((one.week, one.team_id))
            size = sum(one.segment.size for one in self._held.values())
            while size > self._most_bytes and self._held:
                _, gone = self._held.popitem(last=False)
                size -= gone.segment.size
