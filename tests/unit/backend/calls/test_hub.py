"""The hub keeps every call in order, whatever arrives twice, late, out of order or not at all."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.calls.hub import ENDED_KEPT, STALE_AFTER
from nba_desktop.contract.calls import HubCallEvent
from tests.fakes.hub_calls import Site, source_of, worded

RANK = {"ringing": 1, "answered": 2, "ended": 3}
ZAMMAD = source_of("zammad")


def new_call(call: str, *users: str, **more: str) -> dict[str, Any]:
    return {"event": "newCall", "callId": call, "direction": "in", "from": "4930600000001", "user": list(users), **more}


def answer(call: str, user: str) -> dict[str, Any]:
    return {"event": "answer", "callId": call, "direction": "in", "user": user}


def hangup(call: str, cause: str = "normalClearing") -> dict[str, Any]:
    return {"event": "hangup", "callId": call, "cause": cause}


def assert_orderly(events: list[HubCallEvent]) -> None:
    """No leg goes back, none begins again, each ends once; every event is numbered and new."""
    ranks: dict[str, int] = defaultdict(int)
    for event in events:
        rank = RANK.get(event.type)
        if rank is None:
            assert event.type == "data"
            assert ranks[event.leg_id] in (1, 2)
        else:
            assert rank > ranks[event.leg_id], worded(events)
            ranks[event.leg_id] = rank
            assert (event.cause is not None) == (rank == 3)
    numbers = [event.sequence for event in events]
    assert numbers == sorted(set(numbers))
    assert len({event.event_id for event in events}) == len(events)


POST = st.one_of(
    st.builds(new_call, st.sampled_from("abc"), st.sampled_from(["Anna Adler", "Ben Brandt", "Cora Carl"])),
    st.builds(lambda call: new_call(call, "Anna Adler", "Ben Brandt", queue="service"), st.sampled_from("abc")),
    st.builds(lambda call: new_call(call, "Anna Adler") | {"direction": "out"}, st.sampled_from("abc")),
    st.builds(answer, st.sampled_from("abc"), st.sampled_from(["Anna Adler", "Ben Brandt", "Cora Carl", ""])),
    st.builds(hangup, st.sampled_from("abc"), st.sampled_from(["normalClearing", "forwarded", "busy", ""])),
)


@given(st.lists(POST, max_size=25))
def test_no_order_of_reports_moves_a_call_back(posts: list[dict[str, Any]]) -> None:
    site = Site()
    panels = [site.listen("anna"), site.listen("ben")]
    for post in posts:
        site.post(ZAMMAD, post)
    for call in "abc":
        site.post(ZAMMAD, hangup(call))
    assert site.hub.live_calls == 0
    for panel in panels:
        events = panel.hear()
        assert_orderly(events)
        begun = {event.leg_id for event in events}
        assert begun == {event.leg_id for event in events if event.type == "ended"}


@given(st.lists(POST, max_size=12), st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_what_comes_more_than_once_changes_nothing(posts: list[dict[str, Any]], times: list[int]) -> None:
    once, often = Site(), Site()
    panels = [(once.listen(agent), often.listen(agent)) for agent in ("anna", "ben")]
    for post, more in zip(posts, times, strict=False):
        once.post(ZAMMAD, post)
        for _ in range(1 + more):
            often.post(ZAMMAD, post)
    for one, many in panels:
        assert worded(one.hear()) == worded(many.hear())


@given(st.permutations([new_call("a", "Anna Adler", "Ben Brandt"), answer("a", "Anna Adler"), hangup("a")]))
def test_in_any_order_all_is_ended_and_nothing_begins_behind_the_end(posts: list[dict[str, Any]]) -> None:
    site = Site()
    panels = [site.listen("anna"), site.listen("ben")]
    for post in posts:
        site.post(ZAMMAD, post)
    for panel in panels:
        events = panel.hear()
        assert_orderly(events)
        assert not events or events[-1].type == "ended"


REPORTS = {"N": new_call("a", "Anna Adler", "Ben Brandt"), "A": answer("a", "Anna Adler"), "H": hangup("a")}
ORDERS = st.lists(st.sampled_from("NAH"), max_size=6).flatmap(lambda again: st.permutations([*"NAH", *again]))


@given(ORDERS)
def test_whatever_the_order_nothing_is_lost_that_came_before_the_end(order: list[str]) -> None:
    site = Site()
    anna, ben = site.listen("anna"), site.listen("ben")
    for kind in order:
        site.post(ZAMMAD, REPORTS[kind])
    began, taken, over = (order.index(kind) for kind in "NAH")
    rang = ["ringing"] if began < min(taken, over) else []
    if taken < over:
        to_anna, to_ben = [*rang, "answered", "ended normal"], [*rang, *(["ended elsewhere"] if rang else [])]
    else:
        to_anna = to_ben = [*rang, *(["ended missed"] if rang else [])]
    assert [one for one in worded(anna.hear()) if one != "data"] == to_anna
    assert [one for one in worded(ben.hear()) if one != "data"] == to_ben


@given(st.lists(POST, max_size=15), st.sets(st.integers(0, 14)))
def test_a_panel_that_comes_back_again_and_again_hears_what_one_hears_that_stayed(
    posts: list[dict[str, Any]], cuts: set[int]
) -> None:
    site = Site()
    stayed, left = site.listen("anna"), site.listen("anna")
    for number, post in enumerate(posts):
        site.post(ZAMMAD, post)
        if number in cuts:
            left.hear()
            site.hub.unsubscribe("anna", left.subscription)
        elif not left.subscription.is_open:
            again = site.listen("anna", left.events[-1].sequence)
            left.subscription = again.subscription
    if not left.subscription.is_open:
        left.subscription = site.listen("anna", left.events[-1].sequence).subscription
    heard = [event.event_id for event in left.hear()]
    assert heard == [event.event_id for event in stayed.hear()]


def test_two_sources_may_count_alike() -> None:
    site = Site()
    panel = site.listen("anna")
    for name in ("one", "two"):
        site.post(source_of("zammad", name=name), new_call("1", "Anna Adler"))
    site.post(source_of("zammad", name="one"), hangup("1"))
    assert [(event.source, event.type, event.leg_id) for event in panel.hear()] == [
        ("one", "ringing", "one:1"),
        ("two", "ringing", "two:1"),
        ("one", "ended", "one:1"),
    ]


def test_a_user_who_joins_the_ringing_late_is_told_and_nobody_twice() -> None:
    site = Site()
    anna, ben = site.listen("anna"), site.listen("ben")
    site.post(ZAMMAD, new_call("1", "Anna Adler"))
    site.post(ZAMMAD, new_call("1", "Anna Adler", "Ben Brandt"))
    assert (worded(anna.hear()), worded(ben.hear())) == (["ringing"], ["ringing"])


def test_a_call_whose_end_never_comes_is_closed_after_hours() -> None:
    site = Site()
    panel = site.listen("anna")
    site.post(ZAMMAD, new_call("1", "Anna Adler"))
    site.wait(STALE_AFTER - timedelta(seconds=1))
    assert worded(panel.hear()) == ["ringing"]
    site.post(ZAMMAD, answer("1", "Anna Adler"))
    site.wait(STALE_AFTER - timedelta(seconds=1))
    assert worded(panel.hear()) == ["ringing", "answered"]
    site.wait(timedelta(seconds=1))
    assert worded(panel.hear()) == ["ringing", "answered", "ended unknown"]
    site.post(ZAMMAD, hangup("1"))
    site.post(ZAMMAD, new_call("1", "Anna Adler"))
    assert len(panel.hear()) == 3


def test_a_call_that_ended_is_remembered_for_a_day() -> None:
    site = Site()
    panel = site.listen("anna")
    site.post(ZAMMAD, hangup("1"))
    site.wait(ENDED_KEPT - timedelta(seconds=1))
    site.post(ZAMMAD, new_call("1", "Anna Adler"))
    assert panel.hear() == []
    site.wait(timedelta(seconds=1))
    site.post(ZAMMAD, new_call("1", "Anna Adler"))
    assert worded(panel.hear()) == ["ringing"]


def test_of_too_many_calls_the_one_that_was_silent_the_longest_is_given_up() -> None:
    site = Site()
    site.hub = type(site.hub)(site.feed, site.clock, most_calls=2)
    panel = site.listen("anna")
    for call in "ab":
        site.post(ZAMMAD, new_call(call, "Anna Adler"))
    site.post(ZAMMAD, answer("a", "Anna Adler"))
    site.post(ZAMMAD, new_call("c", "Anna Adler"))
    assert site.hub.live_calls == 2
    assert [(event.type, event.leg_id[-1], event.cause) for event in panel.hear()][3:] == [
        ("ended", "b", "unknown"),
        ("ringing", "c", None),
    ]


def test_a_panel_that_starts_is_told_how_its_calls_stand() -> None:
    site = Site()
    site.post(ZAMMAD, {"event": "newCall", "callId": "1", "direction": "in", "user": "Anna Adler"})
    site.post(ZAMMAD, new_call("1", "Anna Adler"))
    site.post(ZAMMAD, new_call("2", "Anna Adler"))
    site.post(ZAMMAD, new_call("3", "Anna Adler"))
    site.post(ZAMMAD, answer("2", "Anna Adler"))
    site.post(ZAMMAD, hangup("3"))
    site.post(ZAMMAD, new_call("4", "Ben Brandt"))
    panel = site.listen("anna")
    panel.hear()
    snapshot, *calls = panel.events
    assert (snapshot.type, snapshot.legs) == ("snapshot", ("pbx:1", "pbx:2"))
    assert [(event.type, event.leg_id) for event in calls] == [("ringing", "pbx:1"), ("answered", "pbx:2")]
    # What was learnt after the ringing is in it.
    assert calls[0].caller.e164 == "+4930600000001"
    assert [event.sequence for event in panel.events] == sorted({event.sequence for event in panel.events})


def test_after_a_restart_the_snapshot_is_empty_and_an_answer_begins_the_call() -> None:
    before = Site(first=1000)
    panel = before.listen("anna")
    before.post(ZAMMAD, new_call("1", "Anna Adler"))
    (ringing,) = panel.hear()
    after = Site(first=2000)
    again = after.listen("anna", last_seen=ringing.sequence)
    again.hear()
    assert [(event.type, event.legs) for event in again.events] == [("snapshot", ())]
    after.post(ZAMMAD, answer("1", "Anna Adler"))
    assert worded(again.hear()) == ["answered"]


@pytest.mark.parametrize("answers", [["4930555000"], ["030 555000"], ["Cora Carl"], []])
def test_the_number_that_was_called_says_nothing_about_who_answered(answers: list[str]) -> None:
    site = Site()
    anna, ben = site.listen("anna"), site.listen("ben")
    site.post(ZAMMAD, new_call("1", "Anna Adler", "Ben Brandt", to="4930555000"))
    site.post(ZAMMAD, {"event": "answer", "callId": "1", "direction": "in", "user": answers, "to": "4930555000"})
    site.post(ZAMMAD, hangup("1"))
    assert worded(anna.hear()) == worded(ben.hear()) == ["ringing", "ended elsewhere"]
