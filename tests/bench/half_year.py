"""How long half a year of made-up calls takes, and whether a review of it finds what is true of it and nothing else.

    .venv/bin/python tests/bench/half_year.py [--calls N] [--database postgresql://USER@HOST/DATABASE]

The calls are made as `nba-desktop backend sample` makes them. Then each team is reviewed over the whole time as its
lead would: who differs from the others, and who from them in what follows an objection. The database should be empty;
it is left with the calls.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.half_year.loading import Made, Order, make_half_year
from nba_desktop.backend.review.asking import Asking
from nba_desktop.backend.review.catching_up import CatchingUp
from nba_desktop.backend.review.reading import Weeks
from nba_desktop.backend.review.service import ReviewService
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.samples.half_year import truth
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.migrate import migrate
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.contract.codes import ReviewReason, ReviewStatement, Role
from nba_desktop.contract.review import AgentAsked, Period, ReviewFilter, TeamAsked

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
NOW = datetime(2026, 7, 15, 9, tzinfo=UTC)
APART = (ReviewStatement.ABOVE, ReviewStatement.BELOW)


def main() -> int:
    """Print what was made and found, the figures as JSON in the last line; 1 where they are not what is true."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", help="where; default: SQLite in a temporary folder")
    parser.add_argument("--calls", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=Order(1).seed)
    args = parser.parse_args()
    with database_of(args.database) as database:
        migrate(database)
        began, used = time.perf_counter(), time.process_time()
        order = Order(args.calls, seed=args.seed)
        made = make_half_year(database, RESOURCES, RESOURCES / "sample" / "catalogue", order, NOW, Telling().tell)
        seconds, cpu = time.perf_counter() - began, time.process_time() - used
        print(f"{made.calls} calls of {made.customers} customers in {seconds:.0f} s ({cpu:.0f} s of work)")
        found, objecting, covered = review(SqlStore(database), made)
    differs = {one.agent.code: one.gain for one in made.truths if one.agent.effect.points}
    true = {code: ReviewStatement.ABOVE if gain > 0 else ReviewStatement.BELOW for code, gain in differs.items()}
    objects = {one.agent.code for one in made.truths if one.agent.effect.declined_after_price is not None}
    figures = {
        "calls": made.calls,
        "seconds": round(seconds),
        "cpu_s": round(cpu),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "true_found": sum(found.get(code) == statement for code, statement in true.items()),
        "true": len(true),
        "false_found": len(found.keys() - true.keys()),
        "objection_found": objects <= objecting,
        "false_objections": len(objecting - objects),
        "intervals_that_hold": round(covered, 3),
    }
    print(json.dumps(figures))
    return 0 if found == true and objecting == objects else 1


@contextmanager
def database_of(url: str | None) -> Iterator[Database]:
    """Open the database that is named, or one in a temporary folder."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Database(url or f"sqlite:///{folder}/bench.sqlite3")) as opened,
    ):
        yield opened


class Telling:
    """Prints how far it is, ten times in all."""

    def __init__(self) -> None:
        self._tenths = 0

    def tell(self, done: int, calls: int) -> None:
        """Print it if it is a tenth further."""
        if done * 10 // calls > self._tenths:
            self._tenths = done * 10 // calls
            print(f"  {done} of {calls}", flush=True)


def review(store: SqlStore, made: Made) -> tuple[dict[str, ReviewStatement], set[str], float]:
    """Review every team: who differs, whose declines follow the price more often, and how many intervals hold."""
    catalogues, weeks = LiveCatalogues(), Weeks(store, time.monotonic)
    catching_up = CatchingUp(store, catalogues, lambda: NOW)
    service = ReviewService(store, catalogues, catching_up, Asking(weeks), weeks, lambda: NOW)
    with store.write() as unit:
        for one in unit.teams.all():
            unit.teams.set_lead(one.team_id, "panel", leads=True)
        lead = Caller("panel", unit.access.recipient_code("panel") or "", frozenset({Role.TEAM_LEAD}))
    asked = ReviewFilter(period=Period(first=made.first, last=made.last))
    found: dict[str, ReviewStatement] = {}
    objecting: set[str] = set()
    holding: list[bool] = []
    for team_id in dict.fromkeys(one.agent.team.team_id for one in made.truths):
        team = service.team(lead, TeamAsked(team_id=team_id, filter=asked, reason=ReviewReason.DATA_CHECK), "en")
        truths = {one.agent.code: one for one in made.truths if one.agent.team.team_id == team_id}
        for row in team.agents:
            compared = row.comparison
            if compared.statement in APART:
                found[row.agent] = compared.statement
            if compared.low is not None and compared.high is not None:
                others = [one for one in truths.values() if one.agent.code != row.agent]
                mean = sum(one.gain * one.opportunities for one in others) / sum(one.opportunities for one in others)
                holding.append(compared.low <= truths[row.agent].gain - mean <= compared.high)
            own = AgentAsked(team_id=team_id, agent=row.agent, filter=asked, reason=ReviewReason.DATA_CHECK)
            for objection in service.agent(lead, own, "en").objections:
                if objection.objection_id == truth.TOO_EXPENSIVE and objection.comparison.statement in APART:
                    objecting.add(row.agent)
            name = truths[row.agent].agent.agent_id
            print(
                f"{team_id} {name} {row.figures.per_opportunity.value} {compared.statement.value}"
                f" {compared.difference} [{compared.low}, {compared.high}] true {truths[row.agent].gain:+.3f}"
            )
    return found, objecting, sum(holding) / max(len(holding), 1)


if __name__ == "__main__":
    raise SystemExit(main())
