"""`sign-in`: the identity provider, and which of its accounts stand for whom."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from nba_desktop.backend.commands.common import (
    EXIT_BROKEN,
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
from nba_desktop.backend.errors import ConfigurationError, IdentityProviderFailed, InvalidToken, NotFound, Refused
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.sign_in.fetching import HttpKeys
from nba_desktop.backend.sign_in.reading import read_sign_in
from nba_desktop.backend.sign_in.tokens import LONGEST_TOKEN, PublicKey, signed_in

_STDIN: Final = "-"


def add(commands: Commands) -> None:
    """Declare the commands."""
    signing = family(commands, "sign-in", "the identity provider of a site")
    checking = signing.add_parser("check", help="check the file, fetch the provider's keys, and look at a token")
    checking.add_argument("file", type=Path, metavar="FILE", help="the file, such as resources/sample/sign_in.yaml")
    checking.add_argument("--token", metavar="FILE", help="a file with an access token; - reads standard input")
    checking.set_defaults(run=_check)
    listing = signing.add_parser("list", help="list which accounts stand for which agents")
    add_data(listing)
    listing.set_defaults(run=_list)
    releasing = signing.add_parser("release", help="forget an agent's account: the next that names him takes its place")
    add_data(releasing)
    releasing.add_argument("agent", type=agent_id, metavar="AGENT", help="as `sign-in list` shows him")
    releasing.set_defaults(run=_release)


def _check(args: argparse.Namespace) -> int:
    entry = read_sign_in(args.file)
    try:
        keys = HttpKeys(entry)()
    except IdentityProviderFailed as error:
        complain(f"The identity provider's keys cannot be fetched: {error}")
        return EXIT_BROKEN
    say(f"{entry.issuer}: keys that can check a token: {len(keys)}")
    if args.token is None:
        return EXIT_OK

    def key_of(key_id: str) -> PublicKey:
        if key_id not in keys:
            raise InvalidToken("the token's key is not one of the identity provider's")
        return keys[key_id]

    try:
        found = signed_in(_token(args.token), key_of, entry, now_utc())
    except Refused as refusal:
        compared = f" ({refusal.compared})" if isinstance(refusal, InvalidToken) and refusal.compared else ""
        complain(f"The token does not count: {refusal.detail}{compared}.")
        return EXIT_BROKEN
    say(table([("AGENT", "ROLES", "UNTIL"), (found.agent_id, ",".join(sorted(found.roles)), f"{found.until:%c} UTC")]))
    return EXIT_OK


def _token(name: str) -> str:
    try:
        if name == _STDIN:
            return sys.stdin.read(LONGEST_TOKEN + 1).strip()
        with Path(name).open(encoding="ascii") as file:
            return file.read(LONGEST_TOKEN + 1).strip()
    except FileNotFoundError:
        raise ConfigurationError(f"no token can be read from {name}: there is no such file") from None
    except OSError as error:
        raise ConfigurationError(f"{name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"no token can be read from {name}: it is a text of three parts with dots") from None


def _list(args: argparse.Namespace) -> int:
    with existing_store(args) as store, store.read() as unit:
        rows = unit.access.sign_ins()
    listed = [(one.agent_id, one.subject, one.issuer, f"{one.since:%Y-%m-%d}") for one in rows]
    say(table([("AGENT", "ACCOUNT", "ISSUER", "SINCE"), *listed]))
    return EXIT_OK


def _release(args: argparse.Namespace) -> int:
    with existing_store(args) as store, store.write() as unit:
        if not unit.access.remove_sign_in(args.agent):
            raise NotFound("no account stands for that agent: `sign-in list` shows those there are")
    return EXIT_OK
