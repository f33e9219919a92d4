"""Snapshots of conversations become the right events, in whatever order and however often they come."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.adapters.cti.genesys.payload import Conversation, read_conversation, read_listing
from nba_desktop.adapters.cti.genesys.snapshot import GenesysTranslator
from nba_desktop.contract.codes import AuthLevel
from nba_desktop.domain.call import FINISHED, Calls, InteractionState, on_event
from nba_desktop.domain.call_event import CallEvent, CallEventType, Party
from tests.fakes.genesys import AGENT, COLLEAGUE, CUSTOMER, names, snapshots, steps, translator

EXPECTED = Path(__file__).parent / "expected_genesys"
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
T = CallEventType
USERS = {"agent": (AGENT, "201"), "colleague": (COLLEAGUE, "202")}


def heard(told: GenesysTranslator, conversations: list[Conversation]) -> list[CallEvent]:
    return [
        event
        for count, one in enumerate(conversations)
        for event in told.translate(one, NOW + timedelta(seconds=count))
    ]


def outcome(events: list[CallEvent]) -> Calls:
    calls = Calls()
    for event in events:
        calls = on_event(calls, event)
    return calls


def types(events: list[CallEvent]) -> list[CallEventType]:
    return [one.type for one in events]


def short(identity: str | None, known: dict[str, str]) -> str | None:
    """Ids as they are met, so that the expected files can be read."""
    if identity is None:
        return None
    conversation, slash, call = identity.partition("/")
    name = known.setdefault(conversation, f"#{len(known) + 1}")
    return f"{name}/{known.setdefault(call, f'#{len(known) + 1}')}" if slash else name


def told(events: list[CallEvent]) -> list[dict[str, Any]]:
    calls, known = Calls(), dict[str, str]()
    result: list[dict[str, Any]] = []
    for event in events:
        calls = on_event(calls, event)
        values: dict[str, Any] = {
            "type": event.type.value,
            "leg": short(event.leg_id, known),
            "call": short(event.interaction_id, known),
            "parent": short(event.parent_leg_id, known),
            "direction": event.direction,
            "caller": event.caller.e164 or event.caller.raw,
            "presentation": event.caller.presentation,
            "called": event.called.e164 or event.called.raw,
            "dialled": event.dialled,
            "queue": event.queue,
            "customer_no": event.attached.customer_no,
            "auth_level": event.attached.auth_level,
            "ivr_path": event.attached.ivr_path,
            "cause": event.cause,
            "put_through": event.put_through or None,
            "then": [
                f"{one.state}{' held' if one.held else ''}{' conference' if one.conference else ''}"
                f"{' consult' if one.consult_of else ''} {one.caller.raw or one.caller.presentation}"
                for one in calls.interactions
            ],
        }
        result.append({key: value for key, value in values.items() if value not in (None, "")})
    return result


@pytest.mark.parametrize("number", names())
def test_a_conversation_becomes_these_events_and_states(number: str) -> None:
    expected = json.loads((EXPECTED / f"{number}.json").read_text(encoding="utf-8"))
    for who, (user, extension) in USERS.items():
        assert told(heard(translator(user, extension), snapshots(number))) == expected[who]


def test_every_script_has_its_list_of_events() -> None:
    assert sorted(path.stem for path in EXPECTED.glob("*.json")) == names()


@given(data=st.data())
def test_in_any_order_and_repetition_a_conversation_ends_closed_and_never_swaps_its_customer(
    data: st.DataObject,
) -> None:
    number = data.draw(st.sampled_from(names()))
    user, extension = data.draw(st.sampled_from(list(USERS.values())))
    sent = snapshots(number)
    mixed = data.draw(st.lists(st.sampled_from(sent), max_size=12)) + data.draw(st.permutations(sent))
    calls, callers = Calls(), dict[str, Party]()
    for event in heard(translator(user, extension), mixed):
        calls = on_event(calls, event)
        for one in calls.interactions:
            if one.direction == "internal":
                continue  # a colleague gives way to the customer whom he announces
            known = callers.setdefault(one.interaction_id, one.other)
            assert known == one.other, "another customer on the screen"
    # Script 12 is not told to its end: the colleague who answered goes on talking.
    if number != "12":
        assert all(one.state in FINISHED or one.state is InteractionState.WRAP_UP for one in calls.interactions)


@pytest.mark.parametrize("number", names())
def test_every_snapshot_twice_says_nothing_twice(number: str) -> None:
    once, sent = heard(translator(), snapshots(number)), snapshots(number)
    twice = heard(translator(), [one for snapshot in sent for one in (snapshot, snapshot)])
    assert [(one.type, one.leg_id) for one in twice] == [(one.type, one.leg_id) for one in once]


def test_a_late_snapshot_neither_rings_again_nor_reopens_a_call() -> None:
    follower, sent = translator(), snapshots("01")
    heard(follower, sent)
    assert heard(follower, sent) == []


def test_a_late_snapshot_of_a_hold_that_is_over_does_not_hold_again() -> None:
    follower, (ringing, answered, held, resumed, *_rest) = translator(), snapshots("03")
    heard(follower, [ringing, answered, held, resumed])
    assert heard(follower, [held]) == []


def test_the_caller_stays_who_he_was_when_his_address_changes() -> None:
    follower, (ringing, answered, *_rest) = translator(), snapshots("01")
    customer, *others = answered.participants
    moved = replace(answered, participants=(replace(customer, address="tel:+4930901820"), *others))
    events = heard(follower, [ringing, moved])
    assert [(one.type, one.caller.e164) for one in events] == [(T.RINGING, CUSTOMER), (T.ANSWERED, CUSTOMER)]


def test_a_telephone_that_is_said_to_ring_again_is_not_answered_twice() -> None:
    follower, (ringing, answered, *_rest) = translator(), snapshots("01")
    assert types(heard(follower, [ringing, answered, ringing, answered])) == [T.RINGING, T.ANSWERED]


def test_a_call_that_was_over_before_the_panel_began_is_not_shown() -> None:
    assert heard(translator(), snapshots("01")[-1:]) == []


def test_a_list_of_conversations_ends_what_is_not_in_it() -> None:
    follower, sent = translator(), snapshots("09")
    events = heard(follower, sent[:5])
    first, second = sent[2], sent[4]
    assert first.conversation_id != second.conversation_id
    assert list(follower.conversations) == [first.conversation_id, second.conversation_id]
    events += follower.snapshot([second], NOW)
    assert [one.state for one in outcome(events).interactions] == ["wrap_up", "live"]
    assert events[-1].type is T.SNAPSHOT
    assert list(follower.conversations) == [second.conversation_id]
    # What comes late about the one that is not there any more does not bring it back.
    assert heard(follower, [first]) == []


def test_a_list_of_conversations_shows_a_call_in_the_middle() -> None:
    events = translator().snapshot([snapshots("01")[1]], NOW)
    assert types(events) == [T.ANSWERED, T.SNAPSHOT]
    assert events[-1].legs == (events[0].leg_id,)


def test_attributes_that_come_later_are_told() -> None:
    follower, with_attributes = translator(), snapshots("08")
    bare = [
        replace(one, participants=tuple(replace(who, attributes={}) for who in one.participants))
        for one in with_attributes
    ]
    assert types(heard(follower, bare[:2])) == [T.RINGING, T.ANSWERED]
    (data,) = heard(follower, with_attributes[1:2])
    assert data.type is T.DATA
    assert (data.attached.customer_no, data.attached.auth_level) == ("K-100002", AuthLevel.AUTHENTICATED)


@pytest.mark.parametrize(
    ("value", "level"),
    [("authenticated", AuthLevel.AUTHENTICATED), ("Authenticated", None), ("no", None), ("", None)],
)
def test_only_the_values_of_the_settings_mean_authenticated(value: str, level: AuthLevel | None) -> None:
    ringing = snapshots("08")[0]
    customer, *rest = ringing.participants
    changed = replace(customer, attributes={"customer_no": "K-100002", "auth_level": value})
    (event,) = heard(translator(), [replace(ringing, participants=(changed, *rest))])
    assert event.attached.auth_level is level


def said(*attributes: dict[str, str]) -> Conversation:
    """The ringing call of script 08, its participants with these attributes, the customer's first."""
    ringing = snapshots("08")[0]
    given = [*attributes, *({} for _ in ringing.participants)]
    pairs = zip(ringing.participants, given, strict=False)
    return replace(ringing, participants=tuple(replace(who, attributes=one) for who, one in pairs))


