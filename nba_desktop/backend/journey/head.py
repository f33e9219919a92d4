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
    past = sorted(
        (one for one in touchpoints if one.at <= now), key=lambda one: (one.at, one.touchpoint_id), reverse=True
    )
    return JourneyHead(
        total=len(past),
        touchpoints=tuple(_shown(one) for one in past[:LONGEST]),
        media_breaks=media_breaks(tuple(past), now),
    )


def _shown(touchpoint: TouchpointRecord) -> Touchpoint:
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
