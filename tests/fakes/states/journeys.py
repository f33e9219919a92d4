"""Helmut's journey."""

from __future__ import annotations

from datetime import timedelta

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import (
    ContactChannel,
    Experience,
)
from nba_desktop.contract.journey import JourneyHead, MediaBreak, Touchpoint
from tests.fakes.states.moments import utc


def helmut_journey(language: Language = "de", more: int = 42) -> JourneyHead:
    """The touchpoints of the picture, newest first, with `more` older ones behind them."""
    newest = (
        Touchpoint(
            touchpoint_id="t-5",
            at=utc(2026, 11, 9, 18, 20),
            channel=ContactChannel.PORTAL,
            type="portal_form_abandoned",
            params={"form": "instalment", "minutes": 2},
            media_break=True,
        ),
        Touchpoint(
            touchpoint_id="t-4",
            at=utc(2026, 11, 4),
            channel=ContactChannel.PHONE,
            type="call_open",
            params={"topic": "instalment"},
            experience=Experience.NEGATIVE,
            case_id="V-88",
            case_open=True,
        ),
        Touchpoint(
            touchpoint_id="t-3",
            at=utc(2026, 11, 3),
            channel=ContactChannel.PHONE,
            type="call_transferred",
            params={"times": 2},
            experience=Experience.NEGATIVE,
            case_id="V-88",
            case_open=True,
        ),
        Touchpoint(
            touchpoint_id="t-2",
            at=utc(2026, 10, 2),
            channel=ContactChannel.EMAIL,
            type="price_letter",
            params={"effective_date": "2027-01-01"},
        ),
        Touchpoint(
            touchpoint_id="t-1",
            at=utc(2026, 9, 12),
            channel=ContactChannel.METER,
            type="meter_reading",
            params={"kwh": 18250},
            experience=Experience.POSITIVE,
        ),
    )
    return JourneyHead(
        total=5 + more,
        touchpoints=(*newest, *older_touchpoints(more)),
        media_breaks=(
            MediaBreak(
                code="portal_form_then_call",
                params={"form": "instalment", "minutes": 2, "days_ago": 1, "answered": "now"},
                at=utc(2026, 11, 9, 18, 20),
            ),
        ),
    )


_OLDER: tuple[tuple[ContactChannel, str, dict[str, str | int | float | bool | None]], ...] = (
    (ContactChannel.PHONE, "call_solved", {"topic": "bill"}),
    (ContactChannel.POST, "bill", {"balance_eur": -84.5}),
    (ContactChannel.PORTAL, "portal_login", {}),
    (ContactChannel.PHONE, "complaint", {"topic": "price_change"}),
    (ContactChannel.POST, "complaint_answered", {"topic": "price_change", "days": 4}),
    (ContactChannel.APP, "photo_upload", {"of": "meter_reading"}),
    (ContactChannel.SMS, "outage_notice", {"minutes": 50}),
)


def older_touchpoints(count: int) -> tuple[Touchpoint, ...]:
    """So many touchpoints before the newest five, newest first, two of every seven in one case."""
    made = []
    for number in range(count):
        channel, kind, params = _OLDER[number % len(_OLDER)]
        case = f"V-{number // len(_OLDER)}" if kind.startswith("complaint") else None
        made.append(
            Touchpoint(
                touchpoint_id=f"old-{number}",
                at=utc(2026, 9, 1) - timedelta(days=19 * number),
                channel=channel,
                type=kind,
                params=params,
                experience=Experience.NEGATIVE if kind == "complaint" else Experience.NEUTRAL,
                case_id=case,
            )
        )
    return tuple(made)
