"""Figures worked out by hand, and the intervals of the domain's own examples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from nba_desktop.backend.review.figures import rate
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.contract.review import Rate
from tests.fakes.backend_review import Call, Said, open_site

CASES = yaml.safe_load(Path(__file__).with_name("cases").joinpath("figures.yaml").read_text(encoding="utf-8"))
ACTIONS = {"A": "SRV_BILL", "B": "SRV_MOVE"}
RATES = ("presentation", "offer", "acceptance", "per_opportunity", "conversion", "coverage")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_agent_s_figures_are_those_worked_out_by_hand(tmp_path: Path, case: dict[str, Any]) -> None:
    with open_site(tmp_path) as site:
        site.coaching()
        agent, *rest = site.agents
        calls = [_call(agent, one) for one in case["calls"] for _ in range(one["times"])]
        calls += [Call(other, (Said("SRV_BILL", ResponseCode.DECLINED_PRICE),)) for other in rest for _ in range(31)]
        site.keep(calls)
        figures = site.review.agent(site.lead, site.agent_asked(agent), "de").row.figures
    assert (figures.calls, figures.opportunities) == (case["calls_in_all"], case["opportunities"])
    assert {name: _pair(getattr(figures, name)) for name in RATES} == {name: case[name] for name in RATES}


def _call(agent: Any, one: dict[str, Any]) -> Call:
    said = tuple(Said(ACTIONS[key], ResponseCode(code)) for key, code in one["said"].items() if key != "-")
    reason = one["said"].get("-")
    return Call(
        agent,
        said,
        solved=one.get("solved", True),
        arm=one.get("arm", "ranked"),
        reason=None if reason is None else ResponseCode(reason),
    )


def _pair(found: Rate) -> str:
    return f"{found.successes} of {found.trials}"


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(0, 5, 0, 43.4), (3, 10, 10.8, 60.3), (12, 40, 18.1, 45.4), (60, 200, 24.1, 36.7), (300, 1000, 27.2, 32.9)],
)
def test_a_rate_has_its_wilson_interval(successes: int, trials: int, low: float, high: float) -> None:
    found = rate(successes, trials)
    assert found.low is not None
    assert found.high is not None
    assert (round(100 * found.low, 1), round(100 * found.high, 1)) == (low, high)


def test_without_trials_there_is_no_rate_and_what_is_hidden_has_no_counts() -> None:
    assert rate(0, 0) == Rate(successes=0, trials=0)
    assert rate(3, 10, hidden=True) == Rate(hidden=True)
