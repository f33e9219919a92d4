"""What no recording shows: several devices, Local members, calls the telephone system places, and withheld numbers."""

from __future__ import annotations

import pytest

from nba_desktop.adapters.cti.ami_leg import AgentLine
from nba_desktop.adapters.cti.ami_protocol import AmiMessage, AmiParser
from nba_desktop.adapters.cti.ami_translator import AmiTranslator, Question
from nba_desktop.adapters.cti.numbers import NumberSettings
from nba_desktop.domain.call import Calls, Interaction, on_event
from nba_desktop.domain.call_event import CallEvent, CallEventType, Party
from tests.fakes.calls import RECORDINGS, START, call_events, heard, recording, translator

T = CallEventType
DESK, MOBILE, COLLEAGUE, TRUNK = (
    "PJSIP/agent1-0000000a",
    "PJSIP/agent1-mobile-0000000b",
    "PJSIP/agent2-0000000c",
    "PJSIP/trunk-00000001",
)
CUSTOMER = "+4930123456"
SHOWN = Party(CUSTOMER, CUSTOMER, "allowed")
TWO_DEVICES = AgentLine("201", ("PJSIP/agent1", "PJSIP/agent1-mobile"), ("291",))


def said(event: str, channel: str, uniqueid: str, linkedid: str = "9.1", **more: str) -> AmiMessage:
    fields = {"Event": event, "Channel": channel, "Uniqueid": uniqueid, "Linkedid": linkedid, **more}
    return AmiMessage(tuple(fields.items()))


def dialled(event: str, source: str, target: str, uniqueid: str, linkedid: str = "9.1", **more: str) -> AmiMessage:
    fields = {"Channel": source, "DestChannel": target, "DestUniqueid": uniqueid, "DestLinkedid": linkedid, **more}
    return AmiMessage((("Event", event), *fields.items()))


def device_rings(channel: str, uniqueid: str) -> list[AmiMessage]:
    return [
        said("Newchannel", channel, uniqueid, ChannelState="0", Exten="s"),
        dialled("DialBegin", TRUNK, channel, uniqueid, CallerIDNum=CUSTOMER, DestConnectedLineNum="<unknown>"),
        said("Newstate", channel, uniqueid, ChannelState="5", ConnectedLineNum=CUSTOMER, Exten="4930555000"),
    ]


def device_answers(channel: str, uniqueid: str) -> list[AmiMessage]:
    return [
        dialled("DialEnd", TRUNK, channel, uniqueid, DialStatus="ANSWER"),
        said("BridgeEnter", channel, uniqueid, BridgeUniqueid="b", BridgeNumChannels="1", ChannelState="6"),
    ]


def hangs_up(channel: str, uniqueid: str, cause: str = "16") -> AmiMessage:
    return said("Hangup", channel, uniqueid, Cause=cause)


def words_of(line: AgentLine, **more: bool) -> AmiTranslator:
    return AmiTranslator("asterisk", line, NumberSettings(), **more)


def calls_of(events: list[CallEvent]) -> tuple[Interaction, ...]:
    calls = Calls()
    for event in events:
        calls = on_event(calls, event)
    return calls.interactions


def types(events: list[CallEvent]) -> list[CallEventType]:
    return [event.type for event in events]


# ---- devices and members


def test_two_devices_of_one_agent_are_one_call_and_the_end_of_one_is_no_end() -> None:
    words = words_of(TWO_DEVICES)
    ringing = heard([*device_rings(DESK, "9.2"), *device_rings(MOBILE, "9.3")], words)
    assert [(event.type, event.device) for event in ringing] == [
        (T.RINGING, "PJSIP/agent1"),
        (T.RINGING, "PJSIP/agent1-mobile"),
    ]
    answered = heard([*device_answers(MOBILE, "9.3"), hangs_up(DESK, "9.2", "26")], words)
    (call,) = calls_of(ringing + answered)
    assert (call.state, call.caller) == ("live", SHOWN)
    ended = heard([hangs_up(MOBILE, "9.3")], words)
    (call,) = calls_of(ringing + answered + ended)
    assert (call.state, call.cause) == ("wrap_up", "normal")


