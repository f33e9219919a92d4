"""Which call of made-up ones is a repeat of which, as the review counts it, found while they come in order of time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from nba_desktop.backend.samples.half_year.told import Told


@dataclass(frozen=True, slots=True)
class _Open:
    contact_id: UUID
    ended_at: datetime
    interaction_id: str


class Repeats:
    """Holds the calls of the last days that may still be repeated."""

    def __init__(self, days: int) -> None:
        self._within = timedelta(days=days)
        self._open: dict[tuple[str, str], list[_Open]] = defaultdict(list)

    def next_call(self, told: Told) -> list[UUID]:
        """Take in a call, and return those that it is the next one of."""
        contact = told.contact
        if not told.authenticated:
            return []
        key = (told.person.customer_id, told.concern)
        repeated: list[UUID] = []
        still: list[_Open] = []
        for one in self._open[key]:
            if contact.started_at > one.ended_at + self._within:
                continue
            if one.ended_at < contact.started_at and one.interaction_id != contact.interaction_id:
                repeated.append(one.contact_id)
            else:
                still.append(one)
        self._open[key] = [*still, _Open(contact.contact_id, told.ended.at, contact.interaction_id)]
        return repeated
