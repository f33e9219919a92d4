"""`backup`: a copy of the database while the backend works."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from nba_desktop.backend.commands.common import EXIT_OK, Commands, add_data, backend_config, say
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.store.backup import copy_database

_PREFIX, _SUFFIX = "nba-backend-", ".sqlite3"
_SERVERS_OWN: Final = (
    "a database on a server is copied by the server's own tools, while the backend works: `pg_dump --format=custom "
    "--file=FILE NAME`, and back into an empty database with `pg_restore --dbname=NAME FILE`; "
    "`nba-desktop backend ledger verify` then says whether the proofs hold"
)


def add(commands: Commands) -> None:
    """Declare the command `backup`."""
    parser = commands.add_parser("backup", help="copy the database while the backend works, and examine the copy")
    add_data(parser)
    parser.add_argument("--to", type=Path, required=True, metavar="FILE|DIR", help="where; a folder gets a dated name")
    parser.add_argument(
        "--keep",
        type=_count,
        metavar="N",
        help="in a folder: remove the oldest copies that this command made there, beyond N",
    )
    parser.set_defaults(run=_back_up)


def _back_up(args: argparse.Namespace) -> int:
    config = backend_config(args)
    if config.database is not None:
        raise ConfigurationError(_SERVERS_OWN)
    if not config.database_file.is_file():
        raise ConfigurationError(f"there is no backend's database in {config.data}: name its folder with --data")
    folder = args.to if args.to.is_dir() else None
    if folder is None and not args.to.suffix:
        raise ConfigurationError(f"there is no folder {args.to}: make it, or name a file such as {args.to}{_SUFFIX}")
    if args.keep is not None and folder is None:
        raise ConfigurationError("--keep looks after the copies of a folder: name a folder that is there with --to")
    target = folder / f"{_PREFIX}{now_utc():%Y%m%dT%H%M%SZ}{_SUFFIX}" if folder is not None else args.to
    copy_database(config.database_file, target)
    say(f"{target}: {target.stat().st_size / 1e6:.1f} MB, every page and index of it was read")
    if folder is not None and args.keep is not None:
        # The names sort by their moment.
        for old in sorted(folder.glob(f"{_PREFIX}*{_SUFFIX}"))[: -args.keep]:
            old.unlink()
            say(f"{old}: removed, as {args.keep} newer ones are there")
    return EXIT_OK


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 10_000:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of copies: 1 to 10000")
    return int(text)
