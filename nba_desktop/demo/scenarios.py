"""`nba-desktop demo --scenario`: on the screen for training, headless for proof."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale

from nba_desktop.adapters.policy import machine_policy
from nba_desktop.adapters.settings_loading import load_in_force
from nba_desktop.app import new_application
from nba_desktop.contract.base import Language
from nba_desktop.demo.folder import demo_folder
from nba_desktop.demo.stage import Playing, Stage
from nba_desktop.demo.telephone import TelephoneError
from nba_desktop.demo.waiting import DemoError, Ending, Waiting
from nba_desktop.domain.errors import PanelError
from nba_desktop.paths import config_dir
from nba_desktop.simulator.scenario import Scenario, ScenarioError, SeenCall, SeenState, load_scenario, scenario_names

LIST: Final = "list"
ALL: Final = "all"

HEADLESS_SPEED: Final = 40.0
_PAUSE_S: Final = 15.0
_FOREVER_S: Final = 7 * 86_400.0


def run_scenario(
    name: str, folder: Path, *, headless: bool, keep: bool, language: Language | None, speed: float | None
) -> int:
    """Play a scenario of `folder`, or with `list` name them all, or with `all` (headless) play them all.

    On the screen it is repeated until the window is closed. Return 0; 1 when the panel showed something else than the
    scenario expects; 2 for a name that is none.
    """
    words = language or user_language()
    names = scenario_names(folder)
    try:
        if name == LIST:
            for one in names:
                print(f"{one:30} {load_scenario(folder, one).title.model_dump()[words]}")
            return 0
        if name == ALL and not headless:
            raise ScenarioError("all scenarios at once are played with --headless only")
        scenarios = [load_scenario(folder, one) for one in (names if name == ALL else (name,))]
    except ScenarioError as error:
        print(f"nba-desktop demo: {error}", file=sys.stderr)
        return 2
    if headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    ending = Ending()
    try:
        with ending.listening(), demo_folder(keep=keep) as data:
            if headless:
                return _prove(scenarios, data, ending, speed or HEADLESS_SPEED, words)
            return _train(scenarios[0], data, ending, speed or 1.0, words)
    except (DemoError, TelephoneError, PanelError) as error:
        print(f"nba-desktop demo: {error}", file=sys.stderr)
        return 1


def user_language() -> Language:
    """The language of the user's settings, else the system's."""
    # The panel says what is wrong with them.
    chosen = load_in_force(config_dir() / "settings.json", machine_policy()).settings.language
    return chosen or ("de" if QLocale.system().language() is QLocale.Language.German else "en")


def _prove(scenarios: Sequence[Scenario], data: Path, ending: Ending, speed: float, words: Language) -> int:
    """Play each scenario once, print what was seen beside what was expected, and a line of JSON for each."""
    stage = Stage(data, new_application(), Waiting(ending), speed, words, "light")
    passed = 0
    try:
        stage.open(scenarios)
        for scenario in scenarios:
            playing = stage.play(scenario, quick=True)
            stage.finish_wrap_ups()
            passed += playing.passed
            _print(playing, words)
    finally:
        stage.close()
    if len(scenarios) > 1:
        print(json.dumps({"scenario": ALL, "passed": passed == len(scenarios), "played": len(scenarios)}))
    return 0 if passed == len(scenarios) else 1


def _train(scenario: Scenario, data: Path, ending: Ending, speed: float, words: Language) -> int:
    """Play the scenario on the screen again and again, with a pause after the last wrap-up."""
    app = new_application()
    waiting = Waiting(ending)
    stage = Stage(data, app, waiting, speed, words, None)
    print(f"{scenario.title.model_dump()[words]}\n{scenario.task.model_dump()[words]}", flush=True)
    try:
        stage.open([scenario])
        window = stage.panel_for(scenario).window
        waiting.may_end_with(window.isHidden)
        while True:
            stage.play(scenario, quick=False)
            stage.wait_for_wrap_ups(_FOREVER_S)
            waiting.holds(lambda: False, _PAUSE_S)
    except DemoError:
        if not waiting.ended:
            raise
    finally:
        stage.close()
    return 0


def _print(playing: Playing, words: Language) -> None:
    scenario = playing.scenario
    print(f"--- {scenario.name}: {scenario.title.model_dump()[words]}")
    expected, seen = (Counter(_line(one) for one in calls) for calls in (playing.expected, playing.seen))
    for line in sorted((expected & seen).elements()):
        print(f"  as expected   {line}")
    for line in sorted((expected - seen).elements()):
        print(f"  NOT SEEN      {line}")
    for line in sorted((seen - expected).elements()):
        print(f"  NOT EXPECTED  {line}")
    states = [one.shortened().model_dump(exclude_defaults=True) for one in playing.seen]
    print(json.dumps({"scenario": scenario.name, "passed": playing.passed, "states": states}), flush=True)


def _line(call: SeenCall) -> str:
    queue = f", {call.queue}" if call.queue else ""
    return f"{call.direction}{queue}: {' → '.join(_state(one) for one in call.shortened().states)}"


def _state(state: SeenState) -> str:
    marks = [mark for mark in ("held", "conference", "unconfirmed") if getattr(state, mark)]
    about = f"asks about {state.consult}" if state.consult else ""
    return " ".join(word for word in (state.state, state.number, *marks, about, state.cause) if word)
