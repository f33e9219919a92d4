"""What the commands share: how folders, people and words are given, and where results and complaints go."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias

from sqlalchemy import URL

from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.opening import now_utc, open_store
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.store.postgresql import read_address, shown
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.codes import Role

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""Where commands are added."""

DATABASE_VARIABLE: Final = "NBA_DATABASE"
"""The variable that names a database on a server where neither --data nor --database does."""

LONGEST_REASON: Final = 180

EXIT_OK: Final = 0
EXIT_BROKEN: Final = 1
EXIT_UNUSABLE: Final = 2


def family(commands: Commands, name: str, help_text: str) -> Commands:
    """Add a command that has commands of its own."""
    return commands.add_parser(name, help=help_text).add_subparsers(dest=f"{name}_command", required=True)


def add_data(parser: argparse.ArgumentParser, required: bool = True) -> None:
    """Declare where the database is: in a folder, or on a server.

    Where it is `required`, the variable NBA_DATABASE may say it, too; who is free to name none names it on purpose.
    """
    said_elsewhere = bool(os.environ.get(DATABASE_VARIABLE))
    add_places(parser.add_mutually_exclusive_group(required=required and not said_elsewhere))


def add_places(group: argparse._MutuallyExclusiveGroup, what: str = "") -> None:
    """Declare the two places where a database may be, of which one is named; `what` is taken from there."""
    group.add_argument("--data", type=Path, metavar="DIR", help=f"folder of the database{what}")
    group.add_argument(
        "--database",
        type=_address,
        metavar="URL",
        help=f"database on a PostgreSQL server, as postgresql://USER@HOST/NAME; {DATABASE_VARIABLE} says it with a "
        "password that no list of processes shows",
    )


def has_database(args: argparse.Namespace) -> bool:
    """Say whether a database was named."""
    return args.data is not None or args.database is not None


def database_option(args: argparse.Namespace) -> str:
    """Return the option that names the same database again, without its password."""
    if args.data is not None:
        return f"--data {args.data}"
    return "" if args.database is None else f"--database {shown(args.database)}"


def backend_config(args: argparse.Namespace) -> BackendConfig:
    """Return where the backend keeps things: what the command line says, else the variable NBA_DATABASE."""
    address = args.database
    if not has_database(args):
        try:
            address = read_address(os.environ.get(DATABASE_VARIABLE, ""))
        except ConfigurationError as error:
            raise ConfigurationError(f"{DATABASE_VARIABLE}: {error}") from None
    return BackendConfig(data=args.data or Path(), resources=args.resources, database=address)


def _address(text: str) -> URL:
    try:
        url = read_address(text)
    except ConfigurationError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if url.password:
        complain(
            f"Everybody on this machine can read the password in the list of processes: {DATABASE_VARIABLE} keeps it "
            "from them, or a file that the address names with ?passfile="
        )
    return url


def add_by(parser: argparse.ArgumentParser) -> None:
    """Declare who acts; the shell's user is not asked, because people share it."""
    parser.add_argument("--by", type=person, required=True, metavar="NAME", help="who does this")


def administrator(unit: Unit, by: str) -> Caller:
    """Return who acts as the caller whom the backend keeps what he reads under."""
    return Caller(by, ensure_agent(unit.access, by, now_utc()), frozenset({Role.ADMIN}))


def person(text: str) -> str:
    """Read the name of who acts."""
    if not 1 <= len(text) <= 64 or not text.isprintable() or not text.strip():
        raise argparse.ArgumentTypeError("a name has 1 to 64 printable characters")
    return text.strip()


def agent_id(text: str) -> str:
    """Read an agent's id."""
    if not 1 <= len(text) <= 64 or not text.isprintable():
        raise argparse.ArgumentTypeError("an agent's id has 1 to 64 printable characters")
    return text


def reason(text: str) -> str:
    """Read why customers are read; it is kept."""
    if not 1 <= len(text.strip()) <= LONGEST_REASON or not text.isprintable():
        raise argparse.ArgumentTypeError(f"a reason has 1 to {LONGEST_REASON} printable characters, on one line")
    return text.strip()


def day(text: str) -> date:
    """Read a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day such as 2026-03-31") from None


def no_formula(cell: str) -> str:
    """Return a cell of a CSV file that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell


def remark(text: str) -> str:
    """Read a note or a reason."""
    if len(text) > 500 or not text.isprintable():
        raise argparse.ArgumentTypeError("a note has at most 500 printable characters, on one line")
    return text


def codes(text: str) -> frozenset[str]:
    """Read a list of codes such as `retention,english`; an empty text is none."""
    found = frozenset(one.strip() for one in text.split(",") if one.strip())
    for one in sorted(found):
        code(one)
    if len(" ".join(found)) > 1000:
        raise argparse.ArgumentTypeError("these are too many codes: at most 1000 characters together")
    return found


def code(text: str) -> str:
    """Read a code as catalogues write it."""
    if len(text) > 64 or not text.isascii() or not text.replace("_", "a").isalnum() or not text[0].isalpha():
        raise argparse.ArgumentTypeError(
            f"'{text}' is not a code: letters, digits and '_', at most 64; it begins with a letter"
        )
    return text


def begun_store(args: argparse.Namespace) -> AbstractContextManager[SqlStore]:
    """Open the store of a backend, beginning a new one where there is none; for what may begin a site."""
    return open_store(backend_config(args))


def existing_store(args: argparse.Namespace) -> AbstractContextManager[SqlStore]:
    """Open the store of a backend that there is; a mistyped name must not make an empty one."""
    return open_store(backend_config(args), existing=True)


def say(text: str) -> None:
    """Print a result."""
    sys.stdout.write(f"{text}\n")


def complain(text: str) -> None:
    """Print what is wrong, or what a result should not be mixed with."""
    sys.stderr.write(f"{text}\n")


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Return rows as columns of equal width; the last column is as wide as it is."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]) - 1)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in rows
    )
