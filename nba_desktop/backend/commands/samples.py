"""`samples`: customers to try things out with."""

from __future__ import annotations

import argparse

from nba_desktop.backend.commands.common import EXIT_OK, Commands, add_data, begun_store, complain, family
from nba_desktop.backend.half_year.site import set_up_review
from nba_desktop.backend.load_samples import load_samples
from nba_desktop.backend.opening import now_utc


def add(commands: Commands) -> None:
    """Declare the commands."""
    loading = family(commands, "samples", "sample data").add_parser(
        "load", help="load the sample customers if there are none"
    )
    add_data(loading)
    loading.set_defaults(run=load, embedded=False)


def load(args: argparse.Namespace) -> int:
    """Load the sample customers and say how many; a backend of one panel gets a team and a works agreement, too."""
    now = now_utc()
    with begun_store(args) as store:
        count = load_samples(store, args.resources, now)
        if args.embedded:
            with store.write() as unit:
                set_up_review(unit, args.agent, now)
    complain(f"{count} sample customers loaded" if count else "there are customers already")
    return EXIT_OK
