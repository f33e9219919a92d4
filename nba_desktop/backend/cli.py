"""The command `nba-desktop backend …`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import UUID

from nba_desktop.backend.app import describe, now_utc, open_app, open_catalogue, open_store, openapi_text
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.consent.ledger import verify
from nba_desktop.backend.errors import BackendError, ConfigurationError
from nba_desktop.backend.load_samples import load_samples
from nba_desktop.backend.serve import serve
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.backend.tokens import TokenService, new_token
from nba_desktop.contract.codes import Role

EXIT_OK: Final = 0
EXIT_BROKEN: Final = 1
EXIT_UNUSABLE: Final = 2

_LOOPBACK: Final = "127.0.0.1"


def main(arguments: Sequence[str], resources: Path) -> int:
    """Run one command of the backend and return its exit code; `resources` is where the sample data are.

    0 is success, 1 a broken ledger, 2 what cannot be used, with the reason on standard error.
    """
    options = _parser(resources).parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        return command(options)
    except BackendError as error:
        _complain(f"nba-desktop backend: {error}")
        return EXIT_UNUSABLE
    except KeyboardInterrupt:
        return EXIT_OK


def _parser(resources: Path) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nba-desktop backend", description="The decision backend of NBA Desktop.")
    parser.set_defaults(resources=resources)
    commands = parser.add_subparsers(dest="command", required=True)

    serving = commands.add_parser("serve", help="serve panels")
    _add_data(serving)
    serving.add_argument("--catalogue", type=Path, help="catalogue file or folder (default: the sample's)")
    serving.add_argument("--host", default=_LOOPBACK, help="address to listen on (default: %(default)s)")
    serving.add_argument("--port", type=_port, default=8765, help="port to listen on (default: %(default)s)")
    serving.add_argument(
        "--embedded",
        action="store_true",
        help="serve one panel: loopback, any free port, a token made now; stops when standard input ends",
    )
    serving.add_argument("--agent", type=_agent, default="panel", help="whose panel it is, with --embedded")
    serving.add_argument("--samples", action="store_true", help="load the sample customers if there are none")
    serving.set_defaults(run=_serve)

    token = commands.add_parser("token", help="tokens of a site").add_subparsers(dest="token_command", required=True)
    creating = token.add_parser("create", help="make a token and print it, once")
    _add_data(creating)
    creating.add_argument("--agent", type=_agent, required=True, help="whose token it is")
    creating.add_argument(
        "--role", action="append", required=True, choices=[role.value for role in Role], help="may be repeated"
    )
    creating.set_defaults(run=_create_token)
    listing = token.add_parser("list", help="list the tokens")
    _add_data(listing)
    listing.set_defaults(run=_list_tokens)
    revoking = token.add_parser("revoke", help="make a token worthless at once")
    _add_data(revoking)
    revoking.add_argument("token_id", type=UUID, help="as `token list` shows it")
    revoking.set_defaults(run=_revoke_token)

    samples = commands.add_parser("samples", help="sample data").add_subparsers(dest="samples_command", required=True)
    loading = samples.add_parser("load", help="load the sample customers if there are none")
    _add_data(loading)
    loading.set_defaults(run=_load_samples)

    catalogue = commands.add_parser("catalogue", help="the catalogue").add_subparsers(
        dest="catalogue_command", required=True
    )
    checking = catalogue.add_parser("check", help="say every mistake of a catalogue, with file and line")
    checking.add_argument("file", type=Path, help="catalogue file or folder")
    checking.set_defaults(run=_check_catalogue)

    openapi = commands.add_parser("openapi", help="print the OpenAPI document")
    openapi.set_defaults(run=_print_openapi)

    ledger = commands.add_parser("ledger", help="the consent ledger").add_subparsers(
        dest="ledger_command", required=True
    )
    verifying = ledger.add_parser("verify", help="check the chain of the consent ledger")
    _add_data(verifying)
    verifying.set_defaults(run=_verify_ledger)
    return parser


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder of the database")


def _agent(text: str) -> str:
    if not 1 <= len(text) <= 64 or not text.isprintable():
        raise argparse.ArgumentTypeError("an agent's id has 1 to 64 printable characters")
    return text


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _store(args: argparse.Namespace) -> AbstractContextManager[SqlStore]:
    return open_store(BackendConfig(data=args.data, resources=args.resources))


def _existing_store(args: argparse.Namespace) -> AbstractContextManager[SqlStore]:
    """The store of a backend that there is; a mistyped folder must not pass for an empty backend."""
    config = BackendConfig(data=args.data, resources=args.resources)
    if not config.database_file.is_file():
        raise ConfigurationError(f"there is no backend's database in {args.data}: name its folder with --data")
    return open_store(config)


def _serve(args: argparse.Namespace) -> int:
    token = new_token() if args.embedded else None
    config = BackendConfig(
        data=args.data,
        resources=args.resources,
        catalogue=args.catalogue,
        embedded_token=token,
        embedded_agent=args.agent,
    )
    with open_app(config) as app:
        if args.samples:
            _load_samples(args)
        serve(app, _LOOPBACK if args.embedded else args.host, 0 if args.embedded else args.port, token)
    return EXIT_OK


def _create_token(args: argparse.Namespace) -> int:
    with _store(args) as store:
        _say(TokenService(store, now_utc).create(args.agent, frozenset(Role(role) for role in args.role)))
    _complain("This token is not shown again.")
    return EXIT_OK


def _list_tokens(args: argparse.Namespace) -> int:
    with _existing_store(args) as store:
        rows = TokenService(store, now_utc).tokens()
    for row in rows:
        state = f"revoked {row.revoked_at:%Y-%m-%d}" if row.revoked_at else "valid"
        roles = ",".join(sorted(row.roles))
        _say(f"{row.token_id}  {row.agent_id}  {row.recipient_code}  {roles}  {row.created_at:%Y-%m-%d}  {state}")
    return EXIT_OK


def _revoke_token(args: argparse.Namespace) -> int:
    with _existing_store(args) as store:
        TokenService(store, now_utc).revoke(args.token_id)
    return EXIT_OK


def _load_samples(args: argparse.Namespace) -> int:
    with _store(args) as store:
        count = load_samples(store, args.resources, now_utc())
    _complain(f"{count} sample customers loaded" if count else "there are customers already")
    return EXIT_OK


def _check_catalogue(args: argparse.Namespace) -> int:
    catalogue = open_catalogue(args.file)
    _say(f"the catalogue is good: {len(catalogue.actions)} actions, version {catalogue.version}")
    return EXIT_OK


def _print_openapi(args: argparse.Namespace) -> int:
    sys.stdout.write(openapi_text(describe(BackendConfig(data=Path(), resources=args.resources))))
    return EXIT_OK


def _verify_ledger(args: argparse.Namespace) -> int:
    with _existing_store(args) as store, store.read() as unit:
        check = verify(unit.consents.all(), unit.consents.head())
        changed = [one for one in unit.consents.wordings() if sha256(one.text.encode()).hexdigest() != one.text_sha256]
    if check.broken_at is not None:
        _complain(f"the ledger is broken at entry {check.broken_at}: {check.reason}")
        return EXIT_BROKEN
    if changed:
        names = ", ".join(f"{one.wording_id} {one.language} version {one.version}" for one in changed)
        _complain(f"the ledger holds, but wordings its entries name were changed: {names}")
        return EXIT_BROKEN
    _say(f"the ledger holds: {check.entries} entries")
    return EXIT_OK


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")
