"""`retention`: remove what is older than the site's rules say, and show what was removed."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import Any

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands.common import EXIT_OK, Commands, add_data, existing_store, family, say, table
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.subject.records import RetentionKind, RetentionReport
from nba_desktop.backend.subject.retention import RetentionService

_WHAT = {
    RetentionKind.TOUCHPOINTS: "touchpoints removed",
    RetentionKind.CONTACTS: "calls removed, with events and decisions",
    RetentionKind.WITHHELD_CALLS: "calls of nobody known from a withheld number removed",
    RetentionKind.DECISION_INPUTS: "decisions parted from the customer's values",
    RetentionKind.TEASERS: "decisions of the portal removed",
    RetentionKind.READINGS: "entries removed of who read customers",
    RetentionKind.AUDIT_LOOKS: "entries removed of who looked at what the staff has read",
    RetentionKind.QUEUE_CALLS: "times removed of calls that the telephone system offered",
    RetentionKind.RESULTS: "results removed that had left, or could not in that time",
    RetentionKind.CORRECTIONS: "requests of other systems removed, with what was there before a correction",
    RetentionKind.AGENTS: "calls parted from their agent",
    RetentionKind.REVIEW: "facts of calls removed from the review",
    RetentionKind.CONSENT_PROOF: "entries of the consent ledger need not be kept any longer; they stay in the chain",
}


def add(commands: Commands) -> None:
    """Declare the commands."""
    retention = family(commands, "retention", "the end of what was kept long enough")
    running = retention.add_parser("run", help="remove what is older than the site's rules say")
    add_data(running)
    running.add_argument("--dry-run", action="store_true", help="only say what would be removed")
    running.add_argument("--json", action="store_true", help="say it as JSON")
    running.set_defaults(run=_run)
    reports = retention.add_parser("reports", help="show what was removed, newest first")
    add_data(reports)
    reports.add_argument("--json", action="store_true", help="say it as JSON")
    reports.set_defaults(run=_reports)


def _run(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        found = RetentionService(store, LiveCatalogues(), now_utc).run("command line", args.dry_run)
    if args.dry_run and not args.json:
        say("nothing was removed: this is what would be")
    _say(found, args.json, args.dry_run)
    return EXIT_OK


def _reports(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        found = RetentionService(store, LiveCatalogues(), now_utc).reports()
    _say(found, args.json)
    return EXIT_OK


def _say(reports: Sequence[RetentionReport], as_json: bool, dry_run: bool = False) -> None:
    if as_json:
        say(json.dumps([_plain(one, dry_run) for one in reports], indent=2))
    elif not reports:
        say("there is no report yet")
    else:
        what = "WHAT WOULD BE" if dry_run else "WHAT"
        say(table([("RUN (UTC)", "OLDER THAN", "NUMBER", "FROM", "TO", what), *map(_row, reports)]))


def _row(one: RetentionReport) -> tuple[str, ...]:
    removed = one.removed
    days = ["–" if day is None else day.isoformat() for day in (removed.oldest, removed.newest)]
    run = f"{one.started_at:%Y-%m-%d %H:%M}"
    return run, f"{one.before:%Y-%m-%d}", str(removed.number), *days, _WHAT[one.kind]


def _plain(one: RetentionReport, dry_run: bool) -> dict[str, Any]:
    removed = one.removed
    return {
        "run_id": str(one.run_id),
        "dry_run": dry_run,
        "kind": one.kind.value,
        "what": _WHAT[one.kind],
        "started_at": one.started_at.isoformat(),
        "ended_at": None if one.ended_at is None else one.ended_at.isoformat(),
        "before": one.before.isoformat(),
        "number": removed.number,
        "oldest": None if removed.oldest is None else removed.oldest.isoformat(),
        "newest": None if removed.newest is None else removed.newest.isoformat(),
    }
