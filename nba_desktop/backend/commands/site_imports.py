"""`import customers|contracts|numbers|consents|touchpoints`: take a site's own data in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands.common import (
    EXIT_BROKEN,
    EXIT_OK,
    Commands,
    add_data,
    complain,
    existing_store,
    say,
)
from nba_desktop.backend.commands.progress import Bar
from nba_desktop.backend.importing.data_file import DataFile, look_through
from nba_desktop.backend.importing.fields import KINDS
from nba_desktop.backend.importing.judging import ERASED, SKIPPED, VERDICTS
from nba_desktop.backend.importing.mapping import FileMapping, read_mapping
from nba_desktop.backend.importing.service import Result, SiteImport
from nba_desktop.backend.opening import now_utc

_HELP: Final = {
    "customers": "who they are, and the site's attributes of them",
    "contracts": "their contracts",
    "numbers": "their telephone numbers",
    "consents": "what they consented to, with what proves it",
    "touchpoints": "what happened between them and the company",
}
_ABOUT: Final = """\
The file is CSV with a heading, JSON lines, or Parquet. A mapping, which is a YAML file, says which column is which
field and how the other system writes dates, numbers and codes; docs/import.md explains it step by step.

What became of each line is written to FILE.KIND.verdicts.csv, or to --verdicts. The same row again changes nothing. An
import that was interrupted goes on where it was. The result is 1 where any line was refused.
"""
_REASONS: Final = 20
"""Reasons that the report lists."""


def add(imports: Commands) -> None:
    """Declare the commands."""
    for kind in KINDS:
        parser = imports.add_parser(
            kind, help=_HELP[kind], epilog=_ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        parser.add_argument("file", type=Path, metavar="FILE", help="the CSV, JSON lines or Parquet file")
        parser.add_argument("--mapping", type=Path, required=True, metavar="MAP", help="the YAML file that explains it")
        add_data(parser)
        parser.add_argument("--dry-run", action="store_true", help="only say what would become of each line")
        parser.add_argument("--verdicts", type=Path, metavar="OUT", help="the CSV file for what became of each line")
        parser.add_argument("--again", action="store_true", help="take a file in again that was taken in before")
        parser.set_defaults(run=_run, kind=kind)


def _run(args: argparse.Namespace) -> int:
    mapping = read_mapping(args.mapping)
    file = look_through(args.file, args.kind, mapping.entry)
    for note in _unseen(file, mapping.entry):
        complain(note)
    # One file may hold customers, contracts and numbers: each import has its own verdicts.
    suffix = f".{args.kind}{'.dry-run' if args.dry_run else ''}.verdicts.csv"
    verdicts = args.verdicts or args.file.with_name(args.file.name + suffix)
    bar = Bar(file.about)
    with existing_store(args) as store:
        importing = SiteImport(store, LiveCatalogues(), now_utc, args.kind, mapping)
        if args.dry_run:
            result = importing.try_out(file, verdicts, bar.show_import)
        else:
            result = importing.run(file, verdicts, bar.show_import, args.again)
    bar.end()
    _report(args, result, verdicts)
    return EXIT_BROKEN if result.progress.refused else EXIT_OK


def _report(args: argparse.Namespace, result: Result, verdicts: Path) -> None:
    progress, times = result.progress, result.tally.verdicts
    if result.known_before:
        complain(f"this file was taken in on {progress.at:%Y-%m-%d %H:%M} UTC; --again takes it in again")
        say(f"{progress.lines} lines: nothing was changed")
        return
    would = "would be " if args.dry_run else ""
    counts = ", ".join(f"{times[one]} {one}" for one in VERDICTS if times[one] or one not in {SKIPPED, ERASED})
    say(f"{progress.lines} {args.kind}, {would}{counts}; each line is in {verdicts}")
    if result.ended:
        say(f"{result.ended} {args.kind} that the file does not have any more were ended")
    if not progress.lines:
        complain(f"{args.file.name} has no rows: nothing is taken in")
    reasons = result.tally.reasons()
    for verdict, reason, number, first in reasons[:_REASONS]:
        say(f"  {number} × {verdict}, line {first} first: {reason}")
    if len(reasons) > _REASONS:
        say(f"  and {len(reasons) - _REASONS} more reasons")
    for note, number, first in result.tally.notes():
        say(f"  {number} {args.kind}, line {first} first: {note}")


def _unseen(file: DataFile, mapping: FileMapping) -> list[str]:
    """Columns that the first lines of JSON do not have: each object may lack some, and a name may be mistyped."""
    if file.format != "jsonl":
        return []
    unseen = sorted(mapping.columns() - set(file.header))
    return [f"the first lines have no '{name}': is the mapping right?" for name in unseen]
