"""What the panel must show of a day follows from the plan and from the scenarios."""

from __future__ import annotations

from pathlib import Path

import pytest

from nba_desktop.demo.day import DayOptions, expected_calls, plan_of, run_day
from nba_desktop.paths import resource
from nba_desktop.simulator.arrivals import Plan, PlannedCall
from nba_desktop.simulator.order import PlayOrder
from nba_desktop.simulator.profile import ProfileError

SHIPPED = resource("telephony", "day_profile.csv")
CALLER = "+493023125001"


def planned(recording: str, *agents: int, caller: str | None = CALLER) -> Plan:
    order = PlayOrder(recording, caller, call="1", agents=agents)
    return Plan((PlannedCall(order, 0.0, agents, 1.0, 2.0, 3.0),), 1.0)


def shown(plan: Plan) -> list[list[tuple[str, str | None, str | None]]]:
    return [[(one.state, one.number, one.cause) for one in call.states] for call in expected_calls(plan)]


def test_a_colleague_s_call_is_not_shown() -> None:
    assert shown(planned("01", 2)) == []
    assert shown(planned("02")) == []


def test_the_agent_s_own_call_is_his_caller_s() -> None:
    assert shown(planned("01", 1)) == [
        [("offered", CALLER, None), ("live", CALLER, None), ("wrap_up", CALLER, "normal")],
    ]
    assert shown(planned("05", 1, caller=None))[0][0] == ("offered", "withheld", None)


def test_of_a_transfer_giver_and_receiver_see_different_things() -> None:
    given, consulted = shown(planned("04", 1, 5))
    assert given[-1] == ("wrap_up", CALLER, "transferred")
    assert consulted[0] == ("offered", "205", None)
    (received,) = shown(planned("04", 5, 1))
    assert [number for _, number, _ in received] == ["205", "205", CALLER, CALLER]


def test_a_consultation_names_the_customer_it_is_about() -> None:
    _, consulted = expected_calls(planned("04", 1, 5))
    assert {one.consult for one in consulted.states} == {CALLER}


def test_the_same_options_are_the_same_day() -> None:
    options = DayOptions(SHIPPED, seed=4)
    assert plan_of(options, 60) == plan_of(options, 60)
    assert plan_of(options, 60) != plan_of(DayOptions(SHIPPED, seed=5), 60)
    assert len(plan_of(options, None).calls) > len(plan_of(options, 60).calls)


def test_a_time_at_which_nobody_calls_is_refused() -> None:
    with pytest.raises(ProfileError, match="--start"):
        plan_of(DayOptions(SHIPPED, begin_s=3 * 3600), 30)


def test_a_profile_that_is_none_ends_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_day(DayOptions(tmp_path / "none.csv"), headless=True) == 2
    assert "none.csv" in capsys.readouterr().err
