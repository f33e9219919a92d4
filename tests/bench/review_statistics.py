"""How often the review finds a difference in teams without any, and how often one that is there.

Teams of 20 agents with a rate of 20 % are drawn from several mixes of actions: all agents offer one action; several
actions at different rates, offered by all alike; the same, but each agent has a mix of his own. The last is the trap:
who is given the easy actions looks better than he is. `python tests/bench/review_statistics.py` prints the figures,
last line JSON; `--teams N` draws fewer.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from nba_desktop.backend.arrays import FloatArray, IntArray
from nba_desktop.backend.review.statistics.cells import Cells
from nba_desktop.backend.review.statistics.comparison import Verdict, compare

TEAMS: Final = 2000

_AGENTS: Final = 20
_TRIALS: Final = 400
_FEWEST: Final = 30
_POINTS: Final = 0.1
_NAIVE: Final = 200
_RATES: Final = (0.06, 0.10, 0.16, 0.20, 0.28, 0.40)


@dataclass(frozen=True, slots=True)
class Mix:
    """Rates of the strata, and how much alike the agents' mixes are (as many cases as a Dirichlet prior; inf: all)."""

    name: str
    rates: tuple[float, ...]
    alike: float


MIXES: Final = (
    Mix("one action", (0.2,), float("inf")),
    Mix("same mix", _RATES, float("inf")),
    Mix("own mix", _RATES, 3.0),
)


@dataclass(frozen=True, slots=True)
class Check:
    """Shares of simulated teams: some difference shown where none is, and the true one found.

    `naive_false_team_share` is that of the same test on plain rates, without regard to the mix; of 200 teams.
    """

    false_team_share: float
    true_found_share: float
    naive_false_team_share: float


def check(mix: Mix, teams: int = TEAMS, seed: int = 20) -> Check:
    """Draw as many teams without a difference as with one agent ten points above the others, and compare in each."""
    rng = np.random.default_rng(seed)
    alike = [_team(rng, mix, 0.0) for _ in range(teams)]
    false = sum(_shows_any(one) for one in alike)
    found = sum(compare(_team(rng, mix, _POINTS)).verdicts[0] is Verdict.ABOVE for _ in range(teams))
    some = alike[:_NAIVE]
    naive = sum(_shows_any(_unmixed(one)) for one in some)
    return Check(false / teams, found / teams, naive / len(some))


def check_all(teams: int = TEAMS) -> dict[str, Check]:
    """Check every mix, by its name."""
    return {mix.name: check(mix, teams) for mix in MIXES}


def worst(checks: dict[str, Check]) -> tuple[float, float]:
    """(false_team_share, true_found_share), the worse of each over all mixes."""
    return max(one.false_team_share for one in checks.values()), min(one.true_found_share for one in checks.values())


def _team(rng: np.random.Generator, mix: Mix, points: float) -> Cells:
    """The first agent has 400 cases and lies that far above the others; they have 30 to 770."""
    rates = np.array(mix.rates)
    cases = rng.integers(_FEWEST, 2 * _TRIALS - _FEWEST, _AGENTS, endpoint=True)
    cases[0] = _TRIALS
    trials: IntArray = rng.multinomial(cases, _shares(rng, mix))
    lift = np.zeros((_AGENTS, 1))
    lift[0] = points
    return Cells(trials, rng.binomial(trials, rates + lift))


def _shares(rng: np.random.Generator, mix: Mix) -> FloatArray:
    """Of each agent the share of each stratum in his cases; over all of them the rates come to 20 %."""
    strata = len(mix.rates)
    if np.isinf(mix.alike):
        return np.full((_AGENTS, strata), 1 / strata)
    return rng.dirichlet(np.full(strata, mix.alike / strata), _AGENTS)


def _unmixed(cells: Cells) -> Cells:
    """The same cases as if all were of one action."""
    return Cells(cells.trials.sum(axis=1, keepdims=True), cells.successes.sum(axis=1, keepdims=True))


def _shows_any(cells: Cells) -> bool:
    return any(one is not Verdict.NO_RELIABLE_DIFFERENCE for one in compare(cells).verdicts)


def main() -> int:
    """Print a line for each mix and the worst of them as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--teams", type=int, default=TEAMS, help="of each mix, without and with a difference")
    teams = parser.parse_args().teams
    began = time.perf_counter()
    checks = check_all(teams)
    for name, one in checks.items():
        print(
            f"{name:<12} false {one.false_team_share:6.2%}  found {one.true_found_share:6.2%}  "
            f"plain rates: false {one.naive_false_team_share:6.2%}"
        )
    print(f"{2 * teams * len(MIXES)} teams in {time.perf_counter() - began:.0f} s")
    false, found = worst(checks)
    print(json.dumps({"false_team_share": false, "true_found_share": found}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
