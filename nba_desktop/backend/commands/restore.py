"""`restore`: put a copy of the database back, or try whether it could be."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from nba_desktop.backend.commands.common import EXIT_BROKEN, EXIT_OK, Commands, complain, say
from nba_desktop.backend.commands.ledger import check_ledger
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.one_server import nobody_serves
from nba_desktop.backend.opening import open_store
from nba_desktop.backend.store.backup import put_back


def add(commands: Commands) -> None:
    """Declare the command `restore`."""
    parser = commands.add_parser("restore", help="put a copy back, or try whether it could be")
    parser.add_argument("copy", type=Path, metavar="FILE", help="what `backup` has made")
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--data", type=Path, metavar="DIR", help="the folder to put it into, which has no database")
    place.add_argument(
        "--check",
        action="store_true",
        help="put it into a folder that is removed again: this version's schema, the chain of the consents",
    )
    parser.set_defaults(run=_restore)


def _restore(args: argparse.Namespace) -> int:
    if not args.copy.is_file():
        raise ConfigurationError(f"there is no file {args.copy}")
    if not args.check:
        with nobody_serves(args.data):
            return _put_back(args.copy, BackendConfig(data=args.data, resources=args.resources), str(args.data))
    # Beside the copy: there is room for what holds it, and it is personal data that should lie in one place.
    try:
        with tempfile.TemporaryDirectory(prefix=".restore-check-", dir=args.copy.resolve().parent) as folder:
            return _put_back(args.copy, BackendConfig(data=Path(folder), resources=args.resources), "")
    except OSError as error:
        raise ConfigurationError(f"no folder can be made beside {args.copy}: {error.strerror}") from error


def _put_back(copy: Path, config: BackendConfig, where: str) -> int:
    if not config.data.is_dir():
        raise ConfigurationError(f"there is no folder {config.data}: make it, for the user that the backend runs as")
    put_back(copy, config.database_file)
    with open_store(config, existing=True) as store, store.read() as unit:
        found = check_ledger(unit)
    complaint = found.complaint()
    if complaint:
        complain(f"the copy can be opened, but {complaint}")
        return EXIT_BROKEN
    ledger = f"its schema is this version's, and its ledger holds with {found.check.entries} entries"
    if not where:
        say(f"{copy} can be put back: {ledger}")
        return EXIT_OK
    say(f"{copy} is in {where}: {ledger}")
    say("who was erased since the copy was made is in it: `nba-desktop backend subject erase` again before it serves")
    return EXIT_OK
