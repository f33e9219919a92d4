"""The newest part of a customer's journey, as the panel shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from nba_desktop.backend.journey.words import SiteWords
from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.contract.journey import JourneyHead, MediaBreak, Touchpoint

LONGEST: Final = 60
NO_WORDS: Final = SiteWords()

CaseAddress = Callable[[str], str | None]
"""Says of a case where the site's CRM shows it."""


def journey_head(
    touchpoints: Iterable[TouchpointRecord],
    now: datetime,
    words: SiteWords = NO_WORDS,
    media_breaks: tuple[MediaBreak, ...] = (),
    before: int = 0,
    case_address: CaseAddress | None = None,
) -> JourneyHead:
    """The newest touchpoints up to `now` (newest first, at most 60), their number in all, and the media breaks.

    `words` are the site's own. `before` is how many there are that are older than the given ones.
    """
    past = journey_until(touchpoints, now)
    return JourneyHead(
        total=len(past) + before,
        touchpoints=tuple(shown_touchpoint(one, words, case_address) for one in past[:LONGEST]),
        media_breaks=media_breaks,
    )


def journey_until(touchpoints: Iterable[TouchpointRecord], now: datetime) -> tuple[TouchpointRecord, ...]:
    """The touchpoints up to `now`, newest first; those of one moment always in the same order."""
    past = (one for one in touchpoints if one.at <= now)
    return tuple(sorted(past, key=lambda one: (one.at, one.touchpoint_id), reverse=True))


def shown_touchpoint(
    touchpoint: TouchpointRecord, words: SiteWords, case_address: CaseAddress | None = None
) -> Touchpoint:
    """One touchpoint as the panel gets it, with the site's words for what it declared."""
    said = words.touchpoints.get(touchpoint.type)
    case_id = touchpoint.case_id
    return Touchpoint(
        touchpoint_id=touchpoint.touchpoint_id,
        at=touchpoint.at,
        channel=touchpoint.channel,
        type=touchpoint.type,
        params=words.params(touchpoint.params),
        experience=touchpoint.experience,
        case_id=case_id,
        case_open=touchpoint.case_open,
        media_break=touchpoint.media_break,
        word=None if said is None else said.word,
        sentence=None if said is None else said.sentence,
        crm_url=None if case_id is None or case_address is None else case_address(case_id),
    )
