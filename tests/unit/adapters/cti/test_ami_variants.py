"""The recordings as a bad day delivers them: cut anywhere, repeated, out of order, in part."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.adapters.cti.ami_protocol import AmiMessage, AmiParser
from nba_desktop.domain.call import Calls, Interaction, on_event
from nba_desktop.domain.call_event import CallEvent, CallEventType, Party
from tests.fakes.calls import WITHHELD, call_events, heard, recording, recordings, translator

T = CallEventType
NUMBERS = [path.name[:2] for path in recordings()]
NOBODY = Party()
HIDDEN = Party("", None, "restricted")

both_agents = pytest.mark.parametrize("extension", ["201", "202"])
every_recording = pytest.mark.parametrize("number", NUMBERS)
any_recording = st.sampled_from(NUMBERS)
any_agent = st.sampled_from(["201", "202"])


def messages(number: str) -> list[AmiMessage]:
    return [item for item in AmiParser().feed(recording(number)) if isinstance(item, AmiMessage)]


MESSAGES = {number: messages(number) for number in NUMBERS}


def events_of(order: list[AmiMessage], extension: str, withheld: tuple[str, ...]) -> list[CallEvent]:
    return heard(order, translator(extension, asks=True), withheld)


def callers(number: str, extension: str) -> set[Party]:
    """Whom this agent may ever see in a recording."""
    return {one.caller for one in call_events([recording(number)], extension, withheld=WITHHELD.get(number, ()))}


def followed(events: list[CallEvent], allowed: set[Party]) -> tuple[Interaction, ...]:
    calls = Calls()
    for event in events:
        before = {one.interaction_id: one for one in calls.interactions}
        calls = on_event(calls, event)
        for one in calls.interactions:
            assert one.caller in allowed
            was = before.get(one.interaction_id, one)
            assert was.caller in (NOBODY, one.caller) or was.direction == "internal"
            assert was.is_open or not one.is_open
    return calls.interactions


def states(interactions: tuple[Interaction, ...]) -> list[tuple[str, str, Party, str | None]]:
    return [(one.interaction_id, one.state.value, one.caller, one.cause) for one in interactions]


@both_agents
@every_recording
def test_a_recording_in_single_bytes_is_the_same(number: str, extension: str) -> None:
    data = recording(number)
    assert call_events((data[at : at + 1] for at in range(len(data))), extension) == call_events([data], extension)


@given(any_recording, any_agent, st.lists(st.floats(0, 1), max_size=30))
def test_a_recording_in_any_packets_is_the_same(number: str, extension: str, cuts: list[float]) -> None:
    data = recording(number)
    places = sorted({int(cut * len(data)) for cut in cuts})
    pieces = [data[a:b] for a, b in zip([0, *places], [*places, len(data)], strict=True)]
    assert call_events(pieces, extension) == call_events([data], extension)


@both_agents
@every_recording
def test_every_message_twice_says_the_same_once(number: str, extension: str) -> None:
    twice = [one for one in MESSAGES[number] for _ in range(2)]
    expected = events_of(MESSAGES[number], extension, WITHHELD.get(number, ()))
    doubled = events_of(twice, extension, WITHHELD.get(number, ()))
    allowed = callers(number, extension)
    assert [(one.type, one.leg_id) for one in doubled if one.type is not T.TRANSFERRED] == [
        (one.type, one.leg_id) for one in expected if one.type is not T.TRANSFERRED
    ]
    assert states(followed(doubled, allowed)) == states(followed(expected, allowed))


@both_agents
@every_recording
def test_a_whole_recording_again_changes_nothing(number: str, extension: str) -> None:
    once = events_of(MESSAGES[number], extension, WITHHELD.get(number, ()))
    assert events_of(MESSAGES[number] * 2, extension, WITHHELD.get(number, ())) == once


@given(st.data(), any_recording, any_agent)
def test_neighbours_that_change_places_open_no_ended_call_and_swap_nobody(
    data: st.DataObject, number: str, extension: str
) -> None:
    order = list(MESSAGES[number])
    for at in data.draw(st.lists(st.integers(0, len(order) - 2), max_size=40)):
        order[at], order[at + 1] = order[at + 1], order[at]
    events = events_of(order, extension, WITHHELD.get(number, ()))
    seen = followed(events, callers(number, extension) | {NOBODY, HIDDEN})
    assert not any(one.is_open for one in seen)


@given(st.data(), any_recording, any_agent)
def test_any_order_and_any_repetition_end_with_every_call_closed(
    data: st.DataObject, number: str, extension: str
) -> None:
    whole = MESSAGES[number]
    order = data.draw(st.permutations(range(len(whole))))
    again = data.draw(st.lists(st.sampled_from(range(len(whole))), max_size=30))
    events = events_of([whole[at] for at in [*order, *again]], extension, WITHHELD.get(number, ()))
    calls = Calls()
    for event in events:
        calls = on_event(calls, event)
    assert not any(one.is_open for one in calls.interactions)


@given(st.data(), any_recording, any_agent)
def test_messages_that_never_arrive_show_nobody_else(data: st.DataObject, number: str, extension: str) -> None:
    lost = set(data.draw(st.lists(st.integers(0, len(MESSAGES[number]) - 1), max_size=60)))
    order = [one for at, one in enumerate(MESSAGES[number]) if at not in lost]
    events = events_of(order, extension, WITHHELD.get(number, ()))
    followed(events, callers(number, extension) | {NOBODY, HIDDEN, *colleagues()})


def colleagues() -> list[Party]:
    return [Party(number, None, "allowed") for number in ("201", "202")]


@pytest.mark.parametrize("path", recordings(), ids=lambda path: path.name[:2])
def test_two_panels_at_one_telephone_system_hear_only_their_own_calls(path: Path) -> None:
    first, second = (call_events([path.read_bytes()], extension) for extension in ("201", "202"))
    assert not {one.leg_id for one in first} & {one.leg_id for one in second}
