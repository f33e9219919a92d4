"""`import`: take files of other systems in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final
from uuid import UUID

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands import site_imports
from nba_desktop.backend.commands.common import (
    EXIT_BROKEN,
    EXIT_OK,
    Commands,
    add_data,
    code,
    complain,
    existing_store,
    family,
    say,
)
from nba_desktop.backend.commands.progress import Bar
from nba_desktop.backend.commands.reporting import outcome_service
from nba_desktop.backend.decisions.completion_file import Mapping, look_through, read_mapping
from nba_desktop.backend.decisions.importing import CompletionImport
from nba_desktop.backend.decisions.outcomes import OutcomeService
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.ports.unit import Unit

_COLUMNS: Final = """\
The file is CSV with a heading. Columns: customer_no or customer_id; action_id; outcome (COMPLETED, PENDING_LAPSED,
REVOKED or CANCELLED_BY_CUSTOMER); at (2026-03-12, or 2026-03-12T14:30 with or without a zone); where they are known
reference (the row's own name in the other system) and decision_id. Without reference a row is known by all the others.

A mapping is a YAML file that says how the other system calls and writes them:
  columns: {customer_no: Kundennummer, at: Datum}
  outcomes: {abgeschlossen: COMPLETED, widerrufen: REVOKED}
  date_format: "%d.%m.%Y"
  delimiter: ";"
  encoding: cp1252

What became of each line is written beside the file, to FILE.verdicts.csv. An import that was interrupted goes on where
it was; the same row never counts twice. The result is 1 where any line was refused.
"""


def add(commands: Commands) -> None:
    """Declare the commands."""
    imports = family(commands, "import", "take in what other systems say")
    site_imports.add(imports)
    parser = imports.add_parser(
        "completions",
        help="what became of what customers accepted: completed, revoked, cancelled, lapsed",
        epilog=_COLUMNS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the CSV file")
    add_data(parser)
    parser.add_argument("--source", type=code, default="csv", metavar="NAME", help="the system it comes from")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="how that system calls and writes things")
    parser.add_argument("--dry-run", action="store_true", help="only say what would become of each line")
    parser.add_argument("--again", action="store_true", help="take a file in again that was taken in before")
    parser.set_defaults(run=_completions)


def _completions(args: argparse.Namespace) -> int:
    mapping = Mapping() if args.mapping is None else read_mapping(args.mapping)
    file = look_through(args.file, args.source, mapping)
    if file.unread:
        complain(f"columns that mean nothing here: {', '.join(file.unread)}")
    suffix = ".dry-run.verdicts.csv" if args.dry_run else ".verdicts.csv"
    verdicts = args.file.with_name(args.file.name + suffix)
    bar = Bar(file.count)
    catalogues = LiveCatalogues()
    with existing_store(args) as store:
        outcomes = (
            OutcomeService(store, catalogues, _learn_nothing, now_utc)
            if args.dry_run
            else outcome_service(store, catalogues)
        )
        importing = CompletionImport(store, catalogues, outcomes, now_utc)
        before = importing.known(file)
        if args.dry_run:
            result = importing.try_out(file, verdicts, bar.show_import)
        else:
            result = importing.run(file, verdicts, bar.show_import, args.again)
    bar.end()
    if before is not None and before.finished and not (args.again or args.dry_run):
        complain(f"this file was taken in on {before.at:%Y-%m-%d %H:%M} UTC; --again takes it in again")
    would = "would be " if args.dry_run else ""
    say(
        f"{result.lines} lines: {result.accepted} {would}accepted, {result.duplicate} known before, "
        f"{result.refused} {would}refused; each is in {verdicts}"
    )
    return EXIT_BROKEN if result.refused else EXIT_OK


def _learn_nothing(_unit: Unit, _decision_id: UUID, _action_id: str, _event_id: UUID) -> None:
    """What is only tried out teaches nothing."""