def test_a_name_that_goes_on_after_a_hyphen_is_another_device() -> None:
    assert AgentLine("201", ("PJSIP/agent1",)).device_of(MOBILE) is None
    assert TWO_DEVICES.device_of(MOBILE) == "PJSIP/agent1-mobile"


def test_an_own_second_extension_is_not_the_caller() -> None:
    ringing = said("Newstate", DESK, "9.2", ChannelState="5", ConnectedLineNum="291")
    (event,) = words_of(TWO_DEVICES).translate(ringing, START)
    assert event.caller == Party()


def test_a_local_member_of_a_queue_rings_the_telephone_behind_it_once() -> None:
    first, second = "Local/201@from-queue-00000007;1", "Local/201@from-queue-00000007;2"
    begin = [
        said("QueueCallerJoin", TRUNK, "9.1", Queue="sales", Count="1"),
        said("Newchannel", first, "9.5", ChannelState="0"),
        said("Newchannel", second, "9.6", ChannelState="4"),
        dialled("AgentCalled", TRUNK, first, "9.5", Queue="sales", CallerIDNum=CUSTOMER),
        said("Newchannel", DESK, "9.2", ChannelState="0", Exten="s"),
        dialled("DialBegin", second, DESK, "9.2", CallerIDNum=CUSTOMER),
        said("Newstate", DESK, "9.2", ChannelState="5", ConnectedLineNum=CUSTOMER),
    ]
    taken = [
        dialled("DialEnd", second, DESK, "9.2", DialStatus="ANSWER"),
        said("BridgeEnter", DESK, "9.2", BridgeUniqueid="b", BridgeNumChannels="2"),
        dialled("DialEnd", TRUNK, first, "9.5", DialStatus="ANSWER"),
        dialled("AgentConnect", TRUNK, first, "9.5", Queue="sales"),
    ]
    gone = [hangs_up(first, "9.5"), hangs_up(second, "9.6"), hangs_up(DESK, "9.2")]
    events = heard(begin + taken + gone, translator())
    assert types(events) == [T.RINGING, T.ANSWERED, T.ENDED]
    assert {(event.queue, event.caller.e164, event.direction) for event in events} == {("sales", CUSTOMER, "inbound")}
    assert events[-1].cause == "normal"


def test_a_local_interface_stands_for_a_telephone_outside_the_house() -> None:
    line = AgentLine("201", ("Local/201@from-queue/n",))
    assert line.device_of("Local/201@from-queue-00000007;1") == "Local/201@from-queue/n"
    assert line.device_of("Local/201@from-queue-00000007;2") is None
    assert line.device_of("Local/2019@from-queue-00000007;1") is None


# ---- moves


def test_a_redirect_that_nothing_announces_shows_the_customer_to_the_one_who_gets_him() -> None:
    silent = recording("03").split(b"\r\n\r\n")
    data = b"\r\n\r\n".join(block for block in silent if not block.startswith(b"Event: BlindTransfer"))
    (first,) = calls_of(call_events([data], "201"))
    (second,) = calls_of(call_events([data], "202"))
    assert (first.state, first.cause, first.caller) == ("wrap_up", "normal", SHOWN)
    assert (second.state, second.caller, second.direction) == ("wrap_up", SHOWN, "inbound")


def test_an_announced_customer_takes_the_colleagues_place_in_the_same_interaction() -> None:
    events = call_events([recording("04")], "202", withheld=())
    put_through = [event.put_through for event in events]
    assert put_through == [False, False, True, False]
    before, after = calls_of(events[:2]), calls_of(events[:3])
    assert (before[0].caller.raw, before[0].direction) == ("201", "internal")
    assert (after[0].caller, after[0].direction) == (SHOWN, "inbound")
    assert after[0].interaction_id == before[0].interaction_id
    # The customer's own conversation: what the colleague noted is kept under its id.
    assert after[0].conversation_id == call_events([recording("04")], "201")[0].interaction_id


