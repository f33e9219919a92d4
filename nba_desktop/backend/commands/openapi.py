"""`openapi`: print the document of the routes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from nba_desktop.backend.app import describe, openapi_text
from nba_desktop.backend.commands.common import EXIT_OK, Commands
from nba_desktop.backend.config import BackendConfig


def add(commands: Commands) -> None:
    """Declare the command."""
    commands.add_parser("openapi", help="print the OpenAPI document").set_defaults(run=_print)


def _print(args: argparse.Namespace) -> int:
    sys.stdout.write(openapi_text(describe(BackendConfig(data=Path(), resources=args.resources))))
    return EXIT_OK
