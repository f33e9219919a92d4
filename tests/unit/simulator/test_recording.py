"""Recorded calls can be repeated: fresh ids, another caller, the recorded pace, the points to stop at."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from nba_desktop.simulator.recording import RecordingError, Step, load, renew
from tests.fakes.calls import RECORDINGS, call_events, recording, recordings

AGENT = "PJSIP/agent1"
NUMBERS = [path.name[:2] for path in recordings()]


def renewed(number: str, caller: str | None = None, serial: itertools.count[int] | None = None) -> tuple[Step, ...]:
    counter = serial or itertools.count(1)
    return renew(load(RECORDINGS, number, AGENT), caller, lambda: next(counter), 1_800_000_000)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_loaded_recording_has_the_recorded_bytes_without_the_login(number: str) -> None:
    events = recording(number)[recording(number).index(b"Event:") :]
    assert b"".join(step.encode() for step in load(RECORDINGS, number, AGENT)) == events


@pytest.mark.parametrize("number", NUMBERS)
def test_the_pace_is_the_recorded_one_and_never_goes_back(number: str) -> None:
    times = [step.at for step in load(RECORDINGS, number, AGENT)]
    assert times == sorted(times)
    assert times[0] == 0
    assert times[-1] > 2


@pytest.mark.parametrize(
    ("number", "phases"),
    [
        ("01", ["ringing", "answered", "ended"]),
        ("02", ["ringing", "ended"]),
        ("07", ["ringing", "answered", "ended"]),
        ("11", ["ringing", "answered", "ended"]),
        ("12", ["ringing", "ended"]),
        ("14", ["ringing", "ended"]),
    ],
)
def test_each_phase_is_told_once_at_the_message_that_says_so(number: str, phases: list[str]) -> None:
    steps = load(RECORDINGS, number, AGENT)
    assert [step.phase for step in steps if step.phase] == phases
    so_far = b""
    for step in steps:
        before, so_far = so_far, so_far + step.encode()
        if step.phase is not None:
            told = [event.type.value for event in call_events([before + step.encode()])]
            assert told == [event.type.value for event in call_events([before])] + [step.phase]


@pytest.mark.parametrize("number", NUMBERS)
def test_nothing_of_the_answer_or_the_end_is_sent_before_its_gate(number: str) -> None:
    steps = load(RECORDINGS, number, AGENT)
    gates = [step.gate for step in steps if step.gate]
    assert gates in (["answered", "ended"], ["ended"])
    for name in gates:
        at = next(index for index, step in enumerate(steps) if step.gate == name)
        assert name not in [event.type.value for event in call_events(step.encode() for step in steps[:at])]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_renewed_call_tells_the_same_story_with_other_ids(number: str) -> None:
    before = call_events([recording(number)])
    after = call_events(step.encode() for step in renewed(number))
    assert [(e.type, e.caller, e.queue, e.cause) for e in after] == [
        (e.type, e.caller, e.queue, e.cause) for e in before
    ]
    assert not {e.leg_id for e in before} & {e.leg_id for e in after}
    assert all(e.leg_id.startswith("1800000000.") for e in after)


def test_two_repetitions_share_no_id() -> None:
    serial = itertools.count(1)
    first, second = (call_events(s.encode() for s in renewed("18", serial=serial)) for _ in range(2))
    assert not {e.leg_id for e in first} & {e.leg_id for e in second}
    assert not {e.interaction_id for e in first} & {e.interaction_id for e in second}


def test_the_callers_number_is_replaced_everywhere_and_nobody_elses() -> None:
    steps = renewed("07", "+493512805504")
    text = b"".join(step.encode() for step in steps)
    assert b"+4930123456" not in text
    assert b"+4940987654" in text
    assert {event.caller.e164 for event in call_events([text])} == {"+493512805504"}


def test_a_withheld_number_stays_withheld_unless_another_is_asked_for() -> None:
    withheld = call_events(step.encode() for step in renewed("05"))
    shown = call_events(step.encode() for step in renewed("05", "+493512805504"))
    assert {event.caller.presentation for event in withheld} == {"restricted"}
    assert {event.caller.e164 for event in shown} == {"+493512805504"}


@pytest.mark.parametrize("number", ["99", "../01", "*", ""])
def test_a_recording_that_does_not_exist_is_named(number: str) -> None:
    with pytest.raises(RecordingError, match="no recording"):
        load(RECORDINGS, number, AGENT)


def test_a_recording_without_its_timeline_is_refused(tmp_path: Path) -> None:
    (tmp_path / "01_x.ami.txt").write_bytes(recording("01"))
    with pytest.raises(RecordingError, match="timeline"):
        load(tmp_path, "01", AGENT)
    (tmp_path / "01_x.timeline.txt").write_text("  0.1 AMI Newchannel\n", encoding="utf-8")
    with pytest.raises(RecordingError, match="43 events"):
        load(tmp_path, "01", AGENT)
