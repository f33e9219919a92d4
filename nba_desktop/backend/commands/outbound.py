"""`outbound`: where results of calls go, what became of them, and results as files."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final
from uuid import UUID

from nba_desktop.backend.commands.common import (
    EXIT_BROKEN,
    EXIT_OK,
    Commands,
    add_data,
    complain,
    existing_store,
    family,
    say,
    table,
)
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.outbound.endpoints import EndpointService, EndpointStatus
from nba_desktop.backend.outbound.envelope import DEFAULT_SOURCE, TYPES
from nba_desktop.backend.outbound.files import export, read_cursor, write_cursor
from nba_desktop.backend.outbound.records import MEANINGS, Delivery, Endpoint, ResultType
from nba_desktop.backend.outbound.signing import new_secret

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_GIVE_UP_DAYS: Final = 3
_MOST_SHOWN: Final = 200
_STATUS: Final = (
    "ENDPOINT",
    "STATE",
    "WAITING",
    "OLDEST (UTC)",
    "ATTEMPTS",
    "LAST PROBLEM",
    "NEXT TRY (UTC)",
    "DELIVERED",
    "DEAD",
    "TYPES",
    "URL",
)


def add(commands: Commands) -> None:
    """Declare the commands."""
    outbound = family(commands, "outbound", "results for other systems: by webhook, and as files")
    adding = outbound.add_parser("add", help="add an endpoint and print the secret that signs, once")
    _add_endpoint(adding)
    adding.add_argument("--url", required=True, help="where results are sent: https://, or http:// on this machine")
    _add_types(adding)
    _add_source(adding)
    _add_secret(adding)
    adding.add_argument(
        "--since", type=_moment, metavar="DAY", help="also what was recorded since then and is still there"
    )
    adding.add_argument(
        "--give-up-days",
        type=_days,
        default=_GIVE_UP_DAYS,
        metavar="N",
        help="so long a result is tried before it is a dead letter (default: %(default)s)",
    )
    adding.set_defaults(run=_add)
    removing = outbound.add_parser("remove", help="remove an endpoint with what waits for it")
    _add_endpoint(removing)
    removing.set_defaults(run=_remove)
    rotating = outbound.add_parser("rotate", help="sign with another secret and print it, once")
    _add_endpoint(rotating)
    _add_secret(rotating)
    rotating.set_defaults(run=_rotate)
    enabling = outbound.add_parser(
        "enable", help="send what waits for an endpoint now, also where it was disabled or is tried again later"
    )
    _add_endpoint(enabling)
    enabling.set_defaults(run=_enable)
    disabling = outbound.add_parser("disable", help="send nothing to an endpoint; what is for it waits")
    _add_endpoint(disabling)
    disabling.set_defaults(run=_disable)
    status = outbound.add_parser(
        "status", help="list the endpoints and how much waits; 1 where something is dead, or waits and is disabled"
    )
    add_data(status)
    status.set_defaults(run=_status)
    dead = outbound.add_parser("dead", help="list what no endpoint took in time, without what is in it")
    add_data(dead)
    dead.add_argument("--endpoint", type=_name, help="only of this one")
    dead.set_defaults(run=_dead)
    replaying = outbound.add_parser(
        "replay", help="send dead letters again, each before what came later of its customer"
    )
    _add_endpoint(replaying)
    replaying.add_argument("--id", type=_uuid, help="only this one")
    replaying.set_defaults(run=_replay)
    exporting = outbound.add_parser("export", help="write results into a file")
    add_data(exporting)
    exporting.add_argument("out", type=Path, metavar="FILE", help="the file; there is none yet by its name")
    exporting.add_argument("--format", choices=("jsonl", "csv"), default="jsonl", help="default: %(default)s")
    exporting.add_argument("--since", type=_moment, metavar="DAY", help="only what was recorded since then")
    exporting.add_argument(
        "--cursor", type=Path, metavar="FILE", help="go on behind what was written last, as this file says"
    )
    _add_types(exporting)
    _add_source(exporting)
    exporting.set_defaults(run=_export)
    outbound.add_parser("types", help="list what can be told").set_defaults(run=_types)


def _add_endpoint(parser: argparse.ArgumentParser) -> None:
    add_data(parser)
    parser.add_argument("endpoint", type=_name, help="its name: a-z, 0-9, '-' and '_'")


def _add_types(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--types", type=_result_types, default=frozenset(), metavar="A,B", help="only these (default: all)"
    )


def _add_source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--source", type=_source, default=DEFAULT_SOURCE, metavar="URI", help="what events name as their source"
    )


def _add_secret(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--secret-stdin", action="store_true", help="read the secret (whsec_…) from standard input, make none"
    )


def _add(args: argparse.Namespace) -> int:
    secret, is_new = _secret(args)
    endpoint = Endpoint(
        name=args.endpoint,
        url=args.url,
        types=args.types,
        secret=secret,
        source=args.source,
        give_up_days=args.give_up_days,
        created_at=now_utc(),
    )
    with existing_store(args) as store:
        EndpointService(store, now_utc).add(endpoint, args.since)
    _show(secret, is_new)
    return EXIT_OK


def _remove(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        lost = EndpointService(store, now_utc).remove(args.endpoint)
    say(f"{args.endpoint} is removed" + (f"; {lost} results were not handed over to it" if lost else ""))
    return EXIT_OK


def _rotate(args: argparse.Namespace) -> int:
    secret, is_new = _secret(args)
    with existing_store(args) as store:
        EndpointService(store, now_utc).rotate(args.endpoint, secret)
    _show(secret, is_new)
    return EXIT_OK


def _enable(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        waiting = EndpointService(store, now_utc).enable(args.endpoint)
    rest = f"{waiting} results wait and are due now; a running backend sends them" if waiting else "nothing waits"
    say(f"{args.endpoint} is enabled: {rest}")
    return EXIT_OK


def _disable(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        EndpointService(store, now_utc).disable(args.endpoint)
    say(f"{args.endpoint} is disabled: what is for it waits until `outbound enable {args.endpoint}`")
    return EXIT_OK


def _status(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        found = EndpointService(store, now_utc).status()
    say(table([_STATUS, *map(_status_row, found)]))
    return EXIT_BROKEN if any(one.needs_somebody for one in found) else EXIT_OK


def _dead(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        found = EndpointService(store, now_utc).dead(args.endpoint, _MOST_SHOWN + 1)
    shown: Sequence[Delivery] = found[:_MOST_SHOWN]
    say(table([("ENDPOINT", "ID", "TYPE", "RECORDED (UTC)", "ATTEMPTS", "LAST PROBLEM"), *map(_dead_row, shown)]))
    if len(found) > _MOST_SHOWN:
        complain(f"There are more than {_MOST_SHOWN}: `outbound status` counts them.")
    return EXIT_BROKEN if found else EXIT_OK


def _replay(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        number = EndpointService(store, now_utc).replay(args.endpoint, args.id)
    say(f"{number} dead letters wait again for {args.endpoint}; a running backend sends them")
    return EXIT_OK


def _export(args: argparse.Namespace) -> int:
    behind = 0 if args.cursor is None else read_cursor(args.cursor)
    with existing_store(args) as store:
        written = export(store, args.out, args.format, behind, args.since, args.types, args.source, now_utc())
    if args.cursor is not None:
        # Last: a run that is cut short before is done again.
        write_cursor(args.cursor, written.position)
    say(f"{written.results} results are in {args.out}")
    return EXIT_OK


def _types(_args: argparse.Namespace) -> int:
    say(table([("TYPE", "WHAT HAPPENED"), *((one.value, MEANINGS[one]) for one in ResultType)]))
    complain(f"In an event {TYPES} stands before each.")
    return EXIT_OK


def _secret(args: argparse.Namespace) -> tuple[str, bool]:
    # Not an argument: whoever lists the machine's processes would read it.
    return (sys.stdin.readline().strip(), False) if args.secret_stdin else (new_secret(), True)


def _show(secret: str, is_new: bool) -> None:
    if is_new:
        say(secret)
        complain("This secret signs what is sent. It is not shown again.")


def _status_row(one: EndpointStatus) -> tuple[str, ...]:
    endpoint, counts = one.endpoint, one.counts
    return (
        endpoint.name,
        "enabled" if endpoint.disabled_at is None else "disabled",
        str(counts.waiting),
        "–" if counts.oldest is None else f"{counts.oldest:%Y-%m-%d %H:%M}",
        str(counts.attempts),
        counts.last_problem or "–",
        "–" if one.next_try is None else f"{one.next_try:%Y-%m-%d %H:%M:%S}",
        str(counts.delivered),
        str(counts.dead),
        ",".join(sorted(endpoint.types)) or "all",
        endpoint.url,
    )


def _dead_row(one: Delivery) -> tuple[str, ...]:
    event = one.event
    recorded = f"{event.recorded_at:%Y-%m-%d %H:%M}"
    return one.endpoint, str(event.event_id), event.type.value, recorded, str(one.attempts), one.last_problem


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise argparse.ArgumentTypeError("an endpoint is named with a-z, 0-9, '-' and '_', at most 64 characters")
    return text


def _result_types(text: str) -> frozenset[ResultType]:
    try:
        return frozenset(ResultType(one.strip().removeprefix(TYPES)) for one in text.split(",") if one.strip())
    except ValueError:
        raise argparse.ArgumentTypeError(f"there are {', '.join(ResultType)}") from None


def _source(text: str) -> str:
    if not 1 <= len(text) <= 256 or not text.isascii() or not text.isprintable() or " " in text:
        raise argparse.ArgumentTypeError("a source is a URI of at most 256 ASCII characters")
    return text


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text) if len(text) > 10 else datetime.combine(date.fromisoformat(text), time())
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is neither a day such as 2026-03-31 nor a moment") from None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 30:
        raise argparse.ArgumentTypeError("a number of days from 1 to 30")
    return int(text)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no id: `outbound dead` shows them") from None