def test_an_announced_customer_shows_even_when_internal_calls_do_not() -> None:
    events = call_events([recording("04")], "202", internal_calls=False)
    assert [(event.type, event.caller) for event in events] == [(T.ANSWERED, SHOWN), (T.ENDED, SHOWN)]


def test_an_announced_customer_who_withholds_his_number_stays_nameless() -> None:
    events = call_events([recording("04")], "202", withheld=["PJSIP/agent2-0000000a"])
    (call,) = calls_of(events)
    assert call.caller == Party("", None, "restricted")
    assert CUSTOMER not in repr(events)


def test_internal_calls_are_left_out_but_consultations_are_not() -> None:
    assert call_events([recording("18")], "202", internal_calls=False) == []
    assert call_events([recording("18")], "201", internal_calls=False) == call_events([recording("18")], "201")


def test_three_in_one_bridge_are_a_conference_until_one_leaves() -> None:
    words = translator()
    live = heard([*device_rings(DESK, "9.2"), *device_answers(DESK, "9.2")], words)
    third = {"BridgeUniqueid": "b", "BridgeNumChannels": "3"}
    joined = heard([said("BridgeEnter", COLLEAGUE, "9.9", **third)], words)
    assert types(joined) == [T.JOINED]
    assert [one.conference for one in calls_of(live + joined)] == [True]
    left = heard([said("BridgeLeave", COLLEAGUE, "9.9", BridgeUniqueid="b", BridgeNumChannels="2")], words)
    assert [one.conference for one in calls_of(live + joined + left)] == [False]


def test_a_rejected_call_is_withdrawn() -> None:
    rejected = dialled("DialEnd", TRUNK, DESK, "9.2", DialStatus="BUSY")
    events = heard([*device_rings(DESK, "9.2"), rejected, hangs_up(DESK, "9.2", "17")], translator())
    assert [(one.state, one.cause) for one in calls_of(events)] == [("withdrawn", "missed")]


def test_what_comes_after_the_hangup_opens_nothing() -> None:
    words = translator()
    heard([*device_rings(DESK, "9.2"), hangs_up(DESK, "9.2")], words)
    assert heard([*device_rings(DESK, "9.2"), *device_answers(DESK, "9.2")], words) == []


# ---- calls the telephone system places (Originate)


ORIGINATED = {
    "the agent's telephone directly": (
        [said("Newchannel", DESK, "9.1", ChannelState="0", Exten="s")],
        "9.1",
        DESK,
    ),
    "through a Local channel": (
        [
            said("Newchannel", "Local/201@dial-00000001;1", "9.1", ChannelState="0"),
            said("Newchannel", "Local/201@dial-00000001;2", "9.3", ChannelState="4"),
            said("Newchannel", DESK, "9.2", ChannelState="0", Exten="s"),
            dialled("DialBegin", "Local/201@dial-00000001;2", DESK, "9.2", Exten="201"),
        ],
        "9.2",
        "Local/201@dial-00000001;1",
    ),
}


