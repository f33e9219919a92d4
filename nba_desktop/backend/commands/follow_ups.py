"""`follow-ups`: lists of what was promised, for specialists, dispatch and campaign tools."""

from __future__ import annotations

import argparse
import csv
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands.common import (
    EXIT_OK,
    Commands,
    add_by,
    add_data,
    administrator,
    code,
    day,
    existing_store,
    family,
    no_formula,
    reason,
    say,
)
from nba_desktop.backend.consent.permission import PermissionService
from nba_desktop.backend.decisions.follow_up_lists import CAMPAIGN, FollowUpLists, ListRow
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.opening import now_utc
from nba_desktop.contract.codes import ConsentChannel, FollowUpKind

_HEADING: Final = (
    "reference",
    "customer_no",
    "kind",
    "due",
    "at_time",
    "action_id",
    "action",
    "words",
    "channel",
    "contact_point",
)
_CHANNELS: Final = {
    one.value.lower(): one
    for one in (ConsentChannel.PHONE, ConsentChannel.EMAIL, ConsentChannel.SMS, ConsentChannel.POST)
}


def add(commands: Commands) -> None:
    """Declare the commands."""
    exporting = family(commands, "follow-ups", "what was promised to customers").add_parser(
        "export",
        help="write what is open as CSV; who read it, why and about whom is kept",
        description="Writes open follow-ups of one kind as CSV. The kind 'campaign' is everybody who was interested in "
        "an action or wanted to think it over, whose rest is over and whom the consents let be contacted by that "
        "channel. The campaign tool asks again on the day (POST /v1/consents/may-contact), so that the use is kept.",
    )
    add_data(exporting)
    add_by(exporting)
    exporting.add_argument("--kind", required=True, choices=[*(one.value for one in FollowUpKind), CAMPAIGN])
    exporting.add_argument(
        "--out", type=Path, required=True, metavar="FILE.csv", help="the file; one there is replaced"
    )
    exporting.add_argument("--reason", type=reason, required=True, metavar="TEXT", help="why; it is kept")
    exporting.add_argument("--until", type=day, metavar="DAY", help="due until this day; without it today")
    exporting.add_argument("--action", type=code, metavar="ID", help="the action of a campaign")
    exporting.add_argument("--channel", choices=list(_CHANNELS), help="how a campaign reaches people")
    exporting.add_argument("--language", choices=("de", "en"), default="de", help="language of the actions' titles")
    exporting.set_defaults(run=_export)


def _export(args: argparse.Namespace) -> int:
    is_campaign = args.kind == CAMPAIGN
    belongs, others = (args.action, args.channel), (args.until,)
    needed, foreign = (belongs, others) if is_campaign else ((), belongs)
    if any(one is None for one in needed) or any(one is not None for one in foreign):
        raise ConfigurationError(f"--kind {CAMPAIGN} needs --action and --channel, the other kinds may have --until")
    catalogues = LiveCatalogues()
    with existing_store(args) as store:
        with store.write() as unit:
            caller = administrator(unit, args.by)
        lists = FollowUpLists(store, catalogues, PermissionService(store, catalogues, now_utc), now_utc)
        rows = (
            lists.campaign(caller, args.reason, args.action, _CHANNELS[args.channel], args.language)
            if is_campaign
            else lists.promised(caller, args.reason, FollowUpKind(args.kind), args.until, args.language)
        )
        count = _write(args.out, rows)
    say(f"{count} follow-ups are in {args.out}")
    return EXIT_OK


def _write(out: Path, rows: Iterable[ListRow]) -> int:
    """Write a file for this user alone, complete or not at all, and return how many rows it has."""
    part, count = out.with_name(out.name + ".part"), 0
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_HEADING)
            for count, row in enumerate(rows, start=1):  # noqa: B007 (the last is how many)
                writer.writerow(_cells(row))
        part.replace(out)
    except OSError as error:
        raise ConfigurationError(f"{out} cannot be written: {error.strerror}") from error
    return count


def _cells(row: ListRow) -> tuple[str, ...]:
    return (
        row.reference,
        row.customer_no,
        row.kind,
        row.due.isoformat(),
        "" if row.at_time is None else f"{row.at_time:%H:%M}",
        row.action_id,
        row.title,
        no_formula(row.words),
        row.channel,
        row.contact_point,
    )
