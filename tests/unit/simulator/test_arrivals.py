"""A day in a queue: calls follow the profile, nobody has two at once, every one ends."""

from __future__ import annotations

import math
import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from nba_desktop.paths import resource
from nba_desktop.simulator.arrivals import GIVES_UP, KINDS, NAMELESS, Plan, Team, arrival_times, plan_day, scale_for
from nba_desktop.simulator.cast import interface_of, length_of
from nba_desktop.simulator.profile import DayProfile, load_profile
from nba_desktop.simulator.recording import load
from tests.fakes.calls import RECORDINGS

LENGTHS = {number: length_of(load(RECORDINGS, number, interface_of(1))) for number, _ in KINDS}
CALLERS = ("+493512805504", "+4915228817386")
SHIPPED = load_profile(resource("telephony", "day_profile.csv"))

profiles = st.builds(
    DayProfile,
    begin_s=st.sampled_from([0, 8 * 3600]),
    bin_s=st.sampled_from([300, 900]),
    calls=st.lists(st.floats(0, 50), min_size=1, max_size=24).map(tuple).filter(lambda calls: sum(calls) > 1),
)
teams = st.builds(
    Team,
    agents=st.integers(1, 20),
    talk_s=st.floats(30, 400),
    patience_s=st.floats(10, 300),
    occupancy=st.floats(0.2, 1.5),
)


@st.composite
def plans(draw: st.DrawFn) -> tuple[DayProfile, Team, Plan]:
    profile, team = draw(profiles), draw(teams)
    window = (float(profile.begin_s), float(min(profile.end_s, profile.begin_s + 7200)))
    return profile, team, plan_day(profile, team, window, CALLERS, LENGTHS, draw(st.integers(0, 10_000)))


@given(plans())
@settings(max_examples=60)
def test_no_agent_has_two_calls_at_once_and_every_call_ends(case: tuple[DayProfile, Team, Plan]) -> None:
    _, team, plan = case
    busy: dict[int, list[tuple[float, float]]] = {}
    for call in plan.calls:
        assert call.arrives_s <= call.rings_s <= call.ends_s <= call.free_s < math.inf
        assert call.order.talk_s is not None
        assert len(set(call.agents)) == len(call.agents) <= 2
        assert set(call.agents) <= set(range(1, team.agents + 1))
        assert call.order.agents == call.agents
        for agent in call.agents:
            busy.setdefault(agent, []).append((call.rings_s, call.free_s))
    for times in busy.values():
        assert all(free <= rings for (_, free), (rings, _) in pairwise(sorted(times)))


@given(plans())
@settings(max_examples=40)
def test_calls_come_in_order_within_the_window_and_are_told_apart(case: tuple[DayProfile, Team, Plan]) -> None:
    profile, _, plan = case
    times = [call.arrives_s for call in plan.calls]
    assert times == sorted(times)
    assert all(profile.begin_s <= time <= profile.end_s for time in times)
    assert len({call.order.call for call in plan.calls}) == len(plan.calls)
    for call in plan.calls:
        assert call.order.after_s == call.arrives_s - profile.begin_s
        assert (call.order.caller is None) == (call.order.recording in NAMELESS)
        assert call.agents or call.order.recording == GIVES_UP


@given(profiles, st.integers(0, 1000))
@settings(max_examples=40)
def test_as_many_calls_come_as_the_profile_expects(profile: DayProfile, seed: int) -> None:
    scale = 2000 / profile.expected(profile.begin_s, profile.end_s)
    times = arrival_times(profile, scale, profile.begin_s, profile.end_s, random.Random(seed))
    # Six standard deviations of a Poisson count of 2000; and in each bin six of its own.
    assert abs(len(times) - 2000) < 6 * math.sqrt(2000)
    for begin, end, calls in profile.bins():
        expected = calls * scale
        there = sum(begin <= time < end for time in times)
        assert abs(there - expected) <= 6 * math.sqrt(expected) + 6


def test_the_same_seed_is_the_same_day_and_another_is_another() -> None:
    window = (9 * 3600.0, 10 * 3600.0)
    first, again, other = (plan_day(SHIPPED, Team(), window, CALLERS, LENGTHS, seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_team_of_any_size_gets_the_calls_it_can_serve() -> None:
    for agents in (3, 30):
        team = Team(agents)
        offered = SHIPPED.busiest_per_s() * scale_for(SHIPPED, team) * team.handling_s
        assert math.isclose(offered, team.occupancy * agents)


def test_a_day_is_a_mix_of_all_that_happens() -> None:
    plan = plan_day(SHIPPED, Team(20), (float(SHIPPED.begin_s), float(SHIPPED.end_s)), CALLERS, LENGTHS, 3)
    assert {call.order.recording for call in plan.calls} == {number for number, _ in KINDS}
    assert any(not call.agents for call in plan.calls)
    assert any(call.rings_s - call.arrives_s > 10 for call in plan.calls if call.agents)
    share = sum(1 in call.agents for call in plan.calls) / len(plan.calls)
    assert 0.02 < share < 0.1
