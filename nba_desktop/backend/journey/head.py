"""The newest part of a customer's journey, as the panel shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from nba_desktop.backend.journey.media_breaks import media_breaks
from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.contract.journey import JourneyHead, Touchpoint

LONGEST: Final = 60


def journey_head(touchpoints: tuple[TouchpointRecord, ...], now: datetime) -> JourneyHead:
    """The newest touchpoints up to `now` (newest first, at most 60), their number in all, and the media breaks."""
    past = journey_until(touchpoints, now)
    return JourneyHead(
        total=len(past),
        touchpoints=tuple(shown_touchpoint(one) for one in past[:LONGEST]),
        media_breaks=media_breaks(past, now),
    )


def journey_until(touchpoints: tuple[TouchpointRecord, ...], now: datetime) -> tuple[TouchpointRecord, ...]:
    """The touchpoints up to `now`, newest first; those of one moment always in the same order."""
    past = (one for one in touchpoints if one.at <= now)
    return tuple(sorted(past, key=lambda one: (one.at, one.touchpoint_id), reverse=True))


def shown_touchpoint(touchpoint: TouchpointRecord) -> Touchpoint:
    """One touchpoint as the panel gets it."""
    return Touchpoint(
        touchpoint_id=touchpoint.touchpoint_id,
        at=touchpoint.at,
        channel=touchpoint.channel,
        type=touchpoint.type,
        params=touchpoint.params,
        experience=touchpoint.experience,
        case_id=touchpoint.case_id,
        case_open=touchpoint.case_open,
        media_break=touchpoint.media_break,
    )
