"""How long a review of 300 agents over half a year takes: the first answer, and one with another filter.

    .venv/bin/python tests/bench/review.py [--database postgresql://USER@HOST/DATABASE]

The facts are written to their tables directly, random by a fixed seed, and packed as the server packs them in the
background. Then a server that was just started is asked. The database should be empty; it is left with the facts, and
one that has them is asked at once. Milliseconds of the processor are said, too: of them other programs take less.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import Connection, insert, text

from nba_desktop.backend.catalogues.content import files_at
from nba_desktop.backend.catalogues.installation import take_in
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.review.asking import Asking
from nba_desktop.backend.review.catching_up import CatchingUp
from nba_desktop.backend.review.reading import Weeks
from nba_desktop.backend.review.service import ReviewService
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.review_log import ReviewModeRow
from nba_desktop.backend.rows.teams import TeamRow
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.migrate import migrate
from nba_desktop.backend.store.schema.review_facts import (
    review_actions,
    review_calls,
    review_objections,
    review_segments,
)
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.codes import ResponseCode, ReviewMode, ReviewReason, Role
from nba_desktop.contract.review import Period, ReviewFilter, TeamAsked

ROOT = Path(__file__).parents[2]
FIRST = date(2026, 1, 5)
TEAM = "all"
LEAD = "lead"
REPEATS = 5
QUEUES = ("Strom", "Gas", "Wärme", "Service")
CODES = [ResponseCode.ACCEPTED_DONE, ResponseCode.ACCEPTED_PENDING, ResponseCode.DECLINED_PRICE, ResponseCode.THINKING]
CODES += [ResponseCode.DECLINED_NO_NEED, ResponseCode.INTEREST_INFO, ResponseCode.NO_CODE]
FILTERS: tuple[dict[str, str], ...] = (
    {"queue": "Gas"},
    {"concern": "bill"},
    {"action_id": "CON_ADV_OWN"},
    {"queue": "Strom"},
)


def main() -> None:
    """Measure one database and print what was found, the figures as JSON in the last line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", help="where; default: SQLite in a temporary folder")
    parser.add_argument("--agents", type=int, default=300)
    parser.add_argument("--weeks", type=int, default=26)
    parser.add_argument("--facts", type=int, default=2_000_000, help="recommendations, three in a call")
    args = parser.parse_args()
    with database_of(args.database) as database:
        migrate(database)
        store = SqlStore(database)
        catalogues = LiveCatalogues()
        with store.read() as unit:
            empty = not unit.teams.all()
        if empty:
            fill(database, store, catalogues, args)
        explain(database)
        print(json.dumps(measure(store, catalogues, args)))


def now() -> datetime:
    """The moment at which the review is asked for: some weeks after the last call."""
    return datetime(2026, 9, 1, 9, tzinfo=UTC)


