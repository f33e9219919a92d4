"""`value`: calculate the customers' lifetime values, and show by what."""

from __future__ import annotations

import argparse
import json
import sys
from itertools import pairwise
from math import expm1
from typing import Any, Final

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands.common import (
    EXIT_OK,
    Commands,
    add_data,
    complain,
    existing_store,
    family,
    say,
    table,
)
from nba_desktop.backend.decisions.lifetime_values import ValueReport, ValueService
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.value.purchases import PurchaseModel
from nba_desktop.backend.value.retention import BANDS, RetentionTable
from nba_desktop.backend.value.valuing import FITTED

_WIDTH: Final = 30


def add(commands: Commands) -> None:
    """Declare the commands."""
    value = family(commands, "value", "what customers are worth over the years ahead")
    running = value.add_parser(
        "run", help="calculate the values; a server does so itself where the catalogue says when"
    )
    add_data(running)
    running.add_argument("--dry-run", action="store_true", help="only say what would come of it")
    running.add_argument("--again", action="store_true", help="calculate anew on a day on which it was done")
    running.add_argument(
        "--replace-delivered", action="store_true", help="also in place of values that another system delivered"
    )
    running.add_argument("--json", action="store_true", help="say it as JSON")
    running.set_defaults(run=_run)
    showing = value.add_parser("show", help="show the models behind the values, and what the last run came to")
    add_data(showing)
    showing.add_argument("--json", action="store_true", help="say it as JSON")
    showing.set_defaults(run=_show)


def _run(args: argparse.Namespace) -> int:
    bar = _Bar()
    with existing_store(args) as store:
        service = ValueService(store, LiveCatalogues(), now_utc)
        try:
            report = service.run(bar.show, args.dry_run, args.again, args.replace_delivered)
        finally:
            bar.end()
    if report.done_before:
        complain(f"the values of {report.day} are calculated already; --again calculates them anew")
    if args.json:
        say(json.dumps(_plain(report)))
    else:
        say(_counts_text(report, args.dry_run))
        _say_notes(report)
    return EXIT_OK


def _show(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        report = ValueService(store, LiveCatalogues(), now_utc).last()
    if args.json:
        say(json.dumps(None if report is None else _plain(report)))
    elif report is None:
        say("no value was calculated yet: `nba-desktop backend value run` does so")
    else:
        if report.models.retention is not None:
            say(_retention_text(report.models.retention))
        if report.models.purchases is not None:
            say(_purchases_text(report.models.purchases))
        say(_counts_text(report, dry_run=False))
        _say_notes(report)
    return EXIT_OK


def _say_notes(report: ValueReport) -> None:
    for note in report.models.notes:
        complain(f"note: {note}")
    if report.counts.unread:
        complain(f"note: {report.counts.unread} purchases were left out, because their amount is no number of EUR")


def _counts_text(report: ValueReport, dry_run: bool) -> str:
    counts = report.counts
    total = sum(counts.classes.values())
    rows = [("CLASS", "CUSTOMERS", "SHARE")]
    rows += [(name, str(number), f"{100 * number / total:.1f} %") for name, number in sorted(counts.classes.items())]
    would = "would be " if dry_run else ""
    changed = ", ".join(f"{step} {number}" for step, number in sorted(counts.changed.items())) or "none"
    ended = "" if report.ended_at is not None else " (not finished: the next run goes on)"
    return "\n".join(
        (
            f"values as of {report.day}, catalogue {report.catalogue_version}{ended}",
            table(rows),
            f"{total} customers {would}valued, {counts.first} of them for the first time; "
            f"{counts.kept} keep a delivered value, {counts.objected} object to advertising, "
            f"of {counts.unknown} nothing is known that has a margin",
            f"changes of class: {changed}",
        )
    )


def _retention_text(retention: RetentionTable) -> str:
    bands = [f"{low:g}–{high:g}" for low, high in pairwise(BANDS)] + [f"{BANDS[-1]:g}+"]
    rows = [("KIND", *(f"{band} YEARS" for band in bands))]
    rows += [
        (
            kind,
            *(
                f"{-100 * expm1(-rate):.1f} % ({ends} of {years:g})"
                for rate, (ends, years) in zip(rates, seen, strict=True)
            ),
        )
        for kind, rates, seen in ((kind, retention.rates[kind], seen) for kind, seen in retention.seen.items())
    ]
    return f"how many leave in a year, by tenure (ends of contract-years seen)\n{table(rows)}\n"


def _purchases_text(model: PurchaseModel) -> str:
    found = model.frequency
    said = [f"purchases of {model.customers} customers, {model.repeaters} of whom bought again"]
    if found is not None:
        said.append(f"BG/NBD (weeks): r {found.r:.4f}, alpha {found.alpha:.4f}, a {found.a:.4f}, b {found.b:.4f}")
    if model.amounts is not None:
        of = model.amounts
        said.append(f"Gamma-Gamma: p {of.p:.4f}, q {of.q:.4f}, v {of.v:.4f}; {of.mean:.2f} EUR a purchase on average")
    if found is None or model.amounts is None:
        mean = model.mean
        said.append(f"plain mean: {52.18 * mean.weekly:.2f} purchases a year of {mean.amount:.2f} EUR")
    return "\n".join(said) + "\n"


def _plain(report: ValueReport) -> dict[str, Any]:
    counts = report.counts
    return {
        "day": report.day.isoformat(),
        "started_at": report.started_at.isoformat(),
        "ended_at": None if report.ended_at is None else report.ended_at.isoformat(),
        "catalogue_version": report.catalogue_version,
        "done_before": report.done_before,
        "classes": counts.classes,
        "changed": counts.changed,
        "first": counts.first,
        "kept": counts.kept,
        "objected": counts.objected,
        "unknown": counts.unknown,
        "unread": counts.unread,
        "models": FITTED.dump_python(report.models, mode="json"),
        "notes": list(report.models.notes),
    }


class _Bar:
    """How far it is, on one line of a terminal; where nobody watches, nothing."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()

    def show(self, step: str, done: int, total: int) -> None:
        """Draw the line anew."""
        if self._watched and total:
            share = min(done / total, 1)
            filled = round(share * _WIDTH)
            bar = f"[{'#' * filled}{'.' * (_WIDTH - filled)}]"
            sys.stderr.write(f"\r{bar} {share:4.0%}  {step}: {done} of {total} customers ")
            sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        if self._watched:
            sys.stderr.write("\n")