PROVEN = {"auth_level": "authenticated"}


@pytest.mark.parametrize(
    ("attributes", "number", "level"),
    [
        ([{"customer_no": "K-1", **PROVEN}], "K-1", AuthLevel.AUTHENTICATED),
        ([{"customer_no": "K-1"}, PROVEN], "K-1", None),
        ([{"customer_no": "K-1"}, {"customer_no": "K-2", **PROVEN}], "K-1", None),
        ([PROVEN, {"customer_no": "K-2"}], "K-2", None),
        ([{}, {"customer_no": "K-2", **PROVEN}], "K-2", AuthLevel.AUTHENTICATED),
        ([PROVEN], None, None),
    ],
)
def test_a_level_is_the_one_beside_the_customer_number(
    attributes: list[dict[str, str]], number: str | None, level: AuthLevel | None
) -> None:
    (event,) = heard(translator(), [said(*attributes)])
    assert (event.attached.customer_no, event.attached.auth_level) == (number, level)


@pytest.mark.parametrize(
    ("first", "then", "number", "level"),
    [
        ({"customer_no": "K-1"}, {"customer_no": "K-1", **PROVEN}, "K-1", AuthLevel.AUTHENTICATED),
        ({"customer_no": "K-1"}, {"customer_no": "K-2", **PROVEN}, "K-1", None),
        ({"customer_no": "K-1"}, PROVEN, "K-1", None),
        (PROVEN, {"customer_no": "K-2"}, "K-2", None),
        ({"customer_no": "K-1", **PROVEN}, {"customer_no": "K-2"}, "K-1", AuthLevel.AUTHENTICATED),
        ({"customer_no": "K-1", **PROVEN}, {}, "K-1", AuthLevel.AUTHENTICATED),
    ],
)
def test_a_level_told_later_counts_for_the_number_it_was_told_with(
    first: dict[str, str], then: dict[str, str], number: str, level: AuthLevel | None
) -> None:
    follower = translator()
    events = heard(follower, [said(first), said({**then, "ivr_path": "later"})])
    assert [one.type for one in events] == [T.RINGING, T.DATA]
    attached = events[-1].attached
    assert (attached.customer_no, attached.auth_level, attached.ivr_path) == (number, level, "later")


