"""The ways that led to calls."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from nba_desktop.backend.journey.rules import JourneyRule
from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.backend.review.site.flow import DAYS, journey_flow
from nba_desktop.backend.rows.site_figures import WayPoint
from nba_desktop.contract.codes import ContactChannel
from nba_desktop.contract.review import JourneyFlow, Period

AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
PERIOD = Period(first=date(2026, 2, 16), last=date(2026, 3, 15))
SINCE = datetime(2026, 2, 16, tzinfo=UTC)
PORTAL, EMAIL, POST, CHAT = (
    ContactChannel.PORTAL,
    ContactChannel.EMAIL,
    ContactChannel.POST,
    ContactChannel.CHAT,
)


def call(customer: str, at: datetime = AT) -> WayPoint:
    return WayPoint(customer, at, None)


def met(customer: str, channel: ContactChannel, days: float, kind: str = "portal_login") -> WayPoint:
    at = AT - timedelta(days=days)
    return WayPoint(customer, at, TouchpointRecord(f"t-{customer}-{days}", customer, at, channel, kind))


def flow(*points: WayPoint, least_group: int = 1) -> JourneyFlow:
    return journey_flow(points, SINCE, PERIOD, least_group)


def paths(found: JourneyFlow) -> list[tuple[tuple[ContactChannel, ...], int]]:
    return [(one.channels, one.calls) for one in found.paths]


def test_the_last_three_contacts_before_a_call_are_its_way() -> None:
    found = flow(
        *(met("a", channel, days) for channel, days in ((CHAT, 9), (POST, 8), (PORTAL, 5), (EMAIL, 1))), call("a")
    )
    assert paths(found) == [((POST, PORTAL, EMAIL), 1)]


def test_what_is_longer_ago_or_of_that_very_moment_is_no_step() -> None:
    found = flow(met("a", POST, DAYS + 0.1), met("a", PORTAL, DAYS), met("a", EMAIL, 0), call("a"))
    assert paths(found) == [((PORTAL,), 1)]


def test_a_call_that_nothing_came_before_is_counted_apart() -> None:
    found = flow(call("a"), met("b", POST, 2), call("b"))
    assert (found.calls, found.without, found.hidden) == (2, 1, 0)


def test_a_call_of_before_the_period_is_not_counted() -> None:
    assert flow(call("a", SINCE - timedelta(seconds=1)), call("a", SINCE)).calls == 1


def test_a_form_given_up_and_a_call_soon_after_are_a_media_break() -> None:
    found = flow(
        met("a", PORTAL, 1, "portal_form_abandoned"),
        call("a"),
        met("b", PORTAL, 1),
        call("b"),
        met("c", PORTAL, 2),
        call("c"),
    )
    [way] = found.paths
    assert (way.media_breaks.successes, way.media_breaks.trials) == (1, 3)


def test_the_most_frequent_way_stands_first() -> None:
    found = flow(*(one for name in "ab" for one in (met(name, POST, 2), call(name))), met("c", CHAT, 1), call("c"))
    assert paths(found) == [((POST,), 2), ((CHAT,), 1)]


def test_a_way_of_few_customers_is_hidden_however_often_they_called() -> None:
    points = [one for name in "abcde" for one in (met(name, POST, 3), call(name))]
    points += [one for name in "fghij" for one in (met(name, PORTAL, 3), call(name))]
    few = [met("x", CHAT, 3), call("x"), call("x", AT + timedelta(days=1)), call("x", AT + timedelta(days=2))]
    found = flow(*points, *few, least_group=5)
    # The calls of one customer alone could be had by subtraction: the rarest of the others goes with them.
    assert paths(found) == [((PORTAL,), 5)]
    assert (found.calls, found.hidden) == (13, 8)


def test_each_rule_counts_the_calls_it_found_something_before_and_hides_few_customers() -> None:
    again = JourneyRule("again", frozenset({"call_solved"}), kind="repeat", within=timedelta(days=9), same="topic")
    form = JourneyRule("form", frozenset({"portal_form_abandoned"}), within=timedelta(days=7), names={"en": "form"})
    told = WayPoint("c", AT, TouchpointRecord("t", "c", AT, ContactChannel.PHONE, "call_solved", {"topic": "bill"}))
    asked = [WayPoint("c", AT + timedelta(days=days), None, about) for days, about in ((2, "move"), (3, "bill"))]
    points = [met("a", PORTAL, 1, "portal_form_abandoned"), call("a"), met("b", PORTAL, 1), call("b"), told, *asked]

    def counted(least_group: int) -> dict[str, tuple[int | None, int | None, bool]]:
        found = journey_flow(points, SINCE, PERIOD, least_group, (again, form))
        return {one.code: (one.calls.successes, one.calls.trials, one.repeat) for one in found.rules}

    assert counted(1) == {"again": (1, 4, True), "form": (1, 4, False)}
    assert counted(2) == {}
    (way, *_) = journey_flow(points, SINCE, PERIOD, 1, (again,)).paths
    # The same matter again is no other channel.
    assert way.media_breaks.successes == 0
