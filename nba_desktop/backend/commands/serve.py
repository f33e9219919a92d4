"""`serve`: answer panels until stopped."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Final

from nba_desktop.backend.app import open_app
from nba_desktop.backend.commands.common import EXIT_OK, Commands, add_data, agent_id, backend_config
from nba_desktop.backend.commands.samples import load
from nba_desktop.backend.serve import serve
from nba_desktop.backend.tokens import new_token
from nba_desktop.contract.handshake import is_version

_LOOPBACK: Final = "127.0.0.1"


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser("serve", help="serve panels")
    add_data(parser)
    parser.add_argument(
        "--catalogue",
        type=Path,
        help="catalogue file or folder to start a new backend with (default: the sample's); "
        "later the versions in the store decide",
    )
    parser.add_argument(
        "--providers",
        type=Path,
        metavar="FILE",
        help="the systems that are asked during a call, such as resources/sample/providers.yaml (default: none)",
    )
    parser.add_argument("--host", default=_LOOPBACK, help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=8765, help="port to listen on (default: %(default)s)")
    parser.add_argument(
        "--embedded",
        action="store_true",
        help="serve one panel: loopback, any free port, a token made now; stops when standard input ends",
    )
    parser.add_argument("--agent", type=agent_id, default="panel", help="whose panel it is, with --embedded")
    parser.add_argument("--samples", action="store_true", help="load the sample customers if there are none")
    parser.add_argument(
        "--least-panel",
        type=_version,
        metavar="VERSION",
        help="answer panels of this version or newer only; what older ones recorded is taken all the same",
    )
    parser.set_defaults(run=_serve)


def _serve(args: argparse.Namespace) -> int:
    token = new_token() if args.embedded else None
    config = replace(
        backend_config(args),
        catalogue=args.catalogue,
        providers=args.providers,
        embedded_token=token,
        embedded_agent=args.agent,
        least_panel=args.least_panel,
    )
    with open_app(config) as app:
        if args.samples:
            load(args)
        serve(app, _LOOPBACK if args.embedded else args.host, 0 if args.embedded else args.port, token)
    return EXIT_OK


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _version(text: str) -> str:
    if not is_version(text):
        raise argparse.ArgumentTypeError("a version is dotted numbers, such as 1.4.2")
    return text
