"""Why there was a pop, or none: each case in a sentence."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.doctor.call_story import Story, shown, stories
from nba_desktop.doctor.gaps import losses, outage_sentence, outages
from nba_desktop.domain.call_event import CallEventType, LinkState, Party
from tests.fakes.calls import START, call_event, recording, translator
from tests.fakes.flights import Flight, ami, packets


def told(flight: Flight) -> list[Story]:
    return stories(flight.land())


def of(tmp_path: Path, number: str, **how: Any) -> list[Story]:
    flight = Flight(tmp_path, **how)
    flight.hear(*packets(recording(number)))
    return told(flight)


def said(story: Story) -> str:
    """The story without its times."""
    return "\n".join(re.sub(r"^\d\d:\d\d:\d\d ", "", sentence) for sentence in story.sentences)


def test_an_answered_call_is_told_from_ring_to_end(tmp_path: Path) -> None:
    (story,) = of(tmp_path, "01")
    assert story.shown
    assert story.queue == "service"
    assert said(story) == (
        "It rang at PJSIP/agent1: the panel showed it.\n"
        "It was answered at PJSIP/agent1.\n"
        "It ended normally: the wrap-up began."
    )


def test_an_abandoned_call_was_not_answered(tmp_path: Path) -> None:
    (story,) = of(tmp_path, "02")
    assert "It was not answered: the panel took it off the screen." in said(story)


def test_a_group_call_says_who_answered_it_elsewhere(tmp_path: Path) -> None:
    (story,) = of(tmp_path, "14")
    assert "It was answered elsewhere by PJSIP/agent2: the panel took it off the screen." in said(story)


def test_a_withheld_number_is_the_reason_why_no_customer_was_found(tmp_path: Path) -> None:
    (story,) = of(tmp_path, "05")
    assert story.shown
    assert said(story).startswith("The caller withheld his number")


def test_a_call_without_number_says_so(tmp_path: Path) -> None:
    flight = Flight(tmp_path)
    flight.decide([call_event(CallEventType.RINGING, caller=Party())])
    (story,) = told(flight)
    assert said(story).startswith("The telephone system gave no number")


def test_a_number_in_another_format_says_so(tmp_path: Path) -> None:
    flight = Flight(tmp_path)
    flight.decide([call_event(CallEventType.RINGING, caller=Party("03512805504", None, "allowed"))])
    (story,) = told(flight)
    assert "not written as the number format in the settings says" in said(story)
    assert "03…04" in said(story)


def test_hold_and_consultation_are_told_and_the_customer_stays(tmp_path: Path) -> None:
    call, consultation = of(tmp_path, "18")
    assert "It was put on hold." in said(call)
    assert "It was taken off hold." in said(call)
    assert "the panel kept the customer" in said(consultation)
    assert consultation.verdict != "shown"


def test_another_agent_s_call_says_where_it_rang(tmp_path: Path) -> None:
    story = of(tmp_path, "01", interfaces=["PJSIP/agent1"])[0]
    assert story.shown
    flight = Flight(tmp_path / "other", interfaces=["PJSIP/agent7"])
    flight.words = translator("207")
    flight.hear(*packets(recording("01")))
    (story,) = told(flight)
    assert not story.shown
    assert "It rang at PJSIP/agent1, which is not one of your devices (PJSIP/agent7)" in said(story)
    assert "It was answered by PJSIP/agent1." in said(story)


def test_a_filtered_queue_is_named_with_the_way_out(tmp_path: Path) -> None:
    (story,) = of(tmp_path, "01", queues=["sales"])
    assert not story.shown
    assert "its queue “service” is not one of those in your settings (sales)" in said(story)
    assert "telephony.queues" in said(story)


def test_a_call_from_before_the_start_says_so(tmp_path: Path) -> None:
    flight = Flight(tmp_path)
    flight.decide([call_event(CallEventType.RINGING, at=-60, received_at=START)])
    (story,) = told(flight)
    assert not story.shown
    assert "older than the panel's start" in said(story)


def test_a_repeated_event_says_so(tmp_path: Path) -> None:
    flight = Flight(tmp_path)
    event = call_event(CallEventType.RINGING, leg="leg-x", call="call-x")
    flight.decide([event])
    before = stories(flight.land())
    assert before[0].verdict == "shown"
    second = Flight(tmp_path / "second")
    second.recorder.decided(event, flight.calls, flight.calls)
    (story,) = told(second)
    assert "repeated an event" in said(story)


def test_a_call_that_was_only_known_by_its_end_says_so(tmp_path: Path) -> None:
    flight = Flight(tmp_path)
    flight.decide([call_event(CallEventType.ENDED, cause="missed")])
    (story,) = told(flight)
    assert said(story).endswith("It was over before the panel first heard of it (was not answered).")


def test_a_telephone_that_was_tried_and_did_not_ring_is_named(tmp_path: Path) -> None:
    flight = Flight(tmp_path)
    flight.hear(
        ami(Event="Newchannel", Channel="PJSIP/trunk-00000001", Uniqueid="1.1", Linkedid="1.1", CallerIDNum="+4935112"),
        ami(
            Event="DialEnd", Channel="PJSIP/trunk-00000001", Uniqueid="1.1", Linkedid="1.1",
            DestChannel="PJSIP/agent1-00000002", DestUniqueid="1.2", DestLinkedid="1.1", DialStatus="CHANUNAVAIL",
        ),
        ami(
            Event="AgentCalled", Uniqueid="1.1", Linkedid="1.1", Queue="service",
            DestChannel="PJSIP/agent1-00000002", DestUniqueid="1.2", DestLinkedid="1.1",
        ),
    )  # fmt: skip
    (story,) = told(flight)
    assert "Your telephone PJSIP/agent1 was tried and did not ring (dial status CHANUNAVAIL)" in said(story)


def test_a_caller_who_only_waited_says_so(tmp_path: Path) -> None:
    flight = Flight(tmp_path)
    flight.hear(
        ami(Event="QueueCallerJoin", Uniqueid="1.1", Linkedid="1.1", Queue="service"),
        ami(Event="QueueCallerAbandon", Uniqueid="1.1", Linkedid="1.1", Queue="service"),
    )
    (story,) = told(flight)
    assert said(story) == "It waited in the queue “service” and the caller hung up; no telephone rang."


def test_an_internal_call_that_the_settings_leave_out_says_so(tmp_path: Path) -> None:
    flight = Flight(tmp_path, internal_calls=False)
    flight.words = translator("209")
    flight.hear(
        ami(Event="Newchannel", Channel="PJSIP/agent2-00000001", Uniqueid="1.1", Linkedid="1.1", CallerIDNum="202"),
        ami(Event="Newstate", Channel="PJSIP/agent1-00000002", Uniqueid="1.2", Linkedid="1.1", ChannelState="5"),
    )
    (story,) = told(flight)
    assert "telephony.internal_calls" in said(story)


def test_a_link_that_went_down_in_a_call_is_part_of_its_story(tmp_path: Path) -> None:
    flight = Flight(tmp_path)
    flight.link("up")
    flight.decide([call_event(CallEventType.RINGING, at=2)])
    flight.link("down", "closed")
    flight.decide([call_event(CallEventType.LINK_DOWN, leg="", call="", at=3, detail="closed")])
    flight.link("up")
    (story,) = told(flight)
    assert "nobody could confirm that the call still existed" in said(story)
    assert "Nothing has confirmed it since" in said(story)
    assert "The link to the telephone system was down from" in said(story)
    assert "closed the connection" in said(story)


def test_an_outage_lasts_until_the_link_is_up(tmp_path: Path) -> None:
    flight = Flight(tmp_path)
    flight.link("up")
    flight.link("down", "network", START + timedelta(seconds=10))
    flight.link("connecting")
    flight.link("down", "no_answer")
    flight.link("up", at=START + timedelta(seconds=70))
    flight.link("down", "login_refused", START + timedelta(seconds=90))
    first, second = outages(flight.land().records)
    assert (first.since, first.until) == (START + timedelta(seconds=10), START + timedelta(seconds=70))
    assert first.why == "network"
    assert second.until is None
    assert "refused user name or secret. No call can be seen." in outage_sentence(second)


def test_a_closed_panel_is_no_outage(tmp_path: Path) -> None:
    flight = Flight(tmp_path)
    flight.link("up")
    flight.link("down", "stopped")
    assert outages(flight.land().records) == []


def test_what_could_not_be_read_is_said_with_its_reason(tmp_path: Path) -> None:
    flight = Flight(tmp_path)
    flight.recorder.dropped("call_url", "bad_number")
    flight.recorder.link_changed(LinkState("asterisk", "up", lacking=("read=call", "write=reporting")))
    (at, sentence), (_, rights) = losses(flight.land().records)
    assert at == START
    assert "call_url" in sentence
    assert "bad_number" in sentence
    assert rights.endswith("lacks rights the panel needs: read=call, write=reporting.")


@pytest.mark.parametrize(
    ("masked", "seen"),
    [("", "no number"), ("201", "201"), ("anonymous", "anonymous"), ("+4900012304", "+49…04"), ("0351123404", "03…04")],
)
def test_nobody_takes_a_masked_number_for_a_real_one(masked: str, seen: str) -> None:
    assert shown(masked) == seen
