"""Brings the facts of calls up to date with what was recorded since.

What changes a contact puts it on a list, in its own transaction. The list is worked off a few contacts at a time: read
and made without keeping anybody from writing, then written at once. A contact that changes meanwhile is on the list
again.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.review.facts import call_fact
from nba_desktop.backend.review.records import CallFact
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.backend.rows.teams import MemberRow

AT_A_TIME: Final = 50
_BEFORE_AN_ANSWER: Final = 500
"""So many changes an answer waits for; a longer list is left to the background, and the answer says until when."""


class CatchingUp:
    """Works the list off; one for a process, used by many threads."""

    def __init__(self, store: Store, catalogues: LiveCatalogues, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock
        self._lock = threading.Lock()

    def run(self, most: int = _BEFORE_AN_ANSWER) -> int:
        """Work off at most so many changes, and return how many."""
        done = 0
        with self._lock:
            while done < most:
                number = self._batch()
                done += number
                if number < AT_A_TIME:
                    break
        return done

    def counted_until(self) -> datetime:
        """Return the moment up to which everything recorded is in the facts."""
        now = self._clock()
        with self._store.read() as unit:
            _, oldest = unit.review.waiting()
        return now if oldest is None else min(oldest, now)

    def _batch(self) -> int:
        with self._store.read() as unit:
            pending = unit.review.pending(AT_A_TIME)
            if not pending:
                return 0
            facts, ids = self._facts(unit, [one.contact_id for one in pending])
        with self._store.write() as unit:
            # What another process has done meanwhile it has done with what is newer.
            left = unit.review.still_pending(pending)
            ours = {one.contact_id for one in left} & ids
            unit.review.put([one for one in facts if one.contact_id in ours], ours)
            days = self._catalogues.in_force(unit).live.entry.review.repeat_days
            found = ours | unit.review_material.before(sorted(ours), days) | unit.review.repeated_by(ours)
            unit.review.set_repeats(unit.review_material.next_calls(sorted(found), days))
            unit.review.set_chances_before(unit.review_material.chances_before(sorted(ours)))
            unit.review.done(left)
        return len(pending)

    def _facts(self, unit: Unit, contact_ids: Sequence[UUID]) -> tuple[list[CallFact], set[UUID]]:
        """The facts of some contacts, and the contacts there are among them: one that was erased keeps its facts."""
        catalogue = self._catalogues.in_force(unit).live
        zone, within = catalogue.zone, timedelta(days=catalogue.entry.review.confirm_days)
        teams = _Teams(unit.teams.members())

        def team_of(contact: ContactRecord) -> str:
            return teams.of(contact.agent_id, contact.started_at.astimezone(zone).date())

        materials = unit.review_material.of(list(dict.fromkeys(contact_ids)), team_of, within)
        facts = [call_fact(one, zone) for one in materials]
        return [one for one in facts if one is not None], {one.contact.contact_id for one in materials}


class _Teams:
    """Knows in which team an agent was on a day."""

    def __init__(self, members: Sequence[MemberRow]) -> None:
        self._days: dict[str, list[date]] = defaultdict(list)
        self._teams: dict[str, list[str]] = defaultdict(list)
        for one in sorted(members, key=lambda one: (one.agent_id, one.since)):
            self._days[one.agent_id].append(one.since)
            self._teams[one.agent_id].append(one.team_id or "")

    def of(self, agent_id: str, day: date) -> str:
        place = bisect_right(self._days[agent_id], day) if agent_id in self._days else 0
        return self._teams[agent_id][place - 1] if place else ""
