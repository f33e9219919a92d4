"""`nba-desktop demo --profile`: the calls of a day come over one line, and the panel picks its agent's out of them."""

from __future__ import annotations

import json
import os
import random
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer

from nba_desktop.app import new_application
from nba_desktop.contract.base import Language
from nba_desktop.demo.folder import demo_folder
from nba_desktop.demo.stage import Stage
from nba_desktop.demo.telephone import TelephoneError
from nba_desktop.demo.waiting import DemoError, Ending, Waiting
from nba_desktop.demo.watching import Watch
from nba_desktop.domain.errors import PanelError
from nba_desktop.paths import resource
from nba_desktop.simulator.arrivals import KINDS, Plan, PlannedCall, Team, plan_day
from nba_desktop.simulator.cast import extension_of, interface_of, length_of
from nba_desktop.simulator.profile import ProfileError, load_profile
from nba_desktop.simulator.recording import load
from nba_desktop.simulator.scenario import Scenario, SeenCall, SeenState, load_scenario, scenario_names

_OURS: Final = 1
_HEADLESS_MINUTES: Final = 15
_HEADLESS_SPEED: Final = 20.0
_SEEN_LIMIT_S: Final = 5.0
_FINISH_EVERY_MS: Final = 500
_FOREVER_S: Final = 7 * 86_400.0

_KNOWN: Final = ("+493512805504", "+4915228817386", "+491749091317", "+494066969012", "+493023125044")
"""Numbers of the named sample customers."""

_RANGES: Final = ("+493023125", "+496990009", "+494066969", "+492214710", "+498999998")
"""Ranges kept free for films; some of their numbers are the other sample customers'."""


@dataclass(frozen=True, slots=True)
class DayOptions:
    """Which day is played; `begin_s` is seconds after midnight, `minutes` None means as long as it takes."""

    profile: Path
    day: date | None = None
    begin_s: int = 9 * 3600 + 1800
    minutes: int | None = None
    agents: int = 6
    seed: int = 1
    speed: float | None = None
    language: Language | None = None
    keep: bool = False


def run_day(options: DayOptions, *, headless: bool) -> int:
    """Play a day; 0, or 1 when the panel showed other calls than its agent's, or 2 for a profile that is none."""
    try:
        plan = plan_of(options, minutes=options.minutes or (_HEADLESS_MINUTES if headless else None))
    except ProfileError as error:
        print(f"nba-desktop demo: {error}", file=sys.stderr)
        return 2
    if headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    ending = Ending()
    try:
        with ending.listening(), demo_folder(keep=options.keep) as data:
            speed = options.speed or (_HEADLESS_SPEED if headless else 1.0)
            waiting = Waiting(ending)
            stage = Stage(data, new_application(), waiting, speed, options.language, "light" if headless else None)
            try:
                return _prove(stage, waiting, plan, options) if headless else _train(stage, waiting, plan)
            finally:
                stage.close()
    except (DemoError, TelephoneError, PanelError) as error:
        print(f"nba-desktop demo: {error}", file=sys.stderr)
        return 1


def plan_of(options: DayOptions, minutes: int | None) -> Plan:
    """Return the calls of the day. Raises `ProfileError`."""
    profile = load_profile(options.profile, options.day)
    begin = options.begin_s
    end = begin + minutes * 60 if minutes else profile.end_s
    if not profile.expected(begin, end):
        raise ProfileError(f"{options.profile}: nobody calls at that time; another --start helps")
    recordings = resource("telephony", "asterisk")
    lengths = {one: length_of(load(recordings, one, interface_of(_OURS))) for one, _ in KINDS}
    return plan_day(profile, Team(options.agents), (begin, end), _callers(options.seed), lengths, options.seed)


def expected_calls(plan: Plan) -> list[SeenCall]:
    """Return what the panel must show of a plan: the calls of its agent, as the scenarios have them."""
    stories = _stories()
    return [call for planned in plan.calls if _OURS in planned.agents for call in _seen_of(planned, stories)]


def _prove(stage: Stage, waiting: Waiting, plan: Plan, options: DayOptions) -> int:
    expected = Counter(_text(call) for call in expected_calls(plan))
    stage.open(())
    panel = stage.panel(by_asterisk=True, agent=_OURS)
    watch = Watch(panel)
    finishing = QTimer(interval=_FINISH_EVERY_MS)
    finishing.timeout.connect(stage.finish_wrap_ups)
    finishing.start()
    try:
        stage.start([planned.order for planned in plan.calls])
        waiting.until("the calls are over", stage.is_over, _FOREVER_S)
        waiting.holds(lambda: Counter(_text(call) for call in watch.calls()) == expected, _SEEN_LIMIT_S)
        seen = watch.calls()
    finally:
        finishing.stop()
        watch.end()
    texts = Counter(_text(call) for call in seen)
    wrong = (texts - expected).total() + (expected - texts).total()
    for line in (*(expected - texts).elements(), *(texts - expected).elements()):
        print(f"{'not seen' if line in expected else 'not expected'}: {line}")
    summary = {
        "offered": len(plan.calls),
        "gave_up_waiting": sum(not planned.agents for planned in plan.calls),
        "for_this_agent": expected.total(),
        "shown": len(seen),
        "missed": sum(call.states[-1].cause == "missed" for call in seen),
        "wrong": wrong,
        "agents": options.agents,
        "scale": round(plan.scale, 4),
        "seed": options.seed,
    }
    print(json.dumps(summary))
    return 1 if wrong else 0


def _train(stage: Stage, waiting: Waiting, plan: Plan) -> int:
    try:
        stage.open(())
        window = stage.panel(by_asterisk=True, agent=_OURS).window
        waiting.may_end_with(window.isHidden)
        stage.start([planned.order for planned in plan.calls])
        # The window stays when the last call is over, until somebody closes it.
        waiting.holds(lambda: False, _FOREVER_S)
    except DemoError:
        if not waiting.ended:
            raise
    return 0


def _callers(seed: int) -> tuple[str, ...]:
    chance = random.Random(seed)
    unknown = [f"{chance.choice(_RANGES)}{chance.randrange(1000):03}" for _ in range(30)]
    return (*_KNOWN * 3, *unknown)


def _stories() -> dict[tuple[str, int], Scenario]:
    folder = resource("telephony", "scenarios")
    scenarios = [load_scenario(folder, name) for name in scenario_names(folder)]
    alone = [one for one in scenarios if len(one.calls) == 1 and not one.line_drops]
    return {(one.calls[0].recording, one.agent): one for one in alone}


def _seen_of(planned: PlannedCall, stories: Mapping[tuple[str, int], Scenario]) -> list[SeenCall]:
    """What the agent sees of a call is what the scenario with its recording shows, with other people in it."""
    story = stories[planned.order.recording, planned.agents.index(_OURS) + 1]
    names = {story.calls[0].caller: planned.order.caller}
    names |= {extension_of(role): extension_of(agent) for role, agent in enumerate(planned.agents, start=1)}

    def renamed(state: SeenState) -> SeenState:
        number, consult = names.get(state.number, state.number), names.get(state.consult, state.consult)
        return state.model_copy(update={"number": number, "consult": consult})

    calls = [one.spelled_out() for one in story.expect]
    return [one.model_copy(update={"states": tuple(map(renamed, one.states))}) for one in calls]


def _text(call: SeenCall) -> str:
    return json.dumps(call.shortened().model_dump(exclude_defaults=True))
