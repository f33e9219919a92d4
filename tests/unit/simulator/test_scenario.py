"""Scenarios are complete data: words for training, calls to play, what must be seen; or it is said what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from nba_desktop.paths import resource
from nba_desktop.simulator.scenario import (
    Scenario,
    ScenarioError,
    SeenCall,
    SeenState,
    load_scenario,
    scenario_names,
)
from tests.fakes.calls import recordings

FOLDER = resource("telephony", "scenarios")
SCENARIOS = [load_scenario(FOLDER, name) for name in scenario_names(FOLDER)]
GOOD = (FOLDER / "abandoned.toml").read_text(encoding="utf-8")
WEBHOOKS = (FOLDER / "zammad-missed.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
def test_each_scenario_says_in_both_languages_what_is_seen_and_what_to_do(scenario: Scenario) -> None:
    words = (scenario.title, scenario.task)
    assert all(one.de != one.en for one in words)
    assert all(text.strip() == text and text[0].isupper() for one in words for text in (one.de, one.en))
    assert scenario.task.de.endswith(".")
    assert len({one.title.de for one in SCENARIOS}) == len({one.title.en for one in SCENARIOS}) == len(SCENARIOS)


def test_every_recorded_call_is_in_a_scenario_of_the_agent_it_rings() -> None:
    played = {call.recording for one in SCENARIOS for call in one.calls if one.agent == 1}
    assert played == {path.name[:2] for path in recordings()}
    # A transfer, a consultation and a group call are two stories.
    second = {call.recording for one in SCENARIOS for call in one.calls if one.agent == 2}
    assert {"03", "04", "09", "14", "18"} <= second


@pytest.mark.parametrize("protocol", ["zammad", "sipgate", "placetel"])
def test_each_way_of_a_call_is_told_in_each_dialect(protocol: str) -> None:
    ways = {one.name.removeprefix(f"{protocol}-") for one in SCENARIOS if one.protocol == protocol}
    assert ways >= {"answered", "missed", "elsewhere", "forwarded", "doubled-late"}


def test_calls_overlap_in_the_scenarios_that_say_so() -> None:
    assert {one.name for one in SCENARIOS if len(one.calls) > 1} >= {"busy-morning", "two-calls"}


def test_a_quick_playing_has_the_same_calls_in_the_same_order() -> None:
    for one in SCENARIOS:
        slow, quick = one.orders(), one.orders("2", quick=True)
        assert [(order.recording, order.caller) for order in slow] == [(q.recording, q.caller) for q in quick]
        assert not {order.call for order in slow} & {order.call for order in quick}
        assert [post.body for post in one.reports()] == [post.body for post in one.reports(quick=True)]
        times = [post.after for post in one.reports(quick=True)]
        assert times == sorted(times)
        assert all(fast <= post.after for fast, post in zip(times, one.posts, strict=True))


def test_a_number_is_written_where_it_changes_and_known_everywhere() -> None:
    states = (
        SeenState(state="offered", number="201"),
        SeenState(state="live"),
        SeenState(state="live", number="+493512805504"),
        SeenState(state="wrap_up", cause="normal"),
    )
    call = SeenCall(states=states)
    spelled_out = call.spelled_out()
    assert [one.number for one in spelled_out.states] == ["201", "201", "+493512805504", "+493512805504"]
    assert spelled_out.shortened() == call


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD.replace('de = "Der', 'fr = "Der'), "title"),
        (GOOD.replace('recording = "02"', 'recording = "two"'), "calls.0.recording"),
        (GOOD.replace('state = "withdrawn"', 'state = "gone"'), "expect.0.states.1.state"),
        (GOOD.replace(', number = "+4915228817386"', ""), "the first state says who calls"),
        (GOOD.replace('protocol = "asterisk"', 'protocol = "sipgate"'), "asterisk plays calls"),
        (WEBHOOKS.replace('protocol = "zammad"', 'protocol = "asterisk"'), "asterisk plays calls"),
        (WEBHOOKS.replace("after = 0", "after = 99"), "order of their times"),
        ("protocol =", "cannot be read"),
    ],
)
def test_a_scenario_that_cannot_be_is_named_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match=words) as error:
        load_scenario(tmp_path, "mine")
    assert "mine.toml" in str(error.value)


@pytest.mark.parametrize("name", ["none", "../scenarios/abandoned", ""])
def test_a_name_that_is_none_is_said_to_be_none(name: str) -> None:
    with pytest.raises(ScenarioError, match="--scenario list"):
        load_scenario(FOLDER, name)
