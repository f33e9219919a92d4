"""`lapse`: end what was accepted in a call and not confirmed in time."""

from __future__ import annotations

import argparse

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands.common import EXIT_OK, Commands, add_data, existing_store, say
from nba_desktop.backend.commands.reporting import outcome_service
from nba_desktop.backend.decisions.lapsing import Lapsing
from nba_desktop.backend.opening import now_utc


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "lapse", help="end what was accepted and not confirmed in time; a server does so itself"
    )
    add_data(parser)
    parser.set_defaults(run=_lapse)


def _lapse(args: argparse.Namespace) -> int:
    catalogues = LiveCatalogues()
    with existing_store(args) as store:
        done = Lapsing(store, catalogues, outcome_service(store, catalogues), now_utc).run()
    say(f"{done} acceptances were not confirmed in time and have lapsed")
    return EXIT_OK