@contextmanager
def database_of(url: str | None) -> Iterator[Database]:
    """Open the database that is named, or one in a temporary folder."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Database(url or f"sqlite:///{folder}/bench.sqlite3")) as opened,
    ):
        yield opened


def fill(database: Database, store: SqlStore, catalogues: LiveCatalogues, args: argparse.Namespace) -> None:
    """Set up a site with one team, and write and pack its facts."""
    with store.write() as unit:
        take_in(unit, files_at(ROOT / "resources" / "sample" / "catalogue"), now(), False, catalogues)
        catalogue = catalogues.in_force(unit).live
        ensure_agent(unit.access, LEAD, now())
        unit.teams.add(TeamRow(TEAM, "Everybody", now()))
        unit.teams.set_lead(TEAM, LEAD, leads=True)
        until = now().date() + timedelta(days=30)
        unit.review_log.add_mode(ReviewModeRow(ReviewMode.COACHING, "bench", until, now(), "bench"))
    began = time.perf_counter()
    actions = [one.action_id for one in catalogue.actions]
    rows = write(database, args, actions, [one.code for one in catalogue.entry.concerns])
    print(f"wrote {rows} rows in {time.perf_counter() - began:.0f} s")
    packs = []
    packing = Weeks(store, time.monotonic)
    while True:
        began = time.perf_counter()
        if not packing.pack_next():
            break
        packs.append(time.perf_counter() - began)
    print(f"packed {len(packs)} weeks, {1000 * sum(packs) / len(packs):.0f} ms each")


def write(database: Database, args: argparse.Namespace, actions: list[str], concerns: list[str]) -> int:
    """Write the facts week by week and return how many rows those are."""
    rng = np.random.default_rng(1)
    calls_a_week = args.facts // 3 // args.weeks
    rows = 0
    for number in range(args.weeks):
        week = FIRST + timedelta(days=7 * number)
        with database.writing() as connection:
            rows += write_week(
                connection, rng, week, number * calls_a_week, calls_a_week, args.agents, actions, concerns
            )
    return rows


def write_week(
    connection: Connection,
    rng: np.random.Generator,
    week: date,
    first: int,
    number: int,
    agents: int,
    actions: list[str],
    concerns: list[str],
) -> int:
    """Write one week of calls, each with three recommendations, and return how many rows those are."""
    agent, queue, concern = (
        rng.integers(agents, size=number),
        rng.integers(4, size=number),
        rng.integers(len(concerns), size=number),
    )
    chosen = np.argsort(rng.random((number, len(actions))), axis=1)[:, :3]
    addressed = rng.random((number, 3)) < (0.6, 0.2, 0.05)
    code = rng.integers(len(CODES), size=(number, 3))
    chance, day = rng.random(number) < 0.7, rng.integers(5, size=number)
    calls: list[dict[str, Any]] = []
    flat: list[dict[str, Any]] = []
    objections: list[dict[str, Any]] = []
    for one in range(number):
        contact_id = UUID(int=(1 << 100) + first + one)
        accepted = False
        for rank in range(3):
            raised = bool(addressed[one, rank])
            said = CODES[code[one, rank]] if raised else None
            decided = said not in (None, ResponseCode.NO_CODE)
            yes = said in (ResponseCode.ACCEPTED_DONE, ResponseCode.ACCEPTED_PENDING)
            accepted = accepted or yes
            action_id = actions[chosen[one, rank]]
            flat.append(
                {
                    "contact_id": contact_id,
                    "action_id": action_id,
                    "rank": rank + 1,
                    "shown": True,
                    "addressed": raised,
                    "offered": decided,
                    "decided": decided,
                    "accepted": yes,
                    "withheld": False,
                    "code": None if said is None else said.value,
                    "completion": "completed" if yes else None,
                    "completed_anyhow": yes,
                }
            )
            if said is ResponseCode.DECLINED_PRICE:
                objections.append(
                    {"contact_id": contact_id, "action_id": action_id, "place": 1, "objection_id": "too_expensive"}
                )
        presented = bool(addressed[one].any())
        calls.append(
            {
                "contact_id": contact_id,
                "agent": f"A-{agent[one]:03}",
                "team_id": TEAM,
                "week": week,
                "day": week + timedelta(days=int(day[one])),
                "queue": QUEUES[queue[one]],
                "concern": concerns[concern[one]],
                "arm": "ranked",
                "stratum": actions[chosen[one, 0]],
                "identified": True,
                "authenticated": True,
                "solved": bool(chance[one]),
                "opportunity": bool(chance[one]),
                "presented": presented,
                "accepted": accepted,
                "needs_reason": not presented,
                "reason": None if presented else ResponseCode.NOT_ADDRESSED_TIME.value,
                "consent_missing": True,
                "consent_asked": False,
                "consent_granted": False,
                "consent_pending": False,
                "consent_confirmed": False,
                "transferred": False,
                "talk_s": 300,
                "hold_s": None,
                "after_s": None,
                "repeated_by": None,
            }
        )
    connection.execute(insert(review_calls), calls)
    connection.execute(insert(review_actions), flat)
    connection.execute(insert(review_objections), objections)
    connection.execute(insert(review_segments).values(week=week, team_id=TEAM, revision=1))
    return len(calls) + len(flat) + len(objections)


def explain(database: Database) -> None:
    """Print how the database finds a team's packed weeks."""
    asked = "SELECT content FROM review_segments WHERE week = '2026-01-05' AND team_id = 'all'"
    with database.reading() as connection:
        plan = "EXPLAIN" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
        for row in connection.execute(text(f"{plan} {asked}")):
            print("plan:", row[-1])
        size = connection.execute(text("SELECT count(*), sum(length(content)) FROM review_segments")).one()
        print(f"segments: {size[0]}, {size[1] / 1e6:.1f} MB")


def measure(store: SqlStore, catalogues: LiveCatalogues, args: argparse.Namespace) -> dict[str, object]:
    """Ask as a lead does: first everything, then with other filters, and once more everything."""
    with store.read() as unit:
        lead = Caller(LEAD, str(unit.access.recipient_code(LEAD)), frozenset({Role.TEAM_LEAD}))
        # A server reads its catalogue when it starts.
        catalogues.in_force(unit)
    weeks = Weeks(store, time.monotonic)
    catching_up = CatchingUp(store, catalogues, now)
    service = ReviewService(store, catalogues, catching_up, Asking(weeks), weeks, now)
    period = Period(first=FIRST, last=FIRST + timedelta(days=7 * args.weeks - 1))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def ask(**sieve: str) -> tuple[float, float]:
        """How long an answer takes, in milliseconds of the clock and of the processor."""
        asked = TeamAsked(team_id=TEAM, filter=ReviewFilter(period=period, **sieve), reason=ReviewReason.DATA_CHECK)
        began, worked = time.perf_counter(), time.process_time()
        answer = service.team(lead, asked, "de")
        answer.model_dump_json()
        assert len(answer.agents) == args.agents, (len(answer.agents), answer.head)
        return 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - worked)

    first, first_cpu = ask()
    # Nothing of an answer is kept for the next one of the same filter; the median is of what other programs leave.
    filters: dict[str, int] = {}
    cpu: list[float] = []
    for sieve in FILTERS:
        times = [ask(**sieve) for _ in range(REPEATS)]
        filters[json.dumps(sieve)] = round(statistics.median(of_clock for of_clock, _ in times))
        cpu.append(statistics.median(of_processor for _, of_processor in times))
    again, _ = ask()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"read: {args.weeks} packed weeks once, then their revisions alone; rows of facts: none")
    print("filters, ms:", filters, "all again, ms:", round(again))
    return {
        "first_paint_ms": round(first),
        "filter_ms": max(filters.values()),
        "first_cpu_ms": round(first_cpu),
        "filter_cpu_ms": round(max(cpu)),
        "memory_mb": round(grown),
        "segments_read": args.weeks,
        "rows_read": 0,
    }


if __name__ == "__main__":
    main()
