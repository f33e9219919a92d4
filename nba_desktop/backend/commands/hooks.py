"""`hook`: telephone systems that report calls by webhook, and whom their users stand for."""

from __future__ import annotations

import argparse
import re
import sys
from typing import Final
from urllib.parse import urlencode, urlsplit

from nba_desktop.backend.api.hooks import hook_path
from nba_desktop.backend.calls.placetel import SIGNATURE_HEADER
from nba_desktop.backend.calls.sources import FRESH_FOR_S, SourceService
from nba_desktop.backend.commands.common import (
    EXIT_OK,
    Commands,
    add_data,
    agent_id,
    complain,
    existing_store,
    family,
    say,
    table,
)
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.rows.hooks import HookDialect, HookRow
from nba_desktop.contract.numbers import NumberFormat, NumberRules

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_DEFAULT_FORMAT: Final = {
    HookDialect.ZAMMAD: NumberFormat.E164_WITHOUT_PLUS,
    HookDialect.SIPGATE: NumberFormat.E164_WITHOUT_PLUS,
    HookDialect.PLACETEL: NumberFormat.NATIONAL,
}


def add(commands: Commands) -> None:
    """Declare the commands."""
    hook = family(commands, "hook", "telephone systems that report calls by webhook")
    creating = hook.add_parser("create", help="add a telephone system and print its address and secret, once")
    _add_source(creating)
    creating.add_argument("--dialect", required=True, choices=[one.value for one in HookDialect])
    creating.add_argument(
        "--number-format",
        choices=[one.value for one in NumberFormat],
        help="how it writes outside numbers (default: as the dialect usually does)",
    )
    creating.add_argument("--region", default="DE", help="two-letter country it stands in (default: %(default)s)")
    creating.add_argument("--trunk-prefix", default="", metavar="DIGITS", help="what it puts before outside numbers")
    creating.add_argument("--extension-digits", type=int, default=5, help="longest extension (default: %(default)s)")
    creating.add_argument(
        "--queue", action="append", default=[], type=_queue, help="only calls of this queue and direct calls; repeat"
    )
    creating.add_argument("--internal-calls", action="store_true", help="show calls between extensions, too")
    creating.add_argument(
        "--public-url", type=_url, metavar="URL", help="this backend as the world reaches it; for sipgate"
    )
    creating.add_argument(
        "--events-per-second", type=_rate, default=1000, metavar="N", help="most it may send (default: %(default)s)"
    )
    _add_secret(creating)
    creating.set_defaults(run=_create)
    listing = hook.add_parser("list", help="list the telephone systems and their users")
    add_data(listing)
    listing.set_defaults(run=_list)
    mapping = hook.add_parser("map", help="say which agent a user of a telephone system is")
    _add_source(mapping)
    _add_user(mapping)
    mapping.add_argument("--agent", type=agent_id, required=True, help="as `agent list` shows him")
    mapping.set_defaults(run=_map)
    unmapping = hook.add_parser("unmap", help="take that back")
    _add_source(unmapping)
    _add_user(unmapping)
    unmapping.add_argument("--agent", type=agent_id, help="only for this agent (default: for all)")
    unmapping.set_defaults(run=_unmap)
    rotating = hook.add_parser("rotate", help="make another secret and print it, once; the old one is worthless then")
    _add_source(rotating)
    _add_secret(rotating)
    rotating.set_defaults(run=_rotate)
    deleting = hook.add_parser("delete", help="remove a telephone system with its users")
    _add_source(deleting)
    deleting.set_defaults(run=_delete)


def _add_source(parser: argparse.ArgumentParser) -> None:
    add_data(parser)
    parser.add_argument("source", type=_name, help="its name in the address: a-z, 0-9, '-' and '_'")


def _add_user(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--user", type=_user, required=True, help="his name, extension or number, or a SIP peer, as the webhooks say it"
    )


def _add_secret(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--secret-stdin", action="store_true", help="read the secret from standard input instead of making one"
    )


