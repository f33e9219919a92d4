"""What conditions ask of the touchpoints, for one customer and for many."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES
from nba_desktop.backend.decisioning.conditions import JourneyQuery, journey_values, parse_condition
from nba_desktop.backend.decisioning.conditions.polars_code import journey_frame
from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.contract.codes import ContactChannel, Experience

BERLIN = ZoneInfo("Europe/Berlin")
TYPES = ("bill", "complaint", "chat")
CHANNELS = (ContactChannel.PHONE, ContactChannel.EMAIL)


def touchpoint(
    at: datetime,
    kind: str = "bill",
    channel: ContactChannel = ContactChannel.PHONE,
    experience: Experience = Experience.NEUTRAL,
    customer: str = "c1",
) -> TouchpointRecord:
    return TouchpointRecord(f"{customer}-{at}", customer, at, channel, kind, experience=experience)


def asked(*sources: str) -> list[JourneyQuery]:
    return [query for source in sources for query in parse_condition(f"{source} > 0", ATTRIBUTES).queries]


def framed(touchpoints: list[TouchpointRecord]) -> pl.DataFrame:
    rows = [(one.customer_id, one.at, one.type, str(one.channel), str(one.experience)) for one in touchpoints]
    schema = {
        "customer_id": pl.String(),
        "at": pl.Datetime("us", "UTC"),
        "type": pl.String(),
        "channel": pl.String(),
        "experience": pl.String(),
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_days_are_midnights_of_the_site_and_not_of_the_touchpoint() -> None:
    late, now = datetime(2026, 3, 9, 22, 59, tzinfo=UTC), datetime(2026, 3, 9, 23, 1, tzinfo=UTC)
    queries = asked("days_since('bill')", "count(touchpoints, within=0)")
    assert journey_values(queries, [touchpoint(late)], now, BERLIN) == {
        'days_since("bill")': 1,
        "count(touchpoints, within=0)": 0,
    }
    assert journey_values(queries, [touchpoint(late)], now, ZoneInfo("UTC")) == {
        'days_since("bill")': 0,
        "count(touchpoints, within=0)": 1,
    }


def test_what_lies_ahead_does_not_count() -> None:
    now = datetime(2026, 3, 9, 12, tzinfo=UTC)
    queries = asked("count(touchpoints)", "days_since('bill')")
    ahead, present = touchpoint(now + timedelta(seconds=1)), touchpoint(now)
    assert journey_values(queries, [ahead], now, BERLIN) == {"count(touchpoints)": 0, 'days_since("bill")': None}
    assert journey_values(queries, [present], now, BERLIN) == {"count(touchpoints)": 1, 'days_since("bill")': 0}


def test_everything_given_must_fit() -> None:
    now = datetime(2026, 3, 9, 12, tzinfo=UTC)
    found = [
        touchpoint(now - timedelta(3), "complaint", ContactChannel.PHONE, Experience.NEGATIVE),
        touchpoint(now - timedelta(4), "complaint", ContactChannel.EMAIL, Experience.NEGATIVE),
        touchpoint(now - timedelta(5), "chat", ContactChannel.CHAT, Experience.POSITIVE),
    ]
    counts = {
        "count(touchpoints)": 3,
        'count(touchpoints, type="complaint")': 2,
        'count(touchpoints, channel="phone")': 1,
        'count(touchpoints, experience="negative", within=3)': 1,
        'count(touchpoints, type="complaint", channel="email", experience="negative", within=4)': 1,
        'count(touchpoints, type="complaint", channel="email", within=3)': 0,
        'count(touchpoints, type="bill")': 0,
    }
    assert journey_values(asked(*counts), found, now, BERLIN) == counts


def test_a_customer_without_touchpoints_gets_zero_and_unknown() -> None:
    now = datetime(2026, 3, 9, 12, tzinfo=UTC)
    queries = asked("count(touchpoints)", "days_since('bill')")
    frame = journey_frame(queries, framed([touchpoint(now)]), now, BERLIN, pl.Series(["c9", "c1"]))
    assert frame.rows() == [("c9", 0, None), ("c1", 1, 0)]
    assert frame.schema == {"customer_id": pl.String, "count(touchpoints)": pl.Int64, 'days_since("bill")': pl.Int64}


@pytest.mark.parametrize("queries", [[], [JourneyQuery("count")]])
def test_no_touchpoints_at_all_make_no_rows(queries: list[JourneyQuery]) -> None:
    frame = journey_frame(queries, framed([]), datetime(2026, 3, 9, tzinfo=UTC), BERLIN)
    assert frame.columns == ["customer_id", *(one.key for one in queries)]
    assert frame.height == 0


ZONES = st.sampled_from([ZoneInfo(name) for name in ("Europe/Berlin", "UTC", "America/St_Johns", "Pacific/Auckland")])
# Close to midnights, and over both changes of the clock.
MOMENTS = st.builds(
    lambda day, seconds: datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=seconds),
    st.dates(date(2026, 3, 25), date(2026, 4, 8)) | st.dates(date(2026, 10, 22), date(2026, 10, 28)),
    st.sampled_from([h * 3600 + s for h in (0, 1, 2, 3, 11, 12, 22, 23) for s in (-1, 0, 1)]) | st.integers(0, 86_399),
)
JOURNEYS = st.lists(
    st.builds(
        touchpoint,
        MOMENTS,
        st.sampled_from(TYPES),
        st.sampled_from(CHANNELS),
        st.sampled_from(Experience),
        st.sampled_from(["c1", "c2", "c3"]),
    ),
    max_size=15,
)
DAYS_SINCE = st.builds(JourneyQuery, st.just("days_since"), st.sampled_from(TYPES))
COUNT = st.builds(
    JourneyQuery,
    st.just("count"),
    st.none() | st.sampled_from(TYPES),
    st.none() | st.sampled_from(CHANNELS),
    st.none() | st.sampled_from(Experience),
    st.none() | st.integers(0, 10),
)


def reference(query: JourneyQuery, touchpoints: list[TouchpointRecord], now: datetime, zone: ZoneInfo) -> int | None:
    ages = []
    for one in touchpoints:
        days = (now.astimezone(zone).date() - one.at.astimezone(zone).date()).days
        fits = [
            one.at <= now,
            query.type in (None, one.type),
            query.channel in (None, one.channel),
            query.experience in (None, one.experience),
            query.within is None or days <= query.within,
        ]
        if all(fits):
            ages.append(days)
    return len(ages) if query.ask == "count" else min(ages, default=None)


@given(st.lists(DAYS_SINCE | COUNT, min_size=1, max_size=6), JOURNEYS, MOMENTS, ZONES)
def test_one_customer_and_many_are_answered_alike(
    queries: list[JourneyQuery], touchpoints: list[TouchpointRecord], now: datetime, zone: ZoneInfo
) -> None:
    frame = journey_frame(queries, framed(touchpoints), now, zone, pl.Series(["c1", "c2", "c3", "c4"]))
    for row in frame.iter_rows(named=True):
        own = [one for one in touchpoints if one.customer_id == row["customer_id"]]
        expected = {query.key: reference(query, own, now, zone) for query in queries}
        assert journey_values(queries, own, now, zone) == expected
        assert {key: row[key] for key in expected} == expected
    seen = journey_frame(queries, framed(touchpoints), now, zone)
    assert sorted(seen["customer_id"]) == sorted({one.customer_id for one in touchpoints})
    assert seen.sort("customer_id").equals(
        frame.filter(pl.col("customer_id").is_in(seen["customer_id"].to_list())).sort("customer_id")
    )


@given(DAYS_SINCE | COUNT)
def test_a_question_is_read_back_from_its_key(query: JourneyQuery) -> None:
    assert asked(query.key) == [query]
