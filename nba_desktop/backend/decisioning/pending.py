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


def pending_yes(past: Iterable[PastResponse], catalogue: Catalogue) -> tuple[PendingYes, ...]:
    """Return what waits for the customer's confirmation, the oldest first, also what has lapsed by now.

    A yes waits as long as the action's cool-down of `ACCEPTED_PENDING`. `past` is what counts of the customer and his
    household; of the household nothing is his to confirm. The last word on an action counts. Other systems often tell a
    day without its hour: of one day, what they say comes after what was said.
    """
    zone = catalogue.zone
    open_since: dict[str, datetime] = {}
    for one in sorted(past, key=lambda said: _place(said, zone)):
        if one.household or one.code in _SAYS_NOTHING:
            continue
        open_since.pop(one.action_id, None)
        if one.code is ResponseCode.ACCEPTED_PENDING:
            open_since[one.action_id] = one.at
    if not open_since:
        return ()
    # An action that was taken out of the catalogue waits as long as the site says.
    days = {one.action_id: one.cool_down[ResponseCode.ACCEPTED_PENDING] for one in catalogue.actions}
    sites = site_cool_down(catalogue.entry)[ResponseCode.ACCEPTED_PENDING]
    return tuple(
        PendingYes(action_id, at, _until(at, days.get(action_id, sites), zone)) for action_id, at in open_since.items()
    )


def lapsed_at(until: date, zone: tzinfo) -> datetime:
    """Return the moment a yes lapsed: midnight where the site is."""
    return datetime.combine(until, time(), zone)


def _place(one: PastResponse, zone: tzinfo) -> tuple[date, bool, datetime]:
    return one.at.astimezone(zone).date(), isinstance(one.code, OutcomeCode), one.at


def _until(at: datetime, days: CoolDown, zone: tzinfo) -> date | None:
    return None if days == FOREVER else at.astimezone(zone).date() + timedelta(days=int(days))
