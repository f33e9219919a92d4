"""Journeys of any length."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from nba_desktop.contract.codes import ContactChannel
from nba_desktop.contract.journey import JourneyHead, JourneyPage, Touchpoint

_NEWEST = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)


def touchpoints(count: int) -> tuple[Touchpoint, ...]:
    """So many touchpoints, one a day, newest first: `t-0`, `t-1` …"""
    return tuple(
        Touchpoint(
            touchpoint_id=f"t-{number}",
            at=_NEWEST - timedelta(days=number),
            channel=ContactChannel.PORTAL,
            type="portal_login",
        )
        for number in range(count)
    )


def journey_head(journey: tuple[Touchpoint, ...], longest: int = 60) -> JourneyHead:
    """The newest of a journey."""
    return JourneyHead(total=len(journey), touchpoints=journey[:longest])


def journey_page(contact_id: UUID, journey: tuple[Touchpoint, ...], before: str, limit: int) -> JourneyPage:
    """The page before a touchpoint, as a backend answers it."""
    begin = next(place for place, one in enumerate(journey) if one.touchpoint_id == before) + 1
    page = journey[begin : begin + limit]
    return JourneyPage(contact_id=contact_id, touchpoints=page, more=begin + limit < len(journey))
