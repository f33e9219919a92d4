"""`audit`: who read a customer, or what somebody has read."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Final

from nba_desktop.backend.access.log import AuditService, Period
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands.common import (
    EXIT_OK,
    Commands,
    add_by,
    add_data,
    administrator,
    agent_id,
    day,
    existing_store,
    no_formula,
    reason,
    say,
    table,
)
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.subject.export import find_customer_id
from nba_desktop.contract.audit import MAX_READS, AuditedRead, AuditPage
from nba_desktop.contract.codes import ReadOperation

_COLUMNS: Final = ("at", "agent_id", "role", "operation", "basis", "customer_no", "customer_id", "contact_id", "reason")


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "audit",
        help="list who read a customer, or what somebody has read, newest first",
        description="Lists readings of customers. That they were looked at is kept with who and why, and shown to the "
        "employee it was about.",
    )
    add_data(parser)
    add_by(parser)
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--customer", metavar="NO", help="the customer's number")
    whose.add_argument("--agent", type=agent_id, metavar="ID", help="an employee, a system or an administrator")
    parser.add_argument(
        "--reason",
        type=reason,
        required=True,
        metavar="TEXT",
        help="why; it is kept and shown to the employee, so name no customer",
    )
    parser.add_argument("--from", dest="first", type=day, metavar="DAY", help="the first day; else 30 days before --to")
    parser.add_argument("--to", dest="last", type=day, metavar="DAY", help="the last day; else today")
    parser.add_argument("--format", choices=("text", "csv", "json"), default="text", help="json is an object a line")
    parser.set_defaults(run=_audit)


def _audit(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        with store.write() as unit:
            caller = administrator(unit, args.by)
        service = AuditService(store, LiveCatalogues(), find_customer_id, now_utc)

        def page(cursor: str | None) -> AuditPage:
            period = Period(args.first, args.last, MAX_READS, cursor)
            if args.customer is None:
                return service.of_agent(caller, args.agent, args.reason, period)
            return service.of_customer(caller, ReadOperation.AUDIT, args.customer, args.reason, period)

        reads = _reads(page)
        # Asked for before a word is printed: a refusal stands alone.
        first = list(islice(reads, 1))
        _FORMATS[args.format](chain(first, reads))
    return EXIT_OK


def _reads(page: Callable[[str | None], AuditPage]) -> Iterator[AuditedRead]:
    """Every reading of the days, a page at a time."""
    cursor: str | None = None
    while True:
        answer = page(cursor)
        yield from answer.reads
        cursor = answer.next
        if cursor is None:
            return


def _as_text(reads: Iterable[AuditedRead]) -> None:
    rows = [tuple(cell or "–" for cell in _cells(one)) for one in reads]
    say(table([tuple(name.upper() for name in _COLUMNS), *rows]) if rows else "nothing was read in these days")


def _as_csv(reads: Iterable[AuditedRead]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(tuple(map(no_formula, _cells(one))) for one in reads)


def _as_json(reads: Iterable[AuditedRead]) -> None:
    for one in reads:
        say(one.model_dump_json())


_FORMATS: Final = {"text": _as_text, "csv": _as_csv, "json": _as_json}


def _cells(one: AuditedRead) -> tuple[str, ...]:
    return (
        f"{one.at:%Y-%m-%d %H:%M:%S}",
        one.agent_id,
        "" if one.role is None else one.role.value,
        "" if one.operation is None else one.operation.value,
        one.basis.value,
        one.customer_no or "",
        one.customer_id or "",
        "" if one.contact_id is None else str(one.contact_id),
        one.reason,
    )