def _create(args: argparse.Namespace) -> int:
    dialect = HookDialect(args.dialect)
    number_format = NumberFormat(args.number_format) if args.number_format else _DEFAULT_FORMAT[dialect]
    try:
        NumberRules(number_format, args.region, args.trunk_prefix, args.extension_digits)
    except ValueError as error:
        raise ConfigurationError(f"the number format cannot be used: {error}") from error
    if dialect is HookDialect.SIPGATE and not args.public_url:
        raise ConfigurationError(
            "sipgate is told where to send answers and hang-ups: name this backend with --public-url https://…"
        )
    row = HookRow(
        source=args.source,
        dialect=dialect,
        secret_sha256=None,
        signing_key=None,
        number_format=number_format.value,
        region=args.region,
        trunk_prefix=args.trunk_prefix,
        extension_digits=args.extension_digits,
        queues=frozenset(args.queue),
        internal_calls=args.internal_calls,
        public_url=args.public_url or "",
        events_per_s=args.events_per_second,
        created_at=now_utc(),
    )
    with existing_store(args) as store:
        secret = SourceService(store).create(row, _given_secret(args))
    _show(row, secret)
    return EXIT_OK


def _list(args: argparse.Namespace) -> int:
    with existing_store(args) as store, store.read() as unit:
        rows, users = unit.hooks.all(), unit.hooks.users()
    say(table([("SOURCE", "DIALECT", "NUMBERS", "QUEUES", "INTERNAL", "CREATED"), *map(_row, rows)]))
    if users:
        say("")
        say(table([("SOURCE", "USER", "AGENT"), *users]))
    return EXIT_OK


def _map(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        SourceService(store).map_user(args.source, args.user, args.agent)
    _say_when()
    return EXIT_OK


def _unmap(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        SourceService(store).unmap_user(args.source, args.user, args.agent)
    _say_when()
    return EXIT_OK


def _rotate(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        row, secret = SourceService(store).rotate(args.source, _given_secret(args))
    _show(row, secret)
    _say_when()
    return EXIT_OK


def _delete(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        SourceService(store).remove(args.source)
    _say_when()
    return EXIT_OK


def _show(row: HookRow, secret: str) -> None:
    path = f"{row.public_url.rstrip('/')}{hook_path(row.source)}"
    if row.dialect is HookDialect.PLACETEL:
        say(path)
        say(secret)
        complain(f"The second line is the shared secret that signs in {SIGNATURE_HEADER}. It is not shown again.")
    else:
        say(f"{path}?{urlencode({'token': secret})}")
        complain("This address holds the secret. It is not shown again.")


def _say_when() -> None:
    complain(f"A running backend knows it within {FRESH_FOR_S:.0f} seconds.")


def _row(row: HookRow) -> tuple[str, ...]:
    numbers = row.number_format if not row.trunk_prefix else f"{row.trunk_prefix}+{row.number_format}"
    return (
        row.source,
        row.dialect.value,
        f"{numbers} {row.region}",
        ",".join(sorted(row.queues)) or "all",
        "yes" if row.internal_calls else "no",
        f"{row.created_at:%Y-%m-%d}",
    )


def _given_secret(args: argparse.Namespace) -> str | None:
    if not args.secret_stdin:
        return None
    # Not an argument: whoever lists the machine's processes would read it.
    secret = sys.stdin.readline().strip()
    if not 16 <= len(secret) <= 200 or not secret.isascii() or not secret.isprintable():
        raise ConfigurationError("the secret on standard input must have 16 to 200 printable ASCII characters")
    return secret


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise argparse.ArgumentTypeError("a source is named with a-z, 0-9, '-' and '_', at most 64 characters")
    return text


def _user(text: str) -> str:
    if not 1 <= len(text.strip()) <= 128 or not text.isprintable():
        raise argparse.ArgumentTypeError("a user has 1 to 128 printable characters")
    return text


def _queue(text: str) -> str:
    if not 1 <= len(text.strip()) <= 128 or not text.isprintable():
        raise argparse.ArgumentTypeError("a queue has 1 to 128 printable characters")
    return text.strip()


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or len(text) > 500:
        raise argparse.ArgumentTypeError("an address begins with https:// and has no '?' and no '#'")
    return text


def _rate(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError("a number from 1 to 100000")
    return int(text)
