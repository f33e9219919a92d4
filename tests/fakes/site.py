"""A site's figures as a backend would answer them: half a year with a gap, and what nobody knows left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ContactChannel
from nba_desktop.contract.review import (
    ChannelPath,
    ConsentRates,
    Duration,
    Handling,
    JourneyFlow,
    Period,
    Rate,
    RuleRate,
    SiteFigures,
    SiteWeek,
    TalkBin,
    TalkTime,
)

HALF_YEAR = Period(first=date(2026, 4, 27), last=date(2026, 10, 25))
LEFT_OUT = 9
"""The week that too few worked in."""


def _rate(share: float, trials: int) -> Rate:
    successes = round(share * trials)
    value = successes / trials
    half = 1.96 * (value * (1 - value) / trials) ** 0.5
    return Rate(
        successes=successes, trials=trials, value=value, low=max(0.0, value - half), high=min(1.0, value + half)
    )


def _mean(seconds: float, calls: int) -> Duration:
    return Duration(calls=calls, mean_s=seconds)


def _week(monday: date, number: int, last: int) -> SiteWeek:
    swing = ((number * 7) % 5 - 2) / 100
    calls = 1800 + 90 * ((number * 3) % 7)
    mature = number < last - 1
    consents = tuple(
        ConsentRates(
            purpose=ConsentPurpose.ADV_OWN,
            channel=channel,
            asked=_rate(share, calls // 3),
            granted=_rate(share + swing, calls // 8),
            confirmed=_rate(0.7 + swing, 90) if channel is ConsentChannel.EMAIL else Rate(successes=0, trials=0),
            withdrawn=_rate(0.03, 120),
        )
        for channel, share in ((ConsentChannel.PHONE, 0.34), (ConsentChannel.EMAIL, 0.42))
    )
    return SiteWeek(
        monday=monday,
        calls=calls,
        handling=Handling(
            talk=_mean(348 + 300 * swing, calls),
            hold=_mean(21, calls),
            after_call_work=_mean(62, calls),
            handling=_mean(431 + 300 * swing, calls),
        ),
        first_contact_resolution=_rate(0.78 + swing, calls // 2) if number < last else Rate(),
        transferred=_rate(0.11 - swing, calls),
        decision_availability=_rate(0.96 + swing / 2, calls),
        panel_latency_p95_ms=870 + 4000 * swing if number > 12 else None,
        uplift=100 * (0.04 + swing) if mature else None,
        uplift_low=100 * (0.01 + swing) if mature else None,
        uplift_high=100 * (0.07 + swing) if mature else None,
        consent_asked=_rate(0.52 + swing, calls // 3),
        consents=consents,
    )


def site_figures(period: Period | None = None) -> SiteFigures:
    """The weeks of a period; no telephone system reports its calls here."""
    chosen = period or HALF_YEAR
    number = ((chosen.last - chosen.first).days + 1) // 7
    mondays = [chosen.first + timedelta(weeks=week) for week in range(number)]
    weeks = tuple(_week(one, at, number - 1) for at, one in enumerate(mondays) if at != LEFT_OUT)
    return SiteFigures(
        period=chosen,
        repeat_days=7,
        service_seconds=20,
        weeks=weeks,
        left_out_weeks=number - len(weeks),
        counted_until=datetime(2026, 10, 26, 4, 0, tzinfo=UTC),
    )


def talk_time(period: Period | None = None) -> TalkTime:
    """The longer the call, the likelier the yes; nobody talked for so long in one of the bins."""
    shares = ((0, 5, 0.09, 4210), (5, 10, 0.19, 6120), (10, 15, 0.28, 2203), (15, 20, 0.33, 640))
    bins = tuple(TalkBin(from_minutes=a, to_minutes=b, acceptance=_rate(share, n)) for a, b, share, n in shares)
    return TalkTime(period=period or HALF_YEAR, bins=(*bins, TalkBin(from_minutes=20, acceptance=Rate(hidden=True))))


def journey_flow(period: Period | None = None) -> JourneyFlow:
    """Most come from the portal."""
    ways = (
        ((ContactChannel.PORTAL,), 3120, 0.41),
        ((ContactChannel.POST,), 2410, 0.22),
        ((ContactChannel.EMAIL, ContactChannel.PORTAL), 1204, 0.63),
        ((ContactChannel.COMPARISON_SITE, ContactChannel.PORTAL, ContactChannel.CHAT), 214, 0.71),
    )
    paths = tuple(
        ChannelPath(channels=channels, calls=calls, media_breaks=_rate(share, calls)) for channels, calls, share in ways
    )
    rules = (
        RuleRate(code="bill_twice", names={"de": "Rechnung zweimal", "en": "Bill twice"}, calls=_rate(0.08, 13_420)),
        RuleRate(code="not_named", repeat=True, calls=Rate(hidden=True)),
    )
    return JourneyFlow(
        period=period or HALF_YEAR, days=14, steps=3, calls=13_420, without=6_301, paths=paths, hidden=171, rules=rules
    )