@pytest.mark.parametrize("way", ORIGINATED)
def test_click_to_dial_rings_the_agent_first_and_shows_the_customer_as_the_called(way: str) -> None:
    created, own, dialling = ORIGINATED[way]
    words = translator()
    picks_up = [
        said("Newstate", DESK, own, ChannelState="5", ConnectedLineNum="201"),
        said("Newstate", DESK, own, ChannelState="6", ConnectedLineNum="201"),
    ]
    rings = heard([*created, *picks_up], words)
    assert [(event.type, event.direction, event.called) for event in rings] == [(T.RINGING, "outbound", Party())]
    calls = dialled("DialBegin", dialling, TRUNK, "9.7", Exten=CUSTOMER)
    answers = dialled("DialEnd", dialling, TRUNK, "9.7", DialStatus="ANSWER")
    bridged = said("BridgeEnter", DESK, own, BridgeUniqueid="b", BridgeNumChannels="2")
    (offered,) = calls_of(rings + (customer := heard([calls], words)))
    assert (offered.state, offered.direction, offered.called) == ("offered", "outbound", SHOWN)
    events = rings + customer + heard([answers, bridged, hangs_up(DESK, own)], words)
    (call,) = calls_of(events)
    assert types(events) == [T.RINGING, T.DATA, T.ANSWERED, T.ENDED]
    assert (call.state, call.called, call.caller.raw) == ("wrap_up", SHOWN, "201")


def test_a_customer_who_does_not_answer_a_placed_call_was_never_live() -> None:
    created, own, dialling = ORIGINATED["the agent's telephone directly"]
    rings = said("Newstate", DESK, own, ChannelState="5")
    calls = dialled("DialBegin", dialling, TRUNK, "9.7", Exten=CUSTOMER)
    busy = dialled("DialEnd", dialling, TRUNK, "9.7", DialStatus="BUSY")
    (call,) = calls_of(heard([*created, rings, calls, busy, hangs_up(DESK, own)], translator()))
    assert (call.state, call.answered_at) == ("withdrawn", None)


# ---- numbers that may not be shown


def asking() -> AmiTranslator:
    return translator(asks=True)


def test_nothing_of_a_call_is_passed_on_before_its_number_may_be_shown() -> None:
    words = asking()
    assert [words.translate(one, START) for one in device_rings(DESK, "9.2")] == [[], [], []]
    assert words.questions() == [Question("9.2", TRUNK, "CALLERID(num-pres)")]
    assert words.questions() == []


def test_an_allowed_number_comes_with_everything_that_happened_meanwhile() -> None:
    words = asking()
    for one in [*device_rings(DESK, "9.2"), *device_answers(DESK, "9.2"), hangs_up(DESK, "9.2")]:
        assert words.translate(one, START) == []
    (question,) = words.questions()
    events = words.answer(question, "allowed_passed_screen", START)
    assert types(events) == [T.RINGING, T.ANSWERED, T.ENDED]
    assert {event.caller for event in events} == {SHOWN}


@pytest.mark.parametrize("presentation", ["prohib", "prohib_not_screened", "prohib_failed_screen"])
def test_a_prohibited_number_is_in_no_event(presentation: str) -> None:
    words = asking()
    events = [event for one in device_rings(DESK, "9.2") for event in words.translate(one, START)]
    events += words.answer(words.questions()[0], presentation, START)
    assert [(event.type, event.caller) for event in events] == [(T.RINGING, Party("", None, "restricted"))]
    assert CUSTOMER not in repr(events)


def test_without_an_answer_the_call_rings_without_its_number_which_a_late_answer_brings() -> None:
    words = asking()
    for one in device_rings(DESK, "9.2"):
        words.translate(one, START)
    (question,) = words.questions()
    silent = words.answer(question, None, START)
    assert [(event.type, event.caller) for event in silent] == [(T.RINGING, Party())]
    late = words.answer(question, "allowed_not_screened", START)
    assert [(event.type, event.caller) for event in late] == [(T.DATA, SHOWN)]
    assert words.answer(question, "allowed_not_screened", START) == []


def test_a_late_answer_about_a_call_that_ended_says_nothing() -> None:
    words = asking()
    for one in device_rings(DESK, "9.2"):
        words.translate(one, START)
    (question,) = words.questions()
    words.answer(question, None, START)
    words.translate(hangs_up(DESK, "9.2"), START)
    assert words.answer(question, "allowed_not_screened", START) == []


