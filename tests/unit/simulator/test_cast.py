"""Other agents in a recorded call, and queues that count everybody who waits."""

from __future__ import annotations

import itertools

import pytest

from nba_desktop.simulator.arrivals import KINDS
from nba_desktop.simulator.cast import cast, extension_of, interface_of, length_of, names_agent, with_offer
from nba_desktop.simulator.queue_line import QueueLines
from nba_desktop.simulator.recording import Step, load, renew
from tests.fakes.calls import RECORDINGS, call_events

RECORDED = [number for number, _ in KINDS]


def recorded(number: str) -> tuple[Step, ...]:
    return load(RECORDINGS, number, interface_of(1))


def told(steps: tuple[Step, ...], extension: str) -> list[tuple[str, str | None, str | None]]:
    events = call_events((step.encode() for step in steps), extension)
    return [(event.type.value, event.caller.e164 or event.caller.raw, event.cause) for event in events]


def names(steps: tuple[Step, ...], agent: int) -> bool:
    return any(interface_of(agent).encode() in step.encode() for step in steps)


@pytest.mark.parametrize("number", RECORDED)
def test_whoever_plays_an_agent_lives_what_the_recorded_one_lived(number: str) -> None:
    played = cast(recorded(number), (2, 1))
    for agent, recorded_agent in ((2, 1), (1, 2)):
        before = told(recorded(number), extension_of(recorded_agent))
        after = told(played, extension_of(agent))
        swapped = {"201": "202", "202": "201"}
        assert [(type_, swapped.get(caller or "", caller), cause) for type_, caller, cause in before] == after


@pytest.mark.parametrize("number", RECORDED)
def test_the_recorded_agents_hear_nothing_of_a_call_that_others_play(number: str) -> None:
    played = cast(recorded(number), (7, 9))
    assert told(played, "201") == told(played, "202") == []
    assert not names(played, 1)
    assert not names(played, 2)
    assert names(played, 7)


def test_a_caller_who_gives_up_while_he_waits_rings_nobody() -> None:
    steps = cast(recorded("02"), ())
    assert [step.get("Event") for step in steps if step.get("Event").startswith("Queue")] == [
        "QueueCallerJoin",
        "QueueCallerAbandon",
        "QueueCallerLeave",
    ]
    assert not any(names_agent(step) for step in steps)
    # He still waits for as long as he is told to.
    assert [step.gate for step in steps if step.gate] == ["ended"]


@pytest.mark.parametrize("number", RECORDED)
def test_a_caller_waits_in_the_queue_before_any_telephone_rings(number: str) -> None:
    steps = with_offer(recorded(number))
    at = next(index for index, step in enumerate(steps) if step.gate == "offered")
    assert "QueueCallerJoin" in [step.get("Event") for step in steps[:at]]
    assert not any(names_agent(step) for step in steps[:at])


@pytest.mark.parametrize("number", RECORDED)
def test_the_length_is_what_is_not_waited_at_a_gate(number: str) -> None:
    steps = with_offer(recorded(number))
    at_gates = sum(later.at - earlier.at for earlier, later in itertools.pairwise(steps) if later.gate)
    length = length_of(recorded(number))
    assert length.before_s + length.after_s == pytest.approx(steps[-1].at - at_gates)
    assert length.answered == ("answered" in [step.gate for step in steps])


def test_the_queue_counts_everybody_who_waits() -> None:
    queues, serial = QueueLines(), itertools.count(1)
    calls = [renew(recorded("01"), f"+4930{n}000000", lambda: next(serial), 1_800_000_000) for n in (1, 2)]
    joined, left = (
        [next(step for step in call if step.get("Event") == event) for call in calls]
        for event in ("QueueCallerJoin", "QueueCallerLeave")
    )
    first = queues.renumbered(joined[0])
    assert (first.get("Position"), first.get("Count")) == ("1", "1")
    second = queues.renumbered(joined[1])
    assert (second.get("Position"), second.get("Count")) == ("2", "2")
    assert queues.renumbered(left[0]).get("Count") == "1"
    hangup = next(step for step in calls[1] if step.get("Event") == "Hangup" and "trunk" in step.get("Channel"))
    assert queues.renumbered(hangup) == hangup
    assert queues.renumbered(joined[0]).get("Count") == "1"
