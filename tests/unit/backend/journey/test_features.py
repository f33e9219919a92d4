"""What touchpoints come to: the same one by one in any order as all at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from nba_desktop.backend.journey.features import OlderJourney, features_of
from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.contract.codes import ContactChannel, Experience
from tests.fakes.decisions import NOW

ZONE = "Europe/Berlin"
MOMENTS = st.integers(-3 * 24 * 60, 800 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes))


@st.composite
def journeys(draw: st.DrawFn) -> list[TouchpointRecord]:
    moments = draw(st.lists(MOMENTS, min_size=1, max_size=12))
    return [
        TouchpointRecord(
            touchpoint_id=f"t{number}",
            customer_id="c-1",
            at=at,
            channel=draw(st.sampled_from((ContactChannel.PHONE, ContactChannel.EMAIL))),
            type=draw(st.sampled_from(("complaint", "chat"))),
            experience=draw(st.sampled_from(Experience)),
            case_id=(case := draw(st.sampled_from((None, "a", "b")))),
            case_open=case is not None and draw(st.booleans()),
        )
        for number, at in enumerate(moments)
    ]


@given(journeys(), st.randoms())
@settings(max_examples=60)
def test_touchpoints_that_come_late_and_out_of_order_come_to_the_same(
    journey: list[TouchpointRecord], random: object
) -> None:
    mixed = list(journey)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    features = features_of(mixed[:1], ZONE)
    for one in mixed[1:]:
        assert features is not None
        features = features.with_touchpoint(one)
    assert features == features_of(journey, ZONE)


def test_the_older_part_knows_days_of_the_site_and_nothing_from_its_day_on() -> None:
    def chat(moment: str, experience: Experience = Experience.NEUTRAL) -> TouchpointRecord:
        at = datetime.fromisoformat(moment)
        return TouchpointRecord(moment, "c-1", at, ContactChannel.CHAT, "chat", experience=experience)

    journey = [
        # Where the site is, it is the next day already.
        chat("2025-11-01T23:30:00+00:00"),
        chat("2025-11-02T08:00:00+00:00", Experience.NEGATIVE),
        chat("2025-11-03T08:00:00+00:00"),
    ]
    features = features_of(journey, ZONE)
    assert features is not None
    day = datetime(2025, 11, 2).toordinal()  # noqa: DTZ001
    older = OlderJourney(features, day + 1)
    assert (older.count(), older.count("chat", since=day), older.count("bill"), older.newest("chat")) == (2, 2, 0, day)
    assert older.count(channel=ContactChannel.CHAT, experience=Experience.NEGATIVE) == 1
    assert OlderJourney(features, day).newest() is None


def test_a_customer_without_touchpoints_has_no_features() -> None:
    assert features_of([], ZONE) is None
