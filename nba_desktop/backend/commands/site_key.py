"""`site-key`: the key pair that workstations seal to."""

from __future__ import annotations

import argparse
from pathlib import Path

from nba_desktop.backend.commands.common import EXIT_OK, Commands, complain, family, say
from nba_desktop.backend.recovery.site_key import new_site_key, public_file, public_site_key


def add(commands: Commands) -> None:
    """Declare the commands."""
    site_key = family(commands, "site-key", "the key pair that workstations seal to")
    creating = site_key.add_parser(
        "create",
        help="make a key pair, and print the public key",
        description="Writes a new private key, and the public one beside it as PRIVATE.public.jwk, and prints the "
        "public one, both as JSON Web Keys; neither file is ever overwritten. Workstations are given the public one as "
        "the setting site_public_key. Keep the private one away from them and from the backend: "
        "only `recover` needs it.",
    )
    creating.add_argument(
        "--out", type=Path, required=True, metavar="PRIVATE.jwk", help="the file for the private key; there is none yet"
    )
    creating.set_defaults(run=_create)
    printing = site_key.add_parser("public", help="print the public key that belongs to a private one")
    printing.add_argument("file", type=Path, metavar="PRIVATE.jwk", help="the file of the private key")
    printing.set_defaults(run=_public)


def _create(args: argparse.Namespace) -> int:
    say(new_site_key(args.out))
    complain(
        f"The private key is in {args.out}, the public one in {public_file(args.out)}. Without the private key nobody "
        "can open what is sealed: keep a copy."
    )
    return EXIT_OK


def _public(args: argparse.Namespace) -> int:
    say(public_site_key(args.file))
    return EXIT_OK
