"""What a customer accepted in a call and has not confirmed yet: which actions, since when and until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.entries.catalogue import site_cool_down
from nba_desktop.backend.decisioning.entries.cool_downs import FOREVER, CoolDown, PastCode
from nba_desktop.backend.model import PastResponse
from nba_desktop.contract.codes import NOT_ADDRESSED_CODES, OutcomeCode, ResponseCode

_SAYS_NOTHING: Final[frozenset[PastCode]] = NOT_ADDRESSED_CODES | {
    OutcomeCode.TEASER_SEEN,
    OutcomeCode.TEASER_CLICKED,
    OutcomeCode.TEASER_DISMISSED,
}
"""Codes that leave a yes as it is; every other one is a later word, or what became of it."""


@dataclass(frozen=True, slots=True)
class PendingYes:
    """A yes that waits since `at`; on the day `until` at the site it has lapsed, None for never."""

    action_id: str
    at: datetime
    until: date | None

    def has_lapsed(self, today: date) -> bool:
        """Whether its time is over."""
        return self.until is not None and today >= self.until


def last_words(past: Iterable[PastResponse], zone: tzinfo) -> dict[str, PastResponse]:
    """Return the last word on each action, the oldest first, of what counts of a customer; not of his household.

    Other systems often tell a day without its hour: of one day, what they say comes after what was said.
    """
    words: dict[str, PastResponse] = {}
    for one in sorted(past, key=lambda said: _place(said, zone)):
        if not one.household and one.code not in _SAYS_NOTHING:
            words.pop(one.action_id, None)
            words[one.action_id] = one
    return words


def pending_yes(past: Iterable[PastResponse], catalogue: Catalogue) -> tuple[PendingYes, ...]:
    """Return what waits for the customer's confirmation, the oldest first, also what has lapsed by now.

    A yes waits as long as the action's cool-down of `ACCEPTED_PENDING`, unless there is a later word. `past` is what
    counts of the customer and his household; of the household nothing is his to confirm.
    """
    words = last_words(past, catalogue.zone)
    waiting = [one for one in words.values() if one.code is ResponseCode.ACCEPTED_PENDING]
    if not waiting:
        return ()
    # An action that was taken out of the catalogue waits as long as the site says.
    days = {one.action_id: one.cool_down[ResponseCode.ACCEPTED_PENDING] for one in catalogue.actions}
    sites = site_cool_down(catalogue.entry)[ResponseCode.ACCEPTED_PENDING]
    return tuple(
        PendingYes(one.action_id, one.at, _until(one.at, days.get(one.action_id, sites), catalogue.zone))
        for one in waiting
    )


def lapsed_at(until: date, zone: tzinfo) -> datetime:
    """Return the moment a yes lapsed: midnight where the site is."""
    return datetime.combine(until, time(), zone)


def _place(one: PastResponse, zone: tzinfo) -> tuple[date, bool, datetime]:
    return one.at.astimezone(zone).date(), isinstance(one.code, OutcomeCode), one.at


def _until(at: datetime, days: CoolDown, zone: tzinfo) -> date | None:
    return None if days == FOREVER else at.astimezone(zone).date() + timedelta(days=int(days))
