"""A short run of `make bench-cti`, and that it would say what is lost; how fast anything is, no test says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nba_desktop.domain.call import KEPT_FINISHED
from nba_desktop.domain.call_event import CallEvent, CallEventType
from tests.bench.cti.asterisk import Calls, packets
from tests.bench.cti.hub_plan import MIN_CALLS, PlannedCall, plan
from tests.bench.cti.hub_verdict import compare
from tests.bench.cti.panel_state import Change, PanelState

PROGRAM = Path(__file__).parents[1] / "bench" / "cti" / "run.py"
PLAN = plan(MIN_CALLS, 2, 5)
SENT = {call.conversation: {kind: 0 for _, kinds in call.steps for kind in kinds} for call in PLAN}


def seen(calls: tuple[PlannedCall, ...] = PLAN) -> list[Change]:
    """What the panels see when all is well."""
    return [
        (agent, call.conversation, state, 1_000_000)
        for call in calls
        for agent, states in call.sees.items()
        for state, _ in states
    ]


@pytest.mark.timeout(170)
@pytest.mark.skipif(os.name != "posix", reason="the time limit of an input is a POSIX timer")
def test_under_a_light_load_no_call_is_lost_and_the_last_line_says_so() -> None:
    done = subprocess.run(
        [
            *(sys.executable, str(PROGRAM), "--seconds", "2", "--calls-per-s", "15", "--agents", "4"),
            *("--ami-events", "2000", "--ami-times", "1", "--fuzz-inputs", "14"),
        ],
        capture_output=True,
        text=True,
        timeout=160,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    summary = json.loads(done.stdout.splitlines()[-1])
    named = ["ami_events_per_s", "hub_calls_per_s", "hub_lost", "hub_p99_ms", "fuzz_inputs", "fuzz_failures"]
    assert list(summary)[:6] == named
    assert (summary["hub_lost"], summary["hub_strange"], summary["ami_lost"]) == (0, 0, 0)
    assert (summary["fuzz_inputs"], summary["fuzz_failures"]) == (14, 0)
    assert min(summary["ami_events_per_s"], summary["hub_calls_per_s"], summary["hub_p99_ms"]) > 0


def test_an_asterisk_never_answers_in_the_middle_of_a_message() -> None:
    messages = list(Calls(100).messages(600))
    made = packets(messages)
    assert len(made) > 2
    assert b"".join(made) == b"".join(messages)
    assert all(one.endswith(b"\r\n\r\n") for one in made)


def test_the_plan_has_every_shape_and_is_the_same_each_time() -> None:
    assert len({call.shape for call in PLAN}) == MIN_CALLS
    assert plan(MIN_CALLS, 2, 5) == PLAN
    assert any(len(call.sees) > 1 for call in plan(50, 2, 5))


def test_when_everybody_saw_what_he_must_nothing_is_lost() -> None:
    verdict = compare(PLAN, seen(), SENT, "agent-000")
    assert (verdict.lost, verdict.strange) == (0, 0)
    assert set(verdict.latencies_ms) == {1.0}
    assert sum(good for good, _ in verdict.shapes.values()) == len(PLAN)


@pytest.mark.parametrize("missing", range(len(seen())))
def test_a_change_that_somebody_did_not_see_is_a_lost_call(missing: int) -> None:
    changes = seen()
    del changes[missing]
    assert compare(PLAN, changes, SENT, "agent-000").lost == 1


def test_a_change_that_came_twice_is_a_lost_call_and_one_of_a_stranger_is_counted() -> None:
    first = seen()[0]
    assert compare(PLAN, [first, *seen()], SENT, "agent-000").lost == 1
    stranger = ("somebody", *first[1:])
    assert compare(PLAN, [*seen(), stranger], SENT, "agent-000").strange == 1


def test_a_call_that_rang_while_many_others_ended_is_still_seen_to_be_withdrawn() -> None:
    changes: list[Change] = []
    panel = PanelState("anna", changes)

    def let(type_: CallEventType, call: str) -> None:
        at = datetime(2026, 3, 12, tzinfo=UTC)
        panel.take(CallEvent(f"{call}-{type_}", "hub", type_, at, at, interaction_id=call, leg_id=call))

    let(CallEventType.RINGING, "long")
    for number in range(KEPT_FINISHED + 1):
        let(CallEventType.RINGING, f"short-{number}")
        let(CallEventType.ENDED, f"short-{number}")
    let(CallEventType.ENDED, "long")
    assert [state for _, call, state, _ in changes if call == "long"] == ["offered", "withdrawn"]
    assert len(changes) == 2 * (KEPT_FINISHED + 2)
