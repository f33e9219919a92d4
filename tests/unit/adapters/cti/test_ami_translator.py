"""A real telephone system's recordings become the right calls, and never another caller's."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.adapters.cti.ami_protocol import AmiMessage, AmiParser
from nba_desktop.adapters.cti.numbers import NumberFormat, NumberSettings
from nba_desktop.domain.call import Calls, Interaction, on_event
from nba_desktop.domain.call_event import CallEvent, CallEventType, Party
from tests.fakes.calls import RECORDINGS, START, WITHHELD, call_events, recording, recordings, translator

EXPECTED = sorted((Path(__file__).parent / "expected").glob("*.json"))
T = CallEventType


def told(events: list[CallEvent]) -> list[dict[str, Any]]:
    calls, told = Calls(), []
    for event in events:
        calls = on_event(calls, event)
        told.append(
            {
                "type": event.type.value,
                "leg": event.leg_id,
                "call": event.interaction_id,
                "direction": event.direction,
                "caller": event.caller.raw,
                "e164": event.caller.e164,
                "presentation": event.caller.presentation,
                "queue": event.queue,
                "dialled": event.dialled,
                "cause": event.cause,
                "then": [[one.interaction_id, one.state + (" held" if one.held else "")] for one in calls.interactions],
            }
        )
    return told


def outcome(events: list[CallEvent]) -> tuple[Interaction, ...]:
    calls = Calls()
    for event in events:
        calls = on_event(calls, event)
    return calls.interactions


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_a_recorded_call_becomes_these_events_and_states(path: Path) -> None:
    for extension, expected in json.loads(path.read_text(encoding="utf-8")).items():
        events = call_events([recording(path.stem)], extension, withheld=WITHHELD.get(path.stem, ()))
        assert told(events) == expected["events"]
        interactions = [
            {
                "id": one.interaction_id,
                "state": one.state.value,
                "caller": one.caller.raw,
                "queue": one.queue,
                "cause": one.cause,
                "consult_of": one.consult_of,
            }
            for one in outcome(events)
        ]
        assert interactions == expected["interactions"]


def test_every_recording_has_its_list_of_events_for_both_agents() -> None:
    assert [path.stem for path in EXPECTED] == [path.name[:2] for path in recordings()]
    assert all(list(json.loads(path.read_text(encoding="utf-8"))) == ["201", "202"] for path in EXPECTED)


def test_the_agent_who_was_not_called_sees_nothing() -> None:
    for number in ("01", "02", "05", "08", "11", "12"):
        assert call_events([recording(number)], "202") == []


@pytest.mark.parametrize("path", recordings(), ids=lambda path: path.name[:2])
@pytest.mark.parametrize("extension", ["201", "202"])
def test_every_recording_ends_all_its_calls_and_swaps_no_caller_however_it_is_split(path: Path, extension: str) -> None:
    data = path.read_bytes()
    whole = call_events([data], extension)
    cuts = sorted(random.Random(path.name).sample(range(len(data)), 40))
    pieces = [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    assert call_events(pieces, extension) == whole
    calls = Calls()
    for event in whole:
        before = {one.interaction_id: one.caller for one in calls.interactions if one.direction != "internal"}
        calls = on_event(calls, event)
        for one in calls.interactions:
            assert before.get(one.interaction_id, one.caller) == one.caller
    assert not any(one.is_open for one in calls.interactions)


def messages(data: bytes) -> list[AmiMessage]:
    return [item for item in AmiParser().feed(data) if isinstance(item, AmiMessage)]


def message(**fields: str) -> AmiMessage:
    return AmiMessage(tuple(fields.items()))


def channel(event: str, state: str, **fields: str) -> AmiMessage:
    return message(
        Event=event,
        Channel="PJSIP/agent1-0000000a",
        ChannelState=state,
        Uniqueid="9.2",
        Linkedid="9.1",
        Exten="4930555000",
        **fields,
    )


def test_a_queue_that_tries_is_no_ringing() -> None:
    words = translator()
    seen = []
    for one in messages(recording("01")):
        events = words.translate(one, START)
        seen.append((one.get("Event"), [event.type for event in events]))
    assert ("AgentCalled", []) in seen
    assert ("Newstate", [T.RINGING]) in seen
    assert ("DialState", []) in seen


def queue_event(event: str, caller: str, count: int) -> AmiMessage:
    return message(Event=event, Linkedid=caller, Uniqueid=caller, Queue="service", Count=str(count))


def test_an_offered_call_says_how_many_others_wait_in_its_queue() -> None:
    words = translator()
    for one in (queue_event("QueueCallerJoin", "9.1", 1), queue_event("QueueCallerJoin", "8.1", 2)):
        assert words.translate(one, START) == []
    assert words.translate(queue_event("QueueCallerJoin", "7.1", 3), START) == []
    assert words.translate(queue_event("QueueCallerLeave", "8.1", 2), START) == []
    ringing = [event for event in words.translate(channel("Newstate", "5"), START) if event.type is T.RINGING]
    assert [event.waiting for event in ringing] == [1]


def test_ringing_is_also_heard_from_the_dial_alone() -> None:
    words = translator()
    ringing = message(
        Event="DialState",
        DialStatus="RINGING",
        Channel="PJSIP/trunk-00000001",
        CallerIDNum="+4930123456",
        DestChannel="PJSIP/agent1-0000000a",
        DestUniqueid="9.2",
        DestLinkedid="9.1",
        DestConnectedLineNum="<unknown>",
    )
    (event,) = words.translate(ringing, START)
    assert (event.type, event.caller.e164) == (T.RINGING, "+4930123456")
    assert words.translate(ringing, START) == []


@pytest.mark.parametrize("nothing", ["<unknown>", "", "unknown"])
def test_an_unknown_caller_is_not_a_withheld_number(nothing: str) -> None:
    (event,) = translator().translate(channel("Newstate", "5", ConnectedLineNum=nothing), START)
    assert event.caller == Party("", None, "unknown")


def test_a_number_that_becomes_known_while_it_rings_is_passed_on() -> None:
    words = translator()
    words.translate(channel("Newstate", "5", ConnectedLineNum="<unknown>"), START)
    (event,) = words.translate(channel("NewConnectedLine", "5", ConnectedLineNum="+4930123456"), START)
    assert (event.type, event.caller.e164) == (T.DATA, "+4930123456")
    assert words.translate(channel("NewConnectedLine", "5", ConnectedLineNum="+4940987654"), START) == []


def test_a_withheld_number_with_an_identity_is_not_shown_where_asterisk_marks_it() -> None:
    mark = b"ChanVariable: CALLERID(num-pres)=prohib_not_screened\r\nDestChannel:"
    marked = recording("06").replace(b"DestChannel:", mark)
    assert b"prohib" in marked
    (interaction,) = outcome(call_events([marked]))
    assert interaction.caller == Party("", None, "restricted")


def test_numbers_are_read_in_the_format_the_source_is_set_to() -> None:
    ringing = channel("Newstate", "5", ConnectedLineNum="4917638123456")
    (guessed,) = translator().translate(ringing, START)
    (told_so,) = translator(numbers=NumberSettings(NumberFormat.E164_WITHOUT_PLUS)).translate(ringing, START)
    assert guessed.caller == Party("4917638123456", None, "allowed")
    assert told_so.caller.e164 == "+4917638123456"


def test_a_channel_whose_name_only_begins_like_the_agents_is_not_his() -> None:
    other = message(
        Event="Newstate", Channel="PJSIP/agent12-0000000a", ChannelState="5", Uniqueid="9.3", Linkedid="9.1"
    )
    assert translator().translate(other, START) == []


def test_a_bridge_without_an_answered_dial_is_no_answer() -> None:
    words = translator()
    words.translate(channel("Newstate", "5", ConnectedLineNum="+4930123456"), START)
    assert words.translate(channel("BridgeEnter", "6"), START) == []
    answer = {"DialStatus": "ANSWER", "DestUniqueid": "9.2", "DestChannel": "PJSIP/agent1-0000000a"}
    assert words.translate(message(Event="DialEnd", **answer), START) == []
    (event,) = words.translate(channel("BridgeEnter", "6"), START)
    assert event.type is T.ANSWERED


def test_an_unhold_without_a_hold_is_not_passed_on() -> None:
    words = translator()
    words.translate(channel("Newstate", "5"), START)
    assert words.translate(channel("Unhold", "6"), START) == []


@pytest.mark.parametrize(
    ("dial_status", "cause", "expected"),
    [
        ("CANCEL", "0", "missed"),
        ("BUSY", "17", "missed"),
        ("CHANUNAVAIL", "20", "failed"),
        ("CANCEL", "26", "elsewhere"),
    ],
)
def test_an_unanswered_call_ends_for_this_reason(dial_status: str, cause: str, expected: str) -> None:
    words = translator()
    words.translate(channel("Newstate", "5", ConnectedLineNum="+4930123456"), START)
    words.translate(
        message(Event="DialEnd", DialStatus=dial_status, DestUniqueid="9.2", DestChannel="PJSIP/agent1-0000000a"), START
    )
    (event,) = words.translate(channel("Hangup", "5", Cause=cause), START)
    assert (event.type, event.cause) == (T.ENDED, expected)


def test_a_call_another_agent_took_from_the_queue_was_answered_elsewhere() -> None:
    words = translator()
    words.translate(channel("Newstate", "5", ConnectedLineNum="+4930123456"), START)
    taken = message(Event="AgentConnect", DestChannel="PJSIP/agent2-0000000b", DestUniqueid="9.3", DestLinkedid="9.1")
    assert words.translate(taken, START) == []
    (event,) = words.translate(channel("Hangup", "5", Cause="16"), START)
    assert event.cause == "elsewhere"


def test_a_network_failure_in_mid_call_is_said() -> None:
    words = translator()
    for one in messages(recording("01")):
        if one.get("Event") == "Hangup":
            one = AmiMessage(tuple((key, "38" if key == "Cause" else value) for key, value in one.fields))
        events = words.translate(one, START)
    assert events == []
    assert call_events([recording("01").replace(b"Cause: 16", b"Cause: 38")])[-1].cause == "failed"


def test_messages_without_what_they_should_carry_are_not_a_crash() -> None:
    words = translator()
    for name in sorted({one.get("Event") for path in recordings() for one in messages(path.read_bytes())}):
        assert words.translate(message(Event=name), START) == []


def listed(path_text: str, action_id: str) -> list[AmiMessage]:
    lines = path_text.replace("\r\n", "\n").split("##### ")[1].replace("\n", "\r\n").encode()
    found = [one for one in messages(lines) if one.get("Event").startswith("CoreShowChannel")]
    return [
        AmiMessage(tuple((key, action_id if key == "ActionID" else value) for key, value in one.fields))
        for one in found
    ]


@pytest.fixture
def snapshot() -> list[AmiMessage]:
    text = (RECORDINGS / "22_snapshots_mid_call.snapshot.txt").read_text(encoding="utf-8")
    return listed(text, "snap")


def test_a_snapshot_shows_the_call_that_was_going_on_before_the_panel_started(snapshot: list[AmiMessage]) -> None:
    words = translator()
    words.expect_snapshot("snap")
    events = [event for one in snapshot for event in words.translate(one, START)]
    assert [event.type for event in events] == [T.SNAPSHOT, T.RINGING, T.ANSWERED]
    assert events[0].legs == ("1795294237.64",)
    assert (events[2].interaction_id, events[2].caller.e164) == ("1795294237.63", "+4930123456")
    assert (events[2].queue, events[2].direction) == ("service", "inbound")


def test_a_call_that_still_rings_in_the_snapshot_is_an_offer(snapshot: list[AmiMessage]) -> None:
    words = translator("202")
    words.expect_snapshot("snap")
    events = [event for one in snapshot for event in words.translate(one, START)]
    assert [event.type for event in events] == [T.SNAPSHOT, T.RINGING]
    assert events[1].caller.e164 == "+4940987654"


def test_a_known_leg_that_the_snapshot_lacks_is_gone(snapshot: list[AmiMessage]) -> None:
    words = translator()
    calls = Calls()
    known = words.translate(channel("Newstate", "5", ConnectedLineNum="+4930123456"), START)
    words.expect_snapshot("snap")
    for event in known + [event for one in snapshot for event in words.translate(one, START)]:
        calls = on_event(calls, event)
    assert [one.state for one in calls.interactions] == ["withdrawn", "live"]
    assert words.translate(channel("Hangup", "5", Cause="16"), START) == []


def test_what_begins_or_ends_while_the_list_is_on_its_way_is_not_undone(snapshot: list[AmiMessage]) -> None:
    words = translator()
    words.expect_snapshot("snap")
    words.translate(channel("Newstate", "5", ConnectedLineNum="+4940987654"), START)
    for one in snapshot[:-1]:
        words.translate(one, START)
    words.translate(message(Event="Hangup", Uniqueid="1795294237.64", Cause="16"), START)
    (event,) = words.translate(snapshot[-1], START)
    assert (event.type, event.legs) == (T.SNAPSHOT, ("9.2",))


def test_the_answer_to_somebody_elses_question_is_no_snapshot(snapshot: list[AmiMessage]) -> None:
    words = translator()
    words.expect_snapshot("another")
    assert [event for one in snapshot for event in words.translate(one, START)] == []
