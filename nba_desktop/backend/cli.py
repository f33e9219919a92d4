"""The command `nba-desktop backend …`."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Final

from nba_desktop.backend.commands import analysis
from nba_desktop.backend.commands.common import EXIT_OK, EXIT_UNUSABLE, complain
from nba_desktop.backend.errors import BackendError

_MODULES: Final = {
    "serve": "serve",
    "token": "tokens",
    "samples": "samples",
    "sample": "sample",
    "catalogue": "catalogue",
    "agent": "agents",
    "sign-in": "sign_in",
    "team": "teams",
    "review": "review",
    "site": "site",
    "site-key": "site_key",
    "hook": "hooks",
    "load": "load",
    "model": "model",
    "openapi": "openapi",
    "import": "imports",
    "value": "value",
    "providers": "providers",
    "lapse": "lapse",
    "follow-ups": "follow_ups",
    "feedback": "feedback",
    "ledger": "ledger",
    "outbound": "outbound",
    "subject": "subject",
    "retention": "retention",
    "audit": "audit",
    "migrate": "migrate",
    "backup": "backup",
    "restore": "restore",
    "recover": "recover",
}
"""The module of `nba_desktop.backend.commands` that has a command, in the order of the help."""


def main(arguments: Sequence[str], resources: Path) -> int:
    """Run one command of the backend and return its exit code; `resources` is where the sample data are.

    0 is success, 1 what was checked and is not good (a broken ledger, personas that do not see what they must), 2 what
    cannot be used, with the reason on standard error.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A catalogue's texts and arrows must not end a command where the output is redirected into an old encoding.
            stream.reconfigure(errors="replace")
    try:
        options = _parser(arguments, resources).parse_args(arguments)
        command: Callable[[argparse.Namespace], int] = options.run
        return command(options)
    except BackendError as error:
        complain(f"nba-desktop backend: {error}")
        return EXIT_UNUSABLE
    except PermissionError as error:
        # A path that was named; as a rule by root, whose commands run as the service's user.
        where = error.filename or "a file"
        complain(f"nba-desktop backend: the user that this runs as may not use {where}: name a place where he may")
        return EXIT_UNUSABLE
    except KeyboardInterrupt:
        return EXIT_OK


def _parser(arguments: Sequence[str], resources: Path) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nba-desktop backend", description="The decision backend of NBA Desktop.")
    parser.set_defaults(resources=resources)
    commands = parser.add_subparsers(dest="command", required=True)
    # Only what is asked for is loaded: a token is made without the server, which takes a second to load.
    asked = arguments[:1] if arguments and arguments[0] in _MODULES else list(_MODULES)
    for name in asked:
        importlib.import_module(f"nba_desktop.backend.commands.{_MODULES[name]}").add(commands)
    analysis.add(commands, arguments)
    return parser
