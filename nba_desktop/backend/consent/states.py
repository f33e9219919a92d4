"""What a person's entries come to for one number or address, purpose and channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from enum import StrEnum
from uuid import UUID

from nba_desktop.backend.consent.ledger import (
    LedgerEntry,
    effective,
    is_weak,
    next_state,
    strengthens,
)
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose, ConsentState

_SAYS_NO = frozenset({ConsentEventType.REFUSED, ConsentEventType.WITHDRAWN})
"""What is said by a no holds for every number and address of the person; a yes only for the one it was given for."""


class Freshness(StrEnum):
    """How long ago a consent was given or last used."""

    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class PointState:
    """The state of one number or address, purpose and channel.

    `given` is the entry of the consent that stands or waits for its confirmation, `last_used_at` when it was last used;
    `weak_proof` says that an agent's record alone proves it.
    """

    state: ConsentState = ConsentState.NOT_ASKED
    since: datetime | None = None
    given: UUID | None = None
    fresh_from: datetime | None = None
    last_used_at: datetime | None = None
    weak_proof: bool = False

    def freshness(self, now: datetime, zone: tzinfo, ageing_months: int, stale_months: int) -> Freshness:
        """Say how fresh a consent is; months are the calendar's, and end with the day in the zone."""
        if self.fresh_from is None:
            return Freshness.FRESH
        last, today = self.fresh_from.astimezone(zone).date(), now.astimezone(zone).date()
        if today > months_later(last, stale_months):
            return Freshness.STALE
        return Freshness.AGEING if today > months_later(last, ageing_months) else Freshness.FRESH


def point_state(
    entries: Sequence[LedgerEntry], contact_point: str, purpose: ConsentPurpose, channel: ConsentChannel
) -> PointState:
    """Return what a person's entries, in order, come to for one number or address."""
    now = PointState()
    for entry in effective(entries):
        here = (entry.purpose, entry.channel) == (purpose, channel)
        if here and (entry.event in _SAYS_NO or same_point(channel, entry.contact_point, contact_point)):
            now = _next(now, entry)
    return now


def consented_points(
    entries: Sequence[LedgerEntry], purpose: ConsentPurpose, channel: ConsentChannel
) -> dict[str, PointState]:
    """Return the state of every number or address that a person ever said anything about."""
    points = {one.contact_point for one in entries if (one.purpose, one.channel) == (purpose, channel)}
    return {point: point_state(entries, point, purpose, channel) for point in sorted(points)}


def same_point(channel: ConsentChannel, one: str, other: str) -> bool:
    """Say whether two writings mean the same number or address."""
    if channel in (ConsentChannel.EMAIL, ConsentChannel.POST):
        return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
    return one == other


def months_later(day: date, months: int) -> date:
    """Return the same day some months later; a period that would end on a day there is not ends with the month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")


def _next(before: PointState, entry: LedgerEntry) -> PointState:
    if entry.event is ConsentEventType.USED:
        return replace(before, last_used_at=entry.at, fresh_from=entry.at)
    state = next_state(before.state, entry)
    if entry.event is ConsentEventType.GRANTED:
        return PointState(state, entry.at, entry.event_id, entry.at, before.last_used_at, is_weak(state, entry))
    if entry.event is ConsentEventType.DOI_CONFIRMED and state is ConsentState.GRANTED:
        if before.state is state:
            return replace(before, weak_proof=before.weak_proof and not strengthens(entry))
        return replace(before, state=state, since=entry.at, fresh_from=entry.at, weak_proof=is_weak(state, entry))
    if state is before.state:
        return before
    return PointState(state, entry.at, last_used_at=before.last_used_at)
