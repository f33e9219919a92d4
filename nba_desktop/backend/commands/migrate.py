"""`migrate`: bring a database to this program's schema, or back to an earlier one's."""

from __future__ import annotations

import argparse

from nba_desktop.backend.commands.common import EXIT_OK, Commands, add_data, backend_config, say
from nba_desktop.backend.opening import open_database
from nba_desktop.backend.store.migrate import migrate, version_of


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser("migrate", help="bring a database to this version's schema, or back to an earlier one")
    add_data(parser)
    parser.add_argument(
        "--to",
        type=_version,
        metavar="VERSION",
        help="go back to this version of the schema, before an earlier program is installed again; refused where that "
        "would lose anything recorded since",
    )
    parser.set_defaults(run=_migrate)


def _migrate(args: argparse.Namespace) -> int:
    with open_database(backend_config(args), existing=True) as database:
        if args.to is None:
            migrate(database)
        else:
            # Alembic takes a while to load, and is seldom needed.
            from nba_desktop.backend.store.upgrade import downgrade

            downgrade(database, args.to)
        say(f"the database has the schema of version {version_of(database)}")
    return EXIT_OK


def _version(text: str) -> str:
    if len(text) != 4 or not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"'{text}' is not a version: four digits, such as 0004")
    return text
