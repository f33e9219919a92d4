"""Every scenario, through the simulator's and the backend's real sockets, into the real panel."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from nba_desktop.demo.scenarios import HEADLESS_SPEED, run_scenario
from nba_desktop.demo.stage import Stage
from nba_desktop.demo.waiting import Ending, Waiting
from nba_desktop.paths import resource
from nba_desktop.simulator.scenario import load_scenario, scenario_names
from tests.e2e.processes import run
from tests.windows import windows_gone_afterwards

pytestmark = pytest.mark.timeout(120)

FOLDER = resource("telephony", "scenarios")
NAMES = scenario_names(FOLDER)


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with windows_gone_afterwards():
        opened = Stage(tmp_path_factory.mktemp("stage"), qapp, Waiting(Ending()), HEADLESS_SPEED, "en", "light")
        scenarios = [load_scenario(FOLDER, name) for name in NAMES]
        opened.open(scenarios)
        # All of them now: what a test puts on the screen goes with it.
        for scenario in scenarios:
            opened.panel_for(scenario)
        yield opened
        opened.close()


@pytest.mark.parametrize("name", NAMES)
def test_the_panel_shows_what_the_scenario_expects(stage: Stage, name: str) -> None:
    playing = stage.play(load_scenario(FOLDER, name), quick=True)
    stage.finish_wrap_ups()
    assert stage.wait_for_wrap_ups(5.0)
    seen, expected = ([one.shortened() for one in calls] for calls in (playing.seen, playing.expected))
    assert sorted(map(repr, seen)) == sorted(map(repr, expected))
    assert playing.passed


def test_a_panel_that_shows_something_else_is_found_out(
    qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # What must be seen is seen when the calls are over; what never comes is not waited for as long as ever.
    monkeypatch.setattr("nba_desktop.demo.stage._SEEN_LIMIT_S", 2.0)
    text = (FOLDER / "direct-line-missed.toml").read_text(encoding="utf-8")
    (tmp_path / "wrong.toml").write_text(text.replace('cause = "missed"', 'cause = "elsewhere"'), encoding="utf-8")
    assert run_scenario("wrong", tmp_path, headless=True, keep=False, language="en", speed=40.0) == 1
    *lines, last = capsys.readouterr().out.splitlines()
    assert json.loads(last)["passed"] is False
    assert json.loads(last)["states"][0]["states"][-1] == {"state": "withdrawn", "cause": "missed"}
    assert [line.split()[:2] for line in lines[1:]] == [["NOT", "SEEN"], ["NOT", "EXPECTED"]]


def test_the_command_plays_a_scenario_and_says_what_it_saw() -> None:
    done = run("demo", "--scenario", "abandoned", "--headless", "--language", "de")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["scenario"] == "abandoned"
    assert told["passed"] is True
    assert "Der Anrufer legt auf" in done.stdout


def test_the_calls_of_a_busy_team_show_the_agent_only_his_own(tmp_path: Path) -> None:
    profile = tmp_path / "day.csv"
    shutil.copy(resource("telephony", "day_profile.csv"), profile)
    done = run("demo", "--profile", str(profile), "--headless", "--minutes", "12", "--agents", "12", "--speed", "60")
    assert done.returncode == 0, done.stdout + done.stderr
    summary = json.loads(done.stdout.splitlines()[-1])
    assert summary["wrong"] == 0
    assert 0 < summary["for_this_agent"] == summary["shown"] < summary["offered"]
