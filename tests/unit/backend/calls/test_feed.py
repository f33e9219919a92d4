"""A panel that comes back gets what it missed, or is told that this cannot be said."""

from __future__ import annotations

import pytest

from tests.fakes.hub_calls import Site, source_of

ZAMMAD = source_of("zammad")


def ring(site: Site, *calls: str) -> None:
    for call in calls:
        site.post(ZAMMAD, {"event": "newCall", "callId": call, "direction": "in", "user": "Anna Adler"})


def heard(site: Site, last_seen: int | None) -> list[str]:
    panel = site.listen("anna", last_seen)
    panel.hear()
    return [f"{event.type} {event.leg_id}".strip() for event in panel.events]


def test_a_panel_that_comes_back_gets_exactly_what_it_missed() -> None:
    site = Site(first=1000)
    ring(site, "a", "b", "c")
    assert heard(site, 1001) == ["ringing pbx:b", "ringing pbx:c", "snapshot"]
    assert heard(site, 1003) == ["snapshot"]


def test_a_panel_that_comes_back_is_told_which_calls_are_still_there() -> None:
    site = Site(first=1000)
    ring(site, "a", "b")
    site.post(ZAMMAD, {"event": "hangup", "callId": "a"})
    panel = site.listen("anna", 1001)
    panel.hear()
    assert [event.type for event in panel.events] == ["ringing", "ended", "snapshot"]
    assert panel.events[-1].legs == ("pbx:b",)


def test_an_agent_who_never_had_a_call_misses_nothing() -> None:
    site = Site(first=1000)
    assert heard(site, 1000) == ["snapshot"]


@pytest.mark.parametrize("last_seen", [None, 0, 999, 1004, 10**18])
def test_an_id_that_was_not_given_out_begins_with_a_snapshot(last_seen: int | None) -> None:
    site = Site(first=1000)
    ring(site, "a", "b", "c")
    assert heard(site, last_seen) == ["snapshot", "ringing pbx:a", "ringing pbx:b", "ringing pbx:c"]


def test_an_id_that_is_too_old_begins_with_a_snapshot() -> None:
    site = Site(first=1000, kept=2)
    ring(site, "a", "b", "c")
    assert heard(site, 1001) == ["ringing pbx:b", "ringing pbx:c", "snapshot"]
    ring(site, "d")
    assert heard(site, 1001)[0] == "snapshot"


def test_a_snapshot_of_one_panel_makes_no_gap_for_another() -> None:
    site = Site(first=1000)
    ring(site, "a")
    assert heard(site, None) == ["snapshot", "ringing pbx:a"]
    ring(site, "b")
    assert heard(site, 1001) == ["ringing pbx:b", "snapshot"]


def test_all_panels_of_an_agent_hear_the_same() -> None:
    site = Site()
    one, two = site.listen("anna"), site.listen("anna")
    ring(site, "a")
    assert [event.event_id for event in one.hear()] == [event.event_id for event in two.hear()]


def test_a_slow_reader_is_cut_and_nothing_waits_for_it() -> None:
    site = Site(waiting=3)
    slow, quick = site.listen("anna"), site.listen("anna")
    quick.hear()
    for call in "abcdef":
        ring(site, call)
        quick.hear()
    assert (slow.subscription.is_open, slow.subscription.take()) == (False, ())
    assert (quick.subscription.is_open, len(quick.hear())) == (True, 6)
    assert site.feed.listening == 1


def test_a_further_panel_replaces_the_oldest() -> None:
    site = Site()
    panels = [site.listen("anna") for _ in range(5)]
    assert [panel.subscription.is_open for panel in panels] == [False, True, True, True, True]
    assert site.feed.listening == 4


def test_a_panel_that_left_is_forgotten() -> None:
    site = Site()
    panel = site.listen("anna")
    site.hub.unsubscribe("anna", panel.subscription)
    site.hub.unsubscribe("anna", panel.subscription)
    assert site.feed.listening == 0
    ring(site, "a")
    assert panel.hear() == []


def test_when_the_server_stops_every_panel_is_let_go_and_no_other_let_in() -> None:
    site = Site()
    woken: list[int] = []
    subscription = site.hub.subscribe("anna", None, lambda: woken.append(1))
    subscription.take()
    woken.clear()
    site.hub.end_streams()
    assert (subscription.is_open, len(woken), site.feed.listening) == (False, 1, 0)
    assert not site.listen("ben").subscription.is_open
    assert site.feed.listening == 0


def test_a_blocked_agent_s_panels_are_let_go_and_no_others() -> None:
    site = Site()
    anna, ben = site.listen("anna"), site.listen("ben")
    site.hub.cut_off({"anna", "nobody"})
    assert (anna.subscription.is_open, ben.subscription.is_open) == (False, True)
    assert site.hub.listeners == {"ben"}