def test_internal_calls_are_left_out_where_the_settings_say_so_but_for_consultations() -> None:
    ringing = snapshots("01")[0]
    colleague = replace(ringing.participants[0], purpose="user", user_id=COLLEAGUE, address="sip:x@localhost")
    internal = replace(ringing, participants=(colleague, *ringing.participants[1:]))
    assert [one.direction for one in heard(translator(), [internal])] == ["internal"]
    assert heard(translator(internal_calls=False), [internal]) == []
    assert T.RINGING in types(heard(translator(internal_calls=False), snapshots("10")))
    assert heard(translator(internal_calls=False), snapshots("04")) == heard(translator(), snapshots("04"))


def test_a_supervisor_who_listens_has_no_call() -> None:
    body = steps("01")[1].conversation
    for participant in body["participants"]:
        if participant.get("userId") == AGENT:
            participant["monitoredParticipantId"] = "somebody"
    read = read_conversation(body)
    assert read is not None
    assert heard(translator(), [read]) == []


def test_other_media_are_no_calls() -> None:
    chat = {"id": "c", "participants": [{"id": "p", "userId": AGENT, "purpose": "agent", "chats": [{"id": "1"}]}]}
    read = read_conversation(chat)
    assert read is not None
    assert heard(translator(), [read]) == []


@pytest.mark.parametrize("body", [None, [], "x", {}, {"id": 1}, {"id": "a", "participants": {}}])
def test_what_is_no_conversation_is_none(body: object) -> None:
    assert read_conversation(body) is None


@pytest.mark.parametrize("body", [None, [], {}, {"entities": {}}])
def test_what_is_no_list_is_none(body: object) -> None:
    assert read_listing(body) is None


def test_halves_of_characters_are_replaced() -> None:
    body = json.loads(json.dumps(steps("08")[0].conversation))
    body["participants"][0]["attributes"]["customer_no"] = "K-\ud800"
    read = read_conversation(body)
    assert read is not None
    (event,) = heard(translator(), [read])
    assert event.attached.customer_no == "K-?"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(data=st.data())
def test_a_conversation_with_anything_in_any_place_is_read(data: st.DataObject) -> None:
    body = json.loads(json.dumps(data.draw(st.sampled_from(steps("07"))).conversation))
    for _ in range(data.draw(st.integers(1, 4))):
        place = body
        for _depth in range(20):
            key = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else list(range(len(place)))))
            inner = place[key]
            if not inner or not isinstance(inner, (dict, list)) or data.draw(st.booleans()):
                place[key] = data.draw(JSON)
                break
            place = inner
        if not body:
            break
    read = read_conversation(body)
    if read is not None:
        outcome(heard(translator(), [read, *snapshots("07")]))