@pytest.mark.parametrize("number", ["202", "anonymous", "<unknown>", "110"])
def test_what_is_no_callers_number_is_not_asked_about(number: str) -> None:
    words = asking()
    ringing = said("Newstate", DESK, "9.2", ChannelState="5", ConnectedLineNum=number)
    assert types(words.translate(ringing, START)) == [T.RINGING]
    assert words.questions() == []


@pytest.mark.parametrize("mark", ["allowed_not_screened", "prohib_not_screened"])
def test_a_number_the_telephone_system_marks_itself_is_not_asked_about(mark: str) -> None:
    words = asking()
    begin = dialled("DialBegin", TRUNK, DESK, "9.2", CallerIDNum=CUSTOMER, ChanVariable=f"CALLERID(num-pres)={mark}")
    words.translate(begin, START)
    (event,) = words.translate(said("Newstate", DESK, "9.2", ChannelState="5"), START)
    assert words.questions() == []
    assert (event.caller.presentation == "restricted") == mark.startswith("prohib")


def test_a_call_first_heard_of_while_it_rings_is_asked_about_on_the_agents_own_channel() -> None:
    words = asking()
    assert words.translate(device_rings(DESK, "9.2")[-1], START) == []
    assert words.questions() == [Question("9.2", DESK, "CONNECTEDLINE(num-pres)")]


def test_an_account_that_may_not_ask_gets_what_the_telephone_system_says() -> None:
    words = asking()
    for one in device_rings(DESK, "9.2"):
        words.translate(one, START)
    events = words.stop_asking()
    assert [(event.type, event.caller) for event in events] == [(T.RINGING, SHOWN)]
    assert types(heard(device_answers(DESK, "9.2"), words)) == [T.ANSWERED]


def test_a_list_after_a_lost_line_asks_again_what_nobody_answered() -> None:
    words = asking()
    for one in device_rings(DESK, "9.2"):
        words.translate(one, START)
    words.questions()
    words.expect_snapshot("list")
    row = {"ActionID": "list", "ChannelState": "5", "ConnectedLineNum": CUSTOMER, "ApplicationData": "(Outgoing Line)"}
    words.translate(said("CoreShowChannel", DESK, "9.2", **row), START)
    done = AmiMessage((("Event", "CoreShowChannelsComplete"), ("ActionID", "list")))
    assert types(words.translate(done, START)) == [T.SNAPSHOT]
    (question,) = words.questions()
    assert question == Question("9.2", DESK, "CONNECTEDLINE(num-pres)")
    assert types(words.answer(question, "allowed", START)) == [T.RINGING]


def test_the_withheld_call_in_the_recorded_list_stays_withheld() -> None:
    text = (RECORDINGS / "22_snapshots_mid_call.snapshot.txt").read_text(encoding="utf-8")
    data = text.replace("\r\n", "\n").split("##### ")[1].replace("\n", "\r\n").encode()
    rows = [one for one in AmiParser().feed(data) if isinstance(one, AmiMessage)]
    words = asking()
    words.expect_snapshot("2")
    events = heard(rows, words, ["PJSIP/agent1-0000003c"])
    assert [(event.type, event.caller.presentation) for event in events if event.leg_id] == [
        (T.RINGING, "restricted"),
        (T.ANSWERED, "restricted"),
    ]


# ---- rights


def test_a_queue_that_connects_an_agent_of_whose_channel_nobody_spoke_shows_that_a_right_is_missing() -> None:
    whole = [one for one in AmiParser().feed(recording("01")) if isinstance(one, AmiMessage)]
    good, deaf = translator(), translator()
    heard(whole, good)
    assert good.hears_calls
    heard([one for one in whole if one.get("Privilege") == "agent,all"], deaf)
    assert not deaf.hears_calls
    deaf.expect_snapshot("after the rights were given")
    heard(whole, deaf)
    assert deaf.hears_calls
